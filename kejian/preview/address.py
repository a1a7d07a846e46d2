"""Where a running preview of a course listens, so that an editor can make it show a slide.

The preview notes its port in the course's cache. An editor asks that port of this machine, and no other host.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

from kejian.core.disk.cache_folder import NAME, cache_folder, is_ours
from kejian.core.disk.output_folder import OutputFolder

PATH = "/_show"
"""Where a preview is asked to show a slide."""
_FILE = "preview/port"
_SECONDS = 2.0


def note(course: Path, port: int) -> None:
    """Note that a preview of the course listens on this port, none if it is 0; nothing where that cannot be written."""
    with suppress(OSError):
        folder = cache_folder(course, make=True)
        if port and is_ours(folder):
            OutputFolder(folder).replace(_FILE, f"{port}\n".encode())


def forget(course: Path, port: int) -> None:
    """Remove the note, unless it is of another preview."""
    if noted(course) == port:
        with suppress(OSError):
            (course / NAME / _FILE).unlink()


def noted(course: Path) -> int:
    """Return the port of the preview that was started last, 0 if there is none."""
    if not is_ours(course / NAME):
        return 0
    try:
        return int((course / NAME / _FILE).read_text("ascii")[:6])
    except (OSError, ValueError):
        return 0


def show(course: Path, page: str, h: int, v: int) -> bool:
    """Make the course's preview show a slide, by the page's path in the site; return whether there is a preview."""
    port = noted(course)
    if not port:
        return False
    asked = json.dumps({"page": page, "h": h, "v": v}).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{port}{PATH}", asked, {"Content-Type": "application/json"})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=_SECONDS) as answer:
            return bool(answer.status == 204)
    except (urllib.error.URLError, OSError):
        return False
