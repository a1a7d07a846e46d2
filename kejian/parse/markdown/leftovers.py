"""Reports markup left as text on a slide: unmatched delimiters, braces, undefined labels, malformed tables.

A backslash before the mark, or code, means that it is intended as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from kejian.core.attributes import parse
from kejian.parse.markdown.callouts import KINDS
from kejian.parse.markdown.inline_attributes import ONLY
from kejian.parse.markdown.render_state import RenderState, rendering

CODE = "markup-as-text"

_LONGEST = 10_000
"""Characters of a paragraph that anyone writes by hand."""
_ADDRESS = r"(?:https?://|\.{0,2}/)[^\s()（）]*|[^\s()（）]+\.(?:md|html?|png|jpe?g|gif|svg|webp|pdf)"
_WORTH_IT = re.compile(r"\{[^{}\n]*[.#=:]|\[|\]|^:::|\|", re.MULTILINE)
_BORDER = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)+")
_ROW = re.compile(r"\|.+\|")
_MASKED = re.compile(r"\\.|(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)|<[^<>]*>|\$[^$\n]*\$")
_HTML_TEXT = re.compile(r"\*\*(?=\S)[^*\n<>]{1,80}\*\*|\[[^\[\]\n<>]{1,80}\]\((?:" + _ADDRESS + r")\)")
_HTML_MASKED = re.compile(
    r"<!--[\s\S]*?-->|<(pre|code|script|style|textarea|svg)\b[\s\S]*?(?:</\1>|\Z)|<[^<>]*>|\$[^$]*\$", re.IGNORECASE
)


class Leftover(NamedTuple):
    """Markup left as text: its position in the source, its spelling, what is wrong, what to type."""

    at: int
    written: str
    message: str
    hint: str


def report(state: StateCore) -> None:
    """Core rule, after the inline parse."""
    found = rendering(state.env)
    above = ""
    for token in state.tokens:
        if token.type == "inline" and len(token.content) < _LONGEST and _WORTH_IT.search(token.content):
            found.enter(token.map[0] if token.map else 0)
            for one in (*_in_text(token, above, found), *_in_source(token.content, state.env["references"])):
                found.warn(CODE, found.span(token.content, one.at, one.written), one.message, one.hint)
        above = token.type


def in_html(html: str) -> Iterator[Leftover]:
    """Yield Markdown inside a block of HTML, where it is not parsed."""
    if len(html) > _LONGEST or ("**" not in html and "](" not in html):
        return
    bare = _HTML_MASKED.sub(lambda tag: " " * len(tag[0]), html)
    for text in _HTML_TEXT.finditer(bare):
        message = f"`{text[0][:40]}` stays as text: Markdown is not read in a block of HTML"
        yield Leftover(text.start(), text[0], message, "write a blank line before it, or HTML: <b>…</b>, <a href=…>")


def _in_text(token: Token, above: str, found: RenderState) -> Iterator[Leftover]:
    """Yield matches of the patterns in remaining text, unless escaped by a backslash."""
    bare = _MASKED.sub(lambda text: " " * len(text[0]), token.content)
    for child in token.children or ():
        if child.type != "text":
            continue
        for pattern, explained in _PATTERNS:
            for text in pattern.finditer(child.content):
                at = bare.find(text[0])
                told = explained(text, above, found) if at >= 0 else None
                if told:
                    yield Leftover(at, text[0], f"`{text[0][:40]}` stays as text: {told[0]}", told[1])


Told = tuple[str, str] | None


def _braces(text: re.Match[str], above: str, _: RenderState) -> Told:
    if above == "heading_open":
        return "a blank stands before the attributes of a heading", f"write a blank before {text[0][:60]}"
    attributes = parse(text[0]).html().strip()
    hint = f"write <!-- .element: {attributes} --> at the end of the line, or \\{{ for a brace"
    return "attributes in braces stand at the end of a paragraph or an item, or right behind a picture or a link", hint


def _footnote(text: re.Match[str], _: str, found: RenderState) -> Told:
    if text[1] in found.shared.footnotes or not (text[1].isdigit() or found.shared.footnotes):
        return None  # a character class, as in search patterns
    return f"no footnote has the label {text[1]}", f"write [^{text[1]}]: and the note on a line of its own"


def _reference(text: re.Match[str], _: str, __: RenderState) -> Told:
    label = text[2] or text[1]
    if label.isdigit() and text[1].isdigit():
        return None  # bibliography numbers
    return f"nothing says where {label} leads", f"write [{label}]: address on a line of its own, or \\[ for a bracket"


def _container(_: re.Match[str], __: str, ___: RenderState) -> Told:
    return "it closes nothing", "remove it, or open with ::: and a name"


def _alert(text: re.Match[str], _: str, __: RenderState) -> Told:
    if text[1].lower() in KINDS:
        return "a note is a quotation", f"write > [!{text[1].upper()}] and begin the lines of the note with >"
    return f"there is no note of the kind {text[1]}", f"kinds: {', '.join(KINDS)}"


def _contents(_: re.Match[str], __: str, ___: RenderState) -> Told:
    return "a table of contents stands alone", "write blank lines around [TOC]"


_PATTERNS: Sequence[tuple[re.Pattern[str], Callable[[re.Match[str], str, RenderState], Told]]] = (
    (ONLY, _braces),
    (re.compile(r"\[\^([\w-]{1,40})\]"), _footnote),
    (re.compile(r"(?<![\w\])])\[([^\[\]^\n]{1,80})\]\[([^\[\]^\n]{0,80})\](?![\[(])"), _reference),
    (re.compile(r"\A:{3,}[ \t]*\Z"), _container),
    (re.compile(r"\A\[!(\w+)\]"), _alert),
    (re.compile(r"\A\[toc\](?=[ \t]*\S|\Z)", re.IGNORECASE), _contents),
)
_APART = re.compile(rf"(?<![!\]\\])\[([^\[\]\n]{{1,80}})\](?:[ \t]+\(|（)({_ADDRESS})[)）]")


def _in_source(source: str, references: dict[str, object]) -> Iterator[Leftover]:
    """Yield links whose parts are separated, and tables without a matching delimiter row."""
    bare = _MASKED.sub(lambda text: " " * len(text[0]), source)
    for link in _APART.finditer(bare):
        if " ".join(link[1].split()).upper() not in references:
            message = f"`{link[0][:40]}` is no link: its parts stand apart, or in wide brackets"
            yield Leftover(link.start(), link[0], message, f"write [{link[1]}]({link[2]})")
    lines = bare.split("\n")
    if "|" in bare and len(lines) > 1:
        yield from _table(lines)


def _table(lines: Sequence[str]) -> Iterator[Leftover]:
    for number, line in enumerate(lines[1:], 1):
        head = lines[number - 1].strip()
        border = _BORDER.fullmatch(line.strip())
        if "|" not in head or not (border or (_ROW.fullmatch(head) and _ROW.fullmatch(line.strip()))):
            continue
        cells = head.strip("|").count("|") + 1
        below = f"its head has {cells} cells, the line below {line.strip().strip('|').count('|') + 1}"
        message = f"this table stays as text: {below if border else 'no line of dashes stands below its head'}"
        at = sum(len(one) + 1 for one in lines[: number - 1])
        yield Leftover(at, head, message, f"write {'|---' * cells}| below the head")
        return
