"""What a course's decks ask of its examples, without building anything: for checking, explaining and cleaning up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from kejian import config, toolchain
from kejian.config import Course
from kejian.diagnostics import Diagnostic, Span, error
from kejian.folder import Folder
from kejian.keys.examples import Package
from kejian.keys.scans import remembered
from kejian.model import Deck, Example
from kejian.reading import discover
from kejian.reading.parse import load_linked
from kejian.record.record import Record
from kejian.running import jobs
from kejian.running.jobs import Job
from kejian.running.verified import outputs_folder
from kejian.setting import prepare
from kejian.store import Store


@dataclass(frozen=True, slots=True)
class Survey:
    """The decks of a course, and a job for each call they quote.

    decks: the course's Markdown files, and those that they link to. reads: the course paths that were read.
    wrong: errors that keep the course from being surveyed at all. refused: examples that cannot be run, with why.
    """

    root: Path
    record: Record
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
        """The names in the record that no deck quotes any more."""
        return sorted(set(self.record.names()) - {job.name for job in self.jobs})


def survey(course: Path) -> Survey:
    """Read the course in the folder `course`. Bad input is in `wrong` and in the decks' diagnostics."""
    root = course.resolve()
    outputs = outputs_folder(root)
    empty = Survey(root, Record(root / outputs, root / ".kejian" / "aside"), outputs)
    if not root.is_dir():
        return replace(empty, wrong=(error("no-course", Span("."), f"there is no folder {course}", "name a course"),))
    folder = Folder(root)
    settings, wrong = config.load(folder)
    if wrong:
        return replace(empty, wrong=wrong)
    try:
        setting = prepare(folder, settings)
    except toolchain.ToolchainError as e:
        return replace(empty, wrong=(error("not-set-up", Span("."), str(e)),))
    decks = tuple(load_linked(discover.sources(root, settings, root / "site"), setting.around))
    surveyed = replace(empty, decks=decks, wrong=setting.wrong, settings=settings)
    return _planned(surveyed, folder, discover.examples(root, settings))


def _planned(surveyed: Survey, folder: Folder, name: str) -> Survey:
    examples = [example for deck in surveyed.decks for example in deck.examples]
    package = Package.read(folder, name, remembered(Store(folder.root / ".kejian" / "cache")))
    planned = list(jobs.plan(examples, package, surveyed.record))
    return replace(
        surveyed,
        package=package,
        jobs=tuple(item for item in planned if isinstance(item, Job)),
        refused=tuple(item for item in planned if not isinstance(item, Job)),
        reads=frozenset(path for path, digest in folder.reads.items() if digest),
    )
