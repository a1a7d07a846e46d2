"""A font that draws Chinese: Noto Sans SC, which npm brings for the slides, or one that this machine has."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path

import matplotlib as mpl
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # publishes no types
from matplotlib import font_manager

from cnn_examples.errors import unavailable

DATA = ("node_modules/@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-400-normal.woff2",)
"""What is read here, from the project's folder."""
SHIPPED = Path(DATA[0])
INSTALLED = (
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "SimHei",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
)
"""Families that common systems have, best first."""


@cache
def families() -> tuple[str, ...]:
    """Font families for matplotlib: one that draws Chinese, then its own DejaVu Sans for arrows, ⊗ and the like.

    Raises `UnavailableError` where there is none, rather than draw a box for each character.
    """
    return (shipped(Path(__file__).parents[1]) or shipped(Path.cwd()) or installed(), "DejaVu Sans")


def shipped(root: Path) -> str | None:
    """The family of the font that npm put under `root`, made known to matplotlib; nothing where there is none."""
    file = root / SHIPPED
    if not file.is_file():
        return None
    font_manager.fontManager.addfont(_unpacked(file))
    return font_manager.fontManager.ttflist[-1].name


def installed() -> str:
    """The best of this machine's Chinese fonts."""
    names = set(font_manager.get_font_names())
    for family in INSTALLED:
        if family in names:
            return family
    raise unavailable(
        "no font here draws the figures' Chinese labels: type `npm ci` in the project, or install Noto Sans CJK SC "
        "(Debian: fonts-noto-cjk)",
        "缺少能画汉字的字体：运行 `npm ci`，或安装 Noto Sans CJK SC (Debian 的 `fonts-noto-cjk`)",
    )


def _unpacked(woff2: Path) -> Path:
    """The font as matplotlib reads it, beside matplotlib's own cache; decompressing takes some seconds, once."""
    packed = woff2.read_bytes()
    file = Path(mpl.get_cachedir()) / f"noto-sans-sc-{hashlib.sha256(packed).hexdigest()[:12]}.ttf"
    if not file.is_file():
        aside = file.with_name(f"{file.name}.{os.getpid()}")
        with TTFont(woff2, recalcTimestamp=False, recalcBBoxes=False) as font:
            font.flavor = None
            font.save(aside)
        aside.replace(file)
    return file
