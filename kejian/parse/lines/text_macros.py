"""Text macros: lines such as `HEADER 动机` that a template turns into HTML. Adding a macro means adding a template.

A macro's template begins with its usage in a comment: `{# FOOTER3 left center right... #}`. Each field takes a word,
one with `...` the rest of the line. A macro with fields must start a line; one without is replaced wherever its name
occurs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

_CODE = re.compile(r"(`[^`]*`)")
_USAGE = re.compile(r"\A\s*\{#-?\s*(\S+)([^#]*?)-?#\}")

Draw = Callable[[Mapping[str, object]], str]

_MOST = 4096
_DRAWN: dict[tuple[object, ...], str] = {}
"""What templates have drawn, by their text and their values."""


@dataclass(frozen=True, slots=True)
class Macro:
    """A text macro: its name, its fields in order, whether the last takes the rest of the line, and its template."""

    name: str
    fields: tuple[str, ...]
    rest: bool
    draw: Draw


@dataclass(frozen=True, slots=True)
class Macros:
    """The text macros of a course, by the first word of a line or by occurrence anywhere in it."""

    at_start: Mapping[str, Macro]
    anywhere: Mapping[str, Macro]

    def expand(self, line: str, footer: Sequence[str] = ()) -> tuple[str, str]:
        """Return `line` with its macro replaced by one line of HTML, and a problem or ""."""
        name, _, rest = line.strip().partition(" ")
        macro = self.at_start.get(name)
        if macro:
            values, problem = _fields(macro, rest, footer)
            return _one_line(macro.draw(values)), problem
        for name, macro in self.anywhere.items():
            if name in line:
                line = _outside_code(line, name, _one_line(macro.draw({})))
        return line, ""


def macro(template: str, draw: Draw) -> Macro | None:
    """Return the macro that a template's text declares; `None` without a usage comment."""
    usage = _USAGE.match(template)
    if not usage:
        return None
    words = usage[2].split()
    fields = tuple(word.removesuffix("...") for word in words)
    if "" in fields:  # a field that is only `...` has no name
        return None
    return Macro(usage[1], fields, bool(words) and words[-1].endswith("..."), draw)


def remembered(template: str, draw: Draw) -> Draw:
    """Cache the results of `draw` for a template that only substitutes its values."""

    def drawn(values: Mapping[str, object]) -> str:
        key = template, *values.items()
        known = _DRAWN.get(key)
        if known is None:
            known = draw(values)
            if len(_DRAWN) >= _MOST:
                _DRAWN.clear()
            _DRAWN[key] = known
        return known

    return drawn


def table(found: Sequence[Macro]) -> Macros:
    """Index macros; of two with the same name the later takes precedence."""
    return Macros({m.name: m for m in found if m.fields}, {m.name: m for m in found if not m.fields})


def _fields(macro: Macro, text: str, footer: Sequence[str]) -> tuple[dict[str, object], str]:
    words = text.split(maxsplit=len(macro.fields) - 1) if macro.rest else text.split()
    if not words and macro.name.startswith("FOOTER"):
        words = list(footer)
    values = [Markup(word.strip()) for word in words] + [Markup()] * (len(macro.fields) - len(words))  # noqa: S704 -- the dialect says a field is raw HTML; the slide is sanitised afterwards
    lacking = macro.fields[len(words) :]
    problem = f"{macro.name} lacks {', '.join(lacking)}" if lacking else ""
    return dict(zip(macro.fields, values, strict=False)), problem


def _outside_code(line: str, name: str, drawn: str) -> str:
    """Return `line` with `name` replaced outside of code spans."""
    if "`" not in line:
        return line.replace(name, drawn)
    return "".join(part if part.startswith("`") else part.replace(name, drawn) for part in _CODE.split(line))


def _one_line(html: str) -> str:
    return " ".join(part for line in html.splitlines() if (part := line.strip()))
