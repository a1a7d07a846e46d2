"""`import`: a deck or a course for Markdown Preview Enhanced is read, judged, and rewritten as far as that is safe."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kejian.adopt import layout, trial
from kejian.adopt import module as modules
from kejian.adopt.blocks import elements
from kejian.adopt.code import parse
from kejian.adopt.course import Course, facts, read, root_of
from kejian.adopt.facts import Facts
from kejian.adopt.patch import Change
from kejian.adopt.rewriting import Rewritten, rewritten
from kejian.adopt.tally import in_words, tally
from kejian.diagnostics import Diagnostic, Span, error, failed, ordered
from kejian.fill import Progress
from kejian.folder import Folder, Unreadable
from kejian.reading import discover, frontmatter
from kejian.reading.targets import MARKDOWN
from kejian.record import recorded_files
from kejian.record.record import name as record_name
from kejian.record.recorded_files import Recorded
from kejian.running.verified import outputs_folder

_MARK = re.compile(r"^<!--\s+\.?slide(?=[\s:]|-->)", re.MULTILINE)
_PACKAGE = '"""The code that the slides show, as examples that run."""\n'


@dataclass(frozen=True, slots=True)
class Adopted:
    """What was found in the course at `root`, what each deck uses, and the changes that are offered.

    examples: how many functions the changes make; unfilled: how many of them have to be filled in. tried: the others
    have been run.
    """

    root: Path
    diagnostics: tuple[Diagnostic, ...]
    used: tuple[tuple[str, str], ...] = ()
    changes: tuple[Change, ...] = ()
    examples: int = 0
    unfilled: int = 0
    tried: bool = False

    @property
    def failed(self) -> bool:
        """Whether something cannot be read at all."""
        return failed(self.diagnostics)

    def summary(self) -> str:
        """One line of figures."""
        decks = len(self.used)
        counts = f"{decks} deck{'s' * (decks != 1)} read, {len(self.diagnostics)} findings"
        if not self.changes:
            return f"{counts}; nothing to rewrite"
        fill = f", {self.unfilled} of them to be filled in" if self.unfilled else ""
        advice = "" if self.tried or self.examples == self.unfilled else "; --run tries them first"
        return f"{counts}; {len(self.changes)} files would change, {self.examples} new examples{fill}{advice}"


def adopt(path: Path, progress: Progress, *, execute: bool = False) -> Adopted:
    """Read the deck or the course at `path`; nothing is written.

    execute: try each new example in a child without network; one that fails is offered as one to fill in.
    """
    if not path.exists():
        return Adopted(path, (error("no-course", Span(str(path)), "there is no such file or folder", "name a deck"),))
    root = root_of(path.resolve())
    course = read(root, path.resolve())
    if not isinstance(course, Course):
        return Adopted(root, course)
    known, wrong = facts(course)
    done = _rewritten(course, known)
    if execute:
        done = _rewritten(course, replace(known, failed=trial.failures(done.values(), known.package, root, progress)))
    found = [*wrong, *_found(course), *(one for deck in done.values() for one in deck.diagnostics)]
    made = [one for deck in done.values() for one in deck.examples]
    return Adopted(
        root,
        tuple(ordered(found)),
        tuple(_used(course)),
        tuple(_changes(course, done, known.package)),
        len(made),
        sum(bool(one.reasons) for one in made),
        execute,
    )


def _lines(text: str) -> list[str]:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")


def _used(course: Course) -> Iterator[tuple[str, str]]:
    for deck in course.decks:
        if deck.path in course.texts:
            lines = _lines(course.texts[deck.path])
            found = list(elements(lines, frontmatter.read("\n".join(lines), deck.path).lines))
            yield deck.path, in_words(tally(deck, lines, found, course.around.macros))


def _found(course: Course) -> Iterator[Diagnostic]:
    """What the decks' own parser says, and what only one who comes from the editor has to know."""
    for deck in course.decks:
        yield from deck.diagnostics
        yield from layout.front(deck, _lines(course.texts.get(deck.path, "")))
    yield from layout.editor([path for path in layout.EDITOR_FILES if course.folder.has(path)])
    paths = list(filter(_may_be_deck, course.files)) if len(course.decks) > 1 else list(course.texts)
    yield from layout.outside([path for path in paths if _marked(course.folder, path)], course.sources)


def _may_be_deck(path: str) -> bool:
    return path.lower().endswith(MARKDOWN) and not discover.SKIPPED & set(path.split("/"))


def _marked(folder: Folder, path: str) -> bool:
    try:
        return _MARK.search(folder.text(path)) is not None
    except Unreadable:
        return False


def _rewritten(course: Course, known: Facts) -> dict[str, Rewritten]:
    """Each deck rewritten; decks whose examples share a module add to it one after the other."""
    written: dict[str, str] = {}
    done = {}
    for deck in course.decks:
        if deck.path not in course.texts:
            continue
        text, module = course.texts[deck.path], modules.path(known.package, deck.path)
        source = written.get(module) or _module(course.folder, module)
        if source is None:
            message = f"{module} is not Python, and {deck.path} would add to it"
            found = error("example-syntax", Span(module), message, "mend it, and import the deck again")
            done[deck.path] = Rewritten(text, diagnostics=(found,))
            continue
        done[deck.path] = one = rewritten(deck, text, source, known)
        if one.module:
            written[module] = one.source
    return done


def _module(folder: Folder, path: str) -> str | None:
    """The text of a module, "" where there is none yet; `None` where it is not Python."""
    if not folder.has(path):
        return ""
    try:
        text = folder.text(path)
    except Unreadable:
        return None
    return text if parse(text) else None


def _changes(course: Course, done: Mapping[str, Rewritten], package: str) -> Iterator[Change]:
    sources: dict[str, str] = {}
    outputs = outputs_folder(course.folder.root)
    for path, one in done.items():
        if one.text != course.texts[path]:
            yield Change(path, course.texts[path].encode(), one.text.encode())
        if one.module:
            sources[one.module] = one.source
        for call, shown in one.records:
            files = recorded_files.files(Recorded(record_name(call), call, shown))
            yield from (Change(f"{outputs}/{file}", None, data) for file, data in files.items())
    if sources and not course.folder.has(f"{package}/__init__.py"):
        yield Change(f"{package}/__init__.py", None, _PACKAGE.encode())
    for module, source in sources.items():
        yield _of_module(course.folder, module, source)


def _of_module(folder: Folder, path: str, source: str) -> Change:
    """The change of a module, which keeps its line ends."""
    old = folder.data(path) if folder.has(path) else None
    new = source.replace("\n", "\r\n") if old and b"\r\n" in old else source
    return Change(path, old, new.encode())
