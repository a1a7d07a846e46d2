"""Code chunks: code on a slide that is to be run, if the course enables that (`slide_code`).

    ```python {cmd=true id="area"}
    ```python {cmd=true continue="area"}

A chunk with `continue="id"` runs after the chunk of that id, one with a bare `continue` after the chunk above it, in
the same namespace; only its own output is shown.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from itertools import islice
from posixpath import splitext

from kejian.core.attributes import Attributes
from kejian.core.diagnostics import Span
from kejian.core.disk.store import digest
from kejian.core.model import Chunk
from kejian.parse.markdown import example
from kejian.parse.markdown.render_state import RenderState

_PYTHON = frozenset(("py", "python", "python3"))
_COMMANDS = frozenset(("true", *_PYTHON))
_UNUSED = ("args", "stdin")
_MOST = 100
_COMPARED = 50


def is_chunk(attributes: Attributes) -> bool:
    """Return whether a fence is to be run."""
    return "cmd" in dict(attributes.items) and attributes.truthy("cmd")


def output(found: RenderState, source: str, language: str, attributes: Attributes, span: Span, first: Span) -> str:
    """Return the HTML below the chunk `source`, whose text begins at `first`: the place for its
    output, its `element=`.
    """
    element = attributes.text("element") if attributes.get("element", False) is not True else ""
    drawn = ""
    if language not in _PYTHON or attributes.text("cmd") not in _COMMANDS:
        _warn_other(found, language, attributes, span)
    elif not found.shared.slide_code:
        hint = (
            'move the code to a function of the examples package and write `@import "…" {symbol="…" cmd=true}`, '
            "or set `slide_code = true` in kejian.toml"
        )
        found.warn("code-not-run", span, "code written on a slide is not run", hint)
    elif source.strip():
        drawn = _run(found, source, attributes, span, first)
    return drawn + (f"{element}\n" if element else "")


def _warn_other(found: RenderState, language: str, attributes: Attributes, span: Span) -> None:
    """Warn that chunks of other languages, and other commands, are never run."""
    what = language if language not in _PYTHON else attributes.text("cmd")
    message = f"kejian runs Python alone; this `{what or 'text'}` is shown, and not run"
    hint = "write cmd=false to show it alone, or let a Python function of the examples package print what it shows"
    found.warn("code-not-run", span, message, hint)


def _run(found: RenderState, source: str, attributes: Attributes, span: Span, first: Span) -> str:
    for key in _UNUSED:
        if attributes.text(key):
            found.warn("chunk-attribute", span, f"{key}= is not passed to a chunk", "write the values into its code")
    before = _continued(found, attributes, span)
    if before is None:
        return ""
    code = (*before, Chunk(_name(found, source, before, attributes, span), source, first))
    found.shared.chunks.setdefault(attributes.text("id"), code)
    found.shared.chunks[""] = code
    return example.block(found, code[-1].name, attributes, span, code)


def _continued(found: RenderState, attributes: Attributes, span: Span) -> tuple[Chunk, ...] | None:
    """Return the chunks that run before this one; `None` if the one that it names does not exist."""
    known, wanted = found.shared.chunks, attributes.get("continue", False)
    if not wanted or wanted == "false":
        return ()
    name = "" if wanted is True or (wanted == "true" and "true" not in known) else attributes.text("continue")
    if name in known and len(known[name]) > _MOST:
        message = f"this chunk continues more than {_MOST} others; the code is not run"
        found.warn("chunk-chain", span, message, "begin anew: leave out `continue`")
        return None
    if name in known:
        return known[name]
    near = get_close_matches(name, [one for one in islice(known, _COMPARED) if one], 3, 0.5) if name else []
    hint = (
        f"did you mean {', '.join(near)}?" if near else 'a chunk continues one that stands above it: {cmd=true id="…"}'
    )
    message = f"no chunk above has the id `{name}`" if name else "there is no chunk above to continue"
    found.warn("no-such-chunk", span, f"{message}; the code is not run", hint)
    return None


def _name(found: RenderState, source: str, before: tuple[Chunk, ...], attributes: Attributes, span: Span) -> str:
    """Return the deck's name with the chunk's id; without an id, a hash of its text and its predecessors' names."""
    name = attributes.text("id")
    if name and name in found.shared.chunks:
        found.warn("chunk-taken", span, f"another chunk has the id `{name}` already", "give it an id of its own")
        name = ""
    deck = splitext(span.path.removeprefix("slides/"))[0]
    own = name or f"chunk {digest(source, *(code.name for code in before))[:8]}"
    return f"{_word(deck)}.{_word(own)}"


def _word(text: str) -> str:
    word = re.sub(r"\W+", "_", text)
    return f"_{word}" if word[:1].isdigit() else word
