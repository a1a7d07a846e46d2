"""Imports of source code: quoted as a listing and, with `cmd=true`, followed by what running it outputs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from keyword import iskeyword
from posixpath import splitext

from kejian.core.attributes import Attributes
from kejian.core.diagnostics import Diagnostic, Span, error, warning
from kejian.core.disk.files import Folder
from kejian.parse import unread
from kejian.parse.labels import kinds
from kejian.parse.lines.import_result import Import, Imported, fenced, problem
from kejian.parse.markdown.example import FENCE
from kejian.parse.quote import quote

LANGUAGES: Mapping[str, str] = {
    "py": "python",
    "js": "javascript",
    "ts": "typescript",
    "vhd": "vhdl",
    "erl": "erlang",
    "gv": "dot",
    "viz": "dot",
    "md": "markdown",
}
TEXTS = frozenset(("txt", "json", "toml", "yaml", "c", "h", "cpp", "java", "go", "rs", "sh", "r", "m", *LANGUAGES))
RUN = ("output", "tol", "normalise", "raises", "timeout", "alt", "stderr", "steps")
_NOT_FOR_THE_LISTING = (*quote.WORDS, *RUN, "cmd")


def code(request: Import, folder: Folder) -> Imported:
    """Return the selected lines in a fence and, if the code is run, a placeholder for its output."""
    text = folder.text(request.path)
    written = repr(request.attributes)  # `true` and `1` are equal, but are printed differently
    found = _code(text, replace(request, span=Span(request.path)), written)  # the same wherever it stands
    return _code(text, request, written) if found.diagnostics else found


@lru_cache(maxsize=1024)
def _code(text: str, request: Import, _written: str) -> Imported:
    quoted = quote.quote(text, request.path, request.attributes, request.span)
    if isinstance(quoted, Diagnostic):
        return problem(quoted)
    advice = quote.prefer_symbol(text, request.path, request.attributes, request.span)
    run = _output(request)
    shown = () if run and request.attributes.truthy("hide") else _listing(request, quoted.lines, run=bool(run))
    numbers = (quoted.first, *quoted.numbers, quoted.last)[: len(shown)]
    found = (advice,) if advice is not None else _unnamable(request)
    for one in unread.on_import(request.attributes, (*quote.WORDS, *RUN)):
        found = (*found, warning("attribute-unread", request.span, one.message, one.hint))
    return Imported(lines=shown, path=request.path, first=quoted.first, numbers=numbers, after=run, diagnostics=found)


def _listing(request: Import, lines: tuple[str, ...], *, run: bool) -> tuple[str, ...]:
    suffix = splitext(request.path)[1].lower().lstrip(".")
    language = request.attributes.text("as") or LANGUAGES.get(suffix, suffix) or "text"
    chunk = request.attributes.truthy("cmd") and not run and not _unnamable(request)
    told = (one.key for one in unread.on_import(request.attributes, (*quote.WORDS, *RUN)))
    kept = request.attributes.without(*(quote.WORDS if chunk else _NOT_FOR_THE_LISTING), "code_block", "as", *told)
    if run:
        kept = kept.without(*_figure(request.attributes))
    if language in (
        "dot",
        "mermaid",
        "wavedrom",
        "vega-lite",
        "vega",
    ):  # a forced code block shows the source of a diagram
        kept = kept.updated(cmd=False)
    return fenced(lines, re.sub(r"[^\w+#.-]", "", language), kept)


def _module(request: Import) -> str:
    return request.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _unnamable(request: Import) -> tuple[Diagnostic, ...]:
    """Return an error if code is to be run from a file that Python's `import` cannot name."""
    if not (request.attributes.truthy("cmd") and request.attributes.text("symbol") and request.path.endswith(".py")):
        return ()
    wrong = [part for part in _module(request).split(".") if not part.isidentifier() or iskeyword(part)]
    if not wrong:
        return ()
    better = re.sub(r"\W", "_", wrong[0])
    better = f"example_{better}" if not better.isidentifier() or iskeyword(better) else better
    message = f"nothing of {request.path} can be run: Python imports no `{wrong[0]}`"
    hint = f"rename it to `{better}`: letters, digits and `_`, no digit first, and no word of Python's own"
    return (error("not-an-example", request.span, message, hint),)


def _figure(attributes: Attributes) -> tuple[str, ...]:
    """Return the attributes that make the output a figure, rather than the code a listing."""
    return ("id", "fig-cap") if kinds.kind(attributes.text("id")) == "fig" else ()


def _output(request: Import) -> tuple[str, ...]:
    """Return a fence that requests the output of the quoted function."""
    symbol = request.attributes.text("symbol")
    if not (request.attributes.truthy("cmd") and symbol and request.path.endswith(".py")):
        return ()
    module = _module(request)
    if _unnamable(request):
        return ()
    words = {
        key: request.attributes.get(key) for key in (*RUN, *_figure(request.attributes)) if request.attributes.text(key)
    }
    return ("", *fenced((), FENCE, Attributes((("call", f"{module}.{symbol}()"), *words.items()))))
