"""Examples: the output of a call as a block, and the value of a call in prose."""

from __future__ import annotations

from markdown_it.rules_inline import StateInline

from kejian.core.attributes import Attributes
from kejian.core.diagnostics import Span
from kejian.core.model import Chunk, Example
from kejian.parse.markdown.render_state import RenderState, rendering
from kejian.parse.quote import calls

FENCE = "example"
"""The word of the fence that an `@import` with `cmd=true` leaves for its output; `call=` says what to run."""

_OPENER = "`{python} "
_SHOWN = ("text", "value", "picture", "error", "none")
FORMS = ("html", "markdown", "latex", "table", "matrix", "image", "steps")
"""What can be made of what a call returns; each is recorded by itself."""
_HEAT, _FRAGMENT = "heat", "fragment"
OUTPUTS = (*_SHOWN, *FORMS, _HEAT, _FRAGMENT)
"""The words that `output=` takes."""
_WORDS = {"txt": "text", "png": "picture", "svg": "picture", "md": "markdown", "tex": "latex"}
"""MPE's words, and others' for them."""


def output(found: RenderState, attributes: Attributes, span: Span) -> str:
    """Return the element for the output of the call in `attributes`."""
    call = _read(found, attributes.text("call"), span)
    return "" if call is None else block(found, call, attributes, span)


def block(found: RenderState, call: str, attributes: Attributes, span: Span, code: tuple[Chunk, ...] = ()) -> str:
    """Return the element for the output of `call`, or of the last chunk of `code`, run as `attributes` specify."""
    words = _words(found, attributes.text("output"), span)
    words = ["steps"] if attributes.truthy("steps") else words
    kinds, form = [word for word in words if word in _SHOWN], next((word for word in words if word in FORMS), "")
    hole = Example(
        call=call,
        span=span,
        output="" if form else " ".join(kinds),
        form=form or ("text" if kinds == ["text"] else ""),
        heat=_HEAT in words,
        tolerance=attributes.text("tol"),
        normalise=attributes.text("normalise"),
        raises=attributes.text("raises"),
        timeout=_seconds(attributes.text("timeout")),
        alt=attributes.text("alt"),
        stderr=attributes.truthy("stderr"),
        code=code,
    )
    step = " fragment" if _FRAGMENT in words else ""
    return f'<div class="output{step}">{found.add(hole)}</div>\n'


def _words(found: RenderState, text: str, span: Span) -> list[str]:
    """Parse `output=`: kinds of output, or a form."""
    words = [_WORDS.get(word.lower(), word.lower()) for word in text.replace(",", " ").split()]
    for word in words:
        if word not in OUTPUTS:
            found.warn("bad-output", span, f"output= does not know `{word}`", f"write one of: {', '.join(OUTPUTS)}")
    forms = [word for word in words if word in FORMS]
    if len(forms) > 1:
        message = f"output= asks for {' and '.join(forms)} at once"
        found.warn("bad-output", span, message, f'write output="{forms[0]}"')
    if _HEAT in words and "matrix" not in words:
        found.warn("bad-output", span, "output= has heat for the numbers of a grid alone", 'write output="matrix heat"')
    return list(dict.fromkeys(word for word in words if word in OUTPUTS))


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
        token.meta["hole"] = Example(call=call, span=span, format=form)


def _read(found: RenderState, text: str, span: Span) -> str | None:
    try:
        return str(calls.parse(text))
    except calls.InvalidCallError as e:
        found.warn("not-a-call", span, f"`{text}`: {e}", "write `{python} module.function():format` in backquotes")
        return None
