"""Decks for reveal-md, and for reveal.js' own Markdown: rules between slides, `Note:`, comments with attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kejian.core.attributes import parse, printed
from kejian.migrate.dialects.slides import ForeignSlide, Remarks, Translated, deck, prose
from kejian.parse.lines.frontmatter import FrontMatter

_SLIDE = re.compile(r"<!--\s*\.slide:(.*?)-->")
_ELEMENT = re.compile(r"\s*<!--\s*\.element:(.*?)-->")
_NOTE = re.compile(r"notes?:\s*(.*)", re.IGNORECASE)
_OPTIONS = ("theme", "revealOptions", "separator", "verticalSeparator", "notesSeparator")


def reveal_md(front: FrontMatter, lines: Sequence[str], path: str) -> Translated:
    """Rewrite a deck for reveal-md."""
    remarks = Remarks(path, "reveal-md")
    across = _separator(front.values.get("separator"), r"-{3}")
    down = _separator(front.values.get("verticalSeparator"), r"-{4}")
    note = _separator(front.values.get("notesSeparator"), "")
    numbered = list(enumerate(lines, 1))[front.lines :]
    slides = [_finished(slide, note) for slide in _cut(numbered, across, down)]
    return Translated(deck(_front(front, remarks), [one for one in slides if not one.is_empty]), tuple(remarks.found))


def _separator(written: object, usual: str) -> re.Pattern[str] | None:
    r"""Return the pattern of a line that separates slides. written: a regular expression over several lines, as in
    `^\n\n---\n$`.
    """
    text = str(written).strip("^$").replace("\\r?", "").replace("\\n", "\n").strip("\n") if written else usual
    try:
        return re.compile(text + r"\s*") if text else None
    except re.error:
        return re.compile(re.escape(text) + r"\s*")


def _cut(
    lines: Sequence[tuple[int, str]], across: re.Pattern[str] | None, down: re.Pattern[str] | None
) -> Iterator[ForeignSlide]:
    slide = ForeignSlide()
    for _, number, text, outside in prose(lines):
        below = bool(outside and down and down.fullmatch(text))
        if below or (outside and across and across.fullmatch(text)):
            yield slide
            slide = ForeignSlide(attributes={"vertical": "true"} if below else {})
        else:
            slide.lines.append((number, text))
    yield slide


def _finished(slide: ForeignSlide, note: re.Pattern[str] | None) -> ForeignSlide:
    """Return the slide with its comments as attributes, and with its notes apart."""
    kept: list[tuple[int, str]] = []
    for index, number, text, outside in prose(slide.lines):
        found = (note or _NOTE).match(text) if outside else None
        if found:
            first = found[1] if found.re is _NOTE else text[found.end() :]
            slide.notes = [first, *(line for _, line in slide.lines[index + 1 :])]
            break
        kept.append((number, _commented(text, slide) if outside else text))
    slide.lines = kept
    return slide


def _commented(text: str, slide: ForeignSlide) -> str:
    if found := _SLIDE.search(text):
        for key, value in parse(found[1].strip()).items:
            if key == "class":
                slide.classes += printed(value).split()
            else:
                slide.attributes[key] = printed(value)
        text = _SLIDE.sub("", text)
    return _ELEMENT.sub(lambda one: " {" + _braced(one[1]) + "}", text) if "<!--" in text else text


def _braced(attributes: str) -> str:
    parts = []
    for key, value in parse(attributes.strip()).items:
        names = printed(value).split()
        parts += [f".{name}" for name in names] if key == "class" else [f'{key}="{printed(value)}"']
    return " ".join(parts)


def _front(front: FrontMatter, remarks: Remarks) -> dict[str, object]:
    values = {key: value for key, value in front.values.items() if key not in _OPTIONS}
    options = front.values.get("revealOptions")
    own = dict(options) if isinstance(options, dict) else {}
    if theme := front.values.get("theme"):
        own = {"theme": f"{str(theme).removesuffix('.css')}.css", **own}
    if any(key in values for key in ("css", "scripts", "preprocessor")):
        remarks.add(1, "`css`, `scripts` or `preprocessor`", 'write @import "own.css" above the first slide')
        values = {key: value for key, value in values.items() if key not in ("css", "scripts", "preprocessor")}
    return values | ({"presentation": own} if own else {})
