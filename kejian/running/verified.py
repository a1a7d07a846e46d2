"""The examples of a build: what the record shows of them, after running what is stale."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from kejian.diagnostics import Diagnostic, warning
from kejian.fill import Progress
from kejian.folder import Folder
from kejian.keys.examples import Package, Symbol
from kejian.keys.scans import remembered
from kejian.model import Artifact, Example, Filled, Hole
from kejian.quoted.definitions import documentation
from kejian.reading.active import drawing
from kejian.record import drift
from kejian.record.record import Record, settled
from kejian.record.recorded_files import Recorded, names
from kejian.running import execution, executors, jobs, showing
from kejian.running.absence import Absence, unavailable
from kejian.running.children import Stopped, never
from kejian.running.covering import Tests
from kejian.running.execution import Ran, Round
from kejian.running.jobs import Job, drifts
from kejian.running.places import Opener
from kejian.store import Store, digest


@dataclass(slots=True)
class Verified:
    """Fills examples from the record. Only `prepare` runs anything, and only where `execute` says so.

    folder: reads of the package, its data and its tests are noted there. name: the examples package's folder.
    store: keeps what the package's files say. today: the UTC date that a run is verified on.
    stopped: whether what runs is to end. executor: where examples run.
    """

    folder: Folder
    name: str
    store: Store
    language: str
    progress: Progress
    today: str
    execute: bool = True
    stopped: Stopped = never
    executor: Opener = executors.local
    ran: int = 0
    reused: int = 0
    _found: dict[Example, list[Diagnostic]] = field(default_factory=dict)
    _shown: dict[Example, tuple[Job, Recorded] | Diagnostic | Absence] = field(default_factory=dict)

    @property
    def outputs(self) -> str:
        """The record's folder in the course: beside the decks."""
        return outputs_folder(self.folder.root)

    @property
    def record(self) -> Record:
        """The record's files."""
        return Record(self.folder.root / self.outputs, self.folder.root / ".kejian" / "aside")

    def prepare(self, holes: Iterable[Hole]) -> None:
        """Bring the record up to date for the examples among `holes`."""
        examples = [hole for hole in holes if isinstance(hole, Example)]
        if not examples:
            return
        package = Package.read(self.folder, self.name, remembered(self.store))
        stale: list[Job] = []
        for item in jobs.plan(examples, package, self.record):
            if not isinstance(item, Job):
                self._fail([item[0]], item[1])
            elif item.fresh and item.known:
                self.reused += 1
                self._show(item, item.known)
            elif asked := self.store.get(self._asked(item)):
                self._without(item, msgspec.json.decode(asked, type=Absence))
            elif self.execute:
                stale.append(item)
            else:
                self._unverified(item)
        for ran in execution.run(stale, self._round(package)) if stale else ():
            self._settle(ran)

    def _round(self, package: Package) -> Round:
        root = self.folder.root
        cache = root / ".kejian" / "examples"
        return Round(root, package.paths, cache, self.today, self.progress, self.stopped, self.executor)

    def findings(self, holes: Iterable[Hole]) -> list[Diagnostic]:
        """What this build found about the examples among `holes`, besides failures that stand in their place."""
        return [found for hole in dict.fromkeys(holes) if isinstance(hole, Example) for found in self._found_at(hole)]

    def _found_at(self, hole: Example) -> list[Diagnostic]:
        missing = self._shown.get(hole)
        absent = [unavailable(missing, hole.span)] if isinstance(missing, Absence) else []
        return absent + [found for found in self._found.get(hole, []) if found.span.path == hole.span.path]

    def reads(self, holes: Iterable[Hole]) -> dict[str, str]:
        """What a page with the examples among `holes` depends on besides its deck: code, data, tests, record."""
        recorded = [self._shown[hole] for hole in holes if isinstance(hole, Example)]
        outputs = self.outputs
        for found in recorded:
            for file in names(found[1]) if isinstance(found, tuple) else ():
                if f"{outputs}/{file}" not in self.folder.reads:
                    self.folder.data(f"{outputs}/{file}")
        return dict(self.folder.reads) if recorded else {}

    def runs(self, holes: Iterable[Hole]) -> dict[Example, tuple[Symbol, Recorded]]:
        """Those of the prepared examples among `holes` that have something to show: what was run, what it showed."""
        found = ((hole, self._shown[hole]) for hole in holes if isinstance(hole, Example))
        return {hole: (what[0].symbol, what[1]) for hole, what in found if isinstance(what, tuple)}

    def filled(self, holes: Iterable[Hole]) -> Filled:
        """What the prepared examples among `holes` show, or why they show nothing."""
        tests = Tests(self.folder)
        return {hole: self._artifact(hole, tests) for hole in holes if isinstance(hole, Example)}

    def assets(self, holes: Iterable[Hole]) -> tuple[str, ...]:
        """The record's pictures that a page shows, as course paths."""
        names = (n for hole, (_, recorded) in self.runs(holes).items() for n in showing.pictures(hole, recorded))
        return tuple(f"{self.outputs}/{name}" for name in names)

    def _artifact(self, hole: Example, tests: Tests) -> Artifact | Diagnostic:
        found = self._shown[hole]
        if isinstance(found, Diagnostic):
            return found
        if isinstance(found, Absence):
            return showing.absent(hole, found.notes or (found.words,), self.language)
        job, recorded = found
        if hole.format is not None:
            return showing.value(recorded)
        covering = () if hole.code else tests.of(job.symbol.name)
        return showing.block(hole, recorded, self.outputs, hole.alt or self._words(job), covering, self.language)

    def _words(self, job: Job) -> str:
        """What the example says of itself, for those who do not see its picture."""
        name = job.symbol.name.rpartition(".")[2]
        return documentation(self.folder.text(job.symbol.path), name) if not job.first.code else job.symbol.name

    def _settle(self, ran: Ran) -> None:
        self.ran += 1
        job = ran.job
        if ran.missing:
            self.store.put(self._asked(job), msgspec.json.encode(ran.missing))
            self._tell(job, *ran.diagnostics[1:])
            self._without(job, ran.missing)
            return
        self._tell(job, *ran.diagnostics)
        if ran.fresh is None:
            self._fail(job.examples, ran.diagnostics[0])
            return
        recorded = settled(job.known, ran.fresh, job.tolerance, job.rules)
        self._tell(job, *drift.diagnostics(drifts(job, ran.fresh), written=True))
        self.record.write(recorded)
        self._show(job, recorded)

    def _without(self, job: Job, missing: Absence) -> None:
        """Show what is recorded of a job that cannot run here, or what is missing.

        That something is missing here is remembered for the day, under the key: asking again costs a start of
        TensorFlow in every build. A declared file that comes is another key; `clean` or `check` ask again at once.
        """
        if job.known:
            self._tell(job, unavailable(missing, job.span))
            self._show(job, job.known)
        else:
            self._shown |= dict.fromkeys(job.examples, missing)

    def _asked(self, job: Job) -> str:
        return digest("absence", job.name, job.key.digest, self.today)

    def _unverified(self, job: Job) -> None:
        message = f"`{job.call}` was not run: {'; '.join(job.why[:3])}"
        found = warning("not-verified", job.span, message, "build without --no-exec")
        if job.known is None:
            self._fail(job.examples, found)
        else:
            self._tell(job, found)
            self._show(job, job.known)

    def _show(self, job: Job, recorded: Recorded) -> None:
        drawings = (output.data for output in recorded.outputs if output.suffix == "svg")
        acts = next(filter(None, map(drawing, drawings)), "")
        if acts:  # the record's pictures are published as they are, whoever put them there
            message = f"the recorded picture of `{job.call}` is left out: {acts}"
            self._fail(job.examples, warning("active-file", job.span, message, "remove the file, and record it anew"))
            return
        self._shown |= dict.fromkeys(job.examples, (job, recorded))

    def _fail(self, examples: Iterable[Example], found: Diagnostic) -> None:
        self._shown |= dict.fromkeys(examples, found)

    def _tell(self, job: Job, *found: Diagnostic) -> None:
        self._found.setdefault(job.first, []).extend(found)


def outputs_folder(root: Path) -> str:
    """Where a course keeps its record: beside the decks."""
    return "slides/outputs" if (root / "slides").is_dir() else "outputs"
