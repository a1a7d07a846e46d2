"""Formats file changes as a patch for `git apply` and `patch -p1`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_LONG = 1500
"""Lines of a file in which repeated ones are no longer matched: comparing them takes the square of their number."""

_ESCAPES = {"\t": "\\t", "\n": "\\n", '"': '\\"', "\\": "\\\\"}


@dataclass(frozen=True, slots=True)
class FileChange:
    """A change of a course's file. old: the current content, `None` if the file does not exist."""

    path: str
    old: bytes | None
    new: bytes


def patch(changes: Iterable[FileChange]) -> bytes:
    """Return the changes as a unified diff in the order of their paths, with the files' own line ends."""
    parts = (_file(change) for change in sorted(changes, key=lambda c: c.path) if change.old != change.new)
    return b"".join(parts)


def _file(change: FileChange) -> bytes:
    before, after = _name("a", change.path), _name("b", change.path)
    head = [f"diff --git {before} {after}"] + ["new file mode 100644"] * (change.old is None)
    tab = "\t" if " " in change.path and not before.startswith('"') else ""
    head += ["--- /dev/null" if change.old is None else f"--- {before}{tab}", f"+++ {after}{tab}"]
    return "".join(f"{line}\n" for line in head).encode() + b"".join(_hunks(change.old or b"", change.new))


def _hunks(old: bytes, new: bytes) -> Iterator[bytes]:
    before, after = _lines(old), _lines(new)
    # Footers that many slides share are popular lines, which difflib leaves unmatched unless it is told not to.
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=len(before) > _LONG)
    for group in matcher.get_grouped_opcodes(3):
        (_, a, _, b, _), (_, _, a_end, _, b_end) = group[0], group[-1]
        yield f"@@ -{_range(a, a_end)} +{_range(b, b_end)} @@\n".encode()
        for kind, i, j, m, n in group:
            if kind == "equal":
                yield from (_ended(b" " + line) for line in before[i:j])
                continue
            yield from (_ended(b"-" + line) for line in before[i:j])
            yield from (_ended(b"+" + line) for line in after[m:n])


def _range(start: int, end: int) -> str:
    """Format a range of lines for a hunk's header, 1-based; an empty range is given by the line before it."""
    return f"{start + (end > start)},{end - start}"


def _name(side: str, path: str) -> str:
    """Quote a path as git does if it contains a quote, a backslash or unprintable characters."""
    whole = f"{side}/{path}"
    if not re.search(r"[\x00-\x1f\x7f\"\\]", whole):
        return whole
    escaped = "".join(_ESCAPES.get(c, c if c >= " " and c != "\x7f" else f"\\{ord(c):03o}") for c in whole)
    return f'"{escaped}"'


def _lines(data: bytes) -> list[bytes]:
    """Split into lines with their ends; as in git, only a newline ends a line."""
    return re.findall(rb"[^\n]*\n|[^\n]+", data)


def _ended(line: bytes) -> bytes:
    return line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n"
