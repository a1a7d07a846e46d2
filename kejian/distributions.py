"""The installed version of what an import names. Nothing is imported; the index of all packages is a last resort."""

from __future__ import annotations

from collections.abc import Iterator

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

    Where several distributions bring it, all of them with their names.
    """
    from importlib import metadata, util

    for candidate in _NAMES.get(name, (name,)):
        try:
            return metadata.version(candidate)
        except (metadata.PackageNotFoundError, ValueError):
            continue
    try:
        installed = util.find_spec(name) is not None
    except (ImportError, ValueError):
        installed = False
    return ", ".join(_by_index(name)) if installed else ""


def _by_index(name: str) -> Iterator[str]:
    from importlib import metadata

    for distribution in sorted(set(metadata.packages_distributions().get(name, ()))):
        yield f"{distribution} {metadata.version(distribution)}"
