"""Findings as a terminal shows them: severities and carets coloured, and nothing that moves the cursor.

What is coloured is the text, since a build with nothing to do has no more than the text of the last one.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator

_PAINTS = {"error": "\x1b[31m", "warning": "\x1b[33m", "hint": "\x1b[36m"}
_BOLD, _END = "\x1b[1m", "\x1b[0m"
# Patterns are compiled where they are needed: a build with nothing to do and nothing to say is over before that.
_HEAD = r"(?P<place>\S[^\n]*?:\d+:\d+): (?P<severity>error|warning|hint)(?P<code>\[[\w-]+\]:) (?P<words>.*)"
_CARET = r"\s{4,}\^"
_CONTROL = r"[\x00-\x08\x0b-\x1f\x7f-\x9f]"


def on_terminal() -> bool:
    """Return whether standard error is a terminal that can move its cursor, and is watched: not that of a CI job."""
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("CI")


def wanted() -> bool:
    """Return whether to colour what is printed on standard error; `NO_COLOR` is honoured, see no-color.org."""
    return on_terminal() and not os.environ.get("NO_COLOR")


def displayed(text: str) -> str:
    """Return the text of findings as standard error is to have it: unchanged if that is not a terminal."""
    if not text or not on_terminal():
        return text
    text = re.sub(_CONTROL, lambda found: found[0].encode("unicode_escape").decode(), text)
    return "".join(f"{line}\n" for line in _painted(text.removesuffix("\n").split("\n"))) if wanted() else text


def _painted(lines: list[str]) -> Iterator[str]:
    paint = ""
    for line in lines:
        if found := re.fullmatch(_HEAD, line):
            paint = _PAINTS[found["severity"]]
            said = f"{_BOLD}{paint}{found['severity']}{_END}{paint}{found['code']}{_END}"
            yield f"{_BOLD}{found['place']}:{_END} {said} {found['words']}"
        elif re.fullmatch(_CARET, line):
            yield f"{paint}{line}{_END}"
        elif line.startswith("    hint: "):
            yield f"    {_PAINTS['hint']}hint:{_END} {line.removeprefix('    hint: ')}"
        else:
            yield line
