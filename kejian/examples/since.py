"""What has changed since an example was recorded, for diagnostics about a failed run."""

from __future__ import annotations

from kejian.examples.jobs import Job
from kejian.examples.keys.key import KeyPart

_MOST = 3


def since(job: Job) -> str:
    """Return a clause with what changed and where, starting with a semicolon; "" without a record."""
    known = job.known
    if known is None:
        return ""
    if not job.why:
        return f"; nothing it is made from has changed since it was recorded on {known.verified}"
    more = f" and {len(job.why) - _MOST} more" if len(job.why) > _MOST else ""
    when = f"since it was recorded on {known.verified}: " if known.verified else ""
    return f"; {when}{'; '.join(job.why[:_MOST])}{more}"


def place(job: Job) -> str:
    """Return where to look first: at the code that changed since it ran, else at the example's own."""
    changed = next(filter(None, (part.place for part in _changed(job))), "")
    return changed or f"{job.symbol.path}:{job.symbol.line}"


def _changed(job: Job) -> list[KeyPart]:
    if job.known is None or not job.known.parts:
        return []
    before = {(part.kind, part.name): part.value for part in job.known.parts}
    return [part for part in job.key.parts if part.kind == "code" and before.get((part.kind, part.name)) != part.value]
