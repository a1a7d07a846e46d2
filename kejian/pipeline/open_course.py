"""Opens a course: what every command that reads its decks does first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

import msgspec

from kejian.core import config, start_page
from kejian.core.config import Course
from kejian.core.diagnostics import Diagnostic, Span, error, warning
from kejian.core.disk.files import Folder
from kejian.core.toolchain import ToolchainError
from kejian.parse import discover, left_out
from kejian.parse.lines.editions import EVERY
from kejian.pipeline.context import BuildContext, prepare


@dataclass(frozen=True, kw_only=True)
class OpenCourse:
    """A course whose settings can be read.

    paths: its Markdown files, without those that are only linked to. examples: the examples package's folder, or "".
    guessed: the language of its decks, if the settings name none.
    context: what its files are parsed and its pages are drawn with; `context.wrong` may hold errors.
    """

    folder: Folder
    paths: tuple[str, ...]
    examples: str
    context: BuildContext
    guessed: str

    @property
    def settings(self) -> Course:
        """Return the course's settings, as far as it is trusted."""
        return self.context.around.course


def open_course(
    course: Path, out: Path | None = None, edition: str = "", *, trusted: bool = True, empty: bool = False
) -> OpenCourse | tuple[Diagnostic, ...]:
    """Open the course in the folder `course`, or return why that cannot be done.

    out: the site's folder, in which no deck is looked for; `site` if it is not given.
    edition: the one that is meant, or `editions.EVERY`.
    trusted: whether its settings may let pages run its scripts, and templates other than macros are used.
    empty: it need not have decks.
    """
    root = course.resolve()
    if not root.is_dir():
        return _only("no-course", f"there is no folder {course}", "name the folder of a course")
    out = (out or root / "site").resolve()
    folder = Folder(root)
    settings, wrong = config.load(folder)
    if wrong:
        return wrong
    paths = tuple(discover.sources(root, settings, out))
    if not (paths or empty):
        return (discover.no_decks(course), *left_out.foreign(folder, out))
    if edition not in ("", EVERY, *settings.editions):
        return _no_edition(edition, settings)
    guessed = "" if settings.language else _guessed(folder, paths)
    settings = msgspec.structs.replace(settings, language=settings.language or guessed)
    try:
        context = prepare(folder, settings, edition, trusted=trusted)
    except ToolchainError as e:
        return _only("not-set-up", str(e), "")
    found = left_out.findings(folder, settings, out, paths)
    context = replace(context, wrong=(*context.wrong, *found, *_unmatched(folder, settings, paths)))
    examples = discover.examples(root, context.around.course)
    return OpenCourse(folder=folder, paths=paths, examples=examples, context=context, guessed=guessed)


def _guessed(folder: Folder, paths: Sequence[str]) -> str:
    from kejian.parse import language  # its patterns take a hundredth of a build's start

    return language.guessed(left_out.read_text(folder, path) for path in paths)


def _unmatched(folder: Folder, course: Course, paths: Sequence[str]) -> Iterator[Diagnostic]:
    """Yield a warning for each name in a section of the start page that no deck or page has."""
    names = [name for name in start_page.unmatched(course.sections, paths) if not folder.has(name)]
    lines = folder.text(config.FILE).split("\n") if names else []
    for name in names:
        line, text = next(((n, text) for n, text in enumerate(lines, 1) if name in text), (1, ""))
        near = get_close_matches(name, paths, 1)
        hint = f"did you mean {near[0]}?" if near else "name a Markdown file by its path in the course, or several by *"
        span = Span(config.FILE, line, text.find(name) + 1)
        yield warning("no-such-deck", span, f"a section of the start page names {name}, which no deck or page is", hint)


def _only(code: str, message: str, hint: str) -> tuple[Diagnostic, ...]:
    return (error(code, Span("."), message, hint),)


def _no_edition(name: str, course: Course) -> tuple[Diagnostic, ...]:
    near = get_close_matches(name, course.editions, 1)
    hint = f"did you mean {near[0]}?" if near else f'write editions = ["{name}"] in kejian.toml'
    known = ", ".join(course.editions) or "none"
    return _only("no-edition", f"the course has no edition {name}; it lists {known}", hint)
