"""Installed versions of imported packages, without importing them; the index of all packages is a last resort."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from kejian.core import editable

_NAMES = {
    "tensorflow": ("tensorflow", "tensorflow-cpu", "tensorflow-macos", "tensorflow-intel"),
    "PIL": ("pillow",),
    "cv2": ("opencv-python", "opencv-python-headless", "opencv-contrib-python"),
    "sklearn": ("scikit-learn",),
    "skimage": ("scikit-image",),
    "yaml": ("pyyaml",),
    "bs4": ("beautifulsoup4",),
    "dateutil": ("python-dateutil",),
    "attr": ("attrs",),
    "mpl_toolkits": ("matplotlib",),
    "pylab": ("matplotlib",),
}
_COMPANIONS = {"tensorflow": ("keras",), "keras": ("tensorflow",)}
"""Packages that another one computes with, though its importers never name them."""


_OWN = str(Path(__file__).parents[2])


def companions(name: str) -> tuple[str, ...]:
    """Return the import names of packages that determine what this one computes."""
    return _COMPANIONS.get(name, ())


def version(name: str) -> str:
    """Return the version of the distribution that provides the import `name`, "" if it is not installed.

    If several distributions provide it, all are named. If a distribution is a link to a folder, a digest of its code is
    appended.
    """
    if name in sys.stdlib_module_names:
        return ""
    for candidate in _NAMES.get(name, (name,)):
        if found := installed(candidate):
            return found + _content(name, candidate)
    from importlib import metadata

    places = _places(name)
    if not places or places == [_OWN]:  # this program, run from a checkout
        return ""
    bring = sorted(set(metadata.packages_distributions().get(name, ())))
    return ", ".join(f"{owner} {installed(owner)}{_content(name, owner)}" for owner in bring)


def _content(name: str, distribution: str) -> str:
    """Return a suffix for a distribution that is a link to a folder: a digest of the import's code."""
    from importlib import metadata

    linked = metadata.Distribution.from_name(distribution).read_text("direct_url.json")
    return f" editable {editable.digest(_places(name))}" if linked and editable.source(linked) else ""


def _places(name: str) -> list[str]:
    """Return the files or folders of an import, without importing it; empty if it cannot be found."""
    from importlib import util

    try:
        spec = util.find_spec(name)
    except (ImportError, ValueError):
        return []
    if spec is None:
        return []
    return sorted(spec.submodule_search_locations or ()) or [spec.origin or ""]


def owners(names: Iterable[str]) -> list[str]:
    """Return the distributions that provide these imports, sorted; reads the index of everything installed."""
    from importlib import metadata

    known = metadata.packages_distributions()
    return sorted({owner for name in names for owner in known.get(name, ())})


def required(names: Iterable[str]) -> set[str]:
    """Return the requirements of distributions, in normalised spelling."""
    return {found for name in names for found in _requires(name)}


def plain(distribution: str) -> str:
    """Normalise a distribution's name: `ml-dtypes` for `ML_dtypes`."""
    return re.sub(r"[-_.]+", "-", distribution).lower()


@lru_cache
def _requires(distribution: str) -> tuple[str, ...]:
    from importlib import metadata

    try:
        said = metadata.requires(distribution) or []
    except (metadata.PackageNotFoundError, ValueError):
        return ()
    named = (re.match(r"[\w.-]+", one) for one in said if "extra ==" not in one)
    return tuple(plain(name[0]) for name in named if name)


def installed(distribution: str) -> str:
    """Return the version of a distribution, "" if it is not installed.

    Only the version line of its metadata is read, which takes a tenth of parsing all of it.
    """
    from importlib import metadata

    try:
        found = metadata.Distribution.from_name(distribution)
    except (metadata.PackageNotFoundError, ValueError):
        return ""
    line = re.search(r"^Version:[ \t]*(\S+)", found.read_text("METADATA") or "", re.MULTILINE)
    return line[1] if line else found.version
