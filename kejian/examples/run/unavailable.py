"""What an example needs and this machine lacks: data, weights, a font."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from shlex import quote
from typing import Any

from kejian.core.diagnostics import Diagnostic, Span, warning
from kejian.examples import jobs
from kejian.examples.jobs import Job


@dataclass(frozen=True, slots=True)
class Unavailable:
    """What the example `call` needs and this machine lacks, in the example's own words.

    words: a sentence for the terminal. notes: sentences for the slide, in the course's language; may be empty.
    awaits: missing declared data files, as course paths; once they exist, the example has another key.
    """

    call: str
    words: str
    notes: tuple[str, ...] = ()
    awaits: tuple[str, ...] = ()


def absence(job: Job, raised: Mapping[str, Any]) -> Unavailable | None:
    """Return what the job lacks, if that is what it `raised`: an error as in `answers.Answer`."""
    if "UnavailableError" not in raised["types"]:
        return None
    awaits = tuple(path for path, digest in jobs.declared(job).items() if not digest)
    return Unavailable(str(job.call), raised["message"], tuple(raised["notes"]), awaits)


def unavailable(missing: Unavailable, span: Span, since: str = "") -> Diagnostic:
    """Return the diagnostic about an unavailable example; `since`: what changed, see `since`."""
    name = quote(missing.call.removesuffix("()"))
    again = f"run `kejian build --rerun {name}`: what is missing is asked for once a day"
    files = " or ".join(missing.awaits[:3])
    hint = f"once {files} is there, the next build runs it by itself" if files else f"once it is there, {again}"
    return warning("example-unavailable", span, f"`{missing.call}` cannot run here: {missing.words}{since}", hint)
