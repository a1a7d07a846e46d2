"""The installed version of what an import names. Nothing is imported; the index of all packages is a last resort."""

from __future__ import annotations

import re

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


def companions(name: str) -> tuple[str, ...]:
    """The import names of the packages that decide what this one computes."""
    return _COMPANIONS.get(name, ())


def version(name: str) -> str:
    """The version of the distribution that brings the import `name`, "" where nothing installed does.

    Where an import has no distribution of its own name, each that brings it, with its name.
    """
    for candidate in _NAMES.get(name, (name,)):
        if found := _installed(candidate):
            return found
    from importlib import metadata, util

    try:
        if util.find_spec(name) is None:
            return ""
    except (ImportError, ValueError):
        return ""
    owners = sorted(set(metadata.packages_distributions().get(name, ())))
    return ", ".join(f"{owner} {_installed(owner)}" for owner in owners)


def _installed(distribution: str) -> str:
    """The version in a distribution's metadata; reading the one line costs a tenth of parsing all of them."""
    from importlib import metadata

    try:
        found = metadata.Distribution.from_name(distribution)
    except (metadata.PackageNotFoundError, ValueError):
        return ""
    line = re.search(r"^Version:[ \t]*(\S+)", found.read_text("METADATA") or "", re.MULTILINE)
    return line[1] if line else found.version
