"""The command as the user typed it, so that hints show `python build.py check` where `kejian check` would not work.

Hints are written for the console script in the course's own folder; commands translate them when they print.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

_OF_NO_COURSE = ("new", "setup", "doctor", "schema")
_COMMAND = re.compile(r"`kejian ([a-z]+)([^`]*)`")


def started() -> str:
    """Return the words with which this program was started; `kejian` if another program calls it."""
    script = Path(sys.argv[0] if sys.argv else "")
    python = sys.orig_argv[0] if sys.orig_argv else "python"
    if script.name == "build.py":
        return f"{_quoted(python)} {_quoted(str(script))}"
    if script.name == "__main__.py" and script.parent.name == "kejian":
        return f"{_quoted(python)} -m kejian"
    return "kejian" if script.stem != "kejian" or _on_path(script) else _quoted(str(script))


def spoken(hint: str, course: Path) -> str:
    """Rewrite the commands in a hint as they have to be typed in the current folder for `course`."""
    if "`kejian " not in hint:
        return hint
    name = started()
    folder = "" if course.resolve() == Path.cwd() else f" {_quoted(str(course))}"

    def typed(found: re.Match[str]) -> str:
        if found[1] in _OF_NO_COURSE:
            return f"`{name} {found[1]}{found[2]}`"
        verb = "" if found[1] == "build" and name.endswith("build.py") and not folder else f" {found[1]}"
        return f"`{name}{verb}{folder}{found[2]}`"

    return _COMMAND.sub(typed, hint)


def _on_path(script: Path) -> bool:
    from shutil import which

    found = which("kejian")
    return found is not None and os.path.realpath(found) == os.path.realpath(script)


def _quoted(word: str) -> str:
    from shlex import quote  # most commands print no hint

    return quote(word)
