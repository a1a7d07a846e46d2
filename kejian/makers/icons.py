"""Icons: Font Awesome's drawings by their names of any version, inlined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from functools import cache

from kejian.diagnostics import Diagnostic, warning
from kejian.model import Artifact, Icon
from kejian.toolchain import Toolchain

PACKAGE = "@fortawesome/fontawesome-free"
STYLES = ("solid", "regular", "brands")
NOTICE = "Icons: Font Awesome Free, Fonticons, Inc., CC BY 4.0, https://fontawesome.com/license/free"
"""To be kept where icons are published; the drawings themselves are inlined without it."""

_PREFIXES = {"fas": "solid", "far": "regular", "fab": "brands"}
_DRAWING = re.compile(r'<svg[^>]*\sviewBox="([^"]+)"[^>]*>(?:<!--.*?-->)?(.*)</svg>', re.DOTALL)


class Icons:
    """The maker of icons."""

    def __init__(self, tools: Toolchain) -> None:
        self._tools = tools

    def key(self, hole: Icon) -> str:
        """The icon's name and the packages' lock."""
        return "\0".join(("icon", self._tools.lock, hole.name))

    @contextmanager
    def make(self, holes: Sequence[Icon]) -> Iterator[Iterable[tuple[Icon, Artifact | Diagnostic]]]:
        """Inline all `holes`."""
        yield ((hole, _drawn(self._tools, hole)) for hole in holes)


def _drawn(tools: Toolchain, hole: Icon) -> Artifact | Diagnostic:
    folder, name = _place(tools, hole.name)
    if not folder:
        near = get_close_matches(hole.name, _known(tools), n=3)
        hint = (
            f"did you mean {' or '.join(f'fa-{word}' for word in near)}?"
            if near
            else "look names up on fontawesome.com"
        )
        return warning("unknown-icon", hole.span, f"there is no icon fa-{hole.name} in Font Awesome Free", hint)
    found = _DRAWING.search((tools.module(PACKAGE) / "svgs" / folder / f"{name}.svg").read_text("utf-8"))
    assert found is not None
    shape = found[2].replace(' fill="currentColor"', "")
    return Artifact(f'<svg class="icon" aria-hidden="true" fill="currentColor" viewBox="{found[1]}">{shape}</svg>')


def _place(tools: Toolchain, name: str) -> tuple[str, str]:
    """The folder (empty: none) and the name of today of an icon."""
    style, today = _shims(tools).get(name, ("", name))
    folders = (style, *STYLES)
    if not any(today in _names(tools).get(folder, ()) for folder in folders) and today.endswith("-o"):
        # Version 4 marked the outlined ones so.
        folders, today = ("regular", *STYLES), today.removesuffix("-o")
    return next((folder for folder in folders if today in _names(tools).get(folder, ())), ""), today


@cache
def _shims(tools: Toolchain) -> Mapping[str, tuple[str, str]]:
    """Names of version 4 that were changed since: to the folder (empty: any) and the name of today."""
    import yaml  # imported where there is an icon

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    read = yaml.load((tools.module(PACKAGE) / "metadata" / "shims.yml").read_bytes(), loader)  # noqa: S506 - a safe one
    return {
        str(old): (_PREFIXES.get(new.get("prefix", ""), ""), str(new.get("name", old))) for old, new in read.items()
    }


@cache
def _names(tools: Toolchain) -> Mapping[str, frozenset[str]]:
    """The names of the drawings in each folder. A name is looked up here, so that it is never a path."""
    folder = tools.module(PACKAGE) / "svgs"
    return {style: frozenset(file.stem for file in (folder / style).glob("*.svg")) for style in STYLES}


@cache
def _known(tools: Toolchain) -> tuple[str, ...]:
    return tuple(sorted(set(_shims(tools)).union(*_names(tools).values())))
