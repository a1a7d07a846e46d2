"""Finds the course around the current folder, as git and ruff do: the nearest suitable parent folder."""

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
