"""Comparison of a fresh run of an example with its record."""

from __future__ import annotations

from dataclasses import replace

from kejian.examples import irreproducible
from kejian.examples.jobs import Job
from kejian.examples.record import unexplained
from kejian.examples.record.compare_outputs import Verdict, agree
from kejian.examples.record.drift import Drift, accepting
from kejian.examples.record.file_format import RecordedExample
from kejian.examples.record.unexplained import DriftCause, RunFacts


def drifts(job: Job, fresh: RecordedExample) -> list[Drift]:
    """Return the drift between a job's record and a fresh run, if there is any."""
    if job.known is None:
        return []
    verdict = agree(job.known.outputs, fresh.outputs, job.tolerance, job.rules)
    if verdict.agrees:
        return []
    also = tuple(example.span for example in job.examples[1:])
    found = Drift(
        example=str(job.call),
        span=job.span,
        reason="changed",
        name=job.name,
        verdict=verdict,
        tolerance=job.tolerance,
        causes=tuple(job.why),
        also=also,
    )
    if job.why and not job.fresh:
        return [found]
    why = cause(job, verdict, fresh)
    hint = why.hint if why.again else accepting(job.name, why.hint) if job.fresh else ""
    return [replace(found, causes=(why.cause,), hint=hint)]


def cause(job: Job, verdict: Verdict, fresh: RecordedExample, *, here: bool = False) -> DriftCause:
    """Return why outputs may differ although nothing has changed; here: the record was made by this build."""
    drawn = irreproducible.places(job.package.folder, job.first.code, fresh.trace)
    facts = RunFacts(drawn=drawn, here=here)
    return unexplained.seen(verdict, job.tolerance, job.rules, settable=job.first.format is None, facts=facts)
