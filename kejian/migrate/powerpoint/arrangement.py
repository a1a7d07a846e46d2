"""Where what is on a slide of PowerPoint stands in a deck: from top to bottom, side by side in columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PlacedLines:
    """Lines of Markdown, and where what they were stood: left, top, width and height, in units of any length.

    size: an attribute for the last line where nothing stands beside it; a column has a size of its own.
    """

    lines: tuple[str, ...]
    box: tuple[int, int, int, int]
    size: str = ""

    @property
    def right(self) -> int:
        """Return the right edge."""
        return self.box[0] + self.box[2]

    @property
    def bottom(self) -> int:
        """Return the lower edge."""
        return self.box[1] + self.box[3]


@dataclass(slots=True)
class _Band:
    """Columns that stand side by side."""

    columns: list[list[PlacedLines]] = field(default_factory=list)

    def takes(self, new: PlacedLines) -> bool:
        """Add what stands beside these or, in their height, below one of them; return whether it does."""
        placed = [one for column in self.columns for one in column]
        top, bottom = min(one.box[1] for one in placed), max(one.bottom for one in placed)
        if min(bottom, new.bottom) - max(top, new.box[1]) < new.box[3] / 2:
            return False
        across = [column for column in self.columns if any(_overlap(one, new) for one in column)]
        if len(across) > 1 or (across and len(self.columns) == 1):
            return False
        if across:
            across[0].append(new)
        else:
            self.columns.append([new])
        return True


def _overlap(one: PlacedLines, other: PlacedLines) -> bool:
    shared = min(one.right, other.right) - max(one.box[0], other.box[0])
    return shared > min(one.box[2], other.box[2]) / 4


def arranged(placed: Sequence[PlacedLines]) -> Iterator[str]:
    """Yield the lines of a slide."""
    bands: list[_Band] = []
    for one in sorted(placed, key=lambda each: (each.box[1], each.box[0])):
        if not (bands and bands[-1].takes(one)):
            bands.append(_Band([[one]]))
    for band in bands:
        if len(band.columns) > 1:
            yield from _side_by_side(band.columns)
        else:
            (one,) = band.columns[0]  # what stands below it is a band of its own
            yield from ("", *one.lines[:-1], one.lines[-1] + one.size, "")


def _stacked(column: Sequence[PlacedLines]) -> Iterator[str]:
    for one in column:
        yield from ("", *one.lines, "")


def _side_by_side(columns: Sequence[Sequence[PlacedLines]]) -> Iterator[str]:
    ordered = sorted(columns, key=lambda column: column[0].box[0])
    widths = [max(one.box[2] for one in column) for column in ordered]
    yield from ("", ":::: columns")
    for column, width in zip(ordered, widths, strict=True):
        yield f"::: {{.column width={round(100 * width / max(1, sum(widths)))}%}}"
        yield from _stacked(column)
        yield ":::"
    yield from ("::::", "")
