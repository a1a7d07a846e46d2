"""The search index of a site: what can be found on its pages, kept as long as they stay the same."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import msgspec

from kejian.memo import Built, Kept, Memo, generator, kept
from kejian.model import Page
from kejian.page import passages, render
from kejian.page.passages import Passage, Searched
from kejian.spread import spread
from kejian.store import digest

PATH = f"{render.SHARED}/passages.js"

_MUCH = 2 * 2**20
"""Bytes of pages that are worth more than one process: they take a tenth of a second to look through."""


def search_index(built: Sequence[Built], memo: Memo, *, quick: bool = False) -> Kept:
    """The index of the pages `built`, whose content `memo` keeps; `quick` takes one that was made of other pages."""
    key = digest("search", generator(), *(part for file in built for part in (file.page, file.digest, file.title)))
    last = digest("last search", str(sorted(file.page for file in built)))
    found = _known(memo, key) or (_known(memo, last) if quick else None)
    if found is None:
        page = Page(PATH, script(built, memo))
        found = kept(page)
        memo.keep(found, page.data)
        for name in (key, last):
            memo.store.put(name, msgspec.msgpack.encode(found))
    return found


def script(built: Sequence[Built], memo: Memo) -> bytes:
    """The index itself, see `passages.script`."""
    new = [0 if memo.store.has(_key(file)) else file.size for file in built]
    found = spread(partial(_passages, memo), built, new, _MUCH)
    return passages.script(
        Searched(file.page, file.title, bool(file.slides), own) for file, own in zip(built, found, strict=True)
    )


def _known(memo: Memo, key: str) -> Kept | None:
    data = memo.store.get(key)
    found = msgspec.msgpack.decode(data, type=Kept) if data else None
    return found if found and memo.holds(found) else None


def _passages(memo: Memo, file: Built) -> tuple[Passage, ...]:
    """What is on a page, parsed once."""
    data = memo.store.get(_key(file))
    if data is None:
        found = passages.passages(memo.content(file.kept[0]).decode())
        memo.store.put(_key(file), msgspec.msgpack.encode(found))
        return found
    return msgspec.msgpack.decode(data, type=tuple[Passage, ...])


def _key(file: Built) -> str:
    return digest("passages", generator(), file.digest)
