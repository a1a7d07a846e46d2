"""Values that describe a picture in place of drawing it: charts of Vega-Lite, graphs of Graphviz, figures of Plotly.

A chart is drawn here, without browser and network; of a graph the source is the form, which the build draws. Part of
child.py: imports nothing of kejian and little else.
"""

# ruff: noqa: PTH123 -- pathlib is one of the things that it does without

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING or __package__:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    from kejian.examples.child import kejian_fonts
    from kejian.examples.child.kejian_outputs import CannotShowError, plain, weighed
else:  # the folder of a script is on its path
    import kejian_fonts
    from kejian_outputs import CannotShowError, plain, weighed

_SPEC = re.compile(r"application/vnd\.(vega|vegalite)\.v(\d+)[\d.]*\+json")
_PLOTLY = "application/vnd.plotly.v1+json"
_SCHEMA = re.compile(r"/(vega|vega-lite)/v(\d+)[\d.]*\.json")
_SIZE = re.compile(r'(<svg\b[^<>]*?)\bwidth="([\d.]+)" height="([\d.]+)"')
_PICTURE = re.compile(r'<image\b[^<>]*?\bhref="(?!data:)([^"]*)"')
_SCALE = 1.5
"""A chart's letters have ten or eleven pixels: on a slide they are drawn as large as those of figures."""
FONT = "Noto Sans SC"
"""What a drawing calls the slides' font, whose letters it has once it is published."""
_NAMED = 120
"""Characters of an address or a message that are shown."""


class UnavailableError(Exception):
    """This machine lacks what draws charts; an output that has been recorded is shown."""


def described(value: Any, bundle: Mapping[str, Any]) -> tuple[str, Any]:  # noqa: ANN401 -- an example may return anything
    """Return `vega` and a specification, `dot` and a source, or "" and `None`.

    bundle: the representations that the value offers. Raises `CannotShowError` for a figure of Plotly.
    """
    if source := _graph(value):
        return "dot", source
    spec = _spec(value, bundle)
    if spec is not None:
        return "vega", spec
    if _PLOTLY in bundle or (_package(value) == "plotly" and hasattr(value, "to_plotly_json")):
        why = "which a script draws in a browser: without one there is no picture of it"
        raise CannotShowError(f"returns a figure of Plotly, {why}|plotly")
    return "", None


def drawn(spec: Any, stem: str) -> dict[str, Any]:  # noqa: ANN401 -- as above
    """Draw a specification to a file beside the answer, and its twin of pixels.

    Raises `CannotShowError`, `UnavailableError`.
    """
    try:
        import vl_convert
    except ImportError:
        raise UnavailableError("nothing here draws charts: `pip install vl-convert-python`") from None
    if not isinstance(spec, dict):
        raise CannotShowError("returns a chart that is no object of JSON|chart")
    for address in _addresses(spec):
        raise _elsewhere(f"takes its data from {address[:_NAMED]!r}")
    svg = _svg(vl_convert, spec)
    if found := _PICTURE.search(svg):
        raise _elsewhere(f"shows the picture {found[1][:_NAMED]!r}")
    with open(f"{stem}.svg", "wb") as file:
        file.write(plain(_enlarged(svg.replace(kejian_fonts.FAMILY, FONT))).encode())
    with open(f"{stem}.png", "wb") as file:
        file.write(vl_convert.svg_to_png(svg, scale=_SCALE))
    weighed(f"{stem}.svg", f"{stem}.png")
    return {"file": f"{stem}.svg", "twin": f"{stem}.png"}


def _package(value: Any) -> str:  # noqa: ANN401 -- as above
    return str(type(value).__module__).partition(".")[0]


def _graph(value: Any) -> str:  # noqa: ANN401 -- as above
    """Return the source of a graph of the packages graphviz and pydot; the layout engine in a comment of its own."""
    if _package(value) == "graphviz" and isinstance(getattr(value, "source", None), str):
        source, engine = value.source, str(getattr(value, "engine", "dot"))
    elif _package(value) == "pydot" and hasattr(type(value), "to_string"):
        source, engine = str(value.to_string()), str(getattr(value, "prog", None) or "dot")
    else:
        return ""
    return source if engine == "dot" else f"// layout: {engine.split()[0]}\n{source}"


def _spec(value: Any, bundle: Mapping[str, Any]) -> Any:  # noqa: ANN401 -- as above
    found = next((data for kind, data in bundle.items() if _SPEC.fullmatch(str(kind))), None)
    if found is None and _package(value) == "altair" and hasattr(type(value), "to_dict"):
        try:
            return value.to_dict()
        except Exception as error:
            raise _wrong(error) from None
    return found


def _addresses(part: Any) -> Iterator[str]:  # noqa: ANN401 -- as above
    """Yield what a specification would load: each `url` of its data; one that holds its own data loads nothing."""
    if isinstance(part, dict):
        for name, inner in part.items():
            if name == "url" and isinstance(inner, str) and not inner.startswith("data:"):
                yield inner
            elif name not in ("values", "datasets"):  # rows of data, whose columns have any name
                yield from _addresses(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _addresses(inner)


def _svg(library: Any, spec: dict[str, Any]) -> str:  # noqa: ANN401 -- vl_convert, as it was imported
    """Convert a specification, in its own version of Vega-Lite, with the slides' font."""
    kind, major = _version(spec)
    family = kejian_fonts.register(library.register_font_directory)
    config = {"background": None} | ({"font": family} if family else {})
    given: dict[str, Any] = {"allowed_base_urls": []}
    try:
        if kind == "vega":
            return str(library.vega_to_svg({"config": config} | spec, **given))
        known = [one for one in library.get_vegalite_versions() if one.partition(".")[0] == major]
        given |= {"vl_version": max(known, key=_number)} if known else {}
        return str(library.vegalite_to_svg(spec, config=config, **given))
    except (ValueError, TypeError) as error:
        raise _wrong(error) from None


def _version(spec: Mapping[str, Any]) -> tuple[str, str]:
    found = _SCHEMA.search(str(spec.get("$schema", "")))
    return (found[1], found[2]) if found else ("vega-lite", "")


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _wrong(error: Exception) -> CannotShowError:
    words = " ".join(str(error).split())
    return CannotShowError(f"returns a chart that cannot be drawn: {words[:_NAMED]}|chart")


def _elsewhere(what: str) -> CannotShowError:
    return CannotShowError(f"returns a chart that {what}: a chart holds all that it shows, a build loads nothing|data")


def _enlarged(svg: str) -> str:
    """Return a drawing with a larger size for the same coordinates."""
    larger: Callable[[re.Match[str]], str] = lambda found: (  # noqa: E731 -- used once
        f'{found[1]}width="{float(found[2]) * _SCALE:g}" height="{float(found[3]) * _SCALE:g}"'
    )
    return _SIZE.sub(larger, svg, count=1)
