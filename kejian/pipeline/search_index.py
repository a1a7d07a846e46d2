"""The search index of a site, cached until one of its pages changes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import msgspec

from kejian.core.disk.cached import decoded
from kejian.core.disk.store import digest
from kejian.core.model import Page
from kejian.core.parallel import spread
from kejian.pipeline.page_cache import BlobRef, CachedPage, PageCache, generator
from kejian.render import pages, search_text
from kejian.render.search_text import SearchPage, SearchPassage

PATH = f"{pages.SHARED}/passages.js"

_MUCH = 2 * 2**20
"""Bytes of pages that are worth more than one process: they take a tenth of a second to look through."""


def search_index(built: Sequence[CachedPage], memo: PageCache, *, fast: bool = False) -> BlobRef:
    """Return the index of the pages `built`, whose content is in `memo`; `fast` accepts an index of other pages."""
    key = digest("search", generator(), *(part for file in built for part in (file.page, file.digest, file.title)))
    last = digest("last search", str(sorted(file.page for file in built)))
    found = memo.find(key) or (memo.find(last) if fast else None)
    return found or memo.keep_as(Page(PATH, script(built, memo)), key, last)


def script(built: Sequence[CachedPage], memo: PageCache) -> bytes:
    """Return the index script, see `search_text.script`."""
    new = [0 if memo.store.has(_key(file)) else file.size for file in built]
    found = spread(partial(_passages, memo), built, new, _MUCH)
    return search_text.script(
        SearchPage(file.page, file.title, bool(file.slides), own) for file, own in zip(built, found, strict=True)
    )


def _passages(memo: PageCache, file: CachedPage) -> tuple[SearchPassage, ...]:
    """Return a page's passages, which are cached."""
    known = decoded(memo.store, _key(file), _PASSAGES.decode)
    if known is not None:
        return known
    found = search_text.passages(memo.content(file.kept[0]).decode())
    keep(found, file, memo)
    return found


def keep(found: Sequence[SearchPassage], file: CachedPage, memo: PageCache) -> None:
    """Store a page's passages."""
    memo.store.put(_key(file), msgspec.msgpack.encode(found))


def _key(file: CachedPage) -> str:
    return digest("passages", generator(), file.digest)


_PASSAGES = msgspec.msgpack.Decoder(tuple[SearchPassage, ...])
