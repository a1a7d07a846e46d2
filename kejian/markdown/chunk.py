"""Code chunks: code that is written on the slide and asks to be run, which it is where the course says so.

    ```python {cmd=true id="area"}
    ```python {cmd=true continue="area"}

A chunk with `continue="id"` runs after the one of that id, one with a bare `continue` after the one above it: in the
same namespace, and for what it shows itself.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from itertools import islice
from posixpath import splitext

from kejian.attributes import Attributes
from kejian.diagnostics import Span
from kejian.markdown import example
from kejian.markdown.rendering import Rendering
from kejian.model import Code
from kejian.store import digest

_PYTHON = frozenset(("py", "python", "python3"))
_COMMANDS = frozenset(("true", *_PYTHON))
_UNUSED = ("args", "stdin")
_MOST = 100
_COMPARED = 50


def is_chunk(attributes: Attributes) -> bool:
    """Whether a fence asks to be run."""
    return "cmd" in dict(attributes.items) and attributes.truthy("cmd")


def output(found: Rendering, source: str, language: str, attributes: Attributes, span: Span, first: Span) -> str:
    """What stands below the chunk `source`, whose text begins at `first`: the place for its output, its `element=`."""
    element = attributes.text("element") if attributes.get("element", False) is not True else ""
    drawn = ""
    if not found.shared.slide_code:
        hint = (
            'move the code to a function of the examples package and write `@import "…" {symbol="…" cmd=true}`, '
            "or set `slide_code = true` in kejian.toml"
        )
        found.warn("code-not-run", span, "code written on a slide is not run", hint)
    elif language not in _PYTHON or attributes.text("cmd") not in _COMMANDS:
        what = language if language not in _PYTHON else attributes.text("cmd")
        message = f"only Python chunks are run, not `{what}`"
        found.warn("code-not-run", span, message, "write ```python {cmd=true}, or cmd=false to show the code alone")
    elif source.strip():
        drawn = _run(found, source, attributes, span, first)
    return drawn + (f"{element}\n" if element else "")


def _run(found: Rendering, source: str, attributes: Attributes, span: Span, first: Span) -> str:
    for key in _UNUSED:
        if attributes.text(key):
            found.warn("chunk-attribute", span, f"{key}= is not passed to a chunk", "write the values into its code")
    before = _continued(found, attributes, span)
    if before is None:
        return ""
    code = (*before, Code(_name(found, source, before, attributes, span), source, first))
    found.shared.chunks.setdefault(attributes.text("id"), code)
    found.shared.chunks[""] = code
    return example.block(found, code[-1].name, attributes, span, code)


def _continued(found: Rendering, attributes: Attributes, span: Span) -> tuple[Code, ...] | None:
    """The chunks that run before this one; `None` where the one that it names is not there."""
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


def _name(found: Rendering, source: str, before: tuple[Code, ...], attributes: Attributes, span: Span) -> str:
    """The deck's name and the chunk's id; without one, what only changes with its text and the names before it."""
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
