"""A printed deck as a PowerPoint file: each slide a picture, with what PowerPoint itself looks for.

Title, notes, alternative text and links are real; the picture shows the slide as a browser does.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from kejian.browser.pdf_slides import PageLink
from kejian.browser.slide_texts import SlideText

_TITLE_ONLY = 5
"""The layout of python-pptx's own template that holds a title and nothing else."""


class NoPowerPointError(RuntimeError):
    """What writes PowerPoint files is not installed."""


def powerpoint(
    size: tuple[float, float],
    pictures: Sequence[bytes],
    texts: Sequence[SlideText],
    links: Sequence[Sequence[PageLink]],
) -> bytes:
    """Return the file. size: of a slide in points. pictures: a PNG for each slide, as `texts` and `links` are.

    Raises `NoPowerPointError`.
    """
    try:
        from pptx import Presentation
        from pptx.util import Pt
    except ImportError:
        why = "PowerPoint files are written by python-pptx: type pip install 'kejian[office]'"
        raise NoPowerPointError(why) from None
    deck = Presentation()
    width, height = (Pt(length) for length in size)
    deck.slide_width, deck.slide_height = width, height
    for picture, text, areas in zip(pictures, texts, links, strict=True):
        slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
        _titled(slide, text.title, width, height)
        shown = slide.shapes.add_picture(io.BytesIO(picture), 0, 0, width, height)
        shown._element.nvPicPr.cNvPr.set("descr", text.title)  # noqa: SLF001 -- python-pptx has no name for it
        for link in areas:
            _linked(slide, link)
        if text.notes:
            slide.notes_slide.notes_text_frame.text = text.notes
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def _titled(slide: Any, title: str, width: int, height: int) -> None:  # noqa: ANN401 -- python-pptx has no types
    """Put the title above the slide, where the outline and a screen reader find it and the picture does not hide it."""
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = 0, -height // 8, width, height // 10
    shape.text_frame.text = title


def _linked(slide: Any, link: PageLink) -> None:  # noqa: ANN401 -- as above
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.util import Pt

    area = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *(Pt(length) for length in link.box))
    area.fill.background()
    area.line.fill.background()
    area.click_action.hyperlink.address = link.address
    area.name = link.address
