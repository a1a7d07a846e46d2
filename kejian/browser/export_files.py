"""Writes exported files: each atomically, none over a file of the course, pictures of former slides removed."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path, PurePosixPath

from kejian.browser import cover
from kejian.browser.export import ExportResult
from kejian.core.disk.cache_folder import cache_folder
from kejian.core.disk.output_folder import OutputFolder, output_folder
from kejian.core.disk.scratch import sweep_files
from kejian.render.speaker_notes import MARK

_PICTURE = re.compile(r"\d+\.png")


def refusal(out: Path, notes: Path | None, picture: Path | None, course: Path) -> str:
    """Return why nothing may be written there, "" if it may."""
    if course.resolve().is_relative_to(out.resolve()):
        return f"--out {out} is the course or around it, whose own files would be replaced: name another folder"
    if notes and (notes.is_dir() or (notes.exists() and not _is_ours(notes))):
        return _in_the_way("--notes", notes, "notes.md")
    if picture and picture.suffix.lower() != ".png":
        return f"--picture {picture} is a PNG file: name one, such as {picture.with_suffix('.png')}"
    if picture and not cover.may_be_replaced(picture):
        return _in_the_way("--picture", picture, "cover.png")
    return ""


def _in_the_way(option: str, file: Path, name: str) -> str:
    if file.is_dir():
        return f"{option} {file} is a folder: name a file in it, {file / name}"
    return f"{file} is there, and not written by `kejian export {option}`: name another file, or remove it"


def _is_ours(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            return opened.read(len(MARK)) == MARK.encode()
    except OSError:
        return False


def write(made: ExportResult, out: Path, notes: Path | None, picture: Path | None, course: Path) -> list[Path]:
    """Write the files into the folder `out`, notes and picture where these say; return all paths. Raises `OSError`.

    Temporary files are in the cache of `course`, so that a killed command leaves nothing behind.
    """
    written = [out / path for path in made.files]
    aside = cache_folder(course, make=True) / "aside"
    folder, name = output_folder(out, course)
    for path, data in made.files.items():
        folder.replace(f"{name}/{path}", data, aside)
    for parent in {path.parent for path in written}:
        sweep_files(parent)  # if `out` is on another disk
    _remove_former(folder, name, made.files)
    for file, data in ((notes, made.notes.encode()), (picture, made.picture)):
        if file and data:
            around, own = output_folder(Path(os.path.abspath(file)), course)  # noqa: PTH100 -- `resolve` would follow links
            around.replace(own, data, aside)
            written.append(file)
    return written


def _remove_former(folder: OutputFolder, name: str, files: Iterable[str]) -> None:
    """Remove the numbered pictures of decks that had more slides when they were exported before."""
    known = {PurePosixPath(path) for path in files}
    for parent in {path.parent for path in known if path.suffix == ".png"}:
        with suppress(FileNotFoundError):
            for path, _ in list(folder.files(f"{name}/{parent}")):
                if _PICTURE.fullmatch(path) and parent / path not in known:
                    folder.remove(f"{name}/{parent}/{path}")
