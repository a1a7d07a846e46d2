"""Examples: the output of a call in a block of its own, and a value of one in prose."""

from __future__ import annotations

from markdown_it.rules_inline import StateInline

from kejian.attributes import Attributes
from kejian.diagnostics import Span
from kejian.markdown.rendering import Rendering, rendering
from kejian.model import Code, Example
from kejian.quoted import calls

FENCE = "example"
"""The word of the fence that an `@import` with `cmd=true` leaves for its output; `call=` says what to run."""

_OPENER = "`{python} "
_SHOWN = ("text", "value", "picture", "error", "none")
_KINDS = {"txt": "text", "png": "picture", "svg": "picture", "html": "", "markdown": ""}
"""MPE's words for them. What would print HTML or Markdown there shows all of its output here, as text."""


def output(found: Rendering, attributes: Attributes, span: Span) -> str:
    """The element that holds what the call in `attributes` prints, returns and draws."""
    call = _read(found, attributes.text("call"), span)
    return "" if call is None else block(found, call, attributes, span)


def block(found: Rendering, call: str, attributes: Attributes, span: Span, code: tuple[Code, ...] = ()) -> str:
    """The element that holds what `call`, or the chunk that ends `code`, shows; `attributes` say how it is run."""
    hole = Example(
        call,
        span,
        output=_kinds(found, attributes.text("output"), span),
        tolerance=attributes.text("tol"),
        normalise=attributes.text("normalise"),
        raises=attributes.text("raises"),
        timeout=_seconds(attributes.text("timeout")),
        alt=attributes.text("alt"),
        code=code,
    )
    return f'<div class="output">{found.add(hole)}</div>\n'


def _kinds(found: Rendering, text: str, span: Span) -> str:
    """The kinds of output that `output=` asks for; empty where it asks for all."""
    words = text.replace(",", " ").split()
    kinds = [_KINDS.get(word.lower(), word.lower()) for word in words]
    for word, kind in zip(words, kinds, strict=True):
        if kind and kind not in _SHOWN:
            found.warn("bad-output", span, f"output= does not know `{word}`", f"write one of: {', '.join(_SHOWN)}")
    return "" if "" in kinds else " ".join(dict.fromkeys(kind for kind in kinds if kind in _SHOWN))


def _seconds(text: str) -> float:
    try:
        return max(0.0, min(float(text), 86_400.0))
    except ValueError:
        return 0.0


def value(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (the signature of every inline rule)
    """Inline rule: `` `{python} lenet.parameter_count():,` ``."""
    if not state.src.startswith(_OPENER, state.pos):
        return False
    start = state.pos + len(_OPENER)
    end = state.src.find("`", start, state.posMax)
    if end < 0:
        return False
    if not silent:
        _add_value(state, state.src[start:end])
    state.pos = end + 1
    return True


def _add_value(state: StateInline, text: str) -> None:
    found = rendering(state.env)
    span = found.span(state.src, state.pos, text)
    written, form = calls.split_format(text)
    call = _read(found, written, span)
    token = state.push("hole", "", 0)
    if call is None:
        token.type, token.tag, token.content = "code_inline", "code", text
    else:
        token.meta["hole"] = Example(call, span, format=form)


def _read(found: Rendering, text: str, span: Span) -> str | None:
    try:
        return str(calls.parse(text))
    except calls.NotACall as e:
        found.warn("not-a-call", span, f"`{text}`: {e}", "write `{python} module.function():format` in backquotes")
        return None
