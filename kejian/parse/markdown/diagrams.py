"""Fences that are drawn: Graphviz, Mermaid and Vega-Lite become holes, other diagram languages are shown as
source with a warning.
"""

from __future__ import annotations

from kejian.core.attributes import Attributes
from kejian.core.diagnostics import Span
from kejian.core.model import Diagram
from kejian.parse.markdown.render_state import RenderState

LANGUAGES = {
    "dot": "dot",
    "viz": "dot",
    "graphviz": "dot",
    "mermaid": "mermaid",
    "wavedrom": "wavedrom",
    "vega-lite": "vega-lite",
    "vega": "vega",
}
"""The languages that are drawn, by the words that name them in a fence or on an import."""

_ENGINES = ("dot", "neato", "circo", "fdp", "sfdp", "twopi", "osage")
_EXTERNAL = frozenset({"puml", "plantuml", "bitfield", "bit-field", "vega", "vega-lite", "wsd", "d2", "tikz", "ditaa"})
_CONTROLS = (
    "engine",
    "code_block",
    "cmd",
    "hide",
    "as",
    "kroki",
    "output",
    "args",
    "stdin",
    "continue",
    "run_on_save",
    "line_begin",
    "line_end",
)


def diagram(found: RenderState, source: str, language: str, attributes: Attributes, span: Span, first: Span) -> str:
    """Return a paragraph with the drawing and all attributes; "" if the fence at `span` is not drawn.

    first: the place of the source's first line.
    """
    drawn = LANGUAGES.get(language)
    if drawn is None or attributes.get("kroki") is True or shown_as_source(attributes):
        return ""
    engine = _engine(found, attributes, span) if drawn == "dot" else ""
    shell = attributes.without(*_CONTROLS).html()
    return f"<p{shell}>{found.add(Diagram(source, drawn, engine, first))}</p>\n"


def shown_as_source(attributes: Attributes) -> bool:
    """Return whether `code_block=true` or `cmd=false` requests the source instead of the drawing."""
    return attributes.truthy("code_block") or attributes.get("cmd", True) is False


def external(language: str, attributes: Attributes) -> bool:
    """Return whether the language needs a tool that is not part of kejian."""
    return language in _EXTERNAL or attributes.get("kroki") is True


def warn_external(found: RenderState, language: str, span: Span) -> None:
    """Warn that the source is shown instead of a drawing."""
    if language in ("bitfield", "bit-field"):
        hint = "write it as wavedrom, {reg: […]}, or add {code_block=true} to mean the source"
        found.warn("diagram-not-drawn", span, f"no engine for {language} diagrams: the source is shown", hint)
        return
    hint = "draw it with dot or mermaid, import a picture of it, or add {code_block=true} to mean the source"
    found.warn("diagram-not-drawn", span, f"no engine for {language or 'kroki'} diagrams: the source is shown", hint)


def _engine(found: RenderState, attributes: Attributes, span: Span) -> str:
    engine = attributes.text("engine", "dot")
    if engine in _ENGINES:
        return engine
    found.warn("unknown-engine", span, f"there is no layout engine {engine}", "engines: " + ", ".join(_ENGINES))
    return "dot"
