"""What is on a slide of PowerPoint, as lines of Markdown with their places; what has no counterpart is reported."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kejian.migrate.dialects.slides import Remarks
from kejian.migrate.powerpoint import grids
from kejian.migrate.powerpoint.arrangement import PlacedLines
from kejian.migrate.powerpoint.inline import A, Element, R, literal
from kejian.migrate.powerpoint.paragraphs import ListStyles, body
from kejian.migrate.powerpoint.pictures import PictureFiles

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_KNOWN = frozenset(f"{P}{name}" for name in ("sp", "cxnSp", "pic", "graphicFrame", "grpSp"))
_TREES = (f"{P}spTree", f"{P}grpSp")
_FURNITURE = ("dt", "ftr", "sldNum", "hdr")
"""Placeholders that a page has anyway: date, footer, number."""
_LISTS = ("body", "obj", "", None)
"""Kinds of placeholders whose paragraphs have bullets."""
_FILE_NAME = re.compile(r"\S*\.(?:png|jpe?g|gif|svg|bmp|tiff?|emf|wmf|webp)", re.IGNORECASE)
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_CHART, _DIAGRAM = "/chart", "/diagram"


@dataclass(slots=True, kw_only=True)
class SlideShapes:
    """Reads the shapes of a slide. number: its place, from 1. width: that of a slide."""

    slide: Any
    number: int
    width: int
    pictures: PictureFiles
    remarks: Remarks
    found: list[PlacedLines] = field(default_factory=list)

    def read(self) -> Sequence[PlacedLines]:
        """Return all but the title."""
        self._choose()
        title = self.slide.shapes.title
        for shape in self.slide.shapes:
            if title is None or shape.shape_id != title.shape_id:
                self.add(shape)
        return self.found

    def _choose(self) -> None:
        """Put what several versions of PowerPoint draw in different ways into the slide in one that is known here."""
        tree = self.slide.shapes.element
        for several in list(tree.iter(f"{_MC}AlternateContent")):
            ways = (several.find(f"{_MC}{name}") for name in ("Choice", "Fallback"))
            known = (way for way in ways if way is not None and len(way) and all(one.tag in _KNOWN for one in way))
            if several.getparent().tag in _TREES:
                for one in next(known, ()):
                    several.addprevious(one)
        for ink in list(tree.iter(f"{P}contentPart")):
            self.report("ink", "export the slide as a picture, and write ![words](picture)")
            ink.getparent().remove(ink)

    def report(self, what: str, hint: str) -> None:
        """Report that something on this slide has no counterpart."""
        self.remarks.add(self.number, f"{what} on slide {self.number}", hint)

    def add(self, shape: Any) -> None:  # noqa: ANN401 -- of python-pptx, which has a class for each kind
        """Read one shape."""
        box = (shape.left or 0, shape.top or 0, shape.width or 0, shape.height or 0)
        if lines := list(self._lines(shape)):
            share = round(100 * box[2] / max(1, self.width)) if lines[-1].startswith("![") else 0
            self.found.append(PlacedLines(tuple(lines), box, f"{{width={share}%}}" if 0 < share < 90 else ""))

    def _lines(self, shape: Any) -> Iterator[str]:  # noqa: ANN401
        element = shape.element
        kind = element.tag.removeprefix(P)
        if kind == "grpSp":
            inner = replace(self, found=[])
            for one in shape.shapes:
                inner.add(one)
            for placed in sorted(inner.found, key=lambda one: (one.box[1], one.box[0])):
                yield from ("", *placed.lines)
        elif kind == "pic":
            yield from self._picture(shape)
        elif kind == "graphicFrame":
            yield from self._frame(shape)
        else:
            yield from self._text(shape)

    def _text(self, shape: Any) -> Iterator[str]:  # noqa: ANN401
        kind = _placeholder(shape)
        if kind in _FURNITURE:
            return
        if next(shape.element.iter(_FORMULA), None) is not None:
            self.report("a formula", "write it in TeX: $…$")
        lines = body(shape.element, _styles(shape), self.links) if shape.has_text_frame else []
        if not lines and not shape.is_placeholder:
            self.report("a drawing", "draw it in an SVG or as a diagram, and import that")
        yield from lines

    @property
    def links(self) -> dict[str, str]:
        """Return the addresses that the slide links to, by their ids."""
        return {name: one.target_ref for name, one in self.slide.part.rels.items() if one.is_external}

    def _picture(self, shape: Any) -> Iterator[str]:  # noqa: ANN401
        properties = shape.element.find(f"{P}nvPicPr/{P}nvPr")
        for name, what in (("videoFile", "a film"), ("audioFile", "a sound")):
            if properties is not None and properties.find(f"{A}{name}") is not None:
                self.report(what, "put its file into the course, and write <video src=…> or <audio src=…>")
        cut = next(shape.element.iter(f"{A}srcRect"), None)
        if cut is not None and any(cut.attrib.values()):
            self.report("the cut of a picture, which the deck shows whole,", "cut the file in assets/ itself")
        if address := self.picture(shape.element):
            yield f"![{_alternative(shape.element)}]({address})"

    def picture(self, element: Element) -> str:
        """Return the path of the picture that an element is filled with, "" if there is none that can be shown."""
        blip = next(element.iter(f"{A}blip"), None)
        name = "" if blip is None else blip.get(f"{R}embed") or ""
        if name not in self.slide.part.rels or self.slide.part.rels[name].is_external:
            self.report("a picture that is not in the file", "copy it into assets/, and write ![words](assets/…)")
            return ""
        part = self.slide.part.related_part(name)
        address = self.pictures.add(self.number, part.content_type, part.blob)
        if not address:
            kind = part.content_type.rpartition("/")[2]
            self.report(f"a picture of the kind {kind}", "save it as PNG or SVG, and write ![words](assets/…)")
        return address

    def _frame(self, shape: Any) -> Iterator[str]:  # noqa: ANN401
        data = shape.element.find(f"{A}graphic/{A}graphicData")
        uri = "" if data is None else data.get("uri") or ""
        if shape.has_table:
            lines, merged = grids.table(shape.element, self.links)
            if merged:
                self.report(
                    "a table with merged cells", "write extended_tables = true below [mpe], and > or ^ in cells"
                )
            yield from lines
        elif uri.endswith(_CHART):
            yield from grids.chart(shape.chart.element)
            self.report("a chart, of which the deck has the data as a table,", "draw it by an example, or in vega-lite")
        elif uri.endswith(_DIAGRAM):
            yield from self._diagram(data)
            self.report(
                "SmartArt, of which the deck has the words as a list,", "draw it as a diagram, in dot or mermaid"
            )
        else:
            self.report("an embedded object", "export what it shows as a picture, and write ![words](picture)")

    def _diagram(self, data: Element) -> Iterator[str]:
        """Yield the words of SmartArt as a list."""
        from pptx.oxml import parse_xml

        for ids in data:
            if name := ids.get(f"{R}dm"):
                yield from body(parse_xml(self.slide.part.related_part(name).blob), ListStyles((), "-"), {})


def _alternative(element: Element) -> str:
    """Return what a picture shows, as its author has written it, on one line."""
    about = next(element.iter(f"{P}cNvPr"), None)
    text = "" if about is None else about.get("descr") or ""
    text = "" if _FILE_NAME.fullmatch(text) else text  # what programs write where no author has
    return literal(text)


def _placeholder(shape: Any) -> str | None:  # noqa: ANN401
    """Return a placeholder's kind as the file names it, "" for one of no kind, `None` for what is none."""
    found = next(shape.element.iter(f"{P}ph"), None)
    return None if found is None else found.get("type") or ""


def _styles(shape: Any) -> ListStyles:  # noqa: ANN401
    """Return the list styles of a shape: its own, those of its layout's placeholder, and what is usual."""
    own = [*shape.element.iter(f"{A}lstStyle")]
    if not shape.is_placeholder:
        return ListStyles(own)
    index = shape.placeholder_format.idx
    layouts = (one for one in shape.part.slide_layout.placeholders if one.placeholder_format.idx == index)
    inherited = [style for one in layouts for style in one.element.iter(f"{A}lstStyle")]
    return ListStyles([*own, *inherited], "-" if _placeholder(shape) in _LISTS else "")
