"""Resolves the names of examples given on the command line, to run them again or to accept their output."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from kejian.core.diagnostics import Diagnostic
from kejian.core.model import Example
from kejian.core.refused import RefusedError
from kejian.examples.jobs import Job

ALL = "all"
"""Names every example that decks quote."""

_LISTED = 20


class NotQuotedError(RefusedError):
    """No deck quotes what was named; `hint` lists similar names."""

    code = "not-quoted"

    def __init__(self, name: str, hint: str) -> None:
        super().__init__(f"no deck quotes `{name}`", hint)


def means(name: str, job: Job) -> bool:
    """Return whether `name` means the job: its function, with or without the package, its call, or its record."""
    package = job.symbol.module.partition(".")[0]
    return name == job.name or name.removeprefix(f"{package}.") in (job.symbol.name, str(job.call))


def chosen(planned: Iterable[Job | tuple[Example, Diagnostic]], names: Sequence[str]) -> frozenset[str]:
    """Return the named jobs, by their names in the record. Raises `NotQuotedError`.

    planned: from `jobs.plan`; examples that cannot be run count as quoted.
    """
    items = list(planned)
    jobs = [item for item in items if isinstance(item, Job)]
    refused = {example.call.partition("(")[0] for example, _ in (item for item in items if not isinstance(item, Job))}
    for name in names:
        if name != ALL and name.partition("(")[0] not in refused and not any(means(name, job) for job in jobs):
            raise NotQuotedError(name, _hint(name, jobs))
    return frozenset(job.name for job in jobs if any(name == ALL or means(name, job) for name in names))


def _hint(name: str, jobs: Iterable[Job]) -> str:
    quoted = sorted({job.symbol.name for job in jobs})
    last = name.rpartition(".")[2]
    near = get_close_matches(name[:100], quoted, 3, 0.5)
    near += [known for known in quoted if known.rpartition(".")[2] == last and known not in near]
    if near:
        return f"did you mean {', '.join(f'`{known}`' for known in near)}?"
    listed = ", ".join(f"`{known}`" for known in quoted[:_LISTED])
    return f"decks quote {listed}{' …' * (len(quoted) > _LISTED)}" if quoted else "no deck quotes any example"
