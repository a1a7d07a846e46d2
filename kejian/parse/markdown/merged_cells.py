"""Merged cells of pipe tables: `^` with the cell above, `>` with the cell to its right, an empty cell to its left.

Rows are merged from the bottom up, then `>` from left to right, then empty cells from right to left. Cells are merged
only if the result is a rectangle; otherwise the cell stays, empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from markdown_it.rules_core import StateCore
from markdown_it.token import Token


@dataclass(slots=True)
class _Cell:
    tokens: list[Token]
    rows: int = 1
    columns: int = 1
    joined: bool = False

    @property
    def text(self) -> str:
        return self.tokens[1].content.strip()


@dataclass(slots=True)
class _Row:
    opening: Token
    cells: list[_Cell] = field(default_factory=list)
    closing: Token | None = None


def merge(state: StateCore) -> None:
    """Core rule, before the inline parse: merge cells."""
    tokens = state.tokens
    if not any(t.type == "table_open" for t in tokens):
        return
    out: list[Token] = []
    start = 0
    while start < len(tokens):
        if tokens[start].type == "table_open":
            end = next(i for i in range(start, len(tokens)) if tokens[i].type == "table_close")
            out += _merged(tokens[start : end + 1])
            start = end
        else:
            out.append(tokens[start])
        start += 1
    state.tokens = out


def _merged(table: list[Token]) -> list[Token]:
    rows = list(_rows(table))
    if all(cell.text not in ("^", ">", "") for row in rows for cell in row.cells):
        return table
    grid = [row.cells for row in rows]
    _join_up(grid)
    for cells in grid:
        _join_right(cells)
        _join_left(cells)
    return list(_assembled(table, rows))


def _rows(table: list[Token]) -> Iterator[_Row]:
    row = _Row(table[0])
    for at, token in enumerate(table):
        if token.type == "tr_open":
            row = _Row(token)
        elif token.type in ("th_open", "td_open"):
            row.cells.append(_Cell(table[at : at + 3]))
        elif token.type == "tr_close":
            row.closing = token
            yield row


def _join_up(grid: list[list[_Cell]]) -> None:
    for above, cells in reversed(list(pairwise(grid))):
        for upper, cell in zip(above, cells, strict=True):
            if cell.text == "^":
                upper.rows += cell.rows
                cell.joined = True


def _join_right(cells: list[_Cell]) -> None:
    for cell, right in pairwise(cells):
        if cell.text == ">" and not cell.joined:
            _join(cell, right)
            cell.tokens[1].content = ""


def _join_left(cells: list[_Cell]) -> None:
    for left, cell in reversed(list(pairwise(cells))):
        if not cell.text and not cell.joined:
            _join(cell, left)


def _join(cell: _Cell, into: _Cell) -> None:
    if not into.joined and into.rows == cell.rows:
        into.columns += cell.columns
        cell.joined = True


def _assembled(table: list[Token], rows: list[_Row]) -> Iterator[Token]:
    """Yield the table's tokens. Rows spanned by a head cell move into the head, because no cell can cross its end."""
    groups = {token.type: token for token in table}
    head = _head(rows)
    yield from (groups["table_open"], groups["thead_open"])
    for number, row in enumerate(rows):
        if number == head:
            yield from (groups["thead_close"], groups["tbody_open"])
        yield from _row(row)
    yield groups["tbody_close"] if head < len(rows) else groups["thead_close"]
    yield groups["table_close"]


def _head(rows: list[_Row]) -> int:
    """Return how many rows belong to the head."""
    head = 1
    for number, row in enumerate(rows):
        if number < head:
            head = max([head, *(number + cell.rows for cell in row.cells if not cell.joined)])
    return head


def _row(row: _Row) -> Iterator[Token]:
    yield row.opening
    for cell in row.cells:
        if not cell.joined:
            if cell.rows > 1:
                cell.tokens[0].attrs["rowspan"] = cell.rows
            if cell.columns > 1:
                cell.tokens[0].attrs["colspan"] = cell.columns
            yield from cell.tokens
    assert row.closing is not None  # every row that was read is closed
    yield row.closing
