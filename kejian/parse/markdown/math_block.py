r"""Displayed formulas as blocks: from `$$` or `\[` at the beginning of a line up to the closing delimiter.

The formula may contain blank lines. Text after the closing delimiter on a later line begins a new block; if the formula
closes within its first line and text follows, the line is a paragraph with an inline formula. `{#eq-loss}` after the
closing delimiter is the formula's label.
"""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from kejian.core.model import Formula
from kejian.parse.labels import kinds
from kejian.parse.markdown.render_state import rendering
from kejian.parse.markdown.tex import Delimiters, find_closer, openers, trimmed

_BACKWARDS = 50
_LABEL = re.compile(r"\{\s*#(eq-[\w:.-]+)\s*\}")


def math_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 (markdown-it's signature)
    """A displayed formula that begins line `start`."""
    pos = state.bMarks[start] + state.tShift[start]
    if state.src[pos : pos + 1] not in ("$", "\\"):
        return False
    pair = openers(rendering(state.env).shared.dialect).get(state.src[pos : pos + 2])
    if pair is None or not pair.display or state.is_code_block(start) or state.src.startswith("$$$", pos):
        return False
    if silent and _inside_formula(state, start, pair):
        return False
    line, close = _closing(state, pair, start, pos + 2, end)
    name = _LABEL.fullmatch(_tail(state, line, close)) if line >= 0 else None
    if line < 0 or (line == start and _tail(state, line, close) and not name):
        return False
    if silent:
        return True
    tex = _between(state, start, pos + 2, line, close - len(pair.closer))
    if tex.isspace() or not tex:
        return False
    token = state.push("math_block", "", 0)
    token.map = [start, line + 1]
    span = rendering(state.env).locate(start, state.src[pos : state.eMarks[start]])
    token.meta["hole"] = Formula(labelled(trimmed(tex), name[1] if name else ""), display=True, span=span)
    _leave(state, line, state.eMarks[line] if name else close)
    return True


def labelled(tex: str, name: str) -> str:
    r"""Return a formula with the label that stands in braces after it, as in `$$ … $$ {#eq-loss}`."""
    return rf"{tex} \label{{{name}}}" if kinds.kind(name) == kinds.EQUATION else tex


def _closing(state: StateBlock, pair: Delimiters, start: int, pos: int, end: int) -> tuple[int, int]:
    """Return the line where the formula closes and the position after its delimiter, or `(-1, -1)`.

    A failed search is remembered, so that many openers without a closer cost one scan together.
    """
    unclosed = rendering(state.env).unclosed
    key = (0, pair.closer)
    _, known, until = unclosed.get(key, ("", 0, 0))
    found = find_closer(state.src, pair.closer, pos, state.eMarks[start])
    line = start
    while found < 0:
        line = until if known <= start < line + 1 < until else line + 1
        if line >= end or _outside(state, line):
            unclosed[key] = ("", start, line)
            return -1, -1
        found = find_closer(state.src, pair.closer, state.bMarks[line] + state.tShift[line], state.eMarks[line])
    return line, found + len(pair.closer)


def _outside(state: StateBlock, line: int) -> bool:
    """Return whether the surrounding list item or quote ends before `line`, or a code fence begins there."""
    pos = state.bMarks[line] + state.tShift[line]
    outdented = state.sCount[line] < state.blkIndent and not state.isEmpty(line)
    return outdented or state.src.startswith("```", pos)


def _inside_formula(state: StateBlock, line: int, pair: Delimiters) -> bool:
    """Return whether `$$` in this line closes a formula of the paragraph above."""
    if pair.opener != pair.closer:
        return False
    opened = 0
    for above in range(line - 1, max(-1, line - _BACKWARDS), -1):
        if state.isEmpty(above):
            break
        opened += state.src.count("$$", state.bMarks[above], state.eMarks[above])
    return opened % 2 == 1


def _tail(state: StateBlock, line: int, pos: int) -> str:
    return state.src[pos : state.eMarks[line]].strip()


def _between(state: StateBlock, start: int, first: int, line: int, last: int) -> str:
    """Return the source from `first` in line `start` to `last` in `line`, without markers of quotes and lists."""
    if line == start:
        return state.src[first:last]
    middle = state.getLines(start + 1, line, state.blkIndent, keepLastLF=True)
    begin = state.bMarks[line] + min(state.tShift[line], max(0, last - state.bMarks[line]))
    return state.src[first : state.eMarks[start]] + "\n" + middle + state.src[begin:last]


def _leave(state: StateBlock, line: int, close: int) -> None:
    """Continue after the formula: with the next line, or with what follows the delimiter in this one."""
    state.line = line + 1
    if _tail(state, line, close):
        state.line = line
        state.bMarks[line] = close
        state.tShift[line] = state.skipSpaces(close) - close
        state.sCount[line] = state.blkIndent
