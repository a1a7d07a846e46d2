"""Reports attributes without effect on slides, listings and imports: misspelt names, meaningless values."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from typing import NamedTuple

from kejian.core.attributes import Attributes, printed
from kejian.parse.html.read_by_scripts import ATTRIBUTES, HARMLESS, NOT_LOADED

_ALIKE = 0.84
_OFTEN = ("class", "id", "style", "title", "lang", "dir", "hidden")
SLIDE = ("vertical", "incremental", "edition", "data-accept", "data-transition", *ATTRIBUTES, *HARMLESS, *_OFTEN)
_TRANSITIONS = ("none", "fade", "slide", "convex", "concave", "zoom")
_FADES = re.compile(rf"(?:{'|'.join(_TRANSITIONS)})(?:-in|-out)?")
_SPEEDS = ("default", "fast", "slow")
_VISIBILITIES = ("hidden", "uncounted")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_FALSE = frozenset("false no off 0 none".split())
_VALUES = {
    "data-transition": (_FADES, "none, fade, slide, convex, concave or zoom, each with -in or -out if you like"),
    "data-background-transition": (_FADES, "none, fade, slide, convex, concave or zoom"),
    "data-transition-speed": (re.compile("|".join(_SPEEDS)), "default, fast or slow"),
    "data-visibility": (re.compile("|".join(_VISIBILITIES)), "hidden or uncounted"),
    "data-autoslide": (_NUMBER, "milliseconds, such as 5000"),
    "data-timing": (_NUMBER, "seconds, such as 60"),
    "data-background-opacity": (_NUMBER, "a number from 0 to 1"),
}
CHOICES = {
    "data-transition": _TRANSITIONS,
    "data-background-transition": _TRANSITIONS,
    "data-transition-speed": _SPEEDS,
    "data-visibility": _VISIBILITIES,
}
"""The words that an attribute of a slide takes."""
LISTING = (
    *("class", "id", "style", "title", "lang", "highlight", "hide", "cmd", "output", "element", "continue", "args"),
    *("stdin", "code_block", "as", "engine", "kroki", "tol", "normalise", "raises", "timeout", "alt", "stderr"),
    *("run_on_save", "modify_source", "matplotlib", "line_begin", "line_end"),
    *("fig-cap", "lst-cap"),
)
CLASSES = ("line-numbers", "numberLines", "fragment", "center")


class Unread(NamedTuple):
    """An attribute without effect: its key, what is wrong, what to type."""

    key: str
    message: str
    hint: str


def on_slide(attributes: Attributes) -> Iterator[Unread]:
    """Check the attributes of a slide mark."""
    for key, value in attributes.items:
        text = printed(value)
        if key == "vertical" and isinstance(value, str) and text.lower() in _FALSE:
            message = f'vertical="{text}" puts the slide below the one before: any text does'
            yield Unread(key, message, "leave it out, or write vertical=false without quotes")
        elif key in _VALUES and not all(map(_VALUES[key][0].fullmatch, text.split() or [""])):
            yield Unread(key, f'{key}="{text[:40]}" says nothing to the page', f"write {_VALUES[key][1]}")
        elif key not in SLIDE and key[0].isalpha() and not key.startswith("aria-"):
            yield from _misspelt(key, SLIDE, "a slide")


def on_listing(attributes: Attributes) -> Iterator[Unread]:
    """Check the attributes of a fence that is shown as a listing; `markdown.marks` checks `highlight=`."""
    for key, _ in attributes.items:
        if key in NOT_LOADED and key != "data-line-numbers":
            message = f"{key}= is of a plug-in that no page loads"
            yield Unread(key, message, 'leave it out; highlight="1,3-5" and .line-numbers mark and number lines')
        elif key not in LISTING and key[0].isalpha() and not key.startswith(("data-", "aria-")):
            yield next(_misspelt(key, LISTING, "a listing"), _unknown(key, "a listing"))
    for name in attributes.text("class").split():
        if name not in CLASSES and (near := get_close_matches(name, CLASSES, 1, _ALIKE)):
            yield Unread("class", f"the class `{name}` means nothing to a listing", f"did you mean .{near[0]}?")
    if attributes.get("highlight") is True:
        yield Unread("highlight", "highlight says no lines", 'write highlight="1,3-5"')


def on_import(attributes: Attributes, known: Collection[str]) -> Iterator[Unread]:
    """Check the attributes of an import of code, for which `known` names are valid as well."""
    words = (*LISTING, *known)
    for key, value in attributes.items:
        if key in ("line_begin", "line_end") and (isinstance(value, bool) or not isinstance(value, int)):
            yield Unread(key, f"{key}={printed(value)[:40]} is no number of a line", f"write {key}=3 without quotes")
        elif key not in words and key[0].isalpha() and not key.startswith(("data-", "aria-")):
            yield next(_misspelt(key, words, "an import"), _unknown(key, "an import"))


def _misspelt(key: str, known: Collection[str], what: str) -> Iterator[Unread]:
    """Yield a finding if the key is nearly a known one."""
    near = [f"data-{key}"] if f"data-{key}" in known else get_close_matches(key, known, 1, _ALIKE)
    if near:
        yield Unread(key, f"nothing reads {key}= of {what}", f"did you mean {near[0]}=?")


def _unknown(key: str, what: str) -> Unread:
    return Unread(key, f"nothing reads {key[:40]}= of {what}", "leave it out")
