"""Finds the course around a folder or a file, as git and ruff do: the nearest suitable parent folder."""

from __future__ import annotations

import os
from pathlib import Path

_SETTINGS, _SLIDES = "kejian.toml", "slides"


def course(here: Path) -> Path:
    """Return the nearest folder with settings; else the one with a folder `slides/` around `here`; else `here` itself.

    The path is relative to `here`, so that output stays short.
    """
    real = here.resolve()
    around = (real, *real.parents)
    with_settings = (folder for folder in around if (folder / _SETTINGS).is_file())
    of_slides = (folder.parent for folder in around if folder.name == _SLIDES and not (real / _SLIDES).is_dir())
    found = next(with_settings, None) or next(of_slides, real)
    return here if found == real else Path(os.path.relpath(found, real))


def course_of(file: Path) -> Path | None:
    """Return the nearest folder above a file with settings or a folder `slides/`; `None` if there is none."""
    return next((one for one in file.parents if (one / _SETTINGS).is_file() or (one / _SLIDES).is_dir()), None)
