"""Tables of PowerPoint, and the data of its charts, as tables of Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kejian.migrate.powerpoint.inline import BREAK, A, Element, literal, markdown, runs

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def table(element: Element, links: Mapping[str, str]) -> tuple[list[str], bool]:
    """Return a table's lines, and whether cells of it were merged, of which the first has the text."""
    rows = [[_cell(cell, links) for cell in row.iter(f"{A}tc")] for row in element.iter(f"{A}tr")]
    merged = any(cell.get(name) for cell in element.iter(f"{A}tc") for name in ("gridSpan", "rowSpan"))
    return written(rows), merged


def _cell(cell: Element, links: Mapping[str, str]) -> str:
    paragraphs = (markdown(runs(one, links)) for one in cell.iter(f"{A}p"))
    return BREAK.join(filter(None, paragraphs))


def chart(root: Element) -> list[str]:
    """Return the data of a chart, a row for each category; [] if it has none."""
    series = list(root.iter(f"{_C}ser"))
    if not series:
        return []
    first = next((one for one in map(_places, series) if one), {})
    columns = [_points(one, "val") or _points(one, "yVal") for one in series]
    places = sorted({place for column in (first, *columns) for place in column})
    head = ["", *(_name(one) for one in series)]
    body = [[first.get(at, str(at + 1)), *(column.get(at, "") for column in columns)] for at in places]
    return written([head, *body]) if body else []


def _places(series: Element) -> dict[int, str]:
    return _points(series, "cat") or _points(series, "xVal")


def _points(series: Element, name: str) -> dict[int, str]:
    found = series.find(f"{_C}{name}")
    if found is None:
        return {}
    texts = [(one.get("idx") or "", one.findtext(f"{_C}v") or "") for one in found.iter(f"{_C}pt")]
    return {int(at): literal(text) for at, text in texts if at.isdecimal()}


def _name(series: Element) -> str:
    found = series.find(f"{_C}tx")
    return literal("".join(one.text or "" for one in found.iter(f"{_C}v")) if found is not None else "")


def written(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows of cells as a table whose first row is its head; [] if nothing is in it."""
    width = max(map(len, rows), default=0)
    if not width or not any(cell for row in rows for cell in row):
        return []
    full = [[*row, *[""] * (width - len(row))] for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in full]
    return [lines[0], f"|{' --- |' * width}", *lines[1:]]
