"""Analysis of a course's decks and examples without building, for `check`, `explain` and `clean`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from kejian.core.config import Course
from kejian.core.diagnostics import Diagnostic
from kejian.core.disk.cache_folder import cache_folder
from kejian.core.disk.store import Store
from kejian.core.model import Deck, Example
from kejian.examples import jobs
from kejian.examples.answers import Limits
from kejian.examples.jobs import Job
from kejian.examples.keys.package import Package
from kejian.examples.keys.scan_cache import remembered
from kejian.examples.record.record import RecordFolder
from kejian.parse.discover import outputs_folder
from kejian.parse.lines.editions import EVERY
from kejian.parse.linked import load_linked
from kejian.pipeline.open_course import OpenCourse, open_course


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseAnalysis:
    """The decks of a course, and a job for each call that they quote.

    decks: the course's Markdown files, and those that they link to. reads: the course paths that were read.
    wrong: problems of the course as a whole; with an error there is no analysis.
    refused: examples that cannot be run, with the reason.
    """

    root: Path
    record: RecordFolder
    outputs: str
    decks: tuple[Deck, ...] = ()
    package: Package | None = None
    jobs: tuple[Job, ...] = ()
    refused: tuple[tuple[Example, Diagnostic], ...] = ()
    wrong: tuple[Diagnostic, ...] = ()
    settings: Course = Course()
    reads: frozenset[str] = frozenset()

    @property
    def unused(self) -> list[str]:
        """Return the names in the record that no deck quotes."""
        return sorted(set(self.record.names()) - {job.name for job in self.jobs})


def survey(course: Path, edition: str = EVERY) -> CourseAnalysis:
    """Analyse the course in the folder `course`. Bad input results in `wrong` and in the decks' diagnostics.

    edition: the one whose decks are meant, "" for the one without a name; by default what any of them holds.
    """
    root = course.resolve()
    found = open_course(course, edition=edition)
    if not isinstance(found, OpenCourse):
        return _analysis(root, Course(), wrong=found)
    decks = load_linked(found.paths, found.context.around)
    package = Package.read(found.folder, found.examples, remembered(Store(cache_folder(root) / "cache")))
    surveyed = _analysis(root, found.settings, decks=decks, package=package, wrong=found.context.wrong)
    examples = [example for deck in decks for example in deck.examples]
    planned = list(jobs.plan(examples, package, surveyed.record, Limits.of(found.settings)))
    return replace(
        surveyed,
        jobs=tuple(item for item in planned if isinstance(item, Job)),
        refused=tuple(item for item in planned if not isinstance(item, Job)),
        reads=frozenset(path for path, digest in found.folder.reads.items() if digest),
    )


def _analysis(
    root: Path,
    settings: Course,
    *,
    wrong: tuple[Diagnostic, ...],
    decks: tuple[Deck, ...] = (),
    package: Package | None = None,
) -> CourseAnalysis:
    outputs = outputs_folder(root)
    record = RecordFolder(root / outputs, root / ".kejian" / "aside", root, settings.output_limit)
    return CourseAnalysis(
        root=root, record=record, outputs=outputs, settings=settings, decks=decks, package=package, wrong=wrong
    )
