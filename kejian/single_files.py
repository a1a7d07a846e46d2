"""Each deck of a site as one file beside its page (`--single-file`)."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from kejian import templates
from kejian.diagnostics import Diagnostic, Severity, Span, error, warning
from kejian.fill import Progress
from kejian.folder import Folder, Unreadable
from kejian.memo import Built, Memo
from kejian.model import Page
from kejian.page import render
from kejian.page.embedded import bare
from kejian.page.single import SETTER, Single, single, single_path
from kejian.search_index import PATH, script
from kejian.setting import Setting
from kejian.shared_files import cut_fonts, theme_files


@dataclass(frozen=True, slots=True)
class Singles:
    """The files, and what was found on the way."""

    pages: tuple[Page, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def single_files(built: Sequence[Built], setting: Setting, memo: Memo, folder: Folder, progress: Progress) -> Singles:
    """The decks among `built`, whose pages `memo` keeps, each as one file."""
    shared = {page.path: page.data for page in theme_files(setting, notes=True)}
    shared[SETTER] = templates.text(setting.site.jinja, "theme/single.js").encode()
    decks = [file for file in built if file.slides]
    made = [(file, _single(file, shared, setting, memo, folder)) for file in decks]
    for _, one in made:
        progress(f"{one.page.path}: {len(one.page.data) / 2**20:.1f} MiB, with everything in it")
    found = [diagnostic for file, one in made for diagnostic in _findings(file, one, folder)]
    return Singles(tuple(one.page for _, one in made), (*_taken(built), *found))


def _single(file: Built, shared: dict[str, bytes], setting: Setting, memo: Memo, folder: Folder) -> Single:
    """One deck: its fonts have its characters alone, its search has its slides alone."""
    own: dict[str, Callable[[], bytes]] = {
        f"{render.SHARED}/fonts.css": lambda: cut_fonts(file.characters, setting, memo.store),
        PATH: lambda: script([file], memo),
    }

    def find(path: str) -> bytes | None:
        if path in own:
            return own[path]()
        if path in shared:
            return shared[path]
        try:
            return folder.watched().data(path)
        except Unreadable:
            return None

    return single(Page(file.page, memo.content(file.kept[0])), find)


def _taken(built: Sequence[Built]) -> Iterator[Diagnostic]:
    pages = {file.page.casefold(): file.source for file in built}
    for file in built:
        path = single_path(file.page)
        other = pages.get(path.casefold()) if file.slides else None
        if other:
            message = f"{other} is published as {path}, and {file.source} as one file would be as well"
            yield error("page-taken", Span(other), message, "rename one of the files")


def _findings(file: Built, made: Single, folder: Folder) -> Iterator[Diagnostic]:
    for written in made.missing:
        message = f"{written} cannot be put into {made.page.path}, which will lack it"
        hint = "pages in frames and files above 64 MiB stay outside: show a picture of it instead"
        yield warning("not-in-single-file", _place(file, written, folder), message, hint)
    for written in made.unlinked:
        message = f"{made.page.path} does not hold {written}: there the link is plain text"
        hint = "nothing to do, unless the text promises a link"
        yield Diagnostic("no-link-in-single-file", Severity.HINT, _place(file, written, folder), message, hint)


def _place(file: Built, written: str, folder: Folder) -> Span:
    """Where a deck's source names a file; the deck itself where an import or a template does."""
    name = posixpath.basename(unquote(bare(written)))
    page = posixpath.splitext(name)[0] + "."
    try:
        lines = folder.watched().text(file.source).split("\n")
    except Unreadable:
        lines = []
    for words in (written, name, page):
        for number, line in enumerate(lines, 1):
            if words in line:
                return Span(file.source, number, line.find(words) + 1)
    return Span(file.source)
