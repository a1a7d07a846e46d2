"""The state of the language server: open files, their courses, and the findings that the editor shows."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from kejian.checks.examples import check
from kejian.core.diagnostics import Diagnostic, ordered
from kejian.core.refused import words
from kejian.editor import findings, protocol
from kejian.editor.course import MARKDOWN, EditedCourse
from kejian.editor.session import CourseFile, Session
from kejian.editor.text import letters

QUIET = 0.2
"""Seconds without an edit before a course is looked at."""


class CursorPlace(NamedTuple):
    """A place in a file of a course. line: from 1; column: in letters, from 0."""

    file: CourseFile
    line: int
    column: int


@dataclass(slots=True)
class ShownFindings:
    """What the editor shows of a course. told: while typing; drawn: of its formulas and diagrams; checked: of runs."""

    told: Sequence[Diagnostic] = ()
    drawn: Sequence[Diagnostic] = ()
    checked: Sequence[Diagnostic] = ()
    paths: set[str] = field(default_factory=set)

    def all(self) -> list[Diagnostic]:
        """Return them in order, each once."""
        return ordered([*self.told, *self.drawn, *self.checked])


class Desk(LanguageServer):
    """The language server with what it knows. today: returns the current date, as recorded."""

    today: Callable[[], str]

    def __init__(self, name: str, version: str) -> None:
        super().__init__(name, version, max_workers=2)
        self.session = Session()
        self.shown: dict[Path, ShownFindings] = {}
        self._addresses: dict[str, str] = {}
        self._waiting: dict[Path, asyncio.Task[None]] = {}
        self._looking = asyncio.Lock()

    def file(self, address: str) -> CourseFile | None:
        """Return the file of a course at an address; `None` for anything else."""
        file = protocol.file_of(address)
        return self.session.file(file) if file else None

    def at(self, address: str, position: types.Position) -> CursorPlace | None:
        """Return a place of the protocol; `None` in a file outside of any course."""
        file = self.file(address)
        if file is None:
            return None
        lines = file.course.lines(file.path)
        text = lines[position.line] if position.line < len(lines) else ""
        return CursorPlace(file, position.line + 1, letters(text, position.character))

    @staticmethod
    def is_markdown(file: CourseFile) -> bool:
        """Return whether a file may be a deck."""
        return file.path.lower().endswith(MARKDOWN)

    def edited(self, address: str) -> None:
        """Note the text of a file as the editor has it, and look at its course once typing pauses."""
        file = protocol.file_of(address)
        if file is None:
            return
        self._addresses[str(file.resolve())] = address
        self.session.edited(file, self.workspace.get_text_document(address).source)
        if found := self.session.file(file):
            shown = self.shown.setdefault(found.course.root, ShownFindings())
            shown.checked = [one for one in shown.checked if one.span.path != found.path]
            self._look(found.course)

    def closed(self, address: str) -> None:
        """Forget the text of a file: the one on the disk counts."""
        if file := protocol.file_of(address):
            self.session.closed(file)
            self._addresses.pop(str(file.resolve()), None)
            if found := self.session.file(file):
                self._look(found.course)

    def look_again(self, address: str) -> None:
        """Read the course of a file anew."""
        if file := self.file(address):
            file.course.forget()
            self._look(file.course)

    def _look(self, course: EditedCourse) -> None:
        if waiting := self._waiting.get(course.root):
            waiting.cancel()
        task = asyncio.get_running_loop().create_task(self._find(course))
        task.add_done_callback(self._found)
        self._waiting[course.root] = task

    def _found(self, task: asyncio.Task[None]) -> None:
        """Report a look at a course that has failed: the next edit brings another."""
        if not task.cancelled() and (error := task.exception()):
            words = "".join(traceback.format_exception(error))
            self.window_log_message(types.LogMessageParams(types.MessageType.Error, words))

    async def _find(self, course: EditedCourse) -> None:
        """Show what is wrong with a course: first what needs no drawing, then what drawing finds."""
        await asyncio.sleep(QUIET)
        async with self._looking:
            shown = self.shown.setdefault(course.root, ShownFindings())
            shown.told = await asyncio.to_thread(findings.findings, course)
            self._publish(course)
            shown.drawn = await asyncio.to_thread(findings.drawn, course, self._open(course), self._say)
            self._publish(course)

    def _open(self, course: EditedCourse) -> list[str]:
        """Return the decks of the course that are open."""
        files = [Path(file) for file in self.session.unsaved if Path(file).is_relative_to(course.root)]
        paths = [file.relative_to(course.root).as_posix() for file in files]
        return [path for path in paths if path.lower().endswith(MARKDOWN)]

    def _publish(self, course: EditedCourse) -> None:
        shown = self.shown[course.root]
        found: dict[str, list[types.Diagnostic]] = {path: [] for path in (*shown.paths, *self._open(course))}
        for one in shown.all():
            found.setdefault(one.span.path, []).append(protocol.diagnostic(course, one))
        for path, some in found.items():
            self.text_document_publish_diagnostics(
                types.PublishDiagnosticsParams(uri=self._address(course, path), diagnostics=some)
            )
        shown.paths = {path for path, some in found.items() if some}

    def _address(self, course: EditedCourse, path: str) -> str:
        """Return the address of a file as the client writes it."""
        return self._addresses.get(str((course.root / path).resolve())) or protocol.uri(course, path)

    def findings_in(self, file: CourseFile, first: int, last: int) -> list[Diagnostic]:
        """Return the findings in some lines of a file."""
        shown = self.shown.get(file.course.root, ShownFindings())
        return [one for one in shown.all() if one.span.path == file.path and first <= one.span.line <= last]

    async def check(self, course: EditedCourse) -> str:
        """Run every example of a course as it is saved, and show what is found; return a summary."""
        try:
            done = await asyncio.to_thread(check, course.root, self._say, self.today())
        except OSError as e:
            return f"error[cannot-go-on]: {words(e)}"
        shown = self.shown.setdefault(course.root, ShownFindings())
        shown.checked = done.diagnostics
        self._publish(course)
        return done.summary()

    def _say(self, message: str) -> None:
        self.window_log_message(types.LogMessageParams(types.MessageType.Info, message))

    async def watch(self) -> None:
        """Ask the client to report changes of the files that courses are made of."""
        workspace = self.client_capabilities.workspace
        able = workspace.did_change_watched_files if workspace else None
        if not (able and able.dynamic_registration):
            return
        watchers = [types.FileSystemWatcher(glob_pattern=pattern) for pattern in _WATCHED]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        wanted = types.Registration("kejian.files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        await self.client_register_capability_async(types.RegistrationParams([wanted]))


_WATCHED: Iterable[str] = ("**/*.{md,markdown,py,toml,bib,dot,html,json}",)
