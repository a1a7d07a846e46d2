"""The names of attributes and their values, from the tables that the parser reads them by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from posixpath import splitext

from kejian.core.addresses import is_remote
from kejian.core.attributes import Attributes
from kejian.core.config import Course
from kejian.editor.cursor import Braces
from kejian.examples.record.normalise import RULES
from kejian.makers.typeset import ENGINES
from kejian.parse import unread
from kejian.parse.lines.import_code import LANGUAGES, RUN
from kejian.parse.lines.imports import KINDS, PICTURES
from kejian.parse.markdown.example import OUTPUTS
from kejian.parse.quote.quote import WORDS
from kejian.render.layouts import LAYOUTS

_DIAGRAMS = frozenset(("dot", "gv", "viz", "mermaid"))
_ON = ("true",)
_SWITCHES = ("cmd", "hide", "whole", "imports", "stderr", "steps", "code_block", "vertical", "incremental", "continue")
_ELEMENT = ("class", "id", "width", "height", "data-fragment-index", "style", "alt", "title", "lang")
_MARKDOWN = ("line_begin", "line_end", "code_block")
_PICTURE = ("width", "height", "alt", "title", "class", "id", "style")
_CLASSES: Mapping[Braces, Sequence[str]] = {
    "import": unread.CLASSES,
    "listing": unread.CLASSES,
    "slide": (*LAYOUTS, "has-dark-background", "has-light-background"),
    "element": ("fragment", "center", "incremental"),
}
_VALUES: Mapping[str, Sequence[str]] = {
    **dict.fromkeys(_SWITCHES, _ON),
    **unread.CHOICES,
    "output": OUTPUTS,
    "normalise": tuple(RULES),
    "as": tuple(sorted({*LANGUAGES.values(), "text", "qr"})),
    "engine": tuple(ENGINES),
    "tol": ("0.01", "1%", "2/255"),
}


def names(braces: Braces, target: str, written: Attributes) -> list[str]:
    """Return the attributes that may be added to those that are written. target: of an import."""
    known = {key for key, _ in written.items}
    return sorted({*_names(braces, target)} - known)


def _names(braces: Braces, target: str) -> Sequence[str]:
    if braces == "slide":
        return (*unread.SLIDE, "class")
    if braces == "listing":
        return unread.LISTING
    if braces == "element":
        return _ELEMENT
    if is_remote(target):
        return ("as", *_PICTURE)
    return _of_import(splitext(target.partition("#")[0])[1].lower().lstrip("."))


def _of_import(suffix: str) -> Sequence[str]:
    if suffix in PICTURES:
        return _PICTURE
    if suffix in _DIAGRAMS:
        return ("engine", "class", "id", "fig-cap", "alt", "code_block", *_MARKDOWN)
    if suffix in KINDS:
        return _MARKDOWN
    return (*WORDS, *RUN, *unread.LISTING) if suffix == "py" else (*WORDS, *unread.LISTING)


def values(attribute: str, course: Course) -> Sequence[str]:
    """Return the values that an attribute takes, empty if they are in no table."""
    if attribute == "edition":
        return course.editions
    return _VALUES.get(attribute, ())


def classes(braces: Braces) -> Sequence[str]:
    """Return the classes that mean something to what the braces belong to."""
    return _CLASSES[braces]


def is_switch(attribute: str) -> bool:
    """Return whether an attribute is on or off."""
    return attribute in _SWITCHES
