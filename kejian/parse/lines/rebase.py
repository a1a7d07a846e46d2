"""Rewrites relative targets of an imported Markdown file for the deck that imports it."""

from __future__ import annotations

import re

from kejian.core.addresses import address, is_remote, resolve
from kejian.core.disk.files import Folder

_TARGET = re.compile(r"""(\]\(<?|\b(?:src|href|poster|data-background-(?:image|video|iframe))=["'])([^"'<>()\s]+)""")


def rebased(line: str, base: str, top: str, folder: Folder) -> str:
    """Return `line` of the file `base` with targets that exist beside it made relative to the deck `top`."""
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
    return address(path, top) + mark + anchor
