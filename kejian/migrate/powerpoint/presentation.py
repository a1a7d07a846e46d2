"""A presentation of PowerPoint as a deck: its slides in order, with titles, notes, sections and backgrounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from kejian.core.diagnostics import Span, error
from kejian.migrate.dialects.slides import ForeignSlide, Remarks, Translated, deck
from kejian.migrate.powerpoint.arrangement import arranged
from kejian.migrate.powerpoint.inline import A, literal, markdown, runs
from kejian.migrate.powerpoint.paragraphs import words
from kejian.migrate.powerpoint.pictures import PictureFiles
from kejian.migrate.powerpoint.shapes import P, SlideShapes

ENDING = ".pptx"

_SECTIONS = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
_OLD = bytes.fromhex("d0cf11e0a1b11ae1")
"""How files of PowerPoint 97 begin, and newer ones that are encrypted."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MOST = 2**30
"""Bytes that a presentation may have unpacked."""
_PIXEL = 9525
"""English Metric Units of a pixel in CSS."""


class _NotReadError(ValueError):
    """A file that cannot be read. hint: what to do about it."""

    def __init__(self, why: str, hint: str) -> None:
        super().__init__(why)
        self.hint = hint


def presentation(data: bytes, path: str) -> Translated:
    """Return the presentation `path` as a deck, or what it is that cannot be read."""
    try:
        return _translated(_opened(data), path)
    except _NotReadError as e:
        return Translated("", (error("unreadable", Span(path), str(e), e.hint),))
    except ModuleNotFoundError:
        message = "reading a presentation needs python-pptx"
        return Translated("", (error("no-office", Span(path), message, "type `pip install 'kejian[office]'`"),))
    except Exception as e:  # what is wrong within the file may fail anywhere in python-pptx or lxml
        message = f"the presentation is damaged: {type(e).__name__}: {e}"[:300]
        hint = "open it in PowerPoint or LibreOffice, which repairs it, and save it once more"
        return Translated("", (error("unreadable", Span(path), message, hint),))


def _opened(data: bytes) -> Any:  # noqa: ANN401 -- a presentation of python-pptx, which is optional
    from pptx import Presentation

    if data.startswith(_OLD) and _ENCRYPTED in data:
        raise _NotReadError("the presentation is encrypted", "save it once more without a password")
    if data.startswith(_OLD):
        raise _NotReadError("this is a presentation of PowerPoint 97 to 2003", "save it once more as .pptx")
    try:
        with ZipFile(BytesIO(data)) as archive:
            size = sum(one.file_size for one in archive.infolist())
    except (BadZipFile, ValueError, OSError):
        hint = "name a file that PowerPoint or LibreOffice has saved as .pptx"
        raise _NotReadError("this is no presentation, or a part of one", hint) from None
    if size > _MOST:
        hint = "compress its pictures and take its films out, and save it once more"
        raise _NotReadError(f"the presentation has {size >> 20} MiB unpacked, more than {_MOST >> 20}", hint)
    return Presentation(BytesIO(data))


def _translated(opened: Any, path: str) -> Translated:  # noqa: ANN401
    remarks, pictures = Remarks(path, "PowerPoint"), PictureFiles(path)
    sections = _sections(opened)
    slides: list[ForeignSlide] = []
    width, height = opened.slide_width or 1280 * _PIXEL, opened.slide_height or 720 * _PIXEL
    for number, slide in enumerate(opened.slides, 1):
        made = _slide(SlideShapes(slide=slide, number=number, width=width, pictures=pictures, remarks=remarks))
        section = sections.get(slide.slide_id, "")
        if section and section == _title(slide):
            made.classes.append("section")
        elif section:
            slides.append(ForeignSlide(lines=[(number, f"# {section}")], classes=["section"]))
        slides.append(made)
    size = {"width": round(width / _PIXEL), "height": round(height / _PIXEL)}
    return Translated(deck({"presentation": size}, slides), tuple(remarks.found), pictures.files)


def _slide(shapes: SlideShapes) -> ForeignSlide:
    slide, number = shapes.slide, shapes.number
    made = ForeignSlide()
    if title := _title(slide):
        made.lines.append((number, f"{'#' if _opens(slide) else '##'} {title}"))
    made.lines += [(number, line) for line in arranged(shapes.read())]
    if slide.element.get("show") in ("0", "false"):
        made.attributes["data-visibility"] = "hidden"
    behind = slide.element.find(f"{P}cSld/{P}bg//{A}blip")
    if behind is not None and (address := shapes.picture(behind)):
        made.attributes["data-background-image"] = address
    if any(one.get("presetClass") for one in slide.element.iter(f"{P}cTn")):
        shapes.report("an animation", "write {.fragment} or ::: incremental where a step is wanted")
    made.notes = list(_notes(slide))
    return made


def _title(slide: Any) -> str:  # noqa: ANN401
    shape = slide.shapes.title
    return "" if shape is None else words(shape.element)


def _opens(slide: Any) -> bool:  # noqa: ANN401
    """Return whether it is a title slide, of the talk or of a part."""
    return any(one.get("type") == "ctrTitle" for one in slide.element.iter(f"{P}ph"))


def _notes(slide: Any) -> Iterator[str]:  # noqa: ANN401
    frame = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    for paragraph in () if frame is None else frame._txBody.iter(f"{A}p"):  # noqa: SLF001 -- it has no public name
        if text := markdown(runs(paragraph, {})):
            yield from (text, "")


def _sections(opened: Any) -> Mapping[int, str]:  # noqa: ANN401
    """Return the names of sections by the ids of their first slides; of a presentation with one section none."""
    found = list(opened.part._element.iter(f"{_SECTIONS}section"))  # noqa: SLF001
    firsts = ((next(one.iter(f"{_SECTIONS}sldId"), None), one.get("name") or "") for one in found)
    named = {int(first.get("id")): literal(name) for first, name in firsts if first is not None}
    return named if len(found) > 1 else {}
