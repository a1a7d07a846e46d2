"""Kejian (课件): Markdown lectures to reveal.js decks whose outputs were produced by running their code.

`display`, `table`, `matrix` and `step` are for the authors of examples; `build` and `check`, with what they return, for
programs.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kejian.cli.api import Diagnostic, ExamplesCheck, Report, Severity, Span, build, check
    from kejian.examples.child.kejian_display import display
    from kejian.examples.child.kejian_matrices import matrix
    from kejian.examples.child.kejian_steps import step
    from kejian.examples.child.kejian_tabled import table

__version__ = "0.1.0"
__all__ = [
    "Diagnostic",
    "ExamplesCheck",
    "Report",
    "Severity",
    "Span",
    "__version__",
    "build",
    "check",
    "display",
    "matrix",
    "step",
    "table",
]

_PARTS = {"display": "kejian_display", "matrix": "kejian_matrices", "step": "kejian_steps", "table": "kejian_tabled"}
_COMMANDS = ("Diagnostic", "ExamplesCheck", "Report", "Severity", "Span", "build", "check")


def __getattr__(name: str) -> object:
    """Load what is asked for, and nothing else: for an example, from the process that runs it where this is one."""
    if name not in _PARTS and name not in _COMMANDS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import sys
    from importlib import import_module

    if name in _COMMANDS:
        part = import_module("kejian.cli.api")
    else:
        part = sys.modules.get(_PARTS[name]) or import_module(f"kejian.examples.child.{_PARTS[name]}")
    found: object = getattr(part, name)
    return found
