"""What is open in the editor, and the courses that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from kejian.core import around
from kejian.core.disk.file_cache import FileContent
from kejian.core.disk.unsaved import content
from kejian.core.paths import UNSEEN
from kejian.editor.course import EditedCourse


class CourseFile(NamedTuple):
    """A file of a course. path: in the course, with `/` between its parts."""

    course: EditedCourse
    path: str


@dataclass(slots=True)
class Session:
    """The files that are open in the editor, by their real paths, and the courses around them."""

    unsaved: dict[str, FileContent] = field(default_factory=dict)
    courses: dict[Path, EditedCourse] = field(default_factory=dict)

    def edited(self, file: Path, text: str) -> None:
        """Note the text of a file that is open."""
        self.unsaved[str(file.resolve())] = content(text)

    def closed(self, file: Path) -> None:
        """Forget the text of a file: from now on the one on the disk counts."""
        self.unsaved.pop(str(file.resolve()), None)

    def file(self, file: Path) -> CourseFile | None:
        """Return the course of a file and its path there; `None` for a file outside of any course."""
        real = file.resolve()
        root = around.course_of(real)
        if root is None:
            return None
        path = real.relative_to(root)
        if UNSEEN & set(path.parts) or path.parts[0] == "site":
            return None
        course = self.courses.setdefault(root, EditedCourse(root=root, unsaved=self.unsaved))
        return CourseFile(course, path.as_posix())
