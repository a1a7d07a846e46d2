"""Tables that were printed and pasted: of `model.summary()` of Keras, and of a frame of pandas."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kejian.examples.child.kejian_tables import Table

_RULE = re.compile(r"[\s─━┏┓┗┛┡┩┢┪├┤└┘┌┐┬┴┼┳┻╇╋=_-]{8,}")
_EDGE = re.compile(r"[┃│]")
_LAYERS = re.compile(r"\s*Layer \(type\)\s+Output Shape\s+Param #.*")
_COLUMN = re.compile(r"\S+(?: \S+)*")
_SIZE = re.compile(r"\[(\d+) rows x (\d+) columns\]")
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?%?")
_MARKS = re.compile(r"([\\`*_\[\]<>$^~=|{}])")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedTable:
    """Columns and rows of words, the lines above and below them, and whether a frame has printed them."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    frame: bool = False

    def numeric(self, column: int) -> bool:
        """Return whether a column holds numbers alone."""
        return all(_NUMBER.fullmatch(row[column]) for row in self.rows)


def read(text: str) -> PrintedTable | None:
    """Read a printed table; `None` if the text is none, or one of which a part was left out."""
    lines = [line.rstrip() for line in text.split("\n") if line.strip()]
    return _boxed(lines) or _spaced(lines) or _frame(lines)


def markdown(table: PrintedTable) -> list[str]:
    """Return the lines of a table in Markdown, with what stood above and below it as paragraphs."""
    rules = ["--:" if table.numeric(k) else ":--" for k in range(len(table.columns))]
    rows = [[_cell(cell) for cell in row] for row in (table.columns, *table.rows)]
    body = [f"| {' | '.join(row)} |" for row in (rows[0], rules, *rows[1:])]
    return [*_paragraph(table.above), *body, *([""] if table.below else []), *_paragraph(table.below)[:-1]]


def recorded(table: PrintedTable) -> str:
    """Return the table as the record holds that of a frame."""
    numbers = [table.numeric(k) for k in range(len(table.columns))]
    rows = [[_value(cell) if number else cell for cell, number in zip(row, numbers, strict=True)] for row in table.rows]
    return str(Table(rows, table.columns))


def _paragraph(lines: Sequence[str]) -> list[str]:
    """Return lines that stay lines, and an empty one behind them."""
    marked = [_MARKS.sub(_escaped, line.strip()) for line in lines]
    return [*(f"{line}<br>" for line in marked[:-1]), *marked[-1:], *[""] * bool(lines)]


def _cell(text: str) -> str:
    return _MARKS.sub(_escaped, text) or "&nbsp;"


def _escaped(mark: re.Match[str]) -> str:
    return f"\\{mark[1]}"


def _value(cell: str) -> int | float:
    plain = cell.replace(",", "")
    return int(plain) if plain.lstrip("-").isdigit() else float(plain)


def _boxed(lines: Sequence[str]) -> PrintedTable | None:
    """Read a table drawn with lines: that of Keras 3."""
    inside = [n for n, line in enumerate(lines) if line.lstrip()[:1] in ("┃", "│")]
    if not inside or not any("Layer (type)" in line for line in lines):
        return None
    groups: list[list[list[str]]] = []
    for number in range(inside[0], inside[-1] + 1):
        if number not in inside:
            groups.append([])
            continue
        cells = [cell.strip() for cell in _EDGE.split(lines[number].strip())[1:-1]]
        groups = groups or [[]]
        groups[-1].append(cells)
    rows = [tuple(" ".join(filter(None, part)) for part in zip(*group, strict=False)) for group in groups if group]
    around = [n for n in range(len(lines)) if not _RULE.fullmatch(lines[n])]
    above = tuple(lines[n] for n in around if n < inside[0])
    return _made(rows, above, tuple(lines[n] for n in around if n > inside[-1]))


def _spaced(lines: Sequence[str]) -> PrintedTable | None:
    """Read a table whose columns begin where their names do: that of Keras 2."""
    head = next((n for n, line in enumerate(lines) if _LAYERS.fullmatch(line)), None)
    if head is None:
        return None
    starts = [found.start() for found in _COLUMN.finditer(lines[head])]
    end = next((n for n in range(head + 2, len(lines)) if set(lines[n].strip()) == {"="}), len(lines))
    rows: list[list[str]] = []
    for line in lines[head:end]:
        if _RULE.fullmatch(line):
            continue
        cells = [line[a:b].strip() for a, b in zip(starts, [*starts[1:], None], strict=True)]
        if rows and not any(cells[1:]):  # a name that was too long, cut anywhere
            rows[-1][0] += cells[0]
        elif rows and not cells[0]:
            rows[-1] = [" ".join(filter(None, pair)) for pair in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
    plain = [[line for line in part if not _RULE.fullmatch(line)] for part in (lines[:head], lines[end:])]
    return _made([tuple(row) for row in rows], tuple(plain[0]), tuple(plain[1]))


def _frame(lines: Sequence[str]) -> PrintedTable | None:
    """Read a frame whose rows are counted from 0, or that says how many rows it has and has them all."""
    size = _SIZE.fullmatch(lines[-1].strip()) if lines else None
    rows = [_COLUMN.findall(line) for line in (lines[:-1] if size else lines)]
    if len(rows) < 2 or any(len(row) != len(rows[0]) + 1 for row in rows[1:]):
        return None
    counted = [row[0] for row in rows[1:]] == [str(n) for n in range(len(rows) - 1)]
    if not counted and not (size and int(size[1]) == len(rows) - 1):
        return None
    body = [row[1:] if counted else row for row in rows[1:]]
    return PrintedTable(columns=tuple(rows[0] if counted else ["", *rows[0]]), rows=tuple(map(tuple, body)), frame=True)


def _made(rows: Sequence[tuple[str, ...]], above: tuple[str, ...], below: tuple[str, ...]) -> PrintedTable | None:
    if len(rows) < 2 or len({len(row) for row in rows}) > 1:
        return None
    return PrintedTable(columns=rows[0], rows=tuple(rows[1:]), above=above, below=below)
