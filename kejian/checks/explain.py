"""`explain`: what an example's key consists of, when it ran last, and what would make it run again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kejian.core.diagnostics import Diagnostic, failed
from kejian.examples.chosen import means
from kejian.examples.jobs import Job
from kejian.examples.keys.key import KeyPart
from kejian.examples.keys.trace import Trace
from kejian.pipeline.analysis import CourseAnalysis, survey

_HEADINGS = {
    "code": "code it depends on",
    "package": "packages it loads",
    "data": "files it reads or declares",
    "folder": "folders whose names it lists",
    "file": "paths it looks for",
    "environment": "variables of the environment it asks for",
    "python": "interpreter",
    "setting": "settings it runs with",
}


def explain(course: Path, name: str) -> tuple[str, Sequence[Diagnostic]]:
    """Explain the example `name`, `lenet.summary` or a call, as lines; "" if no deck quotes it."""
    found = survey(course)
    if failed(found.wrong):
        return "", found.wrong
    wanted = [job for job in found.jobs if means(name, job)]
    return "\n\n".join("\n".join(_lines(job)) for job in wanted) or _unknown(found, name), ()


def _unknown(found: CourseAnalysis, name: str) -> str:
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
            yield from (f"      {_part(part, job)}" for part in parts)


def _part(part: KeyPart, job: Job) -> str:
    value = part.value if part.kind in ("package", "python", "setting", "file") else part.value[:12]
    how = f"  ({_came(part, job.known.trace)})" if job.known and job.known.trace else ""
    return f"{part.name}  {value or '(missing)'}" + (f"  {part.place}" if part.place else "") + how


def _came(part: KeyPart, trace: Trace) -> str:
    """Return how a part came into the key, according to the recorded run."""
    if part.kind == "code":
        path, name = part.place.rpartition(":")[0], part.name.rpartition(".")[2]
        if part.name.startswith(("top level of ", "module ")):
            return "at import"
        if part.name.startswith("text of "):
            return "read as text"
        return "executed" if (path, name) in trace.ran else "referenced"
    if part.kind == "data":
        return "read" if part.name in trace.reads else "declared"
    if part.kind == "package":
        return "imported" if part.place else "loaded"
    return _CAME[part.kind]


_CAME = {
    "folder": "listed",
    "file": "looked for",
    "environment": "asked for",
    "python": "runs it",
    "setting": "given",
}
