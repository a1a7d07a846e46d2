"""A presentation for PowerPoint: each slide a picture, with its real title, its notes and its links.

The title is a placeholder above the slide, where PowerPoint itself puts a title that is hidden: the outline and screen
readers have it. The same slides give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide
    from pptx.util import Length

_PIXEL = 9525
"""English Metric Units of a pixel in CSS: a slide of 1280 × 720 is PowerPoint's own 13⅓ × 7½ inches."""
_TITLE_ONLY = 5
"""The place of that layout in the template of python-pptx."""
_DATE = datetime(2000, 1, 1)  # noqa: DTZ001 -- the format has no zones
_CLEAR = '<a:alpha xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" val="0"/>'


class NoOfficeError(RuntimeError):
    """The package that writes presentations is not installed; the text contains what to type."""


@dataclass(frozen=True, slots=True)
class ClickArea:
    """A rectangle that is a link: left, top, width and height in pixels; an address, or the slide it leads to by its
    place among all, from 0.
    """

    box: tuple[float, float, float, float]
    address: str = ""
    slide: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureSlide:
    """A slide. picture: PNG data. words: what the picture shows, for readers who cannot see it. notes: plain text."""

    picture: bytes
    title: str
    words: str = ""
    notes: str = ""
    links: tuple[ClickArea, ...] = ()


@dataclass(frozen=True, slots=True)
class About:
    """What a presentation says of itself. language: a BCP 47 tag."""

    title: str
    author: str = ""
    language: str = ""


def presentation(about: About, size: tuple[float, float], slides: Sequence[PictureSlide]) -> bytes:
    """Return the file. size: width and height of a slide in pixels. Raises `NoOfficeError`."""
    try:
        import pptx
    except ModuleNotFoundError:
        raise NoOfficeError("this needs python-pptx: type `pip install 'kejian[office]'`") from None
    made = pptx.Presentation()
    _resize(made, *map(_length, size))
    _describe(made, about)
    for slide in slides:
        _add(made, slide)
    for drawn, slide in zip(made.slides, slides, strict=True):
        for area in slide.links:
            _link(made, drawn, area)
    saved = BytesIO()
    made.save(saved)
    return _undated(saved)


def _length(pixels: float) -> Length:
    from pptx.util import Emu

    return Emu(round(pixels * _PIXEL))


def _resize(made: Presentation, width: Length, height: Length) -> None:
    """Give the slides their size, and what stands on the template's layouts as well, for slides that are added."""
    assert made.slide_width is not None
    assert made.slide_height is not None
    across, down = width / made.slide_width, height / made.slide_height
    for sheet in (made.slide_master, *made.slide_layouts):
        for shape in sheet.shapes:
            if sheet is made.slide_master or shape.element.find(".//{*}xfrm") is not None:
                shape.left, shape.width = round(shape.left * across), round(shape.width * across)
                shape.top, shape.height = round(shape.top * down), round(shape.height * down)
    made.slide_width, made.slide_height = width, height


def _describe(made: Presentation, about: About) -> None:
    core = made.core_properties
    core.title, core.author, core.language, core.last_modified_by = about.title, about.author, about.language, ""
    core.created = core.modified = _DATE
    package = made.part.package
    for relation in list(package.iter_rels()):
        if relation.reltype.endswith("/thumbnail"):  # of the template: an empty page
            package.drop_rel(relation.rId)
            break


def _add(made: Presentation, slide: PictureSlide) -> None:
    drawn = made.slides.add_slide(made.slide_layouts[_TITLE_ONLY])
    width, height = made.slide_width, made.slide_height
    assert width is not None
    assert height is not None
    title = drawn.shapes.title
    assert title is not None
    title.left, title.width, title.height = 0, width, height // 8
    title.top = -title.height
    title.text_frame.text = slide.title
    picture = drawn.shapes.add_picture(BytesIO(slide.picture), 0, 0, width, height)
    words = slide.words if slide.words.startswith(slide.title) else f"{slide.title}\n{slide.words}".strip()
    _name(picture, slide.title, words)
    if slide.notes:
        frame = drawn.notes_slide.notes_text_frame
        assert frame is not None
        frame.text = slide.notes


def _link(made: Presentation, drawn: Slide, area: ClickArea) -> None:
    """Lay a transparent rectangle over the picture; one without any fill would answer clicks at its edge alone."""
    from pptx.enum.dml import MSO_THEME_COLOR
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.oxml import parse_xml

    left, top, width, height = map(_length, area.box)
    shape = drawn.shapes.add_shape(MSO_SHAPE.RECTANGLE, left, top, width, height)
    shape.fill.solid()
    shape.fill.fore_color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
    shape.element.find(".//{*}solidFill/{*}schemeClr").append(parse_xml(_CLEAR))
    shape.line.fill.background()
    shape.shadow.inherit = False
    if area.slide is None:
        shape.click_action.hyperlink.address = area.address
        _name(shape, "link", area.address)
    else:
        target = made.slides[area.slide]
        shape.click_action.target_slide = target
        assert target.shapes.title is not None
        _name(shape, "link", target.shapes.title.text_frame.text)


def _name(shape: Any, name: str, words: str) -> None:  # noqa: ANN401 -- a shape of python-pptx, which is optional
    about = shape.element.find(".//{*}cNvPr")
    about.set("name", name)
    about.set("descr", words)


def _undated(saved: BytesIO) -> bytes:
    """Return the archive with a fixed date on each of its files; pictures are not compressed again."""
    into = BytesIO()
    with ZipFile(saved) as old, ZipFile(into, "w") as new:
        for name in old.namelist():
            how = ZIP_STORED if name.endswith(".png") else ZIP_DEFLATED
            new.writestr(ZipInfo(name), old.read(name), how)
    return into.getvalue()
