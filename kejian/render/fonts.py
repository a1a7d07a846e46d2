"""The fonts of a site, subset to the characters that it uses, as `@font-face` rules with embedded data.

They are embedded because some browsers load no font files for a page opened from a folder. Sans is Noto Sans SC (common
characters in one file, the rest in a hundred slices), Mono is JetBrains Mono, which also provides Greek letters for
Sans. Wide is Sans for Chinese in listings and outputs, as large as two letters of Mono. All are under the SIL Open Font
License 1.1.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from kejian.core.disk.cached import decoded
from kejian.core.disk.store import Store, digest
from kejian.core.parallel import spread
from kejian.core.progress import Progress, begin
from kejian.core.toolchain import Toolchain

SANS, MONO, WIDE = "Kejian Sans", "Kejian Mono", "Kejian Wide"
WEIGHTS = {SANS: (400, 700), MONO: (400,), WIDE: (400,)}
_SIZED = {WIDE: "size-adjust:120%;"}
"""A letter of Mono is 0.6 em wide and a Chinese character 1 em, but programs align two letters with one character."""
FEATURES = frozenset({"calt", "ccmp", "chws", "halt", "kern", "liga", "locl", "mark", "mkmk"})
"""Layout features that are kept, among them those that squeeze Chinese punctuation; forms for vertical text are not."""

_MANY = 60
"""Characters that are worth more than one process."""

VERSION = "2"
"""Part of the key of what is kept: raise it when fonts are cut in another way."""

NOTICE = (
    "/* Noto Sans SC: Copyright 2014-2021 Adobe, with Reserved Font Name 'Source'. JetBrains Mono: Copyright 2020 The"
    " JetBrains Mono Project Authors. Both subset, under the SIL Open Font License 1.1. */\n"
)

_SANS_FILES = "@fontsource/noto-sans-sc/files"
_MONO_FILES = "@fontsource/jetbrains-mono/files"
_BLANK = frozenset(map(chr, [*range(0x20), *range(0x7F, 0xA0), 0xAD, 0x2028, 0x2029, 0xFEFF, *range(0xE000, 0xF900)]))
_JOINERS = frozenset("\u200b\u200c\u200d\u2060\ufe0e\ufe0f")


def unpack(tools: Toolchain, progress: Progress) -> None:
    """Decompress the large fonts during set-up, which takes seconds; otherwise the first build has to."""
    files = [_common_file(weight) for weight in WEIGHTS[SANS]]
    if all(store.has(key) for store, key in (_unpacked(tools, file) for file in files)):
        return
    task = begin(progress, "unpacking fonts", len(files))
    for file in files:
        _sfnt(tools, file)
        task.advance()
    task.end()


def css(tools: Toolchain, chars: Iterable[str], aligned: Iterable[str] = ()) -> str:
    """Return the `@font-face` rules of all families for the characters `chars`; deterministic.

    aligned: the wide characters in listings and outputs.
    """
    wanted = {SANS: frozenset(chars) - _BLANK, MONO: frozenset(chars) - _BLANK, WIDE: frozenset(aligned)}
    cuts = [
        _Cut(family, weight, file, used, number == 0)
        for family, weights in WEIGHTS.items()
        if wanted[family] or family != WIDE
        for weight in weights
        for number, (file, used) in enumerate(_shares(tools, family, weight, wanted[family]))
    ]
    return NOTICE + "".join(spread(partial(_rule, tools), cuts, [len(cut.used) for cut in cuts], _MANY))


def letters(tools: Toolchain, chars: Iterable[str], weight: int = WEIGHTS[SANS][0]) -> tuple[str, str]:
    """A small font for what a page shows first: the CSS `unicode-range` of those of `chars` it draws, and its base64.

    Sans in one of its weights, from its common characters; both are empty where it draws none of them.
    """
    file = _common_file(weight)
    used = (frozenset(chars) - _BLANK) & _covered(tools, file)
    return (_range(used), base64.b64encode(subset(_sfnt(tools, file), used)).decode()) if used else ("", "")


def remembered(tools: Toolchain, store: Store) -> Callable[[str, int], tuple[str, str]]:
    """`letters`, which keeps what it has made: opening the font they are cut from takes longer than a build may."""

    def known(chars: str, weight: int = WEIGHTS[SANS][0]) -> tuple[str, str]:
        key = digest("letters", VERSION, tools.lock, chars, str(weight))
        kept = decoded(store, key, bytes.decode)
        if kept is None:
            kept = "\n".join(letters(tools, chars, weight))
            store.put(key, kept.encode())
        only, _, data = kept.partition("\n")
        return only, data

    return known


def missing(tools: Toolchain, chars: Iterable[str]) -> set[str]:
    """Return the characters that no shipped font covers."""
    left = frozenset(chars) - _BLANK - _JOINERS
    store, key = Store(tools.cache / "characters"), digest("undrawn", VERSION, *sorted(left))
    kept = decoded(store, key, bytes.decode)
    if kept is None:
        for _, used in _shares(tools, SANS, WEIGHTS[SANS][0], left):
            left -= used
        kept = "".join(sorted(left))
        store.offer(key, kept.encode())
    return set(kept)


def subset(sfnt: bytes, chars: frozenset[str]) -> bytes:
    """Subset a font to `chars` and compress it as woff2: the same bytes for the same input on every machine."""
    import uharfbuzz as hb

    request = hb.SubsetInput()
    request.unicode_set.update(map(ord, chars))
    request.layout_feature_tag_set.clear()
    request.layout_feature_tag_set.update(map(_tag, FEATURES))
    request.drop_table_tag_set.update(map(_tag, ("vhea", "vmtx", "STAT")))
    request.flags = hb.SubsetFlags.NO_HINTING
    cut = hb.subset(hb.Face(sfnt), request).blob.data
    font = _opened(BytesIO(cut))
    font.flavor = "woff2"
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def _opened(file: Path | BytesIO, *, lazy: bool = False) -> Any:  # noqa: ANN401 -- publishes no types
    """Open a font; fontTools is imported here since most builds cut no fonts."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # publishes no types

    return TTFont(file, recalcTimestamp=False, recalcBBoxes=False, lazy=lazy)


def _tag(name: str) -> int:
    return int.from_bytes(name.encode())


class _Cut(NamedTuple):
    """A subset of a font file with the characters `used`. first: it is the fallback of its family."""

    family: str
    weight: int
    file: str
    used: frozenset[str]
    first: bool


def _rule(tools: Toolchain, cut: _Cut) -> str:
    """Return one `@font-face`; of two rules of the same name browsers prefer the later for characters in its range."""
    only = "" if cut.first else f"unicode-range:{_range(cut.used)};"
    sized = _SIZED.get(cut.family, "")
    data = base64.b64encode(subset(_sfnt(tools, cut.file), cut.used)).decode()
    return (
        f'@font-face{{font-family:"{cut.family}";font-weight:{cut.weight};font-display:block;{only}{sized}'
        f'src:url("data:font/woff2;base64,{data}") format("woff2")}}\n'
    )


def _range(chars: frozenset[str]) -> str:
    return ",".join(f"U+{ord(char):X}" for char in sorted(chars))


def _shares(tools: Toolchain, family: str, weight: int, wanted: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield font files that together cover `wanted` as far as possible, with the characters to use of each.

    The first is the family's own.
    """
    for number, (file, cut_for) in enumerate(_files(tools, family, weight)):
        if cut_for is not None and not wanted & cut_for:
            continue  # without unpacking it
        used = wanted & _covered(tools, file)
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
        yield _common_file(weight), None
        yield f"{_SANS_FILES}/noto-sans-sc-latin-ext-{weight}-normal.woff2", None
        for name, cut_for in _slices(tools).items():
            yield f"{_SANS_FILES}/noto-sans-sc-{name}-{weight}-normal.woff2", cut_for
    for part in ("latin", "latin-ext", "greek"):
        yield f"{_MONO_FILES}/jetbrains-mono-{part}-{weight}-normal.woff2", None


def _common_file(weight: int) -> str:
    return f"{_SANS_FILES}/noto-sans-sc-chinese-simplified-{weight}-normal.woff2"


@cache
def _slices(tools: Toolchain) -> Mapping[str, frozenset[str]]:
    """Map each slice's number to its coverage; the last is the commonest."""
    ranges = json.loads((tools.module(_SANS_FILES).parent / "unicode.json").read_bytes())
    numbered = {int(name[1:-1]): _ranged(text) for name, text in ranges.items() if name.startswith("[")}
    return {str(number): numbered[number] for number in sorted(numbered, reverse=True)}


def _ranged(text: str) -> frozenset[str]:
    """Parse a CSS `unicode-range`."""
    ends = [part.strip()[2:].split("-") for part in text.split(",")]
    return frozenset(chr(code) for pair in ends for code in range(int(pair[0], 16), int(pair[-1], 16) + 1))


@cache
def _covered(tools: Toolchain, file: str) -> frozenset[str]:
    """Return the characters that a font covers; cached, since every build asks and opening a font is slow."""
    store, key = Store(tools.cache / "characters"), digest("characters", VERSION, file)
    kept = decoded(store, key, bytes.decode)
    if kept is None:
        with _opened(BytesIO(_sfnt(tools, file)), lazy=True) as font:
            kept = "".join(map(chr, sorted(font.getBestCmap() or ())))
        store.offer(key, kept.encode())
    return frozenset(kept)


@cache
def _sfnt(tools: Toolchain, file: str) -> bytes:
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
    with _opened(file) as font:
        font.flavor = None
        out = BytesIO()
        font.save(out)
    return out.getvalue()
