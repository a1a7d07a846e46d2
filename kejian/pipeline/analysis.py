"""Analysis of a course's decks and examples without building, for `check`, `explain` and `clean`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from kejian.core import config, toolchain
from kejian.core.config import Course
from kejian.core.diagnostics import Diagnostic, Span, error
from kejian.core.disk.cache_folder import cache_folder
from kejian.core.disk.files import Folder
from kejian.core.disk.store import Store
from kejian.core.model import Deck, Example
from kejian.examples import jobs
from kejian.examples.answers import Limits
from kejian.examples.jobs import Job
from kejian.examples.keys.package import Package
from kejian.examples.keys.scan_cache import remembered
from kejian.examples.record.record import RecordFolder
from kejian.parse import discover, left_out
from kejian.parse.deck import load_linked
from kejian.parse.discover import outputs_folder
from kejian.parse.lines.editions import EVERY
from kejian.pipeline.context import prepare


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
    outputs = outputs_folder(root)
    empty = CourseAnalysis(
        root=root, record=RecordFolder(root / outputs, root / ".kejian" / "aside", root), outputs=outputs
    )
    if not root.is_dir():
        return replace(empty, wrong=(error("no-course", Span("."), f"there is no folder {course}", "name a course"),))
    folder = Folder(root)
    settings, wrong = config.load(folder)
    if wrong:
        return replace(empty, wrong=wrong)
    paths = discover.sources(root, settings, root / "site")
    if not paths:
        return replace(empty, wrong=(discover.no_decks(course), *left_out.foreign(folder, root / "site")))
    try:
        setting = prepare(folder, settings, edition)
    except toolchain.ToolchainError as e:
        return replace(empty, wrong=(error("not-set-up", Span("."), str(e)),))
    decks = tuple(load_linked(paths, setting.around))
    wrong = (*setting.wrong, *left_out.findings(folder, settings, root / "site", paths))
    record = replace(empty.record, limit=settings.output_limit)
    surveyed = replace(empty, record=record, decks=decks, wrong=wrong, settings=settings)
    return _planned(surveyed, folder, discover.examples(root, settings))


def _planned(surveyed: CourseAnalysis, folder: Folder, name: str) -> CourseAnalysis:
    examples = [example for deck in surveyed.decks for example in deck.examples]
    package = Package.read(folder, name, remembered(Store(cache_folder(folder.root) / "cache")))
    planned = list(jobs.plan(examples, package, surveyed.record, Limits.of(surveyed.settings)))
    return replace(
        surveyed,
        package=package,
        jobs=tuple(item for item in planned if isinstance(item, Job)),
        refused=tuple(item for item in planned if not isinstance(item, Job)),
        reads=frozenset(path for path, digest in folder.reads.items() if digest),
    )
