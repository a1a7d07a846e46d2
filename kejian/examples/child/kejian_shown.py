"""Converts a value to what a slide can show: text, or pictures, which are written beside the answer.

Part of child.py: imports nothing of kejian and little else.
"""

# ruff: noqa: PTH123 -- pathlib is one of the things that it does without

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING or __package__:
    from collections.abc import Callable, Iterator
    from typing import Any

    from kejian.examples.child.kejian_figures import part, picture
    from kejian.examples.child.kejian_outputs import CannotShowError, bounded, counted, plain, weighed
else:  # the folder of a script is on its path
    from kejian_figures import part, picture
    from kejian_outputs import CannotShowError, bounded, counted, plain, weighed

_DISPLAYED: list[Any] = []
"""Pictures that the example has displayed; one that is still open is not shown again."""
_FINISHED: list[Any] = []
"""Figures that `plt.show()` has shown: such a one is shown again if it was drawn on since."""
_PLAIN = (type(None), str, bytes, bool, int, float, complex, list, tuple, dict, set, frozenset)
"""Types whose values are text, whatever else they could be."""
_FORMS = ("html", "markdown", "latex")
_VALUED = ("table", "matrix", "image")
"""Forms that are asked of a value alone; what is printed can have the others, too."""
_ADDRESS = " at 0x"
"""An address in memory says nothing, and is another one in each run: of what `plot` returns, for one."""


def shown(value: Any, call: dict[str, Any], stem: str, most: int) -> dict[str, Any]:  # noqa: ANN401 -- as in child.py
    """Return a value in the form of an answer: a text of at most `most` bytes with its form, and pictures.

    `unshown` is the type of a value whose text is only an address. Raises `CannotShowError`.
    """
    if call["format"] is not None:
        _refuse_in_prose(value)
        return {"value": bounded(format(value, call["format"]), most)}
    form = call.get("form", "")
    if form == "steps":  # each of them has been displayed
        return {}
    pictures = [] if form == "text" else _pictures(value, form)
    drawn = [one for one in pictures if not _is_finished(one)] + list(_open_figures(pictures))
    written = [picture(one, f"{stem}.{number}") for number, one in enumerate(counted(drawn))]
    found = {"pictures": written, "closed": _lost(pictures)}
    if pictures or (value is None and form not in _VALUED):
        return found
    return found | _represented(value, form, stem, most, chunk=bool(call["code"]))


def forget() -> None:
    """Forget what was displayed."""
    _DISPLAYED.clear()
    _FINISHED.clear()
    if "kejian_pyplot" in sys.modules:
        part("kejian_pyplot").forget()


def finish(figure: Any) -> None:  # noqa: ANN401 -- a figure of matplotlib
    """Note that a figure was shown as it is."""
    _FINISHED.append(figure)


def is_displayed(figure: Any) -> bool:  # noqa: ANN401 -- as above
    """Return whether the example has displayed a figure."""
    return any(figure is one for one in _DISPLAYED)


def _is_finished(figure: Any) -> bool:  # noqa: ANN401 -- as above
    return any(figure is one for one in _FINISHED) and not figure.stale


def _lost(shown: list[Any]) -> int:
    return int(part("kejian_pyplot").lost(shown)) if "kejian_pyplot" in sys.modules else 0


def _refuse_in_prose(value: Any) -> None:  # noqa: ANN401 -- as above
    """Raise `CannotShowError` for a value that cannot be part of a sentence."""
    what = "nothing" if value is None else "a picture" if _draws(value) else "a table" if _tabular(value) else ""
    if what:
        raise CannotShowError(f"returns {what}|")


def stepped(value: Any, show: Callable[[Any], None]) -> None:  # noqa: ANN401 -- as above
    """Show the steps of a value, each in its state at that moment. Raises `CannotShowError`.

    Where nothing is returned they are those of the figure that is open.
    """
    left = list(_open_figures([])) if value is None else []
    for one in part("kejian_steps").steps(left[0] if len(left) == 1 else value):
        show(one)


def displayed(value: Any, form: str, stem: str, most: int) -> dict[str, Any]:  # noqa: ANN401 -- as above
    """Like `shown`, for a value that an example displays while it runs."""
    pictures = [] if form == "text" else _pictures(value, form)
    _DISPLAYED.extend(pictures)
    if pictures:
        return {"pictures": [picture(one, f"{stem}.{number}") for number, one in enumerate(counted(pictures))]}
    return {"pictures": []} | _represented(value, form, stem, most, chunk=False)


def _pictures(value: Any, form: str) -> list[Any]:  # noqa: ANN401 -- as above
    """Return the pictures that a value is or contains; an array counts only on request."""
    if form == "image" and not hasattr(value, "savefig"):
        return [part("kejian_matrices").picture(value)]
    if hasattr(type(value), "new_saved_frame_seq"):
        return [part("kejian_steps").still(value)]
    return [one for one in (value if isinstance(value, list | tuple) and value else [value]) if _draws(one)]


def _represented(value: Any, form: str, stem: str, most: int, *, chunk: bool) -> dict[str, Any]:  # noqa: ANN401 -- as above
    """Convert a value to a table, a grid, or its first available form ("" for any); to text if it has none."""
    if form == "table" or (not form and _tabular(value)):
        return {"value": bounded(str(part("kejian_tabled").tabled(value)), most), "form": "table"}
    if form == "matrix" or (not form and _is_matrix(value)):
        grid = value if _is_matrix(value) else part("kejian_matrices").matrix(value)
        return {"value": bounded(str(grid), most), "form": "matrix"}
    name, data, wrong = "", None, ""
    if form in _FORMS or not (form or type(value) in _PLAIN):
        name, data, wrong = part("kejian_forms").chosen(value, form)
    if name in ("svg", "png", "jpeg"):
        return {"pictures": [_written(name, data, stem)]}
    if name == "vega":
        return {"pictures": [part("kejian_charts").drawn(data, f"{stem}.own")]}
    if data is not None:
        return {"value": bounded(data, most), "form": name}
    return _as_text(value, wrong, most, chunk=chunk)


def _as_text(value: Any, wrong: str, most: int, *, chunk: bool) -> dict[str, Any]:  # noqa: ANN401 -- as above
    if isinstance(value, str) and not chunk:
        return {"value": bounded(value, most)}
    text = bounded(repr(value) if chunk else _text(value), most)
    if _ADDRESS in text:
        return {"unshown": "" if chunk else f"{type(value).__name__}{f' ({wrong})' if wrong else ''}"}
    return {"value": text} | ({"failed": wrong} if wrong else {})


def _text(value: Any) -> str:  # noqa: ANN401 -- as above
    return str(value) if type(value).__module__.startswith(("numpy", "pandas", "polars")) else repr(value)


def _tabular(value: Any) -> bool:  # noqa: ANN401 -- as above
    """Return whether a value is a table by itself, skipping types that evidently are not."""
    return type(value) not in _PLAIN and bool(part("kejian_tabled").is_frame(value))


def _is_matrix(value: Any) -> bool:  # noqa: ANN401 -- as above
    return type(value).__name__ == "Matrix" and hasattr(value, "marked")


def _written(form: str, data: Any, stem: str) -> dict[str, Any]:  # noqa: ANN401 -- text or bytes
    """Write a picture that a value provides to a file beside the answer."""
    if form == "jpeg":
        from io import BytesIO

        from PIL import Image

        return picture(Image.open(BytesIO(data)), f"{stem}.own")
    file = f"{stem}.own.{form}"
    with open(file, "wb") as out:
        out.write(plain(data).encode() if form == "svg" else data)
    weighed(file)
    return {"file": file, "twin": None}


def _draws(value: Any) -> bool:  # noqa: ANN401 -- as above
    """Return whether a value is a picture: a figure, an image, or an array of bytes with colours."""
    if hasattr(value, "savefig") or (hasattr(value, "save") and hasattr(value, "getbands")):
        return True
    return str(getattr(value, "dtype", "")) == "uint8" and getattr(value, "ndim", 0) == 3 and value.shape[2] in (3, 4)


def _open_figures(shown: list[Any]) -> Iterator[Any]:
    """Yield the figures that pyplot holds and the example did not return."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None:
        return
    for number in pyplot.get_fignums():
        figure = pyplot.figure(number)
        if not any(figure is one for one in [*shown, *_DISPLAYED]):
            yield figure
