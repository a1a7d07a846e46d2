"""Converts recorded tables and grids, which are aligned text, to HTML tables.

Text that does not parse as a table, for instance after an edit, is shown as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape

_CELL = re.compile(r"(?:[^|\\]|\\.)*")
_RULE = re.compile(r":?(?:-{2,}|~{2,}):?")
_TOTAL = re.compile(r"={2,}")
_SIZE = re.compile(r"\[(\d+) (?:rows )?× (\d+)(?: columns)?\]")
_UNESCAPED = re.compile(r"\\(.)")
_MARKED = re.compile(r"\[([^\[\]]+)\]")
_MORE, _NEWLINE = "…", "\n"


def table(text: str, said: Mapping[str, str]) -> str:
    """Return the table in a text of `child.kejian_tables` as HTML; "" if the text is not a table."""
    lines = text.rstrip("\n").split("\n")
    size = _SIZE.fullmatch(lines[-1]) if len(lines) > 2 else None
    lines = lines[:-1] if size else lines
    caption = _words(lines[0]) if lines and not lines[0].startswith("|") else ""
    rows = [_cells(line) for line in (lines[1:] if caption else lines)]
    if len(rows) < 2 or not rows[0] or not all(map(_RULE.fullmatch, rows[1])) or len({len(row) for row in rows}) > 1:
        return ""
    names, rule, *body = rows
    totals = next((k for k, row in enumerate(body) if all(map(_TOTAL.fullmatch, row))), len(body))
    right = [one.endswith(":") for one in rule]
    parts = [f"<caption>{escape(caption)}</caption>" if caption else ""]
    parts.append(f"<thead>{_row(names, right, 'th')}</thead>" if any(names) else "")
    bars = [_longest(body[:totals], k) if "~" in one else 0.0 for k, one in enumerate(rule)]
    heads = names[:1] == [""] and any(names)  # a column without a name names the rows
    parts.append(f"<tbody>{''.join(_row(row, right, 'td', bars, heads=heads) for row in body[:totals])}</tbody>")
    parts.append(
        f"<tfoot>{''.join(_row(row, right, 'td') for row in body[totals + 1 :])}</tfoot>" * (totals < len(body))
    )
    return f"<table>{''.join(parts)}</table>{_size(size, said)}"


def matrix(text: str, said: Mapping[str, str], *, heat: bool) -> str:
    """Return the grid in a text of `child.kejian_matrices` as HTML; "" if the text is not a grid.

    heat: colour each cell by its sign and its size relative to the largest.
    """
    lines = text.rstrip("\n").split("\n")
    size = _SIZE.fullmatch(lines[-1])
    rows = [line.split() for line in (lines[:-1] if size else lines)]
    if not rows[0] or len({len(row) for row in rows}) > 1:
        return ""
    known = [abs(number) for row in rows for cell in row if (number := _number(cell)) is not None]
    most = max(known, default=0.0) if heat else 0.0
    body = "".join(f"<tr>{''.join(_grid_cell(cell, most) for cell in row)}</tr>" for row in rows)
    return f"<table><tbody>{body}</tbody></table>{_size(size, said)}"


def _cells(line: str) -> list[str]:
    """Return the still escaped cells of a row; empty if the line is no row."""
    if not (line.startswith("| ") and line.endswith(" |")):
        return []
    cells, at = [], 1
    while at < len(line):
        found = _CELL.match(line, at)
        assert found is not None  # it matches nothing, too
        if found.end() == len(line) or line[found.end()] != "|":
            return []
        cells.append(found[0].strip())
        at = found.end() + 1
    return cells


def _row(
    cells: Sequence[str], right: Sequence[bool], tag: str, bars: Sequence[float] = (), *, heads: bool = False
) -> str:
    gap = ' class="gap"' if cells and all(cell == _MORE for cell in cells) else ""
    return f"<tr{gap}>{''.join(_tagged(cells, right, tag, bars, heads=heads))}</tr>"


def _tagged(
    cells: Sequence[str], right: Sequence[bool], tag: str, bars: Sequence[float], *, heads: bool
) -> Iterator[str]:
    for k, (cell, number) in enumerate(zip(cells, right, strict=True)):
        name = "th" if heads and k == 0 else tag
        scope = "" if name == "td" else ' scope="col"' if tag == "th" else ' scope="row"'
        aligned = _bar(cell, bars[k] if bars else 0.0) or (' class="number"' if number else "")
        yield f"<{name}{scope}{aligned}>{escape(_words(cell)).replace(_NEWLINE, '<br>')}</{name}>"


def _longest(rows: Sequence[Sequence[str]], column: int) -> float:
    """Return the largest number of a column, whatever its sign; 0 for none."""
    return max((abs(number) for row in rows if (number := _number(_spelled(row[column]))) is not None), default=0.0)


def _bar(cell: str, longest: float) -> str:
    """Return the attributes of a cell with a bar; "" if there is none."""
    number = _number(_spelled(cell)) if longest else None
    if number is None:
        return ""
    sign = " minus" if number < 0 else ""
    return f' class="number bar{sign}" style="--bar: {100 * (abs(number) / longest):.1f}%"'


def _spelled(cell: str) -> str:
    """Return a number without what a format adds: separators of thousands, and a percent sign."""
    return cell.replace(",", "").replace("_", "").removesuffix("%")


def _words(cell: str) -> str:
    return _UNESCAPED.sub(lambda found: _NEWLINE if found[1] == "n" else found[1], cell)


def _grid_cell(text: str, most: float) -> str:
    marked = _MARKED.fullmatch(text)
    shown = marked[1] if marked else text
    number = _number(text)
    names = ["marked"] if marked else []
    style = ""
    if most and number is not None and abs(number) <= most:
        names.append("minus" if number < 0 else "plus")
        style = f' style="--heat: {round(100 * (abs(number) / most))}%"'
    kind = " ".join(names)
    label = f' class="{kind}"' if kind else ""
    return f"<td{label}{style}>{escape(shown)}</td>"


def _number(cell: str) -> float | None:
    try:
        number = float(cell.strip("[]"))
    except ValueError:
        return None
    return number if abs(number) < float("inf") else None


def _size(found: re.Match[str] | None, said: Mapping[str, str]) -> str:
    if found is None:
        return ""
    rows, columns = (f"{int(count[:12]):,}" for count in found.groups())
    down, across = escape(said["rows"]), escape(said["columns"])
    return f'<p class="output-size">{rows} {down} × {columns} {across}</p>'
