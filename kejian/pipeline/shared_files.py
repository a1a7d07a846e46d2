"""The files that all pages of a site share: reveal.js, the theme, fonts cut to the course, the index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kejian.core.disk.cached import decoded
from kejian.core.disk.store import Store, digest
from kejian.core.model import Page
from kejian.core.paths import INDEX
from kejian.parse.discover import outputs_folder
from kejian.pipeline.context import BuildContext
from kejian.pipeline.page_cache import CachedPage, generator
from kejian.render import colours, fonts, metadata
from kejian.render import pages as render
from kejian.render.course_index import IndexEntry
from kejian.render.lettered import lettered


def shared_files(
    built: Sequence[CachedPage], setting: BuildContext, store: Store, *, fast: bool = False
) -> Iterator[Page]:
    """Yield the shared files of the site with the pages `built`; `fast` accepts fonts that were cut for other pages."""
    yield from _index(built, setting)
    yield metadata.NO_JEKYLL
    yield from metadata.sitemap(setting.around.course, [file.page for file in built])
    yield from theme_files(setting, notes=any(file.notes for file in built))
    yield Page(f"{render.SHARED}/fonts.css", _fonts(_characters(built, setting), setting, store, fast=fast))


def theme_files(setting: BuildContext, *, notes: bool) -> list[Page]:
    """Return style sheets and scripts, including those of reveal.js and, with `notes`, of its speaker view."""
    return render.assets(setting.site, setting.tools.folder / "node_modules", notes=notes)


def incomplete(built: Sequence[CachedPage], setting: BuildContext, store: Store) -> bool:
    """Return whether a fast build would lack characters in the cached fonts."""
    return not store.has(_key(_characters(built, setting), setting))


def _index(built: Sequence[CachedPage], setting: BuildContext) -> list[Page]:
    """Return the list of decks, unless the course has a page of its own there."""
    if INDEX in {file.page for file in built}:
        return []
    entries = [
        IndexEntry(path=file.source, title=file.title, slides=file.slides, headings=file.headings, date=file.date)
        for file in built
    ]
    return [render.index(entries, setting.site)]


Characters = tuple[str, str]
"""What fonts are cut to: the characters of pages, and the wide ones in their listings."""


def _characters(built: Sequence[CachedPage], setting: BuildContext) -> Characters:
    pages = [file.characters for file in built] + [page.data.decode() for page in _index(built, setting)]
    return "".join(sorted(set("".join(pages)))), "".join(sorted(set("".join(file.aligned for file in built))))


def _fonts(characters: Characters, setting: BuildContext, store: Store, *, fast: bool) -> bytes:
    last = digest("last fonts", setting.tools.lock)
    if store.has(_key(characters, setting)):
        return cut_fonts(characters, setting, store)
    css = decoded(store, last, _sheet) if fast else None
    if css is None:
        css = cut_fonts(characters, setting, store)
        store.put(last, css)
    return css


def cut_fonts(characters: Characters, setting: BuildContext, store: Store) -> bytes:
    """Return the style sheet with fonts cut down to these characters."""
    key = _key(characters, setting)
    css = decoded(store, key, _sheet)
    if css is None:
        css = fonts.css(setting.tools, *characters).encode()
        store.put(key, css)
    return css


def _sheet(data: bytes) -> bytes:
    """Decode a cached style sheet; raises if it is not one of ours."""
    if not data.startswith(fonts.NOTICE.encode()):
        raise ValueError("no fonts")
    return data


def _key(characters: Characters, setting: BuildContext) -> str:
    return digest("fonts", setting.tools.lock, generator(), *characters)


def is_drawing(setting: BuildContext, path: str) -> bool:
    """Return whether the file was drawn by an example, so that it follows the theme on a page."""
    return path.endswith(".svg") and path.startswith(f"{outputs_folder(setting.around.folder.root)}/")


def drawing(setting: BuildContext, data: bytes) -> bytes:
    """Return what is published of a picture that an example drew."""
    return lettered(colours.twins(setting.site.jinja).picture(data), setting.site.letters)
