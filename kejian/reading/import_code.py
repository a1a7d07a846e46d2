"""Imports of source: quoted as a listing, and, with `cmd=true`, what running it shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from posixpath import splitext

from kejian.attributes import Attributes
from kejian.diagnostics import Diagnostic, Span
from kejian.folder import Folder
from kejian.markdown.example import FENCE
from kejian.quoted import quote
from kejian.reading.splice import Import, Imported, fenced, problem

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
_RUN = ("output", "tol", "normalise", "raises", "timeout", "alt")
_NOT_FOR_THE_LISTING = (*quote.WORDS, *_RUN, "cmd")


def code(request: Import, folder: Folder) -> Imported:
    """The lines that the attributes choose, in a fence; below it the place for what they show when run."""
    text = folder.text(request.path)
    written = repr(request.attributes)  # `true` and `1` are equal, but not the same
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
    found = (advice,) if advice is not None else ()
    return Imported(shown, request.path, quoted.first, numbers, after=run, diagnostics=found)


def _listing(request: Import, lines: tuple[str, ...], *, run: bool) -> tuple[str, ...]:
    suffix = splitext(request.path)[1].lower().lstrip(".")
    language = request.attributes.text("as") or LANGUAGES.get(suffix, suffix) or "text"
    chunk = request.attributes.truthy("cmd") and not run
    kept = request.attributes.without(*(quote.WORDS if chunk else _NOT_FOR_THE_LISTING), "code_block", "as")
    if language in ("dot", "mermaid"):  # a forced code block shows the source of a diagram
        kept = kept.updated(cmd=False)
    return fenced(lines, re.sub(r"[^\w+#.-]", "", language), kept)


def _output(request: Import) -> tuple[str, ...]:
    """A fence that asks for what the quoted function prints, returns and draws."""
    symbol = request.attributes.text("symbol")
    if not (request.attributes.truthy("cmd") and symbol and request.path.endswith(".py")):
        return ()
    module = request.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    words = {key: request.attributes.get(key) for key in _RUN if request.attributes.text(key)}
    return ("", *fenced((), FENCE, Attributes((("call", f"{module}.{symbol}()"), *words.items()))))
