r"""Displayed formulas as blocks of their own: `$$` or `\[` at the beginning of a line up to where it closes.

The formula may hold blank lines. When text follows the closing delimiter on a later line, it begins a new block; when
the formula closes within its first line and text follows, the line is a paragraph and the formula stands inside it.
"""

from __future__ import annotations

from markdown_it.rules_block import StateBlock

from kejian.markdown.rendering import rendering
from kejian.markdown.tex import PAIRS, Delimiters, find_closer, trimmed
from kejian.model import Formula

_OPENERS = {pair.opener: pair for pair in PAIRS if pair.display}
_BACKWARDS = 50


def math_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 (markdown-it's signature)
    """A displayed formula that begins line `start`."""
    pos = state.bMarks[start] + state.tShift[start]
    pair = _OPENERS.get(state.src[pos : pos + 2])
    if pair is None or state.is_code_block(start) or state.src.startswith("$$$", pos):
        return False
    if silent and _inside_formula(state, start, pair):
        return False
    line, close = _closing(state, pair, start, pos + 2, end)
    if line < 0 or (line == start and _tail(state, line, close)):
        return False
    if silent:
        return True
    tex = _between(state, start, pos + 2, line, close - len(pair.closer))
    if tex.isspace() or not tex:
        return False
    token = state.push("math_block", "", 0)
    token.map = [start, line + 1]
    span = rendering(state.env).locate(start, state.src[pos : state.eMarks[start]])
    token.meta["hole"] = Formula(trimmed(tex), display=True, span=span)
    _leave(state, line, close)
    return True


def _closing(state: StateBlock, pair: Delimiters, start: int, pos: int, end: int) -> tuple[int, int]:
    """The line where the formula closes and the position after its delimiter, or `(-1, -1)`.

    A search in vain is remembered, so that many openers without a closer cost one scan together.
    """
    hopeless = rendering(state.env).hopeless
    key = (0, pair.closer)
    _, known, until = hopeless.get(key, ("", 0, 0))
    found = find_closer(state.src, pair.closer, pos, state.eMarks[start])
    line = start
    while found < 0:
        line = until if known <= start < line + 1 < until else line + 1
        if line >= end or _outside(state, line):
            hopeless[key] = ("", start, line)
            return -1, -1
        found = find_closer(state.src, pair.closer, state.bMarks[line] + state.tShift[line], state.eMarks[line])
    return line, found + len(pair.closer)


def _outside(state: StateBlock, line: int) -> bool:
    """Whether the list item or quote around the formula ends before `line`, or a code fence begins there."""
    pos = state.bMarks[line] + state.tShift[line]
    outdented = state.sCount[line] < state.blkIndent and not state.isEmpty(line)
    return outdented or state.src.startswith("```", pos)


def _inside_formula(state: StateBlock, line: int, pair: Delimiters) -> bool:
    """Whether the paragraph above has opened a formula that `$$` in this line closes."""
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
    """The source from `first` in line `start` to `last` in `line`, without the marks of quotes and list items."""
    if line == start:
        return state.src[first:last]
    middle = state.getLines(start + 1, line, state.blkIndent, keepLastLF=True)
    begin = state.bMarks[line] + min(state.tShift[line], max(0, last - state.bMarks[line]))
    return state.src[first : state.eMarks[start]] + "\n" + middle + state.src[begin:last]


def _leave(state: StateBlock, line: int, close: int) -> None:
    """Go on after the formula: with the next line, or with what follows the delimiter in this one."""
    state.line = line + 1
    if _tail(state, line, close):
        state.line = line
        state.bMarks[line] = close
        state.tShift[line] = state.skipSpaces(close) - close
        state.sCount[line] = state.blkIndent
