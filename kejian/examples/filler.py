"""Fills the examples of a build from the record, after running those that are stale."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import msgspec

from kejian.core.diagnostics import Diagnostic, warning
from kejian.core.disk.cache_folder import cache_folder
from kejian.core.disk.cached import decoded
from kejian.core.disk.files import FileAccessError, Folder
from kejian.core.disk.store import Store, digest
from kejian.core.model import Artifact, Example, Filled, Hole
from kejian.core.progress import Progress
from kejian.examples import findings, jobs, output_html
from kejian.examples.answers import Limits
from kejian.examples.chosen import chosen
from kejian.examples.comparison import drifts
from kejian.examples.covering_tests import CoveringTests
from kejian.examples.jobs import Job
from kejian.examples.keys.package import Package, Symbol
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
from kejian.parse.quote.definitions import documentation


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
    ran: int = 0
    reused: int = 0
    _found: dict[Example, list[Diagnostic]] = field(default_factory=dict)
    _shown: dict[Example, tuple[Job, RecordedExample] | Diagnostic | Unavailable] = field(default_factory=dict)

    @property
    def outputs(self) -> str:
        """Return the record's folder in the course: beside the decks."""
        return outputs_folder(self.folder.root)

    @property
    def record(self) -> RecordFolder:
        """Return the record."""
        root = self.folder.root
        return RecordFolder(root / self.outputs, root / ".kejian" / "aside", root, self.limits.text)

    def prepare(self, holes: Iterable[Hole]) -> None:
        """Update the record for the examples among `holes`. Raises `NotQuotedError` before anything has run."""
        examples = [hole for hole in holes if isinstance(hole, Example)]
        if not (examples or self.rerun):
            return
        package = Package.read(self.folder, self.name, remembered(self.store))
        stale: list[Job] = []
        fresh: list[Job] = []
        planned = list(jobs.plan(examples, package, self.record, self.limits))
        again = chosen(planned, self.rerun)
        for item in planned:
            if not isinstance(item, Job):
                self._fail([item[0]], item[1])
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

    def findings(self, holes: Iterable[Hole]) -> list[Diagnostic]:
        """Return the findings about the examples among `holes`, besides failures that are shown in their place."""
        return [found for hole in dict.fromkeys(holes) if isinstance(hole, Example) for found in self._found_at(hole)]

    def _found_at(self, hole: Example) -> list[Diagnostic]:
        missing = self._shown.get(hole)
        absent = [unavailable(missing, hole.span)] if isinstance(missing, Unavailable) else []
        return absent + [found for found in self._found.get(hole, []) if found.span.path == hole.span.path]

    def reads(self, holes: Iterable[Hole]) -> dict[str, str]:
        """Return what a page with the examples among `holes` depends on besides its deck: code, data, tests, record."""
        recorded = [self._shown[hole] for hole in holes if isinstance(hole, Example)]
        outputs = self.outputs
        for found in recorded:
            for file in names(found[1]) if isinstance(found, tuple) else ():
                if f"{outputs}/{file}" not in self.folder.reads:
                    with suppress(FileAccessError):  # it has been told already
                        self.folder.data(f"{outputs}/{file}")
        return dict(self.folder.reads) if recorded else {}

    def runs(self, holes: Iterable[Hole]) -> dict[Example, tuple[Symbol, RecordedExample]]:
        """Return the prepared examples among `holes` that have outputs, with what was run and what it showed."""
        found = ((hole, self._shown[hole]) for hole in holes if isinstance(hole, Example))
        return {hole: (what[0].symbol, what[1]) for hole, what in found if isinstance(what, tuple)}

    def filled(self, holes: Iterable[Hole]) -> Filled:
        """Return the prepared examples among `holes` as artifacts, or why they have no output."""
        tests = CoveringTests(self.folder)
        return {hole: self._artifact(hole, tests) for hole in holes if isinstance(hole, Example)}

    def holes(self, holes: Iterable[Hole]) -> list[Hole]:
        """Return the formulas and other holes in the outputs of the prepared examples among `holes`."""
        runs = self.runs(holes).items()
        return [more for hole, run in runs for form in output_html.forms(hole, run[1]) for more in form.holes]

    def assets(self, holes: Iterable[Hole]) -> tuple[str, ...]:
        """Return the record's pictures that a page shows, as course paths."""
        names = (n for hole, (_, recorded) in self.runs(holes).items() for n in output_html.pictures(hole, recorded))
        return tuple(f"{self.outputs}/{name}" for name in names)

    def _artifact(self, hole: Example, tests: CoveringTests) -> Artifact | Diagnostic:
        found = self._shown[hole]
        if isinstance(found, Diagnostic):
            return found
        if isinstance(found, Unavailable):
            return output_html.absent(hole, found.notes or (found.words,), self.language)
        job, recorded = found
        if hole.format is not None:
            return output_html.value(recorded)
        covering = () if hole.code else tests.of(job.symbol.name)
        return output_html.block(hole, recorded, self.outputs, hole.alt or self._alt_text(job), covering, self.language)

    def _alt_text(self, job: Job) -> str:
        """Return the alternative text of an example's pictures: its own, or its docstring."""
        name = job.symbol.name.rpartition(".")[2]
        return documentation(self.folder.text(job.symbol.path), name) if not job.first.code else job.symbol.name

    def _reuse(self, job: Job, known: RecordedExample) -> None:
        self.reused += 1
        self._show(job, known)
        if known.trace:
            self._add_findings(job, *findings.undeclared(job, known.trace, self.folder.root))

    def _store_result(self, ran: RunResult) -> RunResult:
        self.ran += 1
        job = ran.job
        if ran.missing:
            self.store.put(self._unavailable_key(job), msgspec.json.encode(ran.missing))
            self._add_findings(job, *ran.diagnostics[1:])
            self._show_unavailable(job, ran.missing)
            return ran
        self._add_findings(job, *ran.diagnostics)
        if ran.fresh is None:
            self._fail(job.examples, ran.diagnostics[0])
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
            self._shown |= dict.fromkeys(job.examples, missing)

    def _unavailable_key(self, job: Job) -> str:  # retried on the next day: trying may cost a start of TensorFlow
        return digest("absence", job.name, job.key.digest, self.today)

    def _unverified(self, job: Job) -> None:
        message = f"`{job.call}` was not run: {'; '.join(job.why[:3])}"
        found = warning("not-verified", job.span, message, "run `kejian build`, without --no-exec")
        if job.known is None:
            self._fail(job.examples, found)
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
            self._fail(job.examples, warning("active-file", job.span, message, "remove the file, and record it anew"))
            return
        self._shown |= dict.fromkeys(job.examples, (job, recorded))
        for example in job.examples:
            self._found.setdefault(example, []).extend(findings.long(example, recorded))
            self._found[example].extend(findings.drawn(example, recorded))

    def _fail(self, examples: Iterable[Example], found: Diagnostic) -> None:
        self._shown |= dict.fromkeys(examples, found)

    def _add_findings(self, job: Job, *found: Diagnostic) -> None:
        self._found.setdefault(job.first, []).extend(found)


_ABSENCE = msgspec.json.Decoder(Unavailable)
