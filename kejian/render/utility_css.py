"""The utility classes (`top4`, `left-2`, `width75`, `red`, `center` …) as CSS rules.

Rules are generated for the classes that a page uses, so any number works: `top7`, `left-12`, `height33`. Margins are
percentages of the width of the containing box.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import unescape

_MEASURE = re.compile(r"(top|bottom|left|right|width|height|font)(-?)([0-9]{1,3})")
_CLASS = re.compile(r"""\bclass\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_SCOPE = ":is(.slides, .page)"

COLOURS = ("red", "green", "blue", "yellow", "orange", "magenta", "violet", "cyan")
_TONES = ("base03", "base02", "base01", "base00", "base0", "base1", "base2", "base3")

_FIXED: Mapping[str, str] = {
    **{c: f"{{S}} .{c} {{ color: var(--{c}); }} {{S}} svg .{c} {{ fill: currentColor; }}" for c in (*COLOURS, *_TONES)},
    **{f"bg_{c}": f"{{S}} .bg_{c} {{ background-color: var(--{c}); }}" for c in (*COLOURS, *_TONES)},
    "center": (
        "{S} .center { text-align: center; margin-inline: auto; }"
        " {S} :is(img, video, svg, table).center { display: block; }"
        " {S} table.center { display: table; width: fit-content; }"
    ),
    "left": "{S} .left { text-align: left; }",
    "right": "{S} .right { text-align: right; }",
    "justify": "{S} .justify { text-align: justify; }",
    "multi_column": (
        "{S} .multi_column { display: flex; justify-content: space-between; gap: 0.5em; }"
        " {S} .multi_column > * { min-width: 0; }"
        " {S} .multi_column .formula wbr { display: none; }"
        " {S} .multi_column > img { object-fit: contain; max-width: none; }"
    ),
    "vcenter": "{S} .vcenter { display: flex; align-items: center; }",
    "nowrap": "{S} .nowrap { white-space: nowrap; }",
    "bold": "{S} .bold { font-weight: 700; }",
    "small": "{S} .small { font-size: 0.8em; }",
    "large": "{S} .large { font-size: 1.25em; }",
    "border": "{S} table.border :is(th, td) { border: 1px solid var(--rule); }",
    "noborder": "{S} table.noborder :is(th, td) { border: 0; }",
    "border_top": "{S} .border_top { border-top: 1px solid var(--rule) !important; }",
    "border_bottom": "{S} .border_bottom { border-bottom: 1px solid var(--rule) !important; }",
    "border_left": "{S} .border_left { border-left: 1px solid var(--rule) !important; }",
    "border_right": "{S} .border_right { border-right: 1px solid var(--rule) !important; }",
    "threeline": (
        "{S} table.threeline { border-block: 2px solid var(--rule); }"
        " {S} table.threeline :is(th, td) { border: 0; }"
        " {S} table.threeline thead { border-bottom: 1px solid var(--rule); }"
    ),
}


def used(html: str) -> frozenset[str]:
    """Return every class name in `html`."""
    values = (double or single or bare for double, single, bare in _CLASS.findall(html))
    return frozenset(name for value in values for name in unescape(value).split())


def css(classes: Iterable[str]) -> str:
    """Return rules for those of `classes` that are utilities, one per line in a fixed order; others are ignored."""
    return "".join(f"{rule}\n" for name in sorted(set(classes)) if (rule := _rule(name)))


def _rule(name: str) -> str:
    if name in _FIXED:
        return _FIXED[name].replace("{S}", _SCOPE)
    measure = _MEASURE.fullmatch(name)
    if not measure:
        return ""
    side, minus, number = measure.groups()
    amount = f"{minus if number.strip('0') else ''}{int(number)}%"
    escaped = f"{side}{minus}{number}"
    if side in ("width", "height", "font"):
        declaration = "font-size" if side == "font" else side
        return "" if minus else f"{_SCOPE} .{escaped} {{ {declaration}: {amount}; }}"
    return f"{_SCOPE} .{escaped} {{ margin-{side}: {amount}; }}"
