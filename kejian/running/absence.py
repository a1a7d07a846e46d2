"""What an example needs and a machine does not have: data, weights, a font."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kejian.diagnostics import Diagnostic, Span, warning
from kejian.running import jobs
from kejian.running.jobs import Job


@dataclass(frozen=True, slots=True)
class Absence:
    """What the example `call` needs and this machine does not have, in the example's own words.

    words: a sentence for the terminal. notes: sentences for the slide, in the course's language; may be none.
    awaits: declared data files that are not there, as course paths; when they come, the example has another key.
    """

    call: str
    words: str
    notes: tuple[str, ...] = ()
    awaits: tuple[str, ...] = ()


def absence(job: Job, raised: Mapping[str, Any]) -> Absence | None:
    """What the job lacks, if that is what it `raised`: an error as `children.Answer` holds it."""
    if "UnavailableError" not in raised["types"]:
        return None
    awaits = tuple(path for path, digest in jobs.declared(job).items() if not digest)
    return Absence(str(job.call), raised["message"], tuple(raised["notes"]), awaits)


def unavailable(missing: Absence, span: Span) -> Diagnostic:
    """The finding about an example that needs what this machine does not have."""
    again = "build again tomorrow, or type `python build.py clean` first: what is missing is asked for once a day"
    files = " or ".join(missing.awaits[:3])
    hint = f"once {files} is there, the next build runs it by itself" if files else f"once it is there, {again}"
    return warning("example-unavailable", span, f"`{missing.call}` cannot run here: {missing.words}", hint)
