"""Pictures of a presentation as files of the course, each once."""

from __future__ import annotations

import hashlib
import posixpath
import re
from dataclasses import dataclass, field
from urllib.parse import quote

from kejian.migrate.fetch import FOLDER

_ENDINGS = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/jpg": "jpg",
    "image/gif": "gif",
    "image/svg+xml": "svg",
    "image/webp": "webp",
    "image/bmp": "bmp",
}
"""What browsers show: not the metafiles of Windows, nor TIFF."""


@dataclass(slots=True)
class PictureFiles:
    """The pictures of the presentation `path` by their paths in the course."""

    path: str
    files: dict[str, bytes] = field(default_factory=dict)
    _known: dict[str, str] = field(default_factory=dict)

    def add(self, number: int, kind: str, data: bytes) -> str:
        """Add a picture of slide `number`; return its path as the deck writes it, "" if no browser shows its kind."""
        if kind not in _ENDINGS:
            return ""
        digest = hashlib.sha256(data).hexdigest()
        if digest not in self._known:
            stem = posixpath.splitext(posixpath.basename(self.path))[0]
            plain = re.sub(r"[^\w.-]+", "-", stem).strip("-.")
            folder = f"{FOLDER}/{plain or 'pictures'}"
            count = sum(path.startswith(f"{folder}/{number}-") for path in self.files) + 1
            self._known[digest] = file = f"{folder}/{number}-{count}.{_ENDINGS[kind]}"
            self.files[file] = data
        return quote(posixpath.relpath(self._known[digest], posixpath.dirname(self.path) or "."))
