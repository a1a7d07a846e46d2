r"""Pipe tables: a bar within a formula or code does not separate cells, and a row that is too long is reported.

Markdown splits a row at every unescaped bar. Only if that gives more cells than the head has are formulas and code kept
together; `\|` is a literal bar in any Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import table as markdown_it_table
from markdown_it.token import Token

from kejian.parse.markdown.render_state import rendering

_BORDER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_KEPT = re.compile(
    r"\\[\s\S]"  # a protected character, unless it opens a formula
    r"|(?<!`)(?P<ticks>`+)(?!`)(?:(?!(?P=ticks)(?!`)).)*?(?<!`)(?P=ticks)(?!`)"
    r"|\$\$(?!\$)[^$\n]+\$\$"
    r"|\$(?![\s$|][^$\n]*\|)(?:\\.|[^$\\\n])+(?<![\s|])\$(?![\d$])"
    r"|\$\|(?:\\.|[^$\\\n|])+\|\$(?![\d$])"
)
_BRACKETS = re.compile(r"\\\((?:(?!\\\)).)+\\\)|\\\[(?:(?!\\\]).)+\\\]")
_BAR = re.compile(r"(?<!\\)\|")
_LONGEST = 10_000
"""Characters of a row that anyone writes by hand."""
_STAND_IN = "\ue002"
"""Stands for a bar that divides nothing while a table is read; like the bar it is one character."""


def table(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 (markdown-it's signature)
    """Block rule, around markdown-it's own."""
    border = start + 1
    if border >= end or not _BORDER.fullmatch(state.src, *_ends(state, border)) or "|" not in _line(state, start):
        return False
    columns = len(cells(_line(state, border)))
    if len(cells(protected(_line(state, start), columns))) != columns:
        return False
    if any(sign in state.src for sign in ("$", "`", "\\(", "\\[")):
        return _kept_together(state, start, end, columns, silent=silent)
    return _read(state, start, end, columns, silent=silent)


def cells(row: str) -> list[str]:
    """Split a row as Markdown does, with `_STAND_IN` for bars that separate nothing."""
    found = _BAR.split(row.strip())
    return found[found[0] == "" : len(found) - (len(found) > 1 and found[-1] == "")]


def protected(row: str, columns: int) -> str:
    """Replace bars in formulas and code by a stand-in, if the row has too many cells otherwise."""
    if len(row) > _LONGEST or len(cells(row)) <= columns:
        return row
    kept = _BRACKETS.sub(_without_bars, row)
    return _KEPT.sub(_without_bars, kept)


def _without_bars(found: re.Match[str]) -> str:
    return found[0] if found[0][0] == "\\" and len(found[0]) == 2 else _BAR.sub(_STAND_IN, found[0])


def _ends(state: StateBlock, line: int) -> tuple[int, int]:
    return state.bMarks[line] + state.tShift[line], state.eMarks[line]


def _line(state: StateBlock, line: int) -> str:
    start, end = _ends(state, line)
    return state.src[start:end]


def _kept_together(state: StateBlock, start: int, end: int, columns: int, *, silent: bool) -> bool:
    """Parse a table whose rows may contain bars that separate nothing, hiding those meanwhile."""
    source, first = state.src, len(state.tokens)
    parts, done = [], 0
    for line in range(start, end):
        if line > start and state.isEmpty(line):
            break
        begin, stop = _ends(state, line)
        if stop > begin and "|" in source[begin:stop]:
            parts += [source[done:begin], protected(source[begin:stop], columns)]
            done = stop
    state.src = "".join([*parts, source[done:]])
    try:
        return _read(state, start, end, columns, silent=silent)
    finally:
        state.src = source
        _shown(state.tokens[first:])


def _shown(tokens: Sequence[Token]) -> None:
    for token in tokens:
        if _STAND_IN in token.content:
            token.content = token.content.replace(_STAND_IN, "|")


def _read(state: StateBlock, start: int, end: int, columns: int, *, silent: bool) -> bool:
    if not markdown_it_table(state, start, end, silent):
        return False
    if not silent:
        for line in range(start + 2, state.line):
            _tell_left_out(state, line, columns)
    return True


def _tell_left_out(state: StateBlock, line: int, columns: int) -> None:
    found = cells(_line(state, line))
    lost = [cell.strip() for cell in found[columns:] if cell.strip()]
    if not lost:
        return
    words = " | ".join(lost).replace(_STAND_IN, "|")
    message = f"this row has {len(found)} cells and the head {columns}: `{words[:40]}` is left out"
    hint = "add a column to the head and to the line below it, or write \\| for a bar within a cell"
    report = rendering(state.env)
    report.warn("table-row", report.locate(line, lost[0].replace(_STAND_IN, "|")), message, hint)
