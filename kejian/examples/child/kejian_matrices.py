"""Small arrays as grids of numbers, and arrays and images as pictures.

A grid is recorded as lines of numbers, with `[3]` for a marked cell and `…` for omitted ones. Part of child.py: imports
nothing of kejian and little else.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING or __package__:
    from collections.abc import Iterable
    from typing import Any

    from kejian.examples.child.kejian_forms import named
    from kejian.examples.child.kejian_outputs import CannotShowError
    from kejian.examples.child.kejian_tables import is_number
else:  # the folder of a script is on its path
    from kejian_forms import named
    from kejian_outputs import CannotShowError
    from kejian_tables import is_number

SIDE = 12
"""Rows and columns of a grid that a slide can show; of what has more, both ends are shown."""
_HEAD, _TAIL = 6, 5
_MORE = "…"
_PIXELS = 240
"""So many pixels a picture of an array has at least in its shorter side."""
_MODES = {
    "CMYK": "RGB",
    "YCbCr": "RGB",
    "HSV": "RGB",
    "LAB": "RGB",
    "RGBX": "RGB",
    "RGBa": "RGBA",
    "La": "LA",
    "PA": "RGBA",
}
"""Modes of images that a PNG cannot hold, each with one that it can."""


class Matrix:
    """Rows of numbers, some of them marked; `str` gives what is recorded."""

    def __init__(self, rows: Any, marked: Iterable[tuple[int, int]] = ()) -> None:  # noqa: ANN401 -- arrays, too
        self.rows = _rows(rows)
        self.marked = {(int(row), int(column)) for row, column in marked}

    def __repr__(self) -> str:
        return str(self)

    def __str__(self) -> str:
        """Return the text of the grid with aligned columns."""
        down, across = _shown(len(self.rows)), _shown(max(map(len, self.rows), default=0))
        numbers = _numbers([cell for row in self.rows for cell in row])
        texts = {}
        for i, row in enumerate(self.rows):
            for k, cell in enumerate(row):
                text = numbers(cell)
                texts[i, k] = f"[{text}]" if (i, k) in self.marked else text
        grid = [[texts.get((i, k), _MORE if -1 in (i, k) else "nan") for k in across] for i in down]
        wide = [max(map(len, column)) for column in zip(*grid, strict=True)]
        lines = ["  ".join(cell.rjust(width) for cell, width in zip(row, wide, strict=True)) for row in grid]
        size = [f"[{len(self.rows)} × {max(map(len, self.rows))}]"] if -1 in (*down, *across) else []
        return "\n".join([*lines, *size]) + "\n"


def matrix(rows: Any, marked: Iterable[tuple[int, int]] = ()) -> Matrix:  # noqa: ANN401 -- arrays, too
    """Make a grid of cells from numbers. Raises `CannotShowError`.

    rows: rows of numbers, or an array of at most two dimensions. marked: cells to highlight, as 0-based (row, column).
    """
    return Matrix(rows, marked)


def _rows(value: Any) -> list[list[Any]]:  # noqa: ANN401 -- as above
    if hasattr(value, "numpy"):  # a tensor
        value = value.numpy()
    plain = value.tolist() if hasattr(value, "tolist") else value
    if not isinstance(plain, list | tuple) or not plain:
        raise CannotShowError(f"returns {named(value)}, which is no array of numbers|")
    rows = [list(row) for row in plain] if all(isinstance(row, list | tuple) for row in plain) else [list(plain)]
    if not all(isinstance(cell, bool) or is_number(cell) for row in rows for cell in row):
        shape = getattr(value, "shape", None)
        what = (
            f"an array of {len(shape)} dimensions" if shape and len(shape) > 2 else "rows of other things than numbers"
        )
        raise CannotShowError(f"returns {what}, which is no grid of numbers|")
    return rows


def _shown(count: int) -> list[int]:
    """Return the indices that are shown, with -1 for a gap."""
    every = list(range(count))
    return every if count <= SIDE else [*every[:_HEAD], -1, *every[count - _TAIL :]]


def _numbers(cells: list[Any]) -> Any:  # noqa: ANN401 -- a function of a cell
    """Return a format with the fewest decimals that all numbers need, at most four."""
    floats = [float(cell) for cell in cells if isinstance(cell, float)]
    known = [one for one in floats if abs(one) < float("inf")]
    if not floats:
        return lambda cell: str(int(cell))
    if any(one and not 1e-3 <= abs(one) < 1e6 for one in known):
        return lambda cell: f"{cell:.3g}"
    places = max((len(f"{one:.4f}".rstrip("0").partition(".")[2]) for one in known), default=0)
    return lambda cell: f"{float(cell):.{places}f}"


def picture(value: Any) -> Any:  # noqa: ANN401 -- an image of PIL, which may be missing
    """Convert an array, or an image of any mode, to an image that PNG supports. Raises `CannotShowError`."""
    from PIL import Image

    if hasattr(value, "getbands"):
        return held(value)
    import numpy as np

    array = np.asarray(value.numpy() if hasattr(value, "numpy") else value)
    array = array[..., 0] if array.ndim == 3 and array.shape[2] == 1 else array
    if array.ndim not in (2, 3) or (array.ndim == 3 and array.shape[2] not in (3, 4)) or array.dtype.kind not in "buif":
        what = f"an array of the shape {array.shape}" if array.ndim else named(value)
        raise CannotShowError(f"returns {what}, which is no picture|")
    image = Image.fromarray(array if array.dtype == np.uint8 else _levels(array))
    times = max(1, -(-_PIXELS // max(1, min(image.size))) if max(image.size) < _PIXELS else 1)
    return image.resize((image.width * times, image.height * times), Image.Resampling.NEAREST)


def _levels(array: Any) -> Any:  # noqa: ANN401 -- an array of numpy
    """Convert numbers to grey levels, or colours in 0..1 to those of an image."""
    import numpy as np

    numbers = np.nan_to_num(array.astype(float))
    if array.ndim == 3 and array.dtype.kind == "f":
        return (np.clip(numbers, 0, 1) * 255).round().astype(np.uint8)
    low, high = (float(numbers.min()), float(numbers.max())) if numbers.size else (0.0, 0.0)
    scaled = (numbers - low) / (high - low) if high > low else numbers * 0
    return (scaled * 255).round().astype(np.uint8)


def held(value: Any) -> Any:  # noqa: ANN401 -- as above
    """Convert an image of any mode, or a byte array with colours, to an image that PNG supports."""
    from PIL import Image

    image = value if hasattr(value, "getbands") else Image.fromarray(value)
    if image.mode in ("F", "I"):
        import numpy as np

        return Image.fromarray(_levels(np.asarray(image)))
    return image.convert(_MODES[image.mode]) if image.mode in _MODES else image
