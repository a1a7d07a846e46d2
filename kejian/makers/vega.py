"""Vega-Lite and Vega charts by `vl-convert`, where it is installed, in a process of its own and without a network."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import Any

from kejian.makers.bounded import apart
from kejian.makers.installed import versions

LANGUAGES = ("vega-lite", "vega")
PACKAGE = "vl-convert-python"
SECONDS = 60.0
"""Of processor time for a chart."""

_TITLE = 60
_ROWS = frozenset({"values", "datasets"})
"""Where a specification holds data, whose columns have any name."""


def available() -> bool:
    """Return whether charts can be drawn here."""
    return find_spec("vl_convert") is not None


def version() -> str:
    """Return the engine and its version, as a part of keys; "" if there is none."""
    return versions(PACKAGE)


def hint(message: str) -> str:
    """Return what to type where a chart cannot be drawn."""
    if "reads no files" in message:
        return 'write the data in the fence, "data": {"values": […]}, or import a picture of the chart'
    return "check the braces, quotes and commas there, or import a picture of the chart"


def drawings(charts: Sequence[tuple[str, str]]) -> Iterator[dict[str, object] | None]:
    """Yield for each source and its language `svg`, or `error` and `line`; `None` where the engine fails."""
    for made in apart(drawing, charts, SECONDS):
        yield None if made is None else dict(json.loads(made))


def drawing(chart: tuple[str, str]) -> str:
    """Draw one chart; the result is JSON."""
    source, language = chart
    try:
        spec = json.loads(source)
    except json.JSONDecodeError as refused:
        return _refusal(f"line {refused.lineno} is no JSON: {refused.msg}", refused.lineno)
    except RecursionError:
        return _refusal("it is nested too deeply", 0)
    if not isinstance(spec, dict):
        return _refusal("a chart is an object of JSON, in braces", 1)
    for address in _addresses(spec):
        line = source[: source.find(address)].count("\n") + 1
        return _refusal(f"it loads {address[:_TITLE]!r}, and a drawing reads no files", line)
    return _converted(spec, language)


def _converted(spec: dict[str, Any], language: str) -> str:
    import vl_convert

    given: dict[str, Any] = {"allowed_base_urls": []}
    try:
        if language == "vega":
            svg = vl_convert.vega_to_svg({"background": None} | spec, **given)
        else:
            svg = vl_convert.vegalite_to_svg(spec, config={"background": None}, **given)
    except (ValueError, TypeError) as refused:
        return _refusal(str(refused).strip().split("\n")[0][:300], 0)
    if "<image" in svg:
        return _refusal("it shows a picture, and a drawing reads no files", 0)
    return json.dumps({"svg": svg})


def _addresses(part: object) -> Iterator[str]:
    """Yield what a specification would load."""
    if isinstance(part, dict):
        for name, inner in part.items():
            if name == "url" and isinstance(inner, str) and not inner.startswith("data:"):
                yield inner
            elif name not in _ROWS:
                yield from _addresses(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _addresses(inner)


def _refusal(message: str, line: int) -> str:
    return json.dumps({"error": message, "line": line})
