"""The files that all pages of a site share: reveal.js and the theme, the fonts cut to the course, the index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kejian import fonts, render
from kejian.makers import highlight
from kejian.memo import Built
from kejian.model import Page
from kejian.setting import Setting
from kejian.store import Store, digest

INDEX = "index.html"


def shared_files(built: Sequence[Built], setting: Setting, store: Store) -> Iterator[Page]:
    """The shared files of the site that holds the pages `built`."""
    pages = {file.page for file in built}
    characters = set("".join(file.characters for file in built))
    if INDEX not in pages:
        entries = [render.Entry(file.source, file.title, file.slides, file.headings) for file in built]
        index = render.index(entries, setting.site)
        characters.update(index.data.decode())
        yield index
    styles = highlight.css(":root", "light") + highlight.css("[data-theme=dark]", "dark")
    modules = setting.tools.folder / "node_modules"
    yield from render.assets(setting.site, modules, notes=any(file.notes for file in built), styles=styles)
    yield Page(f"{render.SHARED}/fonts.css", _fonts(characters, setting, store))


def _fonts(characters: set[str], setting: Setting, store: Store) -> bytes:
    text = "".join(sorted(characters))
    key = digest("fonts", setting.tools.lock, setting.digest, text)
    css = store.get(key)
    if css is None:
        css = fonts.css(setting.tools, text).encode()
        store.put(key, css)
    return css
