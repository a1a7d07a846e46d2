"""The fonts of a site, subset to the characters that it uses, as `@font-face` rules with embedded data.

They are embedded because some browsers load no font files for a page opened from a folder. Sans is Noto Sans SC (common
characters in one file, the rest in a hundred slices) and for Korean Noto Sans KR (a variable font in slices), Mono is
JetBrains Mono, which also provides Greek letters for Sans. Wide is Sans for Chinese and Korean in listings and outputs,
as large as two letters of Mono. All are under the SIL Open Font License 1.1.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable
from functools import partial
from io import BytesIO
from typing import NamedTuple

from kejian.core.disk.cached import decoded
from kejian.core.disk.store import Store, digest
from kejian.core.parallel import spread
from kejian.core.toolchain import Toolchain
from kejian.render import font_files
from kejian.render.font_files import MONO, SANS, WIDE

WEIGHTS = {SANS: (400, 700), MONO: (400,), WIDE: (400,)}
_LETTER, _HANGUL = 0.6, 0.92
"""Widths of a letter of Mono and of a Korean syllable, in em; programs align two letters with one character."""
FEATURES = frozenset({"calt", "ccmp", "chws", "halt", "kern", "liga", "locl", "mark", "mkmk"})
"""Layout features that are kept, among them those that squeeze Chinese punctuation; forms for vertical text are not."""

_MANY = 60
"""Characters that are worth more than one process."""

NOTICE = (
    "/* Noto Sans SC, Noto Sans KR: Copyright 2014-2021 Adobe, with Reserved Font Name 'Source'. JetBrains Mono:"
    " Copyright 2020 The JetBrains Mono Project Authors. All subset, under the SIL Open Font License 1.1. */\n"
)

_BLANK = frozenset(map(chr, [*range(0x20), *range(0x7F, 0xA0), 0xAD, 0x2028, 0x2029, 0xFEFF, *range(0xE000, 0xF900)]))
_JOINERS = frozenset("\u200b\u200c\u200d\u2060\ufe0e\ufe0f")


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
        for number, (file, used) in enumerate(font_files.shares(tools, family, weight, wanted[family]))
    ]
    return NOTICE + "".join(spread(partial(_rule, tools), cuts, [len(cut.used) for cut in cuts], _MANY))


def letters(tools: Toolchain, chars: Iterable[str], weight: int = WEIGHTS[SANS][0]) -> tuple[str, str]:
    """A small font for what a page shows first: the CSS `unicode-range` of those of `chars` it draws, and its base64.

    Sans in one of its weights, from its common characters; both are empty where it draws none of them.
    """
    file = font_files.common_file(weight)
    used = (frozenset(chars) - _BLANK) & font_files.covered(tools, file)
    return (
        (_range(used), base64.b64encode(subset(font_files.sfnt(tools, file), used, weight)).decode())
        if used
        else ("", "")
    )


def remembered(tools: Toolchain, store: Store) -> Callable[[str, int], tuple[str, str]]:
    """`letters`, which keeps what it has made: opening the font they are cut from takes longer than a build may."""

    def known(chars: str, weight: int = WEIGHTS[SANS][0]) -> tuple[str, str]:
        key = digest("letters", font_files.VERSION, tools.lock, chars, str(weight))
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
    store, key = Store(tools.cache / "characters"), digest("undrawn", font_files.VERSION, *sorted(left))
    kept = decoded(store, key, bytes.decode)
    if kept is None:
        for _, used in font_files.shares(tools, SANS, WEIGHTS[SANS][0], left):
            left -= used
        kept = "".join(sorted(left))
        store.offer(key, kept.encode())
    return set(kept)


def subset(sfnt: bytes, chars: frozenset[str], weight: int) -> bytes:
    """Subset a font to `chars`, a variable one also to its `weight`, and compress it as woff2: the same bytes for the
    same input on every machine.
    """
    import uharfbuzz as hb

    request, face = hb.SubsetInput(), hb.Face(sfnt)
    if face.has_var_data:
        request.pin_axis_location(face, "wght", weight)
    request.unicode_set.update(map(ord, chars))
    request.layout_feature_tag_set.clear()
    request.layout_feature_tag_set.update(map(_tag, FEATURES))
    request.drop_table_tag_set.update(map(_tag, ("vhea", "vmtx", "STAT")))
    request.flags = hb.SubsetFlags.NO_HINTING
    cut = hb.subset(face, request).blob.data
    font = font_files.opened(BytesIO(cut))
    font.flavor = "woff2"
    out = BytesIO()
    font.save(out)
    return out.getvalue()


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
    wide = _HANGUL if cut.file.startswith(font_files.KOREAN_FILES) else 1
    sized = f"size-adjust:{200 * _LETTER / wide:.6g}%;" if cut.family == WIDE else ""
    data = base64.b64encode(subset(font_files.sfnt(tools, cut.file), cut.used, cut.weight)).decode()
    return (
        f'@font-face{{font-family:"{cut.family}";font-weight:{cut.weight};font-display:block;{only}{sized}'
        f'src:url("data:font/woff2;base64,{data}") format("woff2")}}\n'
    )


def _range(chars: frozenset[str]) -> str:
    return ",".join(f"U+{ord(char):X}" for char in sorted(chars))
