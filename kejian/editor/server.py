"""The language server: what an editor may ask, and what answers it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from kejian import __version__
from kejian.core.diagnostics import Diagnostic
from kejian.editor import completion, definition, hover, labels, names, outline, protocol, rename_symbol
from kejian.editor.desk import Desk
from kejian.editor.names import NameAt, name_at
from kejian.editor.refused import RenameRefusedError
from kejian.editor.remedies import remedies
from kejian.editor.session import CourseFile
from kejian.editor.text import TextEdit, TextRange
from kejian.preview import address

_REFUSED = -32803
"""The protocol's `RequestFailed`: its words are for the user."""
TRIGGERS = ('"', "/", "=", ".", "{", "@", ":", "\\", " ", "[", "(", "-")


def complete(ls: Desk, params: types.CompletionParams) -> types.CompletionList | None:
    """Answer with what can be typed at the cursor."""
    at = ls.at(params.text_document.uri, params.position)
    if at is None or not ls.is_markdown(at.file):
        return None
    found = completion.candidates(at.file.course, at.file.path, at.line, at.column)
    items = protocol.completions(at.file.course, found)
    return types.CompletionList(is_incomplete=len(found) >= completion.MOST, items=items)


async def show_hover(ls: Desk, params: types.HoverParams) -> types.Hover | None:
    """Answer with what is known of the word at a place."""
    at = ls.at(params.text_document.uri, params.position)
    found = await asyncio.to_thread(hover.hover, at.file.course, at.file.path, at.line, at.column) if at else None
    if at is None or found is None:
        return None
    content = types.MarkupContent(types.MarkupKind.Markdown, found.markdown)
    return types.Hover(content, protocol.range_of(at.file.course, found.place))


async def define(ls: Desk, params: types.DefinitionParams) -> list[types.Location]:
    """Answer with where the name at a place is defined."""
    at = ls.at(params.text_document.uri, params.position)
    if at is None:
        return []
    found = await asyncio.to_thread(definition.definition, at.file.course, at.file.path, at.line, at.column)
    return [protocol.location(place) for place in found]


async def find_references(ls: Desk, params: types.ReferenceParams) -> list[types.Location]:
    """Answer with all places of the label or the example at a place."""
    at = ls.at(params.text_document.uri, params.position)
    name = name_at(at.file.course, at.file.path, at.line, at.column) if at else None
    if at is None or name is None:
        return []
    return protocol.locations(at.file.course, await asyncio.to_thread(_uses, at.file, name))


def _uses(file: CourseFile, name: NameAt) -> list[TextRange]:
    if name.kind == "label":
        return labels.uses(file.course, file.path, name.name)
    symbol = names.definition(file.course.package(), name) if name.kind == "symbol" else None
    return rename_symbol.uses(file.course, symbol) if symbol else []


def prepare_rename(ls: Desk, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder:
    """Answer with the name that can be changed at a place; an error says why there is none."""
    at = ls.at(params.text_document.uri, params.position)
    name = name_at(at.file.course, at.file.path, at.line, at.column) if at else None
    if at is None or name is None or name.kind not in ("label", "symbol"):
        raise _failure("only labels and functions of the examples package can be renamed: put the cursor on one")
    return types.PrepareRenamePlaceholder(protocol.range_of(at.file.course, name.place), name.name)


async def rename(ls: Desk, params: types.RenameParams) -> types.WorkspaceEdit:
    """Answer with the edits that rename a label or an example; an error says why that is not safe."""
    at = ls.at(params.text_document.uri, params.position)
    name = name_at(at.file.course, at.file.path, at.line, at.column) if at else None
    if at is None or name is None:
        raise _failure("only labels and functions of the examples package can be renamed: put the cursor on one")
    try:
        edits = await asyncio.to_thread(_renamed, at.file, name, params.new_name)
    except RenameRefusedError as e:
        raise _failure(str(e)) from None
    return protocol.workspace_edit(at.file.course, edits)


def _renamed(file: CourseFile, name: NameAt, new: str) -> list[TextEdit]:
    if name.kind == "label":
        return labels.renamed(file.course, file.path, name.name, new)
    symbol = names.definition(file.course.package(), name) if name.kind == "symbol" else None
    if symbol is None:
        raise RenameRefusedError(f"{name.name} is no function of the examples package", "rename it by hand")
    return rename_symbol.renamed(file.course, symbol, new)


def _failure(words: str) -> JsonRpcException:
    return JsonRpcException(words, _REFUSED)


def outlined(ls: Desk, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
    """Answer with the slides of a deck."""
    file = ls.file(params.text_document.uri)
    found = outline.outline(file.course, file.path) if file and ls.is_markdown(file) else []
    return [protocol.symbol(entry) for entry in found]


def folded(ls: Desk, params: types.FoldingRangeParams) -> list[types.FoldingRange]:
    """Answer with the lines of each slide."""
    file = ls.file(params.text_document.uri)
    found = outline.folds(file.course, file.path) if file and ls.is_markdown(file) else []
    return [types.FoldingRange(first - 1, last - 1) for first, last in found]


def act(ls: Desk, params: types.CodeActionParams) -> list[types.CodeAction]:
    """Answer with the edits that end the findings at a place."""
    file = ls.file(params.text_document.uri)
    here = ls.findings_in(file, params.range.start.line + 1, params.range.end.line + 1) if file else []
    return [action for found in here for action in _actions(file, found)] if file else []


def _actions(file: CourseFile, found: Diagnostic) -> list[types.CodeAction]:
    shown = protocol.diagnostic(file.course, found)
    return [
        types.CodeAction(
            title=one.title,
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[shown],
            edit=protocol.workspace_edit(file.course, one.edits),
        )
        for one in remedies(file.course, found)
    ]


def find_course(ls: Desk, document: str) -> str:
    """Answer with the folder of the course around a file, "" for a file outside of any."""
    file = ls.file(document)
    return str(file.course.root) if file else ""


def find_slide(ls: Desk, document: str, line: int) -> str:
    """Answer with where the slide at a line, counted from 0, is in the site; "" in a file without slides."""
    file = ls.file(document)
    slide = outline.slide_at(file.course, file.path, line + 1) if file and ls.is_markdown(file) else None
    return slide.address if slide else ""


async def show_slide(ls: Desk, document: str, line: int) -> str:
    """Make the course's preview show the slide at a line, counted from 0; answer with its place, "" for no preview."""
    file = ls.file(document)
    slide = outline.slide_at(file.course, file.path, line + 1) if file and ls.is_markdown(file) else None
    if file is None or slide is None:
        return ""
    shown = await asyncio.to_thread(address.show, file.course.root, slide.page, slide.h, slide.v)
    return slide.address if shown else ""


async def check(ls: Desk, document: str) -> str:
    """Run every example of the course, and show what has drifted among the findings; answer with a summary."""
    file = ls.file(document)
    return await ls.check(file.course) if file else ""


def opened(ls: Desk, params: types.DidOpenTextDocumentParams) -> None:
    """Note the text of a file that was opened."""
    ls.edited(params.text_document.uri)


def changed(ls: Desk, params: types.DidChangeTextDocumentParams) -> None:
    """Note the text of a file that is being edited."""
    ls.edited(params.text_document.uri)


def saved(ls: Desk, params: types.DidSaveTextDocumentParams) -> None:
    """Look at the course again: settings and templates count once they are saved."""
    ls.look_again(params.text_document.uri)


def closed(ls: Desk, params: types.DidCloseTextDocumentParams) -> None:
    """Forget the text of a file that was closed."""
    ls.closed(params.text_document.uri)


def watched(ls: Desk, params: types.DidChangeWatchedFilesParams) -> None:
    """Look again at the courses whose files have changed on the disk."""
    for change in params.changes:
        ls.look_again(change.uri)


async def started(ls: Desk, _: types.InitializedParams) -> None:
    """Ask the client to report files that change on the disk, if it can."""
    await ls.watch()


Handler = Callable[..., Any]
FEATURES: tuple[tuple[str, Handler, Any], ...] = (
    (types.INITIALIZED, started, None),
    (types.TEXT_DOCUMENT_DID_OPEN, opened, None),
    (types.TEXT_DOCUMENT_DID_CHANGE, changed, None),
    (types.TEXT_DOCUMENT_DID_SAVE, saved, None),
    (types.TEXT_DOCUMENT_DID_CLOSE, closed, None),
    (types.WORKSPACE_DID_CHANGE_WATCHED_FILES, watched, None),
    (types.TEXT_DOCUMENT_COMPLETION, complete, types.CompletionOptions(trigger_characters=TRIGGERS)),
    (types.TEXT_DOCUMENT_HOVER, show_hover, None),
    (types.TEXT_DOCUMENT_DEFINITION, define, None),
    (types.TEXT_DOCUMENT_REFERENCES, find_references, None),
    (types.TEXT_DOCUMENT_PREPARE_RENAME, prepare_rename, None),
    (types.TEXT_DOCUMENT_RENAME, rename, types.RenameOptions(prepare_provider=True)),
    (types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, outlined, None),
    (types.TEXT_DOCUMENT_FOLDING_RANGE, folded, None),
    (types.TEXT_DOCUMENT_CODE_ACTION, act, types.CodeActionOptions([types.CodeActionKind.QuickFix])),
)
COMMANDS: dict[str, Handler] = {
    "kejian.course": find_course,
    "kejian.slide": find_slide,
    "kejian.showSlide": show_slide,
    "kejian.check": check,
}


def _is_news(record: logging.LogRecord) -> bool:
    """Return whether a log record is about a failure; what is refused is answered, and no failure."""
    return not (record.exc_info and isinstance(record.exc_info[1], JsonRpcException))


def server(today: Callable[[], str]) -> Desk:
    """Return the server, which answers once it is started."""
    desk = Desk("kejian", __version__)
    desk.today = today
    logging.getLogger("pygls.protocol.json_rpc").addFilter(_is_news)
    for name, handler, options in FEATURES:
        desk.feature(name, options)(handler)
    for name, handler in COMMANDS.items():
        desk.command(name)(handler)
    return desk
