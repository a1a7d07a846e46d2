"""Fences that are drawn: Graphviz and Mermaid sources as holes, other diagram languages as source with a warning."""

from __future__ import annotations

from kejian.attributes import Attributes
from kejian.diagnostics import Span
from kejian.markdown.rendering import Rendering
from kejian.model import Diagram

_LANGUAGES = {"dot": "dot", "viz": "dot", "graphviz": "dot", "mermaid": "mermaid"}
_ENGINES = ("dot", "neato", "circo", "fdp", "sfdp", "twopi", "osage")
_EXTERNAL = frozenset(
    {"puml", "plantuml", "wavedrom", "bitfield", "bit-field", "vega", "vega-lite", "wsd", "d2", "tikz"}
)
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


def diagram(found: Rendering, source: str, language: str, attributes: Attributes, span: Span) -> str:
    """The paragraph with the drawing, carrying all attributes; empty when the fence is not drawn."""
    drawn = _LANGUAGES.get(language)
    if drawn is None or attributes.get("kroki") is True or shown_as_source(attributes):
        return ""
    engine = _engine(found, attributes, span) if drawn == "dot" else ""
    shell = attributes.without(*_CONTROLS).html()
    return f"<p{shell}>{found.add(Diagram(source, drawn, engine, span))}</p>\n"


def shown_as_source(attributes: Attributes) -> bool:
    """Whether `code_block=true` or `cmd=false` asks for the source in place of the drawing."""
    return attributes.truthy("code_block") or attributes.get("cmd", True) is False


def external(language: str, attributes: Attributes) -> bool:
    """Whether the source needs a tool that kejian does not bring."""
    return language in _EXTERNAL or attributes.get("kroki") is True


def warn_external(found: Rendering, language: str, span: Span) -> None:
    """Say that the source is shown as it is."""
    hint = "draw it with dot or mermaid, import a picture of it, or add {code_block=true} to mean the source"
    found.warn("diagram-not-drawn", span, f"no engine for {language or 'kroki'} diagrams: the source is shown", hint)


def _engine(found: Rendering, attributes: Attributes, span: Span) -> str:
    engine = attributes.text("engine", "dot")
    if engine in _ENGINES:
        return engine
    found.warn("unknown-engine", span, f"there is no layout engine {engine}", "engines: " + ", ".join(_ENGINES))
    return "dot"
