"""The licences of a site's parts; third-party parts come with the licence text of their package."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from kejian.core import templates

PAGE = "licences.html"


class LicensedPart(NamedTuple):
    """A licensed part of every site. package: its npm package, "" for our own. text: the package's licence file.

    files: the files in the site's folder `_kejian` made from it; empty if it is drawn into pages.
    beside: the name of the licence file in that folder, for redistribution of the files without the page.
    """

    name: str
    licence: str
    package: str
    text: str
    files: tuple[str, ...] = ()
    beside: str = ""


_FONTS = ("fonts.css",)

PARTS = (
    LicensedPart(
        "Kejian", "MIT", "", "LICENSE.txt", ("theme.css", "passages.js", "manifest.json", PAGE, *templates.SCRIPTS)
    ),
    LicensedPart(
        "reveal.js",
        "MIT",
        "reveal.js",
        "LICENSE",
        ("reveal.js", "reveal.css", "zoom.js", "notes.js"),
        "reveal.LICENSE.txt",
    ),
    LicensedPart("MiniSearch", "MIT", "minisearch", "LICENSE.txt", ("minisearch.js",), "minisearch.LICENSE.txt"),
    LicensedPart("MathJax", "Apache-2.0", "mathjax", "LICENSE", (), "mathjax.LICENSE.txt"),
    LicensedPart("Noto Sans SC", "OFL-1.1", "@fontsource/noto-sans-sc", "LICENSE", _FONTS, "noto-sans-sc.OFL.txt"),
    LicensedPart(
        "Noto Sans KR", "OFL-1.1", "@fontsource-variable/noto-sans-kr", "LICENSE", _FONTS, "noto-sans-kr.OFL.txt"
    ),
    LicensedPart(
        "JetBrains Mono", "OFL-1.1", "@fontsource/jetbrains-mono", "LICENSE", _FONTS, "jetbrains-mono.OFL.txt"
    ),
    LicensedPart(
        "Font Awesome Free",
        "CC-BY-4.0",
        "@fortawesome/fontawesome-free",
        "LICENSE.txt",
        (),
        "icons.LICENSE.txt",
    ),
)


class Licence(NamedTuple):
    """A part as the licence page shows it: its name with version, its licence, and the licence's text."""

    part: LicensedPart
    version: str
    text: str


def licences(modules: Path) -> Sequence[Licence]:
    """Return all parts with their packages' licences; `modules` is a folder `node_modules`."""
    return [_licence(part, modules) for part in PARTS]


def _licence(part: LicensedPart, modules: Path) -> Licence:
    if not part.package:
        return Licence(part, "", (templates.folder() / part.text).read_text("utf-8"))
    folder = modules / part.package
    version = json.loads((folder / "package.json").read_bytes())["version"]
    return Licence(part, version, (folder / part.text).read_text("utf-8"))


def notice(known: Sequence[LicensedPart] = PARTS) -> str:
    """Return a one-line notice for pages that may be redistributed by themselves."""
    return "; ".join(f"{part.name} ({part.licence})" for part in known)
