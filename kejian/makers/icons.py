"""Inlines Font Awesome icons, by their names in any version."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from functools import cache

from kejian.core.diagnostics import Diagnostic, warning
from kejian.core.model import Artifact, Icon
from kejian.core.toolchain import Toolchain

PACKAGE = "@fortawesome/fontawesome-free"
STYLES = ("solid", "regular", "brands")
_PREFIXES = {"fas": "solid", "far": "regular", "fab": "brands"}
_DRAWING = re.compile(r'<svg[^>]*\sviewBox="([^"]+)"[^>]*>(?:<!--.*?-->)?(.*)</svg>', re.DOTALL)


class Icons:
    """Maker of icons."""

    def __init__(self, tools: Toolchain) -> None:
        self._tools = tools

    def key(self, hole: Icon) -> str:
        """Return the icon's name and the lock file's digest."""
        return "\0".join(("icon", self._tools.lock, hole.name))

    @contextmanager
    def make(self, holes: Sequence[Icon]) -> Iterator[Iterable[tuple[Icon, Artifact | Diagnostic]]]:
        """Inline all `holes`."""
        yield ((hole, _drawn(self._tools, hole)) for hole in holes)


def _drawn(tools: Toolchain, hole: Icon) -> Artifact | Diagnostic:
    folder, name = _place(tools, hole.name)
    if not folder:
        near = get_close_matches(hole.name, known(tools), n=3)
        hint = (
            f"did you mean {' or '.join(f'fa-{word}' for word in near)}?"
            if near
            else "look names up on fontawesome.com"
        )
        return warning("unknown-icon", hole.span, f"there is no icon fa-{hole.name} in Font Awesome Free", hint)
    found = _DRAWING.search((tools.module(PACKAGE) / "svgs" / folder / f"{name}.svg").read_text("utf-8"))
    assert found is not None
    shape = found[2].replace(' fill="currentColor"', "")
    return Artifact(html=f'<svg class="icon" aria-hidden="true" fill="currentColor" viewBox="{found[1]}">{shape}</svg>')


def _place(tools: Toolchain, name: str) -> tuple[str, str]:
    """Return the folder ("" if there is none) and the current name of an icon."""
    style, today = _shims(tools).get(name, ("", name))
    folders = (style, *STYLES)
    if not any(today in _names(tools).get(folder, ()) for folder in folders) and today.endswith("-o"):
        # Version 4 marked outlined icons this way.
        folders, today = ("regular", *STYLES), today.removesuffix("-o")
    return next((folder for folder in folders if today in _names(tools).get(folder, ())), ""), today


@cache
def _shims(tools: Toolchain) -> Mapping[str, tuple[str, str]]:
    """Map names of version 4 that have changed to a folder ("" for any) and the current name."""
    import yaml  # imported late: only decks with icons need it

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    read = yaml.load((tools.module(PACKAGE) / "metadata" / "shims.yml").read_bytes(), loader)  # noqa: S506 - a safe one
    return {
        str(old): (_PREFIXES.get(new.get("prefix", ""), ""), str(new.get("name", old))) for old, new in read.items()
    }


@cache
def _names(tools: Toolchain) -> Mapping[str, frozenset[str]]:
    """Return the names of the drawings in each folder. A name must be among them, so it can never be a path."""
    folder = tools.module(PACKAGE) / "svgs"
    return {style: frozenset(file.stem for file in (folder / style).glob("*.svg")) for style in STYLES}


@cache
def known(tools: Toolchain) -> tuple[str, ...]:
    """Return the names of all icons, old ones among them."""
    return tuple(sorted(set(_shims(tools)).union(*_names(tools).values())))
