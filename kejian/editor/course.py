"""A course that is being edited: its decks, its examples package and its tables, as the editor has their text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kejian.core.config import FILE, Course
from kejian.core.diagnostics import Diagnostic
from kejian.core.disk.cache_folder import cache_folder
from kejian.core.disk.file_cache import FileContent
from kejian.core.disk.files import FileAccessError
from kejian.core.disk.store import Store
from kejian.core.disk.unsaved import EditedFolder
from kejian.core.editor_settings import FILES
from kejian.core.model import Deck
from kejian.core.paths import stamp_at
from kejian.examples.keys.package import Package
from kejian.examples.keys.scan_cache import remembered
from kejian.examples.record.record import RecordFolder
from kejian.parse.deck import ParseContext, load
from kejian.parse.discover import outputs_folder
from kejian.parse.labels import elsewhere
from kejian.parse.labels.elsewhere import Answers
from kejian.parse.lines.editions import EVERY
from kejian.parse.linked import followed
from kejian.pipeline.open_course import OpenCourse, open_course
from kejian.pipeline.page_builder import Parsed

MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")
_WATCHED = (FILE, *FILES, "macros.json", "mathjax_config.js", "templates", "slides")


@dataclass(slots=True, kw_only=True)
class EditedCourse:
    """A course in an editor; what is read of it is kept until it changes.

    unsaved: the content of all files that are open in the editor, by their real paths; it belongs to the session.
    wrong: why the course could not be opened last time; what was opened before is used meanwhile.
    """

    root: Path
    unsaved: Mapping[str, FileContent]
    wrong: tuple[Diagnostic, ...] = ()
    _opened: OpenCourse | None = None
    _state: tuple[str, ...] = ()
    _parsed: dict[str, Parsed] = field(default_factory=dict)

    def opened(self) -> OpenCourse | None:
        """Return the course, opened again if its settings, macros or list of decks have changed; `None` if it cannot
        be opened.
        """
        state = self._stamps()
        if state == self._state:
            return self._opened
        self._state = state
        found = open_course(self.root, edition=EVERY, empty=True)
        self.wrong = found if isinstance(found, tuple) else found.context.wrong
        if isinstance(found, OpenCourse):
            around = replace(found.context.around, folder=EditedFolder(self.root, unsaved=self.unsaved))
            self._opened = replace(found, context=replace(found.context, around=around))
            self._parsed.clear()
        return self._opened

    def forget(self) -> None:
        """Open the course again when it is asked for next."""
        self._state = ()

    def _stamps(self) -> tuple[str, ...]:
        macros = sorted((self.root / "templates" / "macros").glob("*.html"))
        own = self._opened.settings.macros if self._opened else ""
        return tuple(stamp_at(path) for path in [*(self.root / name for name in (*_WATCHED, own)), *macros])

    @property
    def around(self) -> ParseContext | None:
        """Return what the course's files are parsed with."""
        course = self.opened()
        return course.context.around if course else None

    @property
    def settings(self) -> Course:
        """Return the course's settings, or the defaults."""
        around = self.around
        return around.course if around else Course()

    @property
    def folder(self) -> EditedFolder:
        """Return the course's folder with an empty memory of reads."""
        around = self.around
        if around and isinstance(around.folder, EditedFolder):
            return around.folder.watched()
        return EditedFolder(self.root, unsaved=self.unsaved)

    def text(self, path: str) -> str:
        """Return the text of a file of the course, "" if it cannot be read."""
        try:
            return self.folder.any_text(path)[0]
        except FileAccessError:
            return ""

    def lines(self, path: str) -> Sequence[str]:
        """Return the lines of a file of the course."""
        return self.text(path).split("\n")

    def deck(self, path: str) -> Deck | None:
        """Return the deck in a Markdown file of the course, parsed again if anything it reads has changed."""
        file = self._file(path)
        if file is None or not file.names.missing:
            return file.deck if file else None
        answers = elsewhere.answers(file.names, elsewhere.table(one.names for one in self._files()))
        return (file if answers == file.answers else self._loaded(path, answers)).deck

    def decks(self) -> tuple[Deck, ...]:
        """Return the course's decks, and the Markdown files that they link to."""
        return tuple(deck for file in self._files() if (deck := self.deck(file.deck.path)))

    def _files(self) -> Sequence[Parsed]:
        course = self.opened()
        paths = course.paths if course else ()
        return tuple(followed(paths, lambda wanted: [file for path in wanted if (file := self._file(path))]))

    def _file(self, path: str) -> Parsed | None:
        """Return a file as it is, with what other decks had of the labels that it asked for when it was parsed."""
        known = self._parsed.get(path)
        if self.around is None or (known and self.folder.unchanged(known.reads)):
            return known
        return self._loaded(path, known.answers if known else {})

    def _loaded(self, path: str, answers: Answers) -> Parsed:
        around, own = self.around, self.folder
        assert around is not None
        deck = load(path, replace(around, folder=own), answers=answers)
        self._parsed[path] = Parsed(deck, dict(own.reads), answers)
        return self._parsed[path]

    def parts(self, deck: str) -> list[str]:
        """Return the course paths of the Markdown files that a deck reads besides its own: imported ones."""
        known, folder = self._parsed.get(deck), self.folder
        linked = known.links if known else ()
        read = known.reads if known else {}
        return [path for path in read if path.lower().endswith(MARKDOWN) and path not in linked and folder.has(path)]

    def sources(self) -> list[str]:
        """Return the course paths of all Markdown files that decks are made from, imported ones among them."""
        return sorted({path for deck in self.decks() for path in (deck.path, *self.parts(deck.path))})

    def package(self) -> Package:
        """Return the examples package, empty if the course has none."""
        course = self.opened()
        store = Store(cache_folder(self.root) / "cache")
        return Package.read(self.folder, course.examples if course else "", remembered(store))

    @property
    def record(self) -> RecordFolder:
        """Return the record of the course's examples."""
        return RecordFolder(self.root / outputs_folder(self.root), limit=self.settings.output_limit)
