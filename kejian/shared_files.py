"""The files that all pages of a site share: reveal.js and the theme, the fonts cut to the course, the index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kejian.makers import icons
from kejian.memo import Built, generator
from kejian.model import Page
from kejian.page import fonts, render
from kejian.setting import Setting
from kejian.store import Store, digest

INDEX = "index.html"


def shared_files(built: Sequence[Built], setting: Setting, store: Store, *, quick: bool = False) -> Iterator[Page]:
    """The shared files of the site that holds the pages `built`; `quick` takes fonts that were cut for other pages."""
    yield from _index(built, setting)
    yield from theme_files(setting, notes=any(file.notes for file in built))
    yield Page(f"{render.SHARED}/icons.LICENSE.txt", f"{icons.NOTICE}\n".encode())
    yield Page(f"{render.SHARED}/fonts.css", _fonts(_characters(built, setting), setting, store, quick=quick))


def theme_files(setting: Setting, *, notes: bool) -> list[Page]:
    """Style sheets and scripts, with those of reveal.js; `notes`: also of its speaker view."""
    return render.assets(setting.site, setting.tools.folder / "node_modules", notes=notes)


def behind(built: Sequence[Built], setting: Setting, store: Store) -> bool:
    """Whether a quick build would show characters in fonts that were cut for others."""
    return not store.has(_key(_characters(built, setting), setting))


def _index(built: Sequence[Built], setting: Setting) -> list[Page]:
    """The list of decks, unless the course has a page of its own there."""
    if INDEX in {file.page for file in built}:
        return []
    entries = [render.Entry(file.source, file.title, file.slides, file.headings) for file in built]
    return [render.index(entries, setting.site)]


def _characters(built: Sequence[Built], setting: Setting) -> str:
    pages = [file.characters for file in built] + [page.data.decode() for page in _index(built, setting)]
    return "".join(sorted(set("".join(pages))))


def _fonts(characters: str, setting: Setting, store: Store, *, quick: bool) -> bytes:
    last = digest("last fonts", setting.tools.lock)
    if store.has(_key(characters, setting)):
        return cut_fonts(characters, setting, store)
    css = store.get(last) if quick else None
    if css is None:
        css = cut_fonts(characters, setting, store)
        store.put(last, css)
    return css


def cut_fonts(characters: str, setting: Setting, store: Store) -> bytes:
    """The style sheet with the fonts, cut down to these characters."""
    key = _key(characters, setting)
    css = store.get(key)
    if css is None:
        css = fonts.css(setting.tools, characters).encode()
        store.put(key, css)
    return css


def _key(characters: str, setting: Setting) -> str:
    return digest("fonts", setting.tools.lock, generator(), characters)
