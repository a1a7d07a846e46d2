"""What a build remembers of each file, so that an unchanged file is neither parsed nor drawn again."""

from __future__ import annotations

import re
import sys
import sysconfig
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import msgspec

from kejian.diagnostics import Diagnostic
from kejian.folder import Folder
from kejian.model import Page
from kejian.store import Store, digest


@dataclass(frozen=True, slots=True)
class Kept:
    """A published file whose content the store keeps under its digest. path: in the site. size: in bytes."""

    path: str
    digest: str
    size: int


def kept(page: Page) -> Kept:
    """The page without its content."""
    return Kept(page.path, sha256(page.data).hexdigest(), len(page.data))


@dataclass(frozen=True, slots=True)
class Built:
    """A file that was built: its page, what the index says of it, what it needs, and what it was made from.

    page, digest, size: the page's path in the site and its content. beside: what else it became, a notebook for one.
    reads: what `Folder.reads` held. day: when something was missing on this machine, the day on which that holds.
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
    assets: tuple[str, ...]
    links: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    reads: Mapping[str, str]
    beside: tuple[Kept, ...] = ()
    day: str = ""

    @property
    def kept(self) -> tuple[Kept, ...]:
        """All that it became, its page first."""
        return Kept(self.page, self.digest, self.size), *self.beside


class LostPageError(FileNotFoundError):
    """A page that the cache held is damaged or gone: its entry has been removed, and another build draws it anew."""


@dataclass(frozen=True, slots=True)
class Memo:
    """Remembers built files in the store, under what they were built with (`setting`).

    wary: each page that the store holds is read before it is relied on.
    """

    store: Store
    setting: str
    today: str
    wary: bool = False

    def recall(self, source: str, folder: Folder) -> Built | None:
        """The file as it was built last, if a build would read the same again and its page is still known."""
        data = self.store.get(self._key(source))
        built = _DECODER.decode(data) if data else None
        if built and built.day not in ("", self.today):
            return None
        if built and folder.unchanged(built.reads) and all(map(self.holds, built.kept)):
            return built
        return None

    def keep(self, page: Kept, data: bytes) -> None:
        """Keep the page's content."""
        self.store.put(page_key(page.digest), data)

    def remember(self, built: Built) -> None:
        """Keep the file, whose pages have been kept."""
        self.store.put(self._key(built.source), msgspec.msgpack.encode(built))

    def holds(self, page: Kept) -> bool:
        """Whether the page's content is still known."""
        key = page_key(page.digest)
        return self.store.has(key) and not (self.wary and self.store.get(key) is None)

    def content(self, page: Kept) -> bytes:
        """The page's bytes; raises `LostPageError` where they are damaged, or another build has just removed them."""
        data = self.store.get(page_key(page.digest))
        if data is None:
            raise LostPageError(None, "the cache lost a page; build again", page.path)
        return data

    def _key(self, source: str) -> str:
        return digest("built", self.setting, source)


_DRAWN_WITH = ("markdown-it-py", "mdit-py-plugins", "linkify-it-py", "jinja2", "pygments", "nh3", "selectolax")
_DECODER = msgspec.msgpack.Decoder(Built)


def page_key(content: str) -> str:
    """Where the store keeps the page whose content has this digest."""
    return digest("page", content)


@cache
def installed() -> str:
    """Changes whenever a package is installed, removed or upgraded: what examples import may be another version."""
    return str(Path(sysconfig.get_path("purelib")).stat().st_mtime_ns)


@cache
def generator() -> str:
    """The version of everything a page is made by: this package's own files and the packages it draws with."""
    here = Path(__file__).parent
    own = sorted(path for path in here.rglob("*") if path.suffix in (".py", ".mjs", ".json"))
    total = sha256()
    for path in own:
        total.update(path.relative_to(here).as_posix().encode() + b"\0" + path.read_bytes())
    known = _versions()
    return digest(total.hexdigest(), *(known.get(name) or _version(name) for name in _DRAWN_WITH))


def _versions() -> Mapping[str, str]:
    """The versions of what is installed, by the names of its folders as PyPA's "Recording installed projects" has them.

    Python's own `importlib.metadata` reads all that a package says of itself, and takes longer than drawing a page.
    """
    found: dict[str, str] = {}
    for folder in reversed(sys.path):
        with suppress(OSError):  # an archive, or nothing at all
            for path in Path(folder).glob("*-*.dist-info"):
                name, _, version = path.stem.rpartition("-")
                found[re.sub(r"[-_.]+", "-", name).lower()] = version
    return found


def _version(name: str) -> str:
    """The version of a package that was installed in another way."""
    from importlib import metadata

    return metadata.version(name)
