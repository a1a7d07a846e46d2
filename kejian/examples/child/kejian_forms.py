"""Rich representations of values, as in notebooks: those that a value offers, and the first that a page can show.

Part of child.py: imports nothing of kejian and little else.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING or __package__:
    from collections.abc import Mapping
    from typing import Any

    from kejian.examples.child.kejian_charts import described
    from kejian.examples.child.kejian_outputs import CannotShowError
else:  # the folder of a script is on its path
    from kejian_charts import described
    from kejian_outputs import CannotShowError

METHODS = {
    "svg": ("image/svg+xml", "_repr_svg_"),
    "png": ("image/png", "_repr_png_"),
    "jpeg": ("image/jpeg", "_repr_jpeg_"),
    "html": ("text/html", "_repr_html_"),
    "markdown": ("text/markdown", "_repr_markdown_"),
    "latex": ("text/latex", "_repr_latex_"),
}
"""Each form, in the order in which a page takes them, with its media type and the method that gives it alone."""
_BUNDLE = "_repr_mimebundle_"
_WRITTEN = ("html", "markdown", "latex")
"""Forms that a text may be said to have, too."""


def chosen(value: Any, form: str) -> tuple[str, Any, str]:  # noqa: ANN401 -- an example may return anything
    """Return a form, the value in that form, and any problem; "" and `None` if there is only text.

    Besides those of `METHODS` a form is `vega`, a chart that is to be drawn, or `dot`, the source of a graph.

    form: the required one, or "" for the first available. Raises `CannotShowError`.
    """
    if form in _WRITTEN and isinstance(value, str):
        return form, value, ""
    wrong: list[str] = []
    if hasattr(type(value), "set_uuid"):  # a styled frame, whose ids would differ in each run
        value.set_uuid("styled")
    bundle = _bundle(value, wrong)
    for name in (form,) if form else METHODS:
        if name == "html":  # what a page cannot hold is a script in it: that of a chart, for one
            kind, described_as = described(value, bundle)
            if kind and not form:
                return kind, described_as, ""
        data = _data(value, name, bundle, wrong)
        if data is not None:
            return name, data, ""
    if form:
        raise CannotShowError(_without(value, form, wrong))
    return "", None, "; ".join(wrong)


def named(value: Any) -> str:  # noqa: ANN401 -- as above
    """Describe what a call returns."""
    return "nothing" if value is None else f"a value of the type {type(value).__name__}"


def _data(value: Any, form: str, bundle: Mapping[str, Any], wrong: list[str]) -> Any:  # noqa: ANN401 -- as above
    kind, method = METHODS[form]
    data = bundle[kind] if kind in bundle else _asked(value, method, wrong)
    if form in ("png", "jpeg") and isinstance(data, str):
        from base64 import b64decode

        return b64decode(data)
    if form == "svg" and isinstance(data, bytes):
        return data.decode("utf-8", "replace")
    expected = bytes if form in ("png", "jpeg") else str
    return data if isinstance(data, expected) and data else None


def _bundle(value: Any, wrong: list[str]) -> Mapping[str, Any]:  # noqa: ANN401 -- as above
    found = _asked(value, _BUNDLE, wrong)
    data = found[0] if isinstance(found, tuple) and found else found
    return {key: "".join(one) if isinstance(one, list) else one for key, one in _items(data) if one is not None}


def _items(data: Any) -> list[tuple[Any, Any]]:  # noqa: ANN401 -- as above
    return list(data.items()) if isinstance(data, dict) else []


def _asked(value: Any, method: str, wrong: list[str]) -> Any:  # noqa: ANN401 -- as above
    """Call a method of the value's type; attributes that a type makes up dynamically do not count."""
    if isinstance(value, type) or not callable(getattr(type(value), method, None)):
        return None
    try:
        return getattr(value, method)()
    except Exception as error:
        wrong.append(f"{method}() raises {type(error).__name__}: {str(error)[:200]}")
        return None


def _without(value: Any, form: str, wrong: list[str]) -> str:  # noqa: ANN401 -- as above
    """Explain that a form is not available, and which are."""
    bundle = _bundle(value, [])
    there = [name for name in METHODS if _data(value, name, bundle, []) is not None]
    why = f" ({'; '.join(wrong)})" if wrong else ""
    return f"returns {named(value)}, which has no {form}{why}|{' '.join([*there, 'text'])}"
