"""Targets inside an imported Markdown file: relative to that file, rewritten for the deck that imports it."""

from __future__ import annotations

import posixpath
import re

from kejian.folder import Folder, is_remote, resolve

_TARGET = re.compile(r"""(\]\(<?|\b(?:src|href|poster|data-background-(?:image|video|iframe))=["'])([^"'<>()\s]+)""")


def rebased(line: str, base: str, top: str, folder: Folder) -> str:
    """`line` of the file `base` with the targets that exist beside it written relative to the deck `top`."""
    if "](" not in line and "=" not in line:
        return line
    return _TARGET.sub(lambda m: m[1] + _rebased(m[2], base, top, folder), line)


def _rebased(target: str, base: str, top: str, folder: Folder) -> str:
    if is_remote(target) or target.startswith(("/", "#")):
        return target
    name, mark, anchor = target.partition("#")
    path = resolve(base, name)
    if not folder.has(path):
        return target
    return posixpath.relpath(path, posixpath.dirname(top) or ".") + mark + anchor
