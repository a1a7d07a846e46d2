"""Lends figures the slides' Noto Sans SC for letters that none of matplotlib's fonts has, and charts all of it.

It is loaded when such a letter first occurs; other figures are drawn as anywhere else. Part of child.py: imports
nothing of kejian and little else.
"""

# ruff: noqa: PTH103, PTH105, PTH113, PTH118, PTH119, PTH120 -- pathlib is one of the things that it does without

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

FAMILY = "Noto Sans SC Thin"
"""What the font names itself, whatever its weight."""
_OFFERED: list[Any] = ["", "", None]
"""The font as it is shipped, a folder for what is made of it, and what notes the example's reads."""


def offer(woff2: str, cache: str, trace: Any) -> None:  # noqa: ANN401 -- a `ProcessTrace`
    """Make a font available to figures. woff2: its file, "" for none. cache: a folder shared by runs."""
    _OFFERED[:] = [woff2, cache, trace]


def lend(figure: Any) -> bool:  # noqa: ANN401 -- a figure of matplotlib
    """Add the font as a fallback for the text of a figure; return whether there is one."""
    family = _family()
    if not family:
        return False
    from matplotlib.text import Text

    for text in figure.findobj(Text):
        known = text.get_fontfamily()
        text.set_fontfamily([*([known] if isinstance(known, str) else known), family])
    return True


def register(directory: Callable[[str], object]) -> str:
    """Pass the folder of the font to `directory`, once; return the font's name, "" if it is not available."""

    def use(file: str) -> str:
        directory(os.path.dirname(file))
        return FAMILY

    return _made(use)


def _family() -> str:
    """Register the font with matplotlib and return its name; "" if it is not available."""
    return _made(_added)


def _made(use: Callable[[str], str]) -> str:
    """Return what `use` makes of the font's file, which is written if it is not there yet; "" without a font."""
    woff2, cache, trace = _OFFERED
    was = trace.on if trace else False
    try:
        if trace:
            trace.on = False  # reads here are the generator's, not the example's
        return use(_file(woff2, cache)) if woff2 else ""
    except (ImportError, OSError):  # another machine, without the packages or without disk space
        return ""
    finally:
        if trace:
            trace.on = was


def _file(woff2: str, cache: str) -> str:
    file = os.path.join(cache, "fonts", f"{os.path.basename(woff2).removesuffix('.woff2')}.ttf")
    if not os.path.isfile(file):
        _unpack(woff2, file)
    return file


def _added(file: str) -> str:
    from matplotlib import font_manager

    manager = font_manager.fontManager
    if not any(known.fname == file for known in manager.ttflist):
        manager.addfont(file)
    return next(known.name for known in manager.ttflist if known.fname == file)


def _unpack(woff2: str, file: str) -> None:
    """Write the font in a format that matplotlib reads: takes some seconds, once."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # publishes no types

    os.makedirs(os.path.dirname(file), exist_ok=True)
    aside = f"{file}.{os.getpid()}"
    with TTFont(woff2, recalcTimestamp=False, recalcBBoxes=False) as font:
        font.flavor = None
        font.save(aside)
    os.replace(aside, file)
