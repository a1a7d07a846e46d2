"""Converts a child's answer to the outputs that a record holds, in chronological order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kejian.examples.answers import Answer, Form
from kejian.examples.record.outputs import Kind, Output, Suffix

_FORMS: Mapping[Form, tuple[Kind, Suffix]] = {
    "": ("value", "txt"),
    "html": ("value", "html"),
    "markdown": ("value", "md"),
    "latex": ("value", "tex"),
    "table": ("table", "txt"),
    "matrix": ("matrix", "txt"),
    "dot": ("value", "dot"),
}
_PRINTED: Mapping[str, Suffix] = {"html": "html", "markdown": "md", "latex": "tex"}


def shown(answer: Answer, form: str, *, aside: bool) -> Iterator[Output]:
    """Yield the outputs: printed text, interleaved with displayed values, then messages, error, value, pictures.

    form: of the value, or of printed text if nothing is returned. aside: include messages on standard error.
    """
    yield from _printed(answer, _PRINTED.get(form, "txt") if answer.value is None else "txt")
    if answer.said and aside:
        yield Output(kind="stderr", name="", suffix="txt", data=_encoded(answer.said))
    if answer.error is not None:
        yield Output(
            kind="error", name="", suffix="txt", data=_encoded(f"{answer.error['type']}: {answer.error['message']}\n")
        )
    if answer.value is not None:
        kind, suffix = _FORMS[answer.form]
        yield Output(kind=kind, name="", suffix=suffix, data=_encoded(answer.value))
    yield from map(_drawn, answer.pictures)


def _printed(answer: Answer, suffix: Suffix) -> Iterator[Output]:
    done = 0
    for one in answer.displayed:
        if text := answer.printed[done : one.after]:
            yield Output(kind="text", name="", suffix=suffix, data=_encoded(text))
        done = max(done, one.after)
        if one.value is not None:
            kind, form = _FORMS[one.form]
            yield Output(kind=kind, name="", suffix=form, data=_encoded(one.value))
        yield from map(_drawn, one.pictures)
    if text := answer.printed[done:]:
        yield Output(kind="text", name="", suffix=suffix, data=_encoded(text))


def _drawn(picture: tuple[str, bytes, bytes]) -> Output:
    suffix, data, twin = picture
    return Output(kind="picture", name="", suffix="svg" if suffix == "svg" else "png", data=data, twin=twin)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")
