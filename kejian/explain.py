"""`explain`: what an example's key is made of, when it ran last, and what would make it run again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kejian.diagnostics import Diagnostic
from kejian.keys.keys import Part
from kejian.running.jobs import Job
from kejian.survey import Survey, survey

_HEADINGS = {
    "code": "code it depends on",
    "package": "packages it imports",
    "data": "data files it declares",
    "python": "interpreter",
    "setting": "settings it runs with",
}


def explain(course: Path, name: str) -> tuple[str, Sequence[Diagnostic]]:
    """The explanation of the example `name`, `lenet.summary` or a call, in lines; empty where no deck quotes it."""
    found = survey(course)
    if found.wrong:
        return "", found.wrong
    wanted = [job for job in found.jobs if name in (job.name, job.symbol.name, str(job.call))]
    return "\n\n".join("\n".join(_lines(job)) for job in wanted) or _unknown(found, name), ()


def _unknown(found: Survey, name: str) -> str:
    near = found.package.nearest(name) if found.package else []
    hint = f" Did you mean {', '.join(near)}?" if near else ""
    quoted = ", ".join(job.name for job in found.jobs[:20])
    return f"No deck quotes `{name}`.{hint}\nQuoted examples: {quoted or 'none'}"


def _lines(job: Job) -> Iterator[str]:
    yield f"{job.call}  ({job.symbol.path}:{job.symbol.line})"
    yield from (f"  shown at {example.span}" for example in job.examples)
    yield f"  key {job.key.digest[:16]}, recorded as {job.name}"
    if job.known:
        yield f"  ran {job.known.verified} in {job.known.seconds:g} s on Python {job.known.python}"
    yield "  would not run again: nothing has changed" if job.fresh else "  would run again:"
    yield from (f"    {why}" for why in ([] if job.fresh else job.why))
    yield "  runs again when any of these changes:"
    for kind, heading in _HEADINGS.items():
        parts = [part for part in job.key.parts if part.kind == kind]
        if parts:
            yield f"    {heading}"
            yield from (f"      {_part(part)}" for part in parts)


def _part(part: Part) -> str:
    value = part.value if part.kind in ("package", "python", "setting") else part.value[:12]
    return f"{part.name}  {value or '(missing)'}" + (f"  {part.place}" if part.place else "")
