"""The findings about a course as it stands in the editor: what `check --no-exec` would say if it were saved now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kejian.checks import CourseUnderCheck, inspect
from kejian.checks.browser_codes import CODES as BROWSER_CODES
from kejian.core.diagnostics import Diagnostic, ordered
from kejian.core.disk.cache_folder import cache_folder
from kejian.core.disk.store import Store
from kejian.core.model import Deck, Diagram, Example, Formula, Hole, Icon
from kejian.core.progress import Progress
from kejian.editor.course import EditedCourse
from kejian.examples import jobs
from kejian.examples.keys.package import Package
from kejian.examples.record.file_format import RecordedExample
from kejian.pipeline.fill import HoleFiller


def findings(course: EditedCourse) -> list[Diagnostic]:
    """Return the findings that need no run and no drawing."""
    decks = course.decks()
    package = course.package()
    found = [*course.wrong, *package.diagnostics]
    refused: list[Diagnostic] = []
    recorded: dict[Example, RecordedExample] = {}
    for example in (one for deck in decks for one in deck.examples):
        if wrong := jobs.refusal(example, package):
            refused.append(wrong)
        elif known := _recorded(course, example, package):
            recorded[example] = known
    told = [one for deck in decks for one in deck.diagnostics]
    inspected = inspect(_material(course, decks, recorded), BROWSER_CODES).diagnostics
    return ordered([*found, *told, *refused, *inspected])


def _recorded(course: EditedCourse, example: Example, package: Package) -> RecordedExample | None:
    return course.record.read(jobs.record_of(example, package))


def _material(
    course: EditedCourse, decks: Sequence[Deck], recorded: dict[Example, RecordedExample]
) -> CourseUnderCheck:
    paths = {deck.path for deck in decks} | {slide.span.path for deck in decks for slide in deck.slides}
    return CourseUnderCheck(
        decks=tuple(decks),
        lines={path: course.lines(path) for path in paths},
        settings=course.settings,
        files={},
        recorded=recorded,
    )


def drawn(course: EditedCourse, paths: Sequence[str], progress: Progress) -> list[Diagnostic]:
    """Return what is wrong with the formulas, diagrams and icons of these decks; what is made is kept as by a build."""
    opened = course.opened()
    decks = [deck for path in paths if (deck := course.deck(path))]
    if opened is None:
        return []
    store = Store(cache_folder(course.root, make=True) / "cache")
    filler = HoleFiller(store=store, makers=opened.context.makers, progress=progress)
    holes = [*_drawable(decks)]
    filler.prepare(holes)
    filled = filler.filled(holes)
    return ordered(artifact.problem for artifact in filled.values() if artifact.problem)


def _drawable(decks: Sequence[Deck]) -> Iterator[Hole]:
    return (hole for deck in decks for hole in deck.holes if isinstance(hole, Formula | Diagram | Icon))
