"""Imported style sheets: the local files they name are published beside them."""

from __future__ import annotations

import re

from kejian.diagnostics import Diagnostic, Span, warning
from kejian.folder import Folder, Unreadable, is_remote, resolve

_URL = re.compile(r"""url\(\s{0,9}["']?([^"')\s]{1,2000})|@import\s{1,9}["']([^"']{1,2000})["']""")


def style_assets(path: str, folder: Folder, diagnostics: list[Diagnostic]) -> list[str]:
    """The files that the style sheet at `path` names, each an existing course path; what is missing is reported."""
    try:
        text = folder.text(path)
    except Unreadable as e:
        diagnostics.append(warning("style-unreadable", Span(path), f"{path}: {e}", e.hint))
        return []
    found = []
    for match in _URL.finditer(text):
        target = (match[1] or match[2]).partition("?")[0].partition("#")[0]
        span = Span(path, text.count("\n", 0, match.start()) + 1)
        if not target or target.startswith("data:"):
            continue
        if is_remote(target):
            message = f"the style asks another host for {target}; a published page does not"
            diagnostics.append(warning("remote-style", span, message, "download it into the course"))
        elif folder.has(asset := resolve(path, target)):
            found.append(asset)
        else:
            diagnostics.append(warning("missing-style-file", span, f"the file {target} is missing", "check the path"))
    return found
