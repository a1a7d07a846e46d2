"""Converts frames, structured arrays, lists of rows and dictionaries to a `Table`.

Frames are recognised by their methods, so that no library is needed. Part of child.py: imports nothing of kejian and
little else.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING or __package__:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from kejian.examples.child.kejian_forms import named
    from kejian.examples.child.kejian_outputs import CannotShowError
    from kejian.examples.child.kejian_tables import ROWS, Table, ends, is_number
else:  # the folder of a script is on its path
    from kejian_forms import named
    from kejian_outputs import CannotShowError
    from kejian_tables import ROWS, Table, ends, is_number


def table(
    rows: Any,  # noqa: ANN401 -- whatever has rows
    columns: Sequence[Any] = (),
    *,
    caption: str = "",
    total: Sequence[Any] | str | bool = False,
    formats: Mapping[str | int, str] | str = "",
    bars: Sequence[str | int] | str = (),
    most: int = ROWS,
) -> Table:
    """Make a table for a slide from rows. Raises `CannotShowError`.

    rows: sequences of values, dictionaries, named tuples, data classes, or a frame. columns: their names.
    total: a last row, or the label of a row with the sums of numeric columns. most: the maximum number of rows shown.
    formats: how numbers are written, as in `format(number, ",")`: all, or by a column's name or its number from 0.
    bars: columns of numbers that have a bar in each cell, as long as the number is large.
    """
    whole = len(rows) if hasattr(rows, "__len__") else most
    made = Table(rows, columns) if columns else tabled(rows, max(whole, most))
    made.caption, made.most = caption, max(1, most)
    if total and not isinstance(total, str | bool):
        made.total = [*total, *[""] * (len(made.columns) - len(total))]
    elif total:
        made.total = _sums(made, "Σ" if total is True else str(total))
    made.formats = _formats(formats, made)
    made.bars = {_place(name, made) for name in ([bars] if isinstance(bars, str) else bars)}
    return made


def _formats(formats: Mapping[str | int, str] | str, made: Table) -> dict[int, str]:
    if isinstance(formats, str):
        return dict.fromkeys(range(len(made.columns)), formats) if formats else {}
    return {_place(name, made): form for name, form in formats.items()}


def _place(name: str | int, made: Table) -> int:
    """Return the number of a column. Raises `CannotShowError`."""
    if isinstance(name, int) and -len(made.columns) <= name < len(made.columns):
        return name % len(made.columns)
    if name in made.columns:
        return made.columns.index(str(name))
    known = ", ".join(map(repr, made.columns))
    raise CannotShowError(f"makes a table that has no column {name!r}, but {known}|columns")


def is_frame(value: Any) -> bool:  # noqa: ANN401 -- as above
    """Return whether a value is a table by itself: a frame or series, a structured array, or a `Table`."""
    if isinstance(value, type):
        return False
    if type(value).__name__ == "Table" and hasattr(value, "most"):
        return True
    return _is_column(value) or _is_frame(value) or bool(_fields(value))


def _is_column(value: Any) -> bool:  # noqa: ANN401 -- as above
    return _has(value, "to_frame", "head", "tail") and not hasattr(value, "columns")


def _is_frame(value: Any) -> bool:  # noqa: ANN401 -- as above
    return hasattr(value, "columns") and (_has(value, "iloc", "itertuples") or _has(value, "head", "tail", "rows"))


def _has(value: Any, *names: str) -> bool:  # noqa: ANN401 -- as above
    return all(hasattr(type(value), name) for name in names)


def _fields(value: Any) -> tuple[str, ...]:  # noqa: ANN401 -- as above
    names = getattr(getattr(value, "dtype", None), "names", None)
    return tuple(names) if names and getattr(value, "ndim", 0) == 1 else ()


def tabled(value: Any, most: int = ROWS) -> Table:  # noqa: ANN401 -- as above
    """Convert a value to a table. Raises `CannotShowError`."""
    if type(value).__name__ == "Table" and hasattr(value, "most"):
        return value  # type: ignore[no-any-return]
    if _is_column(value):
        value = value.to_frame()
    if _has(value, "iloc", "itertuples"):
        return _of_pandas(value, most)
    if _is_frame(value):
        return _of_polars(value, most)
    if fields := _fields(value):
        return Table(value.tolist(), fields, most=most)
    return _of_plain(value, most)


def _of_pandas(frame: Any, most: int) -> Table:  # noqa: ANN401 -- as above
    """Convert a pandas frame; its index names the rows unless it only counts them."""
    count, index = len(frame), frame.index
    counts = type(index).__name__ == "RangeIndex" and (count == 0 or list(index[:1]) == [0])
    head, tail = ends(most)
    part = [frame] if count <= most else [frame.iloc[:head], frame.iloc[count - tail :]]
    levels = [] if counts else [name if name is not None else "" for name in index.names]
    rows: list[list[Any]] = []
    for one in part:
        for label, *cells in one.itertuples(index=True, name=None):
            names = [] if counts else list(label) if len(levels) > 1 else [label]
            rows.append([*names, *cells])
    return Table(rows, [*levels, *map(_path, frame.columns)], count=count, most=most)


def _path(name: Any) -> Any:  # noqa: ANN401 -- as above
    """Return the name of a column with several levels."""
    return " / ".join(str(part) for part in name if part != "") if isinstance(name, tuple) else name


def _of_polars(frame: Any, most: int) -> Table:  # noqa: ANN401 -- as above
    count = len(frame)
    head, tail = ends(most)
    part = [frame] if count <= most else [frame.head(head), frame.tail(tail)]
    return Table([row for one in part for row in one.rows()], list(frame.columns), count=count, most=most)


def _of_plain(value: Any, most: int) -> Table:  # noqa: ANN401 -- as above
    if isinstance(value, dict):
        return _of_dictionary(value, most)
    if isinstance(value, str | bytes) or not hasattr(value, "__iter__"):
        raise CannotShowError(f"returns {named(value)}, which has no rows and columns|")
    rows = value.tolist() if hasattr(value, "tolist") else list(value)
    if rows and all(isinstance(row, dict) for row in rows):
        names = list(dict.fromkeys(name for row in rows for name in row))
        return Table([[row.get(name, "") for name in names] for row in rows], names, most=most)
    fields = getattr(rows[0], "_fields", None) or tuple(getattr(rows[0], "__dataclass_fields__", ())) if rows else ()
    if fields:
        return Table([[getattr(row, name, "") for name in fields] for row in rows], fields, most=most)
    if rows and not all(isinstance(row, list | tuple) for row in rows):
        raise CannotShowError(f"returns a list of {type(rows[0]).__name__}, which has no columns|")
    return Table(rows, most=most)


def _of_dictionary(value: dict[Any, Any], most: int) -> Table:
    """Convert a dictionary: named columns if all have the same length, else a row for each key."""
    columns = [list(one) if isinstance(one, list | tuple) else None for one in value.values()]
    if columns and all(one is not None and len(one) == len(columns[0] or ()) for one in columns):
        return Table(zip(*[one or [] for one in columns], strict=True), list(value), most=most)
    if value and all(isinstance(row, dict) for row in value.values()):
        names = list(dict.fromkeys(name for row in value.values() for name in row))
        rows = [[key, *(row.get(name, "") for name in names)] for key, row in value.items()]
        return Table(rows, ["", *names], most=most)
    return Table(value.items(), ["", ""], most=most)


def _sums(made: Table, word: str) -> list[Any]:
    sums: list[Any] = []
    for k in range(len(made.columns)):
        cells = [row[k] for row in made.rows]
        sums.append(sum(cells) if cells and all(map(is_number, cells)) else "")
    if sums and sums[0] == "":
        sums[0] = word
    return sums
