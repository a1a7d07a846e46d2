"""Each deck of a site as one file beside its page (`--single-file`)."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import unquote

from kejian.core import templates
from kejian.core.diagnostics import Diagnostic, Severity, Span, error, warning
from kejian.core.disk.files import FileAccessError, Folder
from kejian.core.model import Page
from kejian.core.progress import Progress
from kejian.pipeline.context import BuildContext
from kejian.pipeline.page_cache import CachedPage, PageCache
from kejian.pipeline.report import SingleFiles
from kejian.pipeline.search_index import PATH, script
from kejian.pipeline.shared_files import cut_fonts, drawing, is_drawing, theme_files
from kejian.render import pages as render
from kejian.render.data_urls import bare
from kejian.render.single_file import SETTER, SingleFile, single, single_path


def single_files(
    built: Sequence[CachedPage], setting: BuildContext, memo: PageCache, folder: Folder, progress: Progress
) -> SingleFiles:
    """Convert the decks among `built`, whose pages are in `memo`, to single files."""
    shared = {page.path: page.data for page in theme_files(setting, notes=True)}
    shared[SETTER] = templates.text(setting.site.jinja, "theme/single.js").encode()
    decks = [file for file in built if file.slides]
    made = [(file, _single(file, shared, setting, memo, folder)) for file in decks]
    for _, one in made:
        progress(f"{one.page.path}: {len(one.page.data) / 2**20:.1f} MiB, with everything in it")
    found = [diagnostic for file, one in made for diagnostic in _findings(file, one, folder)]
    return SingleFiles(tuple(one.page for _, one in made), (*_taken(built), *found))


def _single(
    file: CachedPage, shared: dict[str, bytes], setting: BuildContext, memo: PageCache, folder: Folder
) -> SingleFile:
    """Convert one deck: its fonts cover its characters only, its search covers its slides only."""
    own: dict[str, Callable[[], bytes]] = {
        f"{render.SHARED}/fonts.css": lambda: cut_fonts((file.characters, file.aligned), setting, memo.store),
        PATH: lambda: script([file], memo),
    }

    def find(path: str) -> bytes | None:
        if path in own:
            return own[path]()
        if path in shared:
            return shared[path]
        try:
            data = folder.watched().data(path)
            return drawing(setting, data) if is_drawing(setting, path) else data
        except FileAccessError:
            return None

    return single(Page(file.page, memo.content(file.kept[0])), find)


def _taken(built: Sequence[CachedPage]) -> Iterator[Diagnostic]:
    pages = {file.page.casefold(): file.source for file in built}
    for file in built:
        path = single_path(file.page)
        other = pages.get(path.casefold()) if file.slides else None
        if other:
            message = f"{other} is published as {path}, and {file.source} as one file would be as well"
            yield error("page-taken", Span(other), message, "rename one of the files")


def _findings(file: CachedPage, made: SingleFile, folder: Folder) -> Iterator[Diagnostic]:
    for written in made.missing:
        message = f"{written} cannot be put into {made.page.path}, which will lack it"
        hint = "pages in frames and files above 64 MiB stay outside: show a picture of it instead"
        yield warning("not-in-single-file", _place(file, written, folder), message, hint)
    for written in made.unlinked:
        message = f"{made.page.path} does not hold {written}: there the link is plain text"
        hint = "nothing to do, unless the text promises a link"
        yield Diagnostic(
            code="no-link-in-single-file",
            severity=Severity.HINT,
            span=_place(file, written, folder),
            message=message,
            hint=hint,
        )


def _place(file: CachedPage, written: str, folder: Folder) -> Span:
    """Return where a deck's source names a file; the deck itself if an import or a template does."""
    name = posixpath.basename(unquote(bare(written)))
    page = posixpath.splitext(name)[0] + "."
    try:
        lines = folder.watched().any_text(file.source)[0].split("\n")
    except FileAccessError:
        lines = []
    for words in (written, name, page):
        for number, line in enumerate(lines, 1):
            if words in line:
                return Span(file.source, number, line.find(words) + 1)
    return Span(file.source)
