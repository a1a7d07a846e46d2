"""Text of a paragraph of PowerPoint as Markdown: what is bold, italic, code or a link, and nothing else marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, NamedTuple, TypeAlias

Element: TypeAlias = Any
"""An element of lxml, or of python-pptx, which publish no types for it."""

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
BREAK = "<br>"

_MONOSPACED = re.compile(r"mono|code|courier|consol|menlo|inconsolata|lucida ?console|terminal|fixedsys", re.IGNORECASE)
_SPECIAL = re.compile(
    r"[`*$~^{|]|(?<!\w)_|_(?!\w)|<(?=[A-Za-z/!?])|==|&(?=#?\w+;)|(?<!\w)@(?=[a-z]+-)|:(?=[\w+-]+:|[!-/:-@\[-`{-~])"
)
_BRACKET = re.compile(r"\[(?!(?!TOC\])[^\[\]@^]{2,}\](?![(\[{:]))|\\", re.IGNORECASE)
"""A bracket that may begin a link, a citation or a note, and a backslash: with a backslash before them they would be
formulas, so that they are written by their numbers.
"""
_AT_START = re.compile(r"#|[-+]+(?:\s|$)|>|@import|:::|!!!|---|===")
_NUMBER = re.compile(r"(\d+)(?=[.)](\s|$))")
_ADDRESS = re.compile(r"(?:https?|mailto|ftp):", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


class Marks(NamedTuple):
    """How a run of text is set. level: above or below the line by its sign; link: an address, "" for none."""

    bold: bool = False
    italic: bool = False
    struck: bool = False
    level: int = 0
    code: bool = False
    link: str = ""


class TextRun(NamedTuple):
    """A piece of text that is set in one way."""

    text: str
    marks: Marks


def runs(paragraph: Element, links: Mapping[str, str]) -> Iterator[TextRun]:
    """Yield the runs of a paragraph; a line that ends within it is a run of a line feed. links: addresses by id."""
    for child in paragraph:
        if child.tag == f"{A}br":
            yield TextRun("\n", Marks())
        elif child.tag in (f"{A}r", f"{A}fld"):
            text = child.findtext(f"{A}t") or ""
            clean = _CONTROL.sub("", text.replace("\v", "\n"))
            if clean:
                yield TextRun(clean, _marks(child.find(f"{A}rPr"), links))


def _marks(properties: Element, links: Mapping[str, str]) -> Marks:
    if properties is None:
        return Marks()
    font, click = properties.find(f"{A}latin"), properties.find(f"{A}hlinkClick")
    address = links.get(click.get(f"{R}id") or "", "") if click is not None else ""
    raised = re.match(r"-?\d+", properties.get("baseline") or "")
    return Marks(
        bold=properties.get("b") in ("1", "true"),
        italic=properties.get("i") in ("1", "true"),
        struck=properties.get("strike") in ("sngStrike", "dblStrike"),
        level=int(raised[0]) if raised else 0,
        code=font is not None and _MONOSPACED.search(font.get("typeface") or "") is not None,
        link=address if _ADDRESS.match(address) else "",
    )


def markdown(pieces: Iterable[TextRun]) -> str:
    """Return the runs as a paragraph of Markdown on one line."""
    text = ""
    for link, linked in groupby(pieces, key=lambda run: run.marks.link):
        inner = "".join(
            _marked("".join(run.text for run in some), marks)
            for marks, some in groupby(linked, key=lambda run: run.marks)
        )
        text += _apart(inner, lambda words, to=link: f"[{words}]({_target(to)})") if link else inner
    return _started(text.strip().replace("\n", BREAK))


def literal(text: str) -> str:
    """Return a text on one line, with what would mean something in Markdown escaped."""
    return markdown([TextRun(" ".join(_CONTROL.sub("", text).split()), Marks())])


def plain(pieces: Iterable[TextRun]) -> str:
    """Return the text of the runs."""
    return "".join(run.text for run in pieces)


def _marked(text: str, marks: Marks) -> str:
    if marks.code and text.strip():
        return _apart(text, _code)
    done = _escaped(text)
    for wanted, mark in ((marks.level < 0, "~"), (marks.level > 0, "^"), (marks.struck, "~~")):
        done = _apart(done, lambda words, by=mark: f"{by}{words}{by}") if wanted else done
    stars = "*" * (marks.italic + 2 * marks.bold)
    return _apart(done, lambda words: f"{stars}{words}{stars}") if stars else done


def _escaped(text: str) -> str:
    """Return a text that reads as it is written."""
    numbered = {found.start() for found in _BRACKET.finditer(text)}
    behind = {at for found in _SPECIAL.finditer(text) for at in range(*found.span())}
    return "".join(f"&#{ord(c)};" if at in numbered else f"\\{c}" if at in behind else c for at, c in enumerate(text))


def _apart(text: str, mark: Any) -> str:  # noqa: ANN401 -- a function of a string, some with a default
    """Mark the words of a text, and none of the blanks around them, which would undo the marks."""
    words = text.strip()
    if not words:
        return text
    before, _, behind = text.partition(words)
    return f"{before}{mark(words)}{behind}"


def _code(words: str) -> str:
    ticks = "`" * (1 + max((len(found) for found in re.findall("`+", words)), default=0))
    room = " " if "`" in words else ""
    return f"{ticks}{room}{' '.join(words.splitlines())}{room}{ticks}"


def _target(address: str) -> str:
    return f"<{address}>" if re.search(r"[\s()]", address) else address


def _started(text: str) -> str:
    """Escape what would begin a list, a heading or a container."""
    if found := _NUMBER.match(text):
        return f"{found[1]}\\{text[found.end() :]}"
    return f"\\{text}" if _AT_START.match(text) else text
