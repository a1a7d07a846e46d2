"""Reports values that are not shown: without a text, not in the requested form, or nothing at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import dirname, relpath

from kejian.core.diagnostics import Diagnostic, Severity, error, warning
from kejian.core.model import Chunk
from kejian.examples.answers import Answer
from kejian.examples.jobs import Job

_ADDRESS = re.compile(r" at 0x[0-9A-Fa-f]{6,}")
_TEXT = "return text or numbers (of a generator `list(…)`), print what the slide is to show, or return nothing"
_WORDS = {"svg": "picture", "png": "picture", "jpeg": "picture"}
_INSTEAD: Mapping[str, str] = {
    "plotly": 'draw it with matplotlib or Altair, or write output="text" for its numbers',
    "chart": 'give the chart what it lacks, or write output="text"',
    "columns": "name columns of the table, or count them from 0",
    "format": 'write a format of Python, such as formats={"size": ","}',
    "figure": 'give parts of it an id, artist.set_gid("step-2"), or leave out steps',
    "frames": "give the animation fewer frames: FuncAnimation(…, frames=12)",
    "data": "read the file in the example, and give the chart its rows: alt.Chart(alt.Data(values=rows))",
}
"""What to write for what is shown in none of its forms."""
_TAKEN: Mapping[str, str] = {
    "table": "return rows: a list of lists, of dictionaries or of named tuples, or a frame",
    "matrix": "return an array of numbers with at most two dimensions",
    "image": "return an array with two dimensions, or with a third for three or four colours",
    "steps": "yield the steps, twelve at most, or return a list of them, or a figure whose parts have step ids",
    "": "give `display`, `table` and `matrix` what they can show",
}


def without_text(job: Job, answer: Answer) -> Diagnostic | None:
    """Return an error if all that a call shows would be an address in memory."""
    if not answer.unshown or _shows(answer):
        return None
    return error("address-shown", job.span, f"{_without_text(job, answer.unshown)}: nothing is shown", _TEXT)


def refused(job: Job, words: str) -> Diagnostic:
    """Return an error for a value that cannot be shown as requested. words: of `CannotShowError`."""
    what, _, forms = words.partition("|")
    if job.first.format is not None:
        message = f"`{job.call}` {what}, which has no place in a sentence"
        return error("not-in-prose", job.span, message, _in_a_block(job, what))
    there = [_WORDS.get(form, form) for form in forms.split() if form not in _INSTEAD]
    other = f"; it has {', '.join(dict.fromkeys(there))}" if there else ""
    hint = f'write output="{there[0]}"' if there else _INSTEAD.get(forms) or _TAKEN.get(job.form, _TAKEN[""])
    return error("no-such-form", job.span, f"`{job.call}` {what}{other}", hint)


def _in_a_block(job: Job, what: str) -> str:
    if what == "returns nothing":
        return "return the number or the words that the sentence is to say"
    assert not isinstance(job.call, Chunk)  # a chunk stands in no sentence
    if job.call.positional or job.call.keywords or job.call.path:
        return "return it from a function without arguments, and import that in a block of its own"
    path = relpath(job.symbol.path, dirname(job.span.path) or ".")
    name = job.symbol.name.removeprefix(f"{job.symbol.module.partition('.')[2]}.")
    return f'show it in a block of its own: @import "{path}" {{symbol="{name}" cmd=true hide=true}}'


def odd(job: Job, answer: Answer) -> Iterator[Diagnostic]:
    """Yield findings that a call shows nothing, not everything that it returns and displays, or an address."""
    shows = _shows(answer)
    if answer.failed:
        message = f"`{job.call}` is shown as text: {answer.failed}"
        yield Diagnostic(
            code="form-failed",
            severity=Severity.HINT,
            span=job.span,
            message=message,
            hint='fix that, or write output="text"',
        )
    if answer.closed:
        count = "a figure" if answer.closed == 1 else f"{answer.closed} figures"
        yield Diagnostic(
            code="figure-closed",
            severity=Severity.HINT,
            span=job.span,
            message=f"`{job.call}` saves {count} to a file and closes it: no slide shows that",
            hint="return the figure, or write plt.show() before plt.close()",
        )
    unshown = answer.unshown or next((one.unshown for one in answer.displayed if one.unshown), "")
    if unshown:
        yield Diagnostic(
            code="address-shown",
            severity=Severity.HINT,
            span=job.span,
            message=f"{_without_text(job, unshown)}: it is not shown",
            hint=_TEXT,
        )
    elif "addresses" not in job.rules and any(map(_ADDRESS.search, _texts(answer))):
        message = f"`{job.call}` shows an address in memory, which is another one in each run"
        yield warning("address-shown", job.span, message, "show what the object holds, not the object itself")
    elif not (shows or answer.closed or job.first.code or any(example.output == "none" for example in job.examples)):
        message = f"`{job.call}` shows nothing: it prints, returns and draws nothing"
        hint = "print or return what the slide is to show, or leave out cmd=true"
        yield warning("shows-nothing", job.span, message, hint)


def _without_text(job: Job, kind: str) -> str:
    return f"`{job.call}` returns a {kind} that has no text but its address in memory"


def _shows(answer: Answer) -> bool:
    aside = answer.error or answer.said
    return bool(answer.printed or answer.value is not None or answer.pictures or answer.displayed or aside)


def _texts(answer: Answer) -> Iterator[str]:
    yield answer.printed
    yield answer.value or ""
    yield from (one.value or "" for one in answer.displayed)
