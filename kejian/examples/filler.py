"""Fills the examples of a build from the record, after running those that are stale."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

import msgspec

from kejian.core.diagnostics import Diagnostic, warning
from kejian.core.disk.cache_folder import cache_folder
from kejian.core.disk.cached import decoded
from kejian.core.disk.files import FileAccessError, Folder
from kejian.core.disk.store import Store, digest
from kejian.core.model import Example, Filled, Hole
from kejian.core.progress import Progress
from kejian.examples import findings, jobs
from kejian.examples.answers import Limits
from kejian.examples.artifacts import ExampleRenderer, ExampleState
from kejian.examples.chosen import chosen
from kejian.examples.comparison import drifts
from kejian.examples.covering_tests import CoveringTests
from kejian.examples.jobs import Job
from kejian.examples.keys.package import Package
from kejian.examples.keys.scan_cache import remembered
from kejian.examples.record import drift
from kejian.examples.record.file_format import RecordedExample, names
from kejian.examples.record.record import RecordFolder, reconcile
from kejian.examples.run import execute as execution
from kejian.examples.run import executors, importable, twice
from kejian.examples.run.backends import BackendFactory
from kejian.examples.run.execute import RunResult
from kejian.examples.run.grouping import RunContext
from kejian.examples.run.subprocesses import Stopped, never
from kejian.examples.run.unavailable import Unavailable, unavailable
from kejian.examples.since import since
from kejian.parse.discover import outputs_folder
from kejian.parse.html.active_content import drawing
from kejian.parse.html.publishable import begins_as_page


@dataclass(slots=True, kw_only=True)
class ExampleFiller:
    """Fills examples from the record. Only `prepare` runs anything, and only if `execute` is set.

    folder: records the reads of the package, its data and its tests. name: the examples package's folder.
    store: caches parsed modules. today: the UTC date recorded for runs.
    stopped: polled; true ends running examples. executor: where examples run. limits: of each child.
    rerun: examples to run even if nothing has changed, see `chosen`.
    """

    folder: Folder
    name: str
    store: Store
    language: str
    progress: Progress
    today: str
    execute: bool = True
    stopped: Stopped = never
    executor: BackendFactory = executors.local
    limits: Limits = jobs.LIMITS
    rerun: Sequence[str] = ()
    made: int = 0
    _states: dict[Example, ExampleState] = field(default_factory=dict)

    @property
    def outputs(self) -> str:
        """Return the record's folder in the course: beside the decks."""
        return outputs_folder(self.folder.root)

    @property
    def record(self) -> RecordFolder:
        """Return the record."""
        root = self.folder.root
        return RecordFolder(root / self.outputs, root / ".kejian" / "aside", root, self.limits.text)

    def prepare(self, holes: Iterable[Hole]) -> Sequence[Hole]:
        """Update the record for the examples among `holes`; return the holes in their outputs.

        Raises `NotQuotedError` before anything has run.
        """
        examples = [hole for hole in holes if isinstance(hole, Example)]
        if examples or self.rerun:
            self._prepare(examples)
        return [more for hole in examples for more in self._states[hole].within(hole)]

    def _prepare(self, examples: Sequence[Example]) -> None:
        package = Package.read(self.folder, self.name, remembered(self.store))
        stale: list[Job] = []
        fresh: list[Job] = []
        planned = list(jobs.plan(examples, package, self.record, self.limits))
        again = chosen(planned, self.rerun)
        for item in planned:
            if not isinstance(item, Job):
                self._put([item[0]], ExampleState(problem=item[1]))
            elif item.name in again:
                stale.append(item)
            elif item.fresh and item.known:
                fresh.append(item)
                self._reuse(item, item.known)
            elif asked := decoded(self.store, self._unavailable_key(item), _ABSENCE.decode):
                self._show_unavailable(item, asked)
            elif self.execute:
                stale.append(item)
            else:
                self._unverified(item)
        done = [self._store_result(ran) for ran in execution.run(stale, self._round(package))] if stale else []
        first = [ran for ran in done if twice.is_worth_it(ran)]
        for job, found in twice.differing(first, self._round(package)) if first else ():
            self._add_findings(job, found)
        changed = importable.changed(fresh, done, self.store) if self.execute else []
        for job, error in importable.broken(changed, self._round(package), self.store) if changed else ():
            self._add_findings(job, error)

    def _round(self, package: Package) -> RunContext:
        root = self.folder.root
        return RunContext(
            root=root,
            code=package.paths,
            cache=cache_folder(root, make=True) / "examples",
            today=self.today,
            progress=self.progress,
            stopped=self.stopped,
            executor=self.executor,
            limit=self.limits.text,
            marks=not package.reads_bytecode,
        )

    def filled(self, holes: Iterable[Hole]) -> Filled:
        """Return the prepared examples among `holes`, those of one page, with what its page depends on."""
        page = self.folder.watched()
        renderer = ExampleRenderer(folder=page, outputs=self.outputs, language=self.language, tests=CoveringTests(page))
        examples = [hole for hole in holes if isinstance(hole, Example)]
        found = {hole: renderer.artifact(hole, self._states[hole]) for hole in examples}
        for hole in examples:
            recorded = self._states[hole].recorded
            for file in names(recorded) if recorded else ():
                with suppress(FileAccessError):  # it has been reported already
                    page.data(f"{self.outputs}/{file}")
        reads = {**self.folder.reads, **page.reads}
        return {hole: replace(artifact, reads=reads) for hole, artifact in found.items()}

    def _reuse(self, job: Job, known: RecordedExample) -> None:
        self._show(job, known)
        if known.trace:
            self._add_findings(job, *findings.undeclared(job, known.trace, self.folder.root))

    def _store_result(self, ran: RunResult) -> RunResult:
        self.made += 1
        job = ran.job
        if ran.missing:
            self.store.put(self._unavailable_key(job), msgspec.json.encode(ran.missing))
            self._add_findings(job, *ran.diagnostics[1:])
            self._show_unavailable(job, ran.missing)
            return ran
        self._add_findings(job, *ran.diagnostics)
        if ran.fresh is None:
            self._put(job.examples, ExampleState(problem=ran.diagnostics[0]))
            return ran
        recorded = reconcile(job.known, ran.fresh, job.tolerance, job.rules)
        self._add_findings(job, *drift.diagnostics(drifts(job, ran.fresh), written=True))
        self.record.write(recorded)
        self._show(job, recorded)
        return ran

    def _show_unavailable(self, job: Job, missing: Unavailable) -> None:
        """Show the recorded output of a job that cannot run here, or else what is missing."""
        if job.known:
            self._add_findings(job, unavailable(missing, job.span, since(job)))
            self._show(job, job.known)
        else:
            self._put(job.examples, ExampleState(missing=missing))

    def _unavailable_key(self, job: Job) -> str:  # retried on the next day: trying may cost a start of TensorFlow
        return digest("absence", job.name, job.key.digest, self.today)

    def _unverified(self, job: Job) -> None:
        message = f"`{job.call}` was not run: {'; '.join(job.why[:3])}"
        found = warning("not-verified", job.span, message, "run `kejian build`, without --no-exec")
        if job.known is None:
            self._put(job.examples, ExampleState(problem=found))
        else:
            self._add_findings(job, found)
            self._show(job, job.known)

    def _show(self, job: Job, recorded: RecordedExample) -> None:
        drawings = (output.data for output in recorded.outputs if output.suffix == "svg")
        acts = next(filter(None, map(drawing, drawings)), "")
        if any(begins_as_page(output.data) for output in recorded.outputs if output.suffix == "png"):
            acts = "it begins as a page does"
        if acts:  # the record's pictures are published unchanged, wherever they come from
            message = f"the recorded picture of `{job.call}` is left out: {acts}"
            hint = "remove the file, and record it anew"
            self._put(job.examples, ExampleState(problem=warning("active-file", job.span, message, hint)))
            return
        self._put(job.examples, ExampleState(job=job, recorded=recorded))
        for example in job.examples:
            self._add([example], *findings.long(example, recorded), *findings.drawn(example, recorded))

    def _add_findings(self, job: Job, *found: Diagnostic) -> None:
        self._add([job.first], *found)

    def _add(self, examples: Iterable[Example], *found: Diagnostic) -> None:
        for example in examples:
            self._put([example], replace(self._states.get(example, _UNKNOWN), findings=found))

    def _put(self, examples: Iterable[Example], state: ExampleState) -> None:
        """Set the state of `examples`; earlier findings stand before its own."""
        for example in examples:
            known = self._states.get(example, _UNKNOWN).findings
            self._states[example] = replace(state, findings=(*known, *state.findings))


_UNKNOWN = ExampleState()
_ABSENCE = msgspec.json.Decoder(Unavailable)
