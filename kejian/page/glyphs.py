"""Characters that no shipped font draws: a reader without such a font sees boxes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from kejian.diagnostics import Diagnostic, Span, warning
from kejian.folder import Folder, Unreadable
from kejian.page import fonts
from kejian.toolchain import Toolchain

_HIDDEN = re.compile(r"<math\b.*?</math>| data-tex=\"[^\"]*\"", re.DOTALL)
_EMOJI = (range(0x2600, 0x27C0), range(0x1F000, 0x20000))
"""Every phone and desktop draws these by itself, in colour."""


def shown(page: str) -> str:
    """The characters of a page's text, sorted: without the MathML that readers hear and nobody sees."""
    mark = "<section " if "<section " in page else ""
    return "".join(sorted(frozenset(mark).union(*map(_shown, page.split("<section ")))))


@lru_cache(maxsize=1024)
def _shown(part: str) -> frozenset[str]:
    return frozenset(_HIDDEN.sub("", part))


def undrawn(path: str, characters: str, tools: Toolchain, folder: Folder) -> Iterator[Diagnostic]:
    """A warning for each of a page's `characters` that has no glyph, where the file `path` has it first."""
    absent = sorted(c for c in fonts.missing(tools, characters) if not any(ord(c) in emoji for emoji in _EMOJI))
    if not absent:
        return
    try:
        lines = folder.text(path).split("\n")
    except Unreadable:
        lines = []
    for character in absent:
        places = ((n, line.find(character) + 1) for n, line in enumerate(lines, 1) if character in line)
        line, column = next(places, (1, 1))
        name = unicodedata.name(character, "a character without a name")
        message = f"no font of the page draws {character!r} (U+{ord(character):04X}, {name.lower()})"
        yield warning("missing-glyph", Span(path, line, column), message, "write another character, or a picture of it")
