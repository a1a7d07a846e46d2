"""Figures and images as files beside the answer: drawings with a twin of pixels, and pictures.

Part of child.py: imports nothing of kejian and little else.
"""

# ruff: noqa: PTH202 -- pathlib is one of the things that it does without

from __future__ import annotations

import importlib
import os

TYPE_CHECKING = False
if TYPE_CHECKING or __package__:
    from collections.abc import Iterator
    from typing import Any

    from kejian.examples.child.kejian_outputs import weighed
    from kejian.examples.child.kejian_said import drawing
else:  # the folder of a script is on its path
    from kejian_outputs import weighed
    from kejian_said import drawing

_LARGE = 1_000_000
"""Bytes of a drawing above which what has many points is drawn as pixels in it."""
_MANY, _SOME = 20_000, 1_000
"""Points of a figure that are many, and of one of its parts that is drawn as pixels then."""
_DPI = 150
HELD = "kejian_box"
"""The attribute of a figure with the box around all of its steps."""
_OUTSIDE = 0.04
"""Inches that something may lie outside of its figure unseen."""
_PAD = 0.1
_MODES = ("1", "L", "LA", "I;16", "P", "RGB", "RGBA")
"""Modes of images that a PNG can hold."""


def part(name: str) -> Any:  # noqa: ANN401 -- a module
    """Import a part of child.py that few examples need."""
    return importlib.import_module(f"{__package__}.{name}" if __package__ else name)


def picture(value: Any, stem: str) -> dict[str, Any]:  # noqa: ANN401 -- of any library
    """Write a figure, an image or an array as a picture; return its files as an answer names them."""
    if hasattr(value, "savefig"):
        was, box = _drawn(value, f"{stem}.svg")
        value.savefig(f"{stem}.png", dpi=80, metadata={"Software": None}, bbox_inches=box)
        weighed(f"{stem}.svg", f"{stem}.png")
        return {"file": f"{stem}.svg", "twin": f"{stem}.png", "was": was}
    if not hasattr(value, "save") or value.mode not in _MODES:
        value = part("kejian_matrices").held(value)
    value.save(f"{stem}.png")
    weighed(f"{stem}.png")
    return {"file": f"{stem}.png", "twin": None}


def _drawn(figure: Any, file: str) -> tuple[int, Any]:  # noqa: ANN401 -- as above
    """Write a figure as SVG; return its size if parts had to be rasterized, else 0; and its bounding box."""
    import matplotlib as mpl

    kept: dict[str, Any] = {"metadata": {"Date": None, "Creator": None}}
    with drawing() as missing, mpl.rc_context({"svg.hashsalt": "kejian"}):  # for the same ids and bytes in every run
        figure.savefig(file, **kept)
        lent = bool(missing) and part("kejian_fonts").lend(figure)
        box = getattr(figure, HELD, None) or whole(figure)
        if lent or box is not None:
            missing.clear()
            figure.savefig(file, **kept, bbox_inches=box)
        was = os.path.getsize(file)
        parts = list(_parts(figure)) if was > _LARGE else []
        if sum(points for _, points in parts) <= _MANY:
            return 0, box
        for one, points in parts:
            if points > _SOME:
                one.set_rasterized(True)
        figure.savefig(file, **kept, dpi=_DPI, bbox_inches=box)
    return was, box


def whole(figure: Any) -> Any:  # noqa: ANN401 -- as above
    """Return the box, in inches, around a figure and content outside of it; `None` if there is none, or far away."""
    import matplotlib as mpl
    from matplotlib.transforms import Bbox

    if mpl.rcParams["savefig.bbox"] == "tight" or not hasattr(figure, "get_tightbbox"):
        return None
    own, drawn = figure.bbox_inches, figure.get_tightbbox()
    edges = (own.x0 - drawn.x0, own.y0 - drawn.y0, drawn.x1 - own.x1, drawn.y1 - own.y1)
    if not max(edges) > _OUTSIDE or max(edges) > max(own.width, own.height):
        return None
    return Bbox.union([own, drawn.padded(_PAD)])


def _parts(figure: Any) -> Iterator[tuple[Any, int]]:  # noqa: ANN401 -- as above
    """Yield the artists in a figure's axes that are not rasterized yet, each with its number of points."""
    for axes in getattr(figure, "axes", ()):
        for one in (*axes.collections, *axes.lines, *axes.patches):
            if not one.get_rasterized():
                yield one, _points(one)


def _points(one: Any) -> int:  # noqa: ANN401 -- as above
    """Return the number of points of a line, a path, or a collection."""
    if not hasattr(one, "get_offsets"):
        return len(one.get_path().vertices)
    cells = one.get_array()
    found = max(len(one.get_offsets()), 0 if cells is None else cells.size)
    return found if found > _SOME else max(found, sum(len(path.vertices) for path in one.get_paths()))
