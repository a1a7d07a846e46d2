"""`import`: reads a deck or course for Markdown Preview Enhanced, reviews it, and rewrites it as
far as that is safe.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from posixpath import splitext

from kejian.core.diagnostics import Diagnostic, Span, error, failed, ordered, strict
from kejian.core.disk.files import FileAccessError, Folder
from kejian.core.model import Deck
from kejian.core.progress import Progress, counted
from kejian.examples.record import file_format
from kejian.examples.record.file_format import RecordedExample
from kejian.examples.record.record import name as record_name
from kejian.migrate import dry_run, editor_files
from kejian.migrate import module as modules
from kejian.migrate.blocks import elements
from kejian.migrate.code import parse
from kejian.migrate.course import CourseDecks, facts, read, root_of
from kejian.migrate.dialects import BESIDE, translated
from kejian.migrate.facts import CourseFacts
from kejian.migrate.fetch import FetchedPictures, fetched, remote
from kejian.migrate.patch import FileChange
from kejian.migrate.powerpoint.beside import proposed
from kejian.migrate.powerpoint.presentation import ENDING
from kejian.migrate.rewrite import RewrittenDeck, rewritten
from kejian.migrate.statistics import in_words, tally
from kejian.parse import discover
from kejian.parse.discover import outputs_folder
from kejian.parse.html.links import MARKDOWN
from kejian.parse.lines import frontmatter

_MARK = re.compile(r"^<!--\s+\.?slide(?=[\s:]|-->)", re.MULTILINE)
_PACKAGE = '"""The code that the slides show, as examples that run."""\n'


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """The findings in the course at `root`, the features each of its `decks` uses, and the proposed changes.

    examples: the number of new functions; unfilled: those of them that need to be filled in.
    tried: whether the others have been run. remote: the pictures of other hosts that decks show, by their addresses.
    """

    root: Path
    diagnostics: tuple[Diagnostic, ...]
    decks: int = 0
    used: tuple[tuple[str, str], ...] = ()
    changes: tuple[FileChange, ...] = ()
    examples: int = 0
    unfilled: int = 0
    tried: bool = False
    remote: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        """Return whether something cannot be read at all."""
        return failed(self.diagnostics)

    def summary(self) -> str:
        """Format one line of figures."""
        counts = f"{counted(self.decks, 'deck')} read, {counted(len(self.diagnostics), 'finding')}"
        if not self.changes:
            return f"{counts}; nothing to rewrite"
        fill = f", {self.unfilled} of them to be filled in" if self.unfilled else ""
        advice = "" if self.tried or self.examples == self.unfilled else "; --run tries them first"
        changed = f"{counted(len(self.changes), 'file')} would change"
        return f"{counts}; {changed}, {counted(self.examples, 'new example')}{fill}{advice}"


def adopt(path: Path, progress: Progress, *, execute: bool = False, fetch: bool = False) -> ImportPlan:
    """Read the deck or the course at `path` and plan its migration; nothing is written.

    execute: run each new example in a child without network; one that fails is proposed as one to fill in.
    fetch: download the pictures of other hosts.
    """
    if not path.exists():
        return ImportPlan(
            root=path,
            diagnostics=(error("no-course", Span(str(path)), "there is no such file or folder", "name a deck"),),
        )
    root = root_of(path.resolve())
    if path.suffix.lower() == ENDING and path.is_file():
        said, new = proposed(root, path.resolve())
        return ImportPlan(root=root, diagnostics=said, decks=1, changes=new)
    course = read(root, path.resolve())
    if not isinstance(course, CourseDecks):
        return ImportPlan(root=root, diagnostics=course)
    known, wrong = facts(course)
    done = _rewritten(course, known)
    if execute:
        done = _rewritten(course, replace(known, failed=dry_run.failures(done.values(), known.package, root, progress)))
    own = [deck for deck in course.decks if not (deck.path in done and done[deck.path].foreign)]
    shown = tuple(dict.fromkeys(one.url for path, deck in done.items() for one in remote(deck.text.split("\n"), path)))
    copies = fetched(shown, course.files, progress) if fetch else FetchedPictures()
    done = {path: replace(deck, text=copies.rewritten(deck.text, path)) for path, deck in done.items()}
    found = [*wrong, *_found(course, own), *(one for deck in done.values() for one in deck.diagnostics)]
    found = [one for one in found if not copies.settles(one)]
    found += (one for path in done for one in copies.findings(course.texts[path], path))
    made = [one for deck in done.values() for one in deck.examples]
    return ImportPlan(
        root=root,
        diagnostics=tuple(ordered(found)),
        decks=len(course.decks),
        used=tuple(_used(course, own)),
        changes=(*_changes(course, done, known.package), *(FileChange(*one) for one in copies.new())),
        examples=len(made),
        unfilled=sum(bool(one.reasons) for one in made),
        tried=execute,
        remote=() if fetch else shown,
    )


def _lines(text: str) -> list[str]:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")


def _used(course: CourseDecks, own: Sequence[Deck]) -> Iterator[tuple[str, str]]:
    for deck in own:
        if deck.path in course.texts:
            lines = _lines(course.texts[deck.path])
            found = list(elements(lines, frontmatter.read("\n".join(lines), deck.path).lines))
            yield deck.path, in_words(tally(deck, lines, found, course.around.macros))


def _found(course: CourseDecks, own: Sequence[Deck]) -> Iterator[Diagnostic]:
    """Yield the parser's findings on decks in our dialect, and those for users who come from the editor."""
    for deck in own:
        for one in deck.diagnostics:
            yield from strict([one]) if one.code == "unreadable" else [one]  # code in it cannot be moved
        lines = _lines(course.texts.get(deck.path, ""))
        yield from editor_files.front(deck, lines)
        yield from editor_files.merged_cells(deck, lines, course.around.course.mpe)
    yield from editor_files.editor([path for path in editor_files.EDITOR_FILES if course.folder.has(path)])
    paths = list(filter(_may_be_deck, course.files)) if len(course.decks) > 1 else list(course.texts)
    yield from editor_files.outside([path for path in paths if _marked(course.folder, path)], course.sources)


def _may_be_deck(path: str) -> bool:
    return path.lower().endswith(MARKDOWN) and not discover.SKIPPED & set(path.split("/"))


def _marked(folder: Folder, path: str) -> bool:
    try:
        return _MARK.search(folder.text(path)) is not None
    except FileAccessError:
        return False


def _rewritten(course: CourseDecks, known: CourseFacts) -> dict[str, RewrittenDeck]:
    """Rewrite each deck; decks whose examples share a module extend it one after the other."""
    written: dict[str, str] = {}
    done = {}
    for deck in course.decks:
        if deck.path not in course.texts:
            continue
        text, module = course.texts[deck.path], modules.path(known.package, deck.path)
        if foreign := _translated(deck.path, text):
            done[deck.path] = foreign
            continue
        source = written.get(module) or _module(course.folder, module)
        if source is None:
            message = f"{module} is not Python, and {deck.path} would add to it"
            found = error("example-syntax", Span(module), message, "fix it, and import the deck again")
            done[deck.path] = RewrittenDeck(text=text, diagnostics=(found,))
            continue
        done[deck.path] = one = rewritten(deck, text, source, known)
        if one.module:
            written[module] = one.source
    return done


def _translated(path: str, text: str) -> RewrittenDeck | None:
    """Return a deck for another program in our dialect; `None` if it is in ours."""
    try:
        found = translated("\n".join(_lines(text)), path)
    except ValueError as e:
        wrong = error("unreadable", Span(path), str(e), "save it once more with the program that it is for")
        return RewrittenDeck(text=text, diagnostics=(wrong,), foreign=True)
    if found is None:
        return None
    return RewrittenDeck(text=found.text, diagnostics=found.diagnostics, files=found.files, foreign=True)


def _module(folder: Folder, path: str) -> str | None:
    """Return the text of a module, "" if it does not exist; `None` if it is not Python."""
    if not folder.has(path):
        return ""
    try:
        text = folder.text(path)
    except FileAccessError:
        return None
    return text if parse(text) else None


def _changes(course: CourseDecks, done: Mapping[str, RewrittenDeck], package: str) -> Iterator[FileChange]:
    sources: dict[str, str] = {}
    outputs = outputs_folder(course.folder.root)
    for path, one in done.items():
        yield from (FileChange(name, None, data) for name, data in one.files.items())
        stem, ending = splitext(path)
        if ending.lower() in BESIDE and one.text != course.texts[path]:
            yield FileChange(f"{stem}.md", None, one.text.encode())
        elif one.text != course.texts[path]:
            yield FileChange(path, course.texts[path].encode(), one.text.encode())
        if one.module:
            sources[one.module] = one.source
        for call, shown in one.records:
            files = file_format.files(RecordedExample(name=record_name(call), call=call, outputs=shown))
            yield from (FileChange(f"{outputs}/{file}", None, data) for file, data in files.items())
    if sources and not course.folder.has(f"{package}/__init__.py"):
        yield FileChange(f"{package}/__init__.py", None, _PACKAGE.encode())
    for module, source in sources.items():
        yield _of_module(course.folder, module, source)


def _of_module(folder: Folder, path: str, source: str) -> FileChange:
    """Return the change of a module, keeping its line ends."""
    old = folder.data(path) if folder.has(path) else None
    new = source.replace("\n", "\r\n") if old and b"\r\n" in old else source
    return FileChange(path, old, new.encode())
