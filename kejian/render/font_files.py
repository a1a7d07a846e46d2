"""The font files that a site's fonts are cut from: which there are, what they cover, and what is in them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from kejian.core.disk.cached import decoded
from kejian.core.disk.store import Store, digest
from kejian.core.progress import Progress, begin
from kejian.core.toolchain import Toolchain

SANS, MONO, WIDE = "Kejian Sans", "Kejian Mono", "Kejian Wide"
_WEIGHTS = (400, 700)
"""Of Sans."""

VERSION = "3"
"""Part of the key of what is kept: raise it when fonts are cut in another way."""

_SANS_FILES = "@fontsource/noto-sans-sc/files"
KOREAN_FILES = "@fontsource-variable/noto-sans-kr/files"
_MONO_FILES = "@fontsource/jetbrains-mono/files"
_KOREAN = frozenset(
    map(chr, [*range(0x1100, 0x1200), *range(0x3130, 0x3190), *range(0xA960, 0xA980), *range(0xAC00, 0xD800)])
)


def unpack(tools: Toolchain, progress: Progress) -> None:
    """Decompress the large fonts during set-up, which takes seconds; otherwise the first build has to."""
    files = [common_file(weight) for weight in _WEIGHTS]
    if all(store.has(key) for store, key in (_unpacked(tools, file) for file in files)):
        return
    task = begin(progress, "unpacking fonts", len(files))
    for file in files:
        sfnt(tools, file)
        task.advance()
    task.end()


def shares(tools: Toolchain, family: str, weight: int, wanted: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield font files that together cover `wanted` as far as possible, with the characters to use of each.

    The first is the family's own.
    """
    for number, (file, cut_for) in enumerate(_files(tools, family, weight)):
        if cut_for is not None and not wanted & cut_for:
            continue  # without unpacking it
        used = wanted & covered(tools, file)
        if used or number == 0:
            yield file, used or frozenset(" ")
        wanted -= used
        if not wanted:
            return


def _files(tools: Toolchain, family: str, weight: int) -> Iterator[tuple[str, frozenset[str] | None]]:
    """Yield the woff2 files of a family, best first, each with its coverage if that is known without opening it.

    Slices with the rarest characters come last, and their coverage is read only when needed.
    """
    if family != MONO:
        yield common_file(weight), None
        yield f"{_SANS_FILES}/noto-sans-sc-latin-ext-{weight}-normal.woff2", None
        for name, cut_for in _slices(tools, _SANS_FILES).items():
            yield f"{_SANS_FILES}/noto-sans-sc-{name}-{weight}-normal.woff2", cut_for
        for name, cut_for in _slices(tools, KOREAN_FILES).items():
            yield f"{KOREAN_FILES}/noto-sans-kr-{name}-wght-normal.woff2", cut_for & _KOREAN
    for part in ("latin", "latin-ext", "greek"):
        yield f"{_MONO_FILES}/jetbrains-mono-{part}-{weight}-normal.woff2", None


def common_file(weight: int) -> str:
    """Return the file of Sans with the common characters."""
    return f"{_SANS_FILES}/noto-sans-sc-chinese-simplified-{weight}-normal.woff2"


@cache
def _slices(tools: Toolchain, files: str) -> Mapping[str, frozenset[str]]:
    """Map the number of each slice of a font to its coverage; the last is the commonest."""
    ranges = json.loads((tools.module(files).parent / "unicode.json").read_bytes())
    numbered = {int(name[1:-1]): _ranged(text) for name, text in ranges.items() if name.startswith("[")}
    return {str(number): numbered[number] for number in sorted(numbered, reverse=True)}


def _ranged(text: str) -> frozenset[str]:
    """Parse a CSS `unicode-range`."""
    ends = [part.strip()[2:].split("-") for part in text.split(",")]
    return frozenset(chr(code) for pair in ends for code in range(int(pair[0], 16), int(pair[-1], 16) + 1))


@cache
def covered(tools: Toolchain, file: str) -> frozenset[str]:
    """Return the characters that a font covers; cached, since every build asks and opening a font is slow."""
    store, key = Store(tools.cache / "characters"), digest("characters", VERSION, file)
    kept = decoded(store, key, bytes.decode)
    if kept is None:
        with opened(BytesIO(sfnt(tools, file)), lazy=True) as font:
            kept = "".join(map(chr, sorted(font.getBestCmap() or ())))
        store.offer(key, kept.encode())
    return frozenset(kept)


@cache
def sfnt(tools: Toolchain, file: str) -> bytes:
    """Return the uncompressed font; cached, since decompressing a large one takes more than a second."""
    store, key = _unpacked(tools, file)
    kept = store.get(key)
    if kept is None:
        kept = _decompressed(tools.module(file))
        store.offer(key, kept)
    return kept


def _unpacked(tools: Toolchain, file: str) -> tuple[Store, str]:
    """Return the cache, and the key under which the uncompressed font is kept."""
    return Store(tools.cache / "unpacked"), digest("unpacked", VERSION, file)


def _decompressed(file: Path) -> bytes:
    with opened(file) as font:
        font.flavor = None
        out = BytesIO()
        font.save(out)
    return out.getvalue()


def opened(file: Path | BytesIO, *, lazy: bool = False) -> Any:  # noqa: ANN401 -- publishes no types
    """Open a font; fontTools is imported here since most builds cut no fonts."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # publishes no types

    return TTFont(file, recalcTimestamp=False, recalcBBoxes=False, lazy=lazy)
