"""What has rows and columns as aligned text: the record of a table, from which a slide makes a real one.

    各层的参数
    | layer |     output |  size |
    | :---- | :--------- | ----: |
    | conv1 | 24 × 24    |   156 |
    | …     | …          |     … |
    | fc    | 10         | 1,010 |
    | ===== | ========== | ===== |
    | Σ     |            | 61706 |
    [1203 rows × 3 columns]

A caption comes first, then the columns, a rule that says how they are aligned, the rows, and below another rule the
total. A wavy part of the first rule, `~~~:`, says that a bar stands in each cell of a column. The last line says how
many rows there are where some are left out. Part of child.py, and like it imports nothing of kejian and little of
anything else.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING or __package__:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from kejian.examples.child.kejian_outputs import CannotShowError
else:  # the folder of a script is on its path
    from kejian_outputs import CannotShowError

ROWS, COLUMNS, LETTERS = 16, 12, 60
"""Rows and columns that a slide can show, and letters of a cell; of what has more, both ends are shown."""
_TAIL = 5
_LEFT, _RIGHT = 6, 5
_MORE = "…"
_DIGITS, _LARGE = 6, 1e15
_MIDNIGHT = " 00:00:00"
_NUMBERS = ("int", "uint", "float", "longdouble", "Decimal", "Fraction")


class Table:
    """Rows of values under columns; `str` gives what is recorded.

    rows: those that are shown. total: the last row, below a rule. count: the number of all rows.
    formats: of numbers, as `format` takes them, by the number of their column. bars: columns with a bar in each cell.
    """

    def __init__(
        self,
        rows: Iterable[Sequence[Any]],
        columns: Sequence[Any] = (),
        *,
        caption: str = "",
        total: Sequence[Any] | None = None,
        count: int = 0,
        most: int = ROWS,
    ) -> None:
        whole = [list(row) for row in rows]
        width = max([len(columns), *map(len, whole)], default=0)
        names = [*columns, *[""] * (width - len(columns))]
        self.rows = [[*row, *[""] * (width - len(row))] for row in whole]
        self.columns = [_words(name) for name in names]
        self.caption = caption
        self.total = None if total is None else [*total, *[""] * (width - len(total))][:width]
        self.count = max(count, len(self.rows))
        self.most = max(1, most)
        self.formats: dict[int, str] = {}
        self.bars: set[int] = set()

    def __repr__(self) -> str:
        return str(self)

    def __str__(self) -> str:
        """Return the text of the table."""
        columns = self._shown_columns()
        wide = len(columns) < len(self.columns)
        at = _LEFT if wide else -1
        rows, gap = self._shown_rows()
        cells = [self._column(k, [row[k] for row in rows]) for k in columns]
        names = [self.columns[k] for k in columns]
        if wide:
            names.insert(at, _MORE)
            cells.insert(at, _Column([_MORE] * len(rows), _MORE if self.total else "", right=False))
        lines = _lines(names, cells, gap, total=self.total is not None)
        size = [f"[{self.count} rows × {len(self.columns)} columns]"] if wide or gap >= 0 or not self.rows else []
        return "\n".join([*([_escaped(_words(self.caption))] if self.caption else []), *lines, *size]) + "\n"

    def _column(self, number: int, cells: list[Any]) -> _Column:
        total = None if self.total is None else self.total[number]
        made = _column(cells, total, self.formats.get(number))
        made.bar = made.right and number in self.bars
        if number in self.bars and not made.right and any(made.cells):
            raise CannotShowError(
                f"makes a table with bars in {self.columns[number]!r}, where not all are numbers|columns"
            )
        return made

    def _shown_columns(self) -> list[int]:
        count = len(self.columns)
        every = list(range(count))
        return every if count <= COLUMNS else [*every[:_LEFT], *every[count - _RIGHT :]]

    def _shown_rows(self) -> tuple[list[list[Any]], int]:
        """Return the rows that are shown, and the index of the one before which others are omitted, -1 for none."""
        if self.count <= self.most:
            return self.rows, -1
        head, tail = ends(self.most)
        return [*self.rows[:head], *(self.rows[-tail:] if tail else [])], head


def ends(most: int) -> tuple[int, int]:
    """Return how many rows to show at each end of a table with more than `most`."""
    tail = min(_TAIL, most // 2)
    return most - tail, tail


class _Column:
    """The cells of a column as text of one width, and whether they are numbers."""

    def __init__(self, cells: list[str], total: str, *, right: bool) -> None:
        self.cells, self.total, self.right, self.bar = cells, total, right, False


def is_number(cell: Any) -> bool:  # noqa: ANN401 -- as above
    """Return whether a cell holds a number, of Python or of a library."""
    return type(cell).__name__.startswith(_NUMBERS)


def _column(cells: list[Any], total: Any, form: str | None) -> _Column:  # noqa: ANN401 -- as above
    """Format cells; numbers as `form` says, else those of a numeric column with as many decimals as any needs."""
    known = [cell for cell in cells if not _is_missing(cell)]
    right = bool(known) and all(map(is_number, known))
    floats = [float(cell) for cell in (*known, total) if right and _is_real(cell)]
    places = _places(floats)
    if form is not None:
        cells, total = [_formatted(cell, form) for cell in cells], _formatted(total, form)
    words = [_cell(cell, places) for cell in cells]
    if all(word.endswith(_MIDNIGHT) for word in filter(None, words)):  # a column of days
        words = [word.removesuffix(_MIDNIGHT) for word in words]
    return _Column(words, "" if total is None else _cell(total, places), right=right)


def _formatted(cell: Any, form: str) -> Any:  # noqa: ANN401 -- as above
    try:
        return format(cell, form) if is_number(cell) else cell
    except (TypeError, ValueError) as error:
        raise CannotShowError(f"makes a table with {cell!r} in the format {form!r}: {error}|format") from None


def _is_missing(cell: Any) -> bool:  # noqa: ANN401 -- as above
    return cell is None or (isinstance(cell, str) and not cell) or type(cell).__name__ in ("NAType", "NaTType")


def _is_real(cell: Any) -> bool:  # noqa: ANN401 -- as above
    return is_number(cell) and "float" in type(cell).__name__


def _places(numbers: list[float]) -> int | None:
    """Return the decimals that give the largest number six digits; `None` if the smallest would lose all of its own."""
    known = [abs(one) for one in numbers if abs(one) < float("inf")]
    largest, least = max(known, default=0.0), min(filter(None, known), default=1.0)
    most = max(2, _DIGITS - len(f"{largest:.0f}"))
    texts = [f"{one:.{most}f}".rstrip("0") for one in known]
    if largest >= _LARGE or f"{least:.{most}f}".lstrip("0.")[1:] == "" != f"{least:.2g}".lstrip("0.")[1:]:
        return None
    return max((len(text.partition(".")[2]) for text in texts), default=0)


def _cell(cell: Any, places: int | None) -> str:  # noqa: ANN401 -- as above
    if _is_missing(cell):
        return ""
    if _is_real(cell):
        number = float(cell)
        return f"{number:.{_DIGITS}g}" if places is None or number != number else f"{number:.{places}f}"
    text = _words(cell)
    return text if len(text) <= LETTERS else text[: LETTERS - 1] + _MORE


def _words(value: Any) -> str:  # noqa: ANN401 -- as above
    """Return the text of a value, on one line."""
    return str(value).replace("\r\n", "\n").replace("\r", "\n").strip("\n")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n")


def _lines(names: list[str], cells: list[_Column], gap: int, *, total: bool) -> list[str]:
    columns = []
    for name, column in zip(names, cells, strict=True):
        texts = [_escaped(text) for text in (name, *column.cells, column.total)]
        if gap >= 0:
            texts.insert(gap + 1, _MORE)
        width = max(4, *map(width_of, texts))
        line = ("~" if column.bar else "-") * (width - 1)
        rule = f"{line}:" if column.right else f":{line}"
        padded = [_padded(text, width, right=column.right) for text in texts]
        columns.append([padded[0], rule, *padded[1:-1], *(["=" * width, padded[-1]] if total else [])])
    return [f"| {' | '.join(row)} |" for row in zip(*columns, strict=True)]


def _padded(text: str, width: int, *, right: bool) -> str:
    blanks = " " * (width - width_of(text))
    return blanks + text if right else text + blanks


def width_of(text: str) -> int:
    """Return the width of a text in columns, with two for a Chinese character."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1 for letter in text)
