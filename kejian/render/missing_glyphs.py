"""Detects characters that no shipped font covers, which readers without such a font see as boxes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kejian.core.diagnostics import Diagnostic, Severity, Span, warning
from kejian.core.disk.files import FileAccessError, Folder
from kejian.core.toolchain import Toolchain
from kejian.render import fonts

_HIDDEN = re.compile(r"<math\b.*?</math>| data-tex=\"[^\"]*\"", re.DOTALL)
_LISTING = re.compile(r"<pre\b.*?</pre>", re.DOTALL)
_NARROW = "\u10ff"
"""No character up to this one is wide."""
_SHOWN = 10
_EMOJI = (range(0x2600, 0x27C0), range(0x1F000, 0x20000))
"""Every phone and desktop draws these by itself, in colour."""


def shown(html: str) -> str:
    """Return the characters of visible text, and of markup, sorted; MathML, which is only read aloud, is excluded."""
    return "".join(sorted(frozenset(_HIDDEN.sub("", html))))


def aligned(html: str) -> str:
    """Return the characters that are two letters wide in listings and outputs, sorted."""
    used = frozenset("".join(_LISTING.findall(html)) if "<pre" in html else "")
    return "".join(sorted(one for one in used if one > _NARROW and unicodedata.east_asian_width(one) in "WF"))


def undrawn(path: str, characters: str, tools: Toolchain, folder: Folder, language: str = "") -> Iterator[Diagnostic]:
    """Yield a warning for each script among `characters` without a glyph, at its first occurrence in the file `path`.

    A symbol that is not a letter has a warning of its own. language: the course's, a BCP 47 tag; what it is written in
    is a hint, since its readers have fonts for it.
    """
    absent = sorted(c for c in fonts.missing(tools, characters) if not any(ord(c) in emoji for emoji in _EMOJI))
    if not absent:
        return
    try:
        lines = folder.any_text(path)[0].split("\n")
    except FileAccessError:
        lines = []
    for script, found in _by_script(absent).items():
        pattern = re.compile(f"[{re.escape(''.join(found))}]")
        places = ((n, at.start() + 1) for n, line in enumerate(lines, 1) if (at := pattern.search(line)))
        line, column = next(places, (1, 1))
        first = found[0]
        name = unicodedata.name(first, "a character without a name").lower()
        message = f"no font of the page draws {first!r} (U+{ord(first):04X}, {name})"
        hint = "write another character, or a picture of it"
        if len(found) > 1:
            message += f" and {len(found) - 1} more of {script}: {' '.join(found[1:_SHOWN])}"
        found_here = warning("missing-glyph", Span(path, line, column), message, hint)
        if _SCRIPTS.get(language.partition("-")[0].lower()) == script:
            message = f"{message}: readers see them in a font of their system"
            found_here = replace(found_here, severity=Severity.HINT, message=message, hint="")
        yield found_here


_SCRIPTS = {
    "ar": "Arabic",
    "bn": "Bengali",
    "fa": "Arabic",
    "he": "Hebrew",
    "hi": "Devanagari",
    "hy": "Armenian",
    "ka": "Georgian",
    "ta": "Tamil",
    "th": "Thai",
    "ur": "Arabic",
}
"""The scripts of languages that the page brings no font for, by their tags."""


def _by_script(characters: Sequence[str]) -> dict[str, list[str]]:
    """Group characters by the name of their script, such as `Arabic`; a symbol forms its own group."""
    found: dict[str, list[str]] = {}
    for character in characters:
        letter = unicodedata.category(character)[0] in "LM"
        script = unicodedata.name(character, "").partition(" ")[0].capitalize() if letter else character
        found.setdefault(script or character, []).append(character)
    return found
