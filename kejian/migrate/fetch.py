"""`import --fetch`: downloads pictures that decks show from other hosts, each once, and has decks show the copies."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import quote, unquote, urlsplit

from kejian.core.addresses import shown
from kejian.core.diagnostics import Diagnostic, Span, warning
from kejian.core.progress import Progress, counted
from kejian.migrate.blocks import Fence, elements
from kejian.parse.lines import frontmatter

FOLDER = "assets"
"""Where downloaded pictures are kept, relative to the course; the editor's own folder for pictures."""

_URL = r"https?://[^\s\"'<>]{1,4000}"
_TARGET = re.compile(
    rf"!\[[^\[\]\n]{{0,1000}}\]\(\s{{0,9}}<?(?P<a>{_URL}?)>?(?=[\s)])"
    rf"|\b(?:src|poster|data-background(?:-image)?)\s{{0,9}}=\s{{0,9}}[\"'](?P<b>{_URL})[\"']"
    rf"|@import\s{{1,9}}\"(?P<c>{_URL}\.(?:png|jpe?g|gif|svg|webp|avif|bmp))\"",
    re.IGNORECASE,
)
_ENDINGS: Mapping[str, str] = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/svg+xml": ".svg",
    "image/webp": ".webp",
    "image/avif": ".avif",
    "image/bmp": ".bmp",
}
_MOST = 32 * 2**20
"""Bytes of a picture: more than any slide shows."""
_SECONDS = 30
_AT_ONCE = 4


class NotFetchedError(Exception):
    """A picture that no host gave; the text says why."""


@dataclass(frozen=True, slots=True)
class RemotePicture:
    """A picture of another host, `url`, at `start` of line `number`, both counted from 0, up to `end`."""

    url: str
    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedPictures:
    """Downloaded pictures: their paths in the course by address, their bytes by path, and why others are missing."""

    paths: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)

    def rewritten(self, text: str, deck: str) -> str:
        """Return a deck's text with the copies in the place of the pictures that were downloaded."""
        lines = text.split("\n")
        for one in reversed(list(remote(lines, deck))):
            if one.url in self.paths:
                line, to = lines[one.number], posixpath.relpath(self.paths[one.url], posixpath.dirname(deck) or ".")
                lines[one.number] = line[: one.start] + quote(to) + line[one.end :]
        return "\n".join(lines)

    def new(self) -> Iterator[tuple[str, None, bytes]]:
        """Yield the new files, as changes of a course are made of."""
        return ((path, None, data) for path, data in self.files.items())

    def settles(self, found: Diagnostic) -> bool:
        """Return whether a finding is about a picture that was asked for: it is there, or has a finding of its own."""
        asked = {*self.paths, *self.refused}
        return found.code.startswith("remote-") and any(shown(url) in found.message for url in asked)

    def findings(self, text: str, deck: str) -> Iterator[Diagnostic]:
        """Yield a warning for each picture of a deck that could not be downloaded."""
        for one in remote(text.split("\n"), deck):
            if why := self.refused.get(one.url):
                span = Span(deck, one.number + 1, one.start + 1)
                hint = "save it into the course by hand, and write its path here"
                yield warning("not-fetched", span, f"{unquote(one.url)[:200]} was not downloaded: {why}", hint)


def remote(lines: Sequence[str], deck: str) -> Iterator[RemotePicture]:
    """Yield the pictures of other hosts in a deck, but for those in code."""
    plain = [line.removesuffix("\r") for line in lines]
    found = elements(plain, frontmatter.read("\n".join(plain), deck).lines)
    code = {n for one in found if isinstance(one, Fence) for n in range(one.first, one.end)}
    for number, line in enumerate(plain):
        for match in _TARGET.finditer(line) if number not in code else ():
            group = match.lastgroup or "a"
            yield RemotePicture(unescape(match[group]), number, *match.span(group))


def hosts(urls: Collection[str]) -> str:
    """List the hosts of addresses, with how many each has: `example.org (2), …`."""
    each = Counter(urlsplit(url).netloc for url in urls)
    return ", ".join(f"{host} ({number})" for host, number in sorted(each.items()))


def fetched(urls: Collection[str], files: Collection[str], progress: Progress) -> FetchedPictures:
    """Download pictures, each once. files: the paths of the course's files, none of which is replaced."""
    wanted = list(dict.fromkeys(urls))
    if not wanted:
        return FetchedPictures()
    progress(f"downloading {counted(len(wanted), 'picture')} of {hosts(wanted)}")
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        answers = dict(zip(wanted, pool.map(_answer, wanted), strict=True))
    paths: dict[str, str] = {}
    kept: dict[str, bytes] = {}
    for url, (data, ending, _) in answers.items():
        if data:
            paths[url] = path = _path(url, ending, {*files, *kept})
            kept[path] = data
    return FetchedPictures(paths=paths, files=kept, refused={url: why for url, (_, _, why) in answers.items() if why})


def _answer(url: str) -> tuple[bytes, str, str]:
    """Return a picture's bytes and the ending of its name, or why there is none."""
    try:
        return (*_downloaded(url), "")
    except (NotFetchedError, OSError, ValueError) as e:
        why = getattr(e, "reason", e)
        return b"", "", str(getattr(why, "strerror", None) or why)


def _downloaded(url: str) -> tuple[bytes, str]:
    from urllib.request import Request, urlopen  # only where a network is asked for

    request = Request(_ascii(url), headers={"User-Agent": "kejian", "Accept": "image/*"})  # noqa: S310 -- http(s) alone
    with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
        kind = answer.headers.get_content_type()
        if kind not in _ENDINGS:
            raise NotFetchedError(f"the host answers with {kind}, which is no picture")
        data = answer.read(_MOST + 1)
    if not data or len(data) > _MOST:
        raise NotFetchedError("it is empty" if not data else f"it has more than {_MOST >> 20} MB")
    return data, _ENDINGS[kind]


def _ascii(url: str) -> str:
    """Return an address as a request may hold it: letters of other alphabets coded."""
    return quote(url, safe="%/:=&?~#+!$,;'@()*[]")


def _path(url: str, ending: str, taken: Collection[str]) -> str:
    """Return a new path for a picture: the name that it has on its host, with the ending of what it is."""
    name = unquote(posixpath.basename(urlsplit(url).path))
    stem = re.sub(r"[^\w.-]+", "-", posixpath.splitext(name)[0]).strip("-.")[:60] or "picture"
    path = f"{FOLDER}/{stem}{ending}"
    return path if path not in taken else f"{FOLDER}/{stem}-{hashlib.sha256(url.encode()).hexdigest()[:8]}{ending}"
