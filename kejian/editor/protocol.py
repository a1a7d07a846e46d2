"""Our values as those of the Language Server Protocol, which counts lines from 0 and letters in units of UTF-16."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from lsprotocol import types
from pygls import uris

from kejian.core import command_name
from kejian.core.diagnostics import Diagnostic, Severity
from kejian.editor.completion import Candidate, CandidateKind
from kejian.editor.course import EditedCourse
from kejian.editor.definition import FilePlace
from kejian.editor.outline import OutlineEntry
from kejian.editor.text import TextEdit, TextRange, units

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.HINT: types.DiagnosticSeverity.Information,
}
_ITEMS: Mapping[CandidateKind, types.CompletionItemKind] = {
    "file": types.CompletionItemKind.File,
    "folder": types.CompletionItemKind.Folder,
    "function": types.CompletionItemKind.Function,
    "class": types.CompletionItemKind.Class,
    "value": types.CompletionItemKind.Value,
    "attribute": types.CompletionItemKind.Property,
    "label": types.CompletionItemKind.Reference,
    "work": types.CompletionItemKind.Reference,
    "macro": types.CompletionItemKind.Keyword,
    "sign": types.CompletionItemKind.Text,
}
AGAIN = types.Command("complete", "editor.action.triggerSuggest")
"""What VS Code does after a word behind which another is completed; other editors ignore it."""
_NAMED = re.compile(r"`([^`]+)`")
_END = 1_000_000


def range_of(course: EditedCourse, place: TextRange) -> types.Range:
    """Return a place of a file of the course."""
    lines = course.lines(place.path)
    return types.Range(_position(lines, place.line, place.start), _position(lines, place.ends_in, place.end))


def _position(lines: Sequence[str], line: int, column: int) -> types.Position:
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    return types.Position(max(0, line - 1), units(text, column))


def lines_of(first: int, last: int) -> types.Range:
    """Return whole lines."""
    return types.Range(types.Position(first - 1, 0), types.Position(last - 1, _END))


def uri(course: EditedCourse, path: str) -> str:
    """Return the address of a file of the course."""
    return uris.from_fs_path(str(course.root / path)) or ""


def completions(course: EditedCourse, found: Sequence[Candidate]) -> list[types.CompletionItem]:
    """Return the words that can be typed at one place."""
    place = range_of(course, found[0].place) if found else lines_of(1, 1)
    return [_completion(one, place) for one in found]


def _completion(candidate: Candidate, place: types.Range) -> types.CompletionItem:
    return types.CompletionItem(
        label=candidate.label,
        kind=_ITEMS[candidate.kind],
        detail=candidate.detail or None,
        sort_text=f"{candidate.order:02}{candidate.label}",
        filter_text=candidate.label,
        text_edit=types.TextEdit(place, candidate.new),
        command=AGAIN if candidate.more else None,
    )


def diagnostic(course: EditedCourse, found: Diagnostic) -> types.Diagnostic:
    """Return a finding, with what to type below what is wrong."""
    hint = command_name.spoken(found.hint, course.root)
    return types.Diagnostic(
        range=range_of(course, place_of(course, found)),
        message=f"{found.message}\n{hint}" if hint else found.message,
        severity=_SEVERITIES[found.severity],
        code=found.code,
        source="kejian",
    )


def place_of(course: EditedCourse, found: Diagnostic) -> TextRange:
    """Return the text that a finding is about: the one that its message names, or the rest of the line."""
    span = found.span
    lines = course.lines(span.path)
    line = lines[span.line - 1] if span.line <= len(lines) else ""
    start = min(span.column - 1, len(line))
    named = next(
        (word for word in _NAMED.findall(found.message) if line.startswith(word, start)), line[start:].rstrip()
    )
    return TextRange(span.path, span.line, start, start + len(named))


def location(place: FilePlace) -> types.Location:
    """Return a line of a file."""
    try:
        lines = place.file.read_text("utf-8", "replace").splitlines()
    except OSError:
        lines = []
    start, end = (_position(lines, place.line, column) for column in (place.start, place.end))
    return types.Location(uris.from_fs_path(str(place.file)) or "", types.Range(start, end))


def locations(course: EditedCourse, places: Iterable[TextRange]) -> list[types.Location]:
    """Return places in files of the course."""
    return [types.Location(uri(course, place.path), range_of(course, place)) for place in places]


def workspace_edit(course: EditedCourse, edits: Iterable[TextEdit]) -> types.WorkspaceEdit:
    """Return edits of files of the course; a file that does not exist is made first."""
    by_file: dict[str, list[types.TextEdit | types.AnnotatedTextEdit | types.SnippetTextEdit]] = {}
    for place, new in edits:
        by_file.setdefault(place.path, []).append(types.TextEdit(range_of(course, place), new))
    folder = course.folder
    made = [types.CreateFile(uri(course, path)) for path in by_file if not folder.has(path)]
    changed = [
        types.TextDocumentEdit(types.OptionalVersionedTextDocumentIdentifier(uri(course, path)), changes)
        for path, changes in by_file.items()
    ]
    return types.WorkspaceEdit(document_changes=[*made, *changed])


def symbol(entry: OutlineEntry) -> types.DocumentSymbol:
    """Return a slide of the outline."""
    return types.DocumentSymbol(
        name=entry.title,
        detail=entry.detail,
        kind=types.SymbolKind.Module if entry.below else types.SymbolKind.String,
        range=lines_of(entry.first, entry.last),
        selection_range=lines_of(entry.first, entry.first),
        children=[symbol(one) for one in entry.below],
    )


def file_of(address: str) -> Path | None:
    """Return the file of an address; `None` for a text that is in no file."""
    path = uris.to_fs_path(address) if uris.uri_scheme(address) == "file" else None
    return Path(path) if path else None
