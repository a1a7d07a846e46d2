"""Reports of builds that cannot begin, or cannot go on: what is wrong, and what to type."""

from __future__ import annotations

from pathlib import Path

from jinja2 import TemplateError

from kejian.core import refused as system
from kejian.core.diagnostics import Span, error
from kejian.core.disk.open_folder import InTheWayError
from kejian.core.refused import RefusedError
from kejian.pipeline.report import Report
from kejian.render.publish import ForeignSiteError

REFUSED = (
    RefusedError,
    ForeignSiteError,
    InTheWayError,
    RecursionError,
    TemplateError,
    OverflowError,  # a `range` too long for a template
    OSError,
)
"""What ends a build without being a fault of the program."""


def refused(code: str, message: str, hint: str) -> Report:
    """Return the report of a build that ends with one error about the course as a whole."""
    return Report(diagnostics=(error(code, Span("."), message, hint),))


def because(cause: Exception, out: Path) -> Report:
    """Return the report of a build that was ended by one of `REFUSED`. out: the site's folder."""
    match cause:
        case RefusedError():
            return refused(cause.code, str(cause), cause.hint)
        case ForeignSiteError():
            hint = "name another folder with --out, or empty this one"
            return refused("out-not-ours", f"{out} holds files that no build wrote", hint)
        case InTheWayError():
            return refused("in-the-way", f"{cause.filename}: {cause.strerror}", cause.hint)
        case RecursionError():
            return refused("too-deep", "a file of the course nests deeper than can be followed", "undo the last change")
        case TemplateError():  # before errors of the system, since a template that is missing is both
            return _template(cause)
        case OSError():
            return refused("cannot-go-on", system.words(cause), "the site is as it was")
        case _:
            return _template(cause)


def _template(cause: Exception) -> Report:
    place = Span(f"templates/{getattr(cause, 'name', None) or ''}", getattr(cause, "lineno", None) or 1)
    hint = "fix the course's template, or remove it to get the default one"
    return Report(diagnostics=(error("bad-template", place, f"a template cannot be drawn: {cause}", hint),))
