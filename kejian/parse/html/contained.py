"""Sanitizing of HTML written by programs: as safe as a slide's own HTML, and confined to its own box as well.

A deck's author may position elements on the slide, use the theme's classes, and set ids. An object's HTML may not: it
could cover the slide or imitate the theme. It keeps its text, tables, lists, `data:` pictures and colours; the rules of
its style sheets become inline styles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

import nh3
import tinycss2
from selectolax.lexbor import LexborHTMLParser, LexborNode

from kejian.parse.html import nesting, sanitize

_TAGS = frozenset(
    "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure "
    "h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small span strike strong sub "
    "summary sup table tbody td tfoot th thead time tr tt u ul var wbr kj-hole "
    "svg g path rect circle ellipse line polyline polygon text tspan".split()
)
_DRAWN = frozenset(
    "viewBox d x y x1 y1 x2 y2 cx cy r rx ry dx dy points fill stroke stroke-width stroke-dasharray stroke-linecap "
    "stroke-linejoin fill-opacity stroke-opacity opacity transform text-anchor font-size font-weight "
    "dominant-baseline preserveAspectRatio width height".split()
)
_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "*": frozenset("class style title lang dir align valign".split()),
    "a": frozenset(("href",)),
    "img": frozenset("src alt width height".split()),
    **dict.fromkeys(("td", "th"), frozenset("colspan rowspan scope".split())),
    "ol": frozenset(("start",)),
    "details": frozenset(("open",)),
    "kj-hole": frozenset(("n",)),
    **dict.fromkeys("svg g path rect circle ellipse line polyline polygon text tspan".split(), _DRAWN),
}
_CLASSES = frozenset(
    "math center red green blue yellow orange magenta violet cyan line-numbers task-list-item "
    "task-list-item-checkbox contains-task-list admonition admonition-title note tip warning important caution".split()
)
"""Classes of the theme that only arrange or colour words."""
_STYLES = re.compile(
    r"color|background(?:-color)?|text-align|vertical-align|font-(?:weight|style)|text-decoration|white-space"
    r"|border(?:-(?:top|right|bottom|left))?(?:-(?:color|style|width))?|border-collapse"
)
"""Properties that change nothing outside of their element's own place."""
_FUNCTION = re.compile(r"([\w-]*)\(")
_FUNCTIONS = frozenset(("", "rgb", "rgba", "hsl", "hsla", "linear-gradient"))
_VALUE = re.compile(r"[\w\s#%.,()+-]{1,200}")
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE)
_LINK = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_INK = "color: #1a1a1a"
"""What words on a ground that their author has chosen are written in, as on the white page that the author saw."""
_APPLIED = 20_000
_REMOTE = re.compile(
    r"<(?:img|source|video|audio)\b[^<>]{0,2000}?\b(?:src|srcset|poster)\s{0,9}=\s{0,9}[\"']?(?![\"'\s]|data:)",
    re.IGNORECASE,
)
_CRAMPED = re.compile(r"\b(position\s*:\s*(?:fixed|absolute|sticky)|z-index\s*:)", re.IGNORECASE)


class Contained(NamedTuple):
    """Sanitized HTML, and descriptions of what was removed from it on purpose."""

    html: str
    left_out: tuple[str, ...]


def contained(html: str) -> Contained:
    """Balance `html` and remove all that could act, load or leave its box. Linear in the text, up to a limit."""
    bounded, deep = nesting.bounded(html)
    left_out = [words for _, words in sanitize.refused(html)]
    left_out += ["a picture that is not in it"] if _REMOTE.search(html) else []
    left_out += ["a place on the slide"] if _CRAMPED.search(html) else []
    left_out += ["what is nested too deep"] if deep else []
    return Contained(_cleaner().clean(sanitize.clean(_inlined(bounded))), tuple(left_out))


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_TAGS),
        clean_content_tags={"style", "script"},
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=_kept,
        link_rel="noopener noreferrer",
        url_schemes={"http", "https", "mailto", "data"},
    )


def _kept(tag: str, attribute: str, value: str) -> str | None:  # noqa: ARG001 -- the cleaner's interface
    if attribute == "class":
        return " ".join(name for name in value.split() if name in _CLASSES or name.startswith("language-")) or None
    if attribute == "style":
        return "; ".join(_declarations(value)) or None
    if attribute == "src":
        return value if _PICTURE.fullmatch(value) else None
    if attribute == "href":
        return value if _LINK.match(value) else None
    return None if "url(" in value.lower() else value


def _declarations(style: str) -> Iterator[str]:
    """Yield the declarations of a style that are safe: colours, and arrangement within the flow."""
    names = set()
    for declaration in style.split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        name = name.lower()
        value = re.sub(r"\s*!important\s*$", "", value, flags=re.IGNORECASE)
        if _STYLES.fullmatch(name) and _VALUE.fullmatch(value) and set(_FUNCTION.findall(value.lower())) <= _FUNCTIONS:
            names.add(name)
            yield f"{name}: {value}"
    if names & {"background", "background-color"} and "color" not in names:
        yield _INK


def _inlined(html: str) -> str:
    """Move the rules of style sheets into `style` attributes, for selectors of a single id, class or tag."""
    if "<style" not in html.lower():
        return html
    tree = LexborHTMLParser(html, is_fragment=True)
    named = _by_name(tree)
    styles: dict[int, tuple[LexborNode, list[str]]] = {}
    left = _APPLIED
    for selector, declarations in _rules(tree):
        for node in named.get(selector, [])[:left]:
            left -= 1
            styles.setdefault(node.mem_id, (node, []))[1].append(declarations)
    for node, found in styles.values():
        node.attrs["style"] = "; ".join([*found, node.attributes.get("style") or ""])
    for node in tree.css("style"):
        node.decompose()
    return tree.html or ""


def _by_name(tree: LexborHTMLParser) -> Mapping[str, list[LexborNode]]:
    found: dict[str, list[LexborNode]] = {}
    for node in tree.css("*"):
        attributes = node.attributes
        names = [f".{name}" for name in (attributes.get("class") or "").split()]
        for name in (*names, f"#{attributes.get('id')}", node.tag or ""):
            found.setdefault(name, []).append(node)
    return found


def _rules(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """Yield each selector of the style sheets with its declarations, in order."""
    for sheet in tree.css("style"):
        for rule in tinycss2.parse_stylesheet(sheet.text(), skip_comments=True, skip_whitespace=True):
            if rule.type == "qualified-rule":
                declarations = tinycss2.serialize(rule.content).strip().rstrip(";")
                for selector in tinycss2.serialize(rule.prelude).split(","):
                    yield selector.strip(), declarations
