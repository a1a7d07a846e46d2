"""`new`: a course that builds, checks and deploys at once: two slides, an example with its test, a diagram, CI."""

from __future__ import annotations

import shutil
from pathlib import Path

from kejian import __version__, templates


class Taken(Exception):  # noqa: N818 -- names what the folder is
    """The folder for a new course is there already and holds something."""


def create(folder: Path) -> list[str]:
    """Write the files of a new course into `folder`, all or none; their paths. Raises `Taken`, `OSError`."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Taken
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(aside, ignore_errors=True)
    written = [_write(source, aside, folder.name) for source in _sources()]
    if folder.exists():
        folder.rmdir()
    aside.rename(folder)
    return sorted(written)


def _sources() -> list[Path]:
    root = templates.folder() / "new"
    return sorted(path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def _write(source: Path, root: Path, title: str) -> str:
    name = source.relative_to(templates.folder() / "new").as_posix().replace("dot-", ".")
    text = source.read_text("utf-8").replace("{title}", title.replace('"', "")).replace("{version}", __version__)
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, "utf-8")
    return name
