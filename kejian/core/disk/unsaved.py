"""A folder some of whose files are being edited: their text in the editor is read in place of that on the disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from kejian.core.disk import questions
from kejian.core.disk.file_cache import FileContent
from kejian.core.disk.files import FileAccessError, Folder


def content(text: str) -> FileContent:
    """Return the content of a file that holds `text`."""
    data = text.encode("utf-8", "replace")
    return FileContent(data, sha256(data).hexdigest())


@dataclass(frozen=True, slots=True)
class EditedFolder(Folder):
    """A folder of the course. unsaved: the content of the files that are being edited, by their real paths."""

    unsaved: Mapping[str, FileContent] = field(default_factory=dict, repr=False, compare=False)

    def watched(self) -> EditedFolder:
        """Return the same folder with an empty memory of reads."""
        return EditedFolder(self.root, {}, self._folders, self.unsaved)

    def has(self, path: str) -> bool:
        """Return whether `path` is a readable file inside the folder, or one that is being edited."""
        if self._edited(path) is None:
            return Folder.has(self, path)
        self.reads.setdefault(path, "+")
        return True

    def _load(self, path: str) -> FileContent:
        return self._edited(path) or Folder._load(self, path)  # noqa: SLF001 -- `super()` knows no class with slots

    def _digest(self, path: str, known: str) -> str:
        edited = None if questions.is_question(path) else self._edited(path)
        if edited is None:
            return Folder._digest(self, path, known)  # noqa: SLF001 -- as above
        return "+" if known in ("", "+") else edited.digest

    def _edited(self, path: str) -> FileContent | None:
        if not self.unsaved:
            return None
        try:
            return self.unsaved.get(self._real_path(path))
        except FileAccessError:
            return None
