"""Sanitizes raw HTML of a deck: allow-list, HTML5 repair, and descriptions of what was removed."""

from __future__ import annotations

import re
from functools import cache
from html import unescape

import nh3
from selectolax.lexbor import LexborHTMLParser

from kejian.core import css
from kejian.core.addresses import bare, embedded, is_remote
from kejian.parse.tags import TAG, known

SCHEMES = frozenset({"http", "https", "mailto", "tel", "ftp"})

_TAGS = frozenset(
    "a abbr address article aside audio b bdi bdo blockquote br button caption center cite code col colgroup dd del "
    "details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img input ins kbd label "
    "li main mark nav ol p picture pre q rp rt ruby s samp section small source span strike strong style sub summary "
    "sup table tbody td tfoot th thead time tr track tt u ul var video wbr kj-hole "
    "svg g path rect circle ellipse line polyline polygon text tspan defs marker lineargradient radialgradient stop "
    "clippath linearGradient radialGradient clipPath".split()
)
_ANYWHERE = frozenset(
    "class id style title lang dir role tabindex align valign width height hidden markdown n name color size face "
    "border cellpadding cellspacing bgcolor rowspan colspan span scope start type value checked disabled open cite "
    "datetime controls autoplay loop muted playsinline poster preload kind srclang label default alt src href download "
    "target reversed "
    "viewbox d x y x1 y1 x2 y2 cx cy r rx ry dx dy points fill stroke stroke-width stroke-dasharray stroke-linecap "
    "stroke-linejoin fill-opacity stroke-opacity opacity transform text-anchor font-size font-family font-weight "
    "offset stop-color gradientunits markerwidth markerheight refx refy orient preserveaspectratio "
    "marker-end marker-start dominant-baseline viewBox gradientUnits preserveAspectRatio markerWidth markerHeight refX "
    "refY".split()
)
_REFUSED = (
    (re.compile(r"<(script)\b", re.IGNORECASE), "a script"),
    (
        re.compile(r"<(iframe|object|embed|form|base|meta|link|math|foreignObject|frameset|template)\b", re.IGNORECASE),
        "<{0}>",
    ),
    (re.compile(r"<[a-z][^<>]{0,2000}?[\s\"'/](on[a-z]{3,20})\s{0,9}=", re.IGNORECASE), "an event handler {0}="),
    (re.compile(r"=\s{0,9}[\"']?\s{0,9}(javascript|vbscript|data)\s{0,9}:(?!image/)", re.IGNORECASE), "a {0}: address"),
)
_ADDRESSES = {"href": ("a",), "src": ("img", "video", "audio", "source", "track"), "poster": ("video",)}
_LINK = re.compile(r"(\](?:\(|:)\s{0,9}<?)([^\s<>)]{1,4000})")
_VALUE = re.compile(r"=\s*+(\"[^\"]*+\"?|'[^']*+'?|[^\s>]++)")
_HANDLER = re.compile(r"[\s\"'/]on\w++\s*+=", re.IGNORECASE)
_SCRIPTED = re.compile(r"(?:javascript|vbscript):|data:(?!image/(?!svg))")


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_TAGS),
        clean_content_tags={"script", "template", "noscript", "iframe", "object"},
        attributes={"*": set(_ANYWHERE)},
        attribute_filter=_kept,
        strip_comments=True,
        link_rel=None,
        generic_attribute_prefixes={"data-", "aria-"},
        url_schemes=set(SCHEMES) | {"data"},
    )


def _kept(tag: str, attribute: str, value: str) -> str | None:
    address = value.lstrip().lower()
    if attribute in _ADDRESSES and tag not in _ADDRESSES[attribute]:
        return None
    if attribute in ("href", "src", "poster") and address.startswith("data:"):
        return value if tag in ("img", "source") and address.startswith("data:image/") else None
    if attribute == "name" and tag != "a":
        return None  # an element named `currentScript` would shadow `document.currentScript`
    if attribute == "style":
        return value if all(map(_own, _addresses(value))) else None
    return None if attribute in css.PAINTED and not css.refers_within(value) else value


def _addresses(style: str) -> list[str]:
    """Return the addresses in a style; for an ambiguous one, an address outside the course."""
    try:
        return [bare(one.value) for one in css.addresses(style)]
    except css.AmbiguousCssError:
        return ["//"]


def _own(address: str) -> bool:
    """Return whether an address in a style is a `data:` picture or a file of the course, which is looked up later."""
    return not is_remote(address) or bool(embedded(address))


def clean(html: str) -> str:
    """Balance `html` as a browser would, and remove every element, attribute and address that could act or load."""
    return _cleaner().clean(html)


def refused(html: str) -> list[tuple[str, str]]:
    """Return what `clean` removes from `html` on purpose: `(snippet, words)` pairs, at most one of a kind."""
    found = ((pattern.search(html), words) for pattern, words in _REFUSED)
    return [(match[0][:80], words.format(match[1].lower())) for match, words in found if match]


def unable(markdown: str) -> str:
    """Escape active tags and links in Markdown, for viewers that do not sanitize."""
    shown = TAG.sub(lambda tag: tag[0].replace("<", "&lt;") if _acts(tag) else tag[0], markdown)
    return _LINK.sub(lambda link: link[1] + ("#" if _scripted(link[2]) else link[2]), shown)


def _acts(tag: re.Match[str]) -> bool:
    """Return whether a tag, a comment or a declaration could do more than format text, or contains one that could."""
    name = (tag["name"] or "").lower()
    if not name or "<" in tag[0][1:]:
        return "<" in tag[0][1:] or tag[0][:4] != "<!--"
    harmful = name == "style" or (known(name) and name not in _TAGS)
    values = (value.strip("\"'") for value in _VALUE.findall(tag[0]))
    return harmful or _HANDLER.search(tag[0]) is not None or any(map(_scripted, values))


def _scripted(address: str) -> bool:
    return _SCRIPTED.match(re.sub(r"[\x00-\x20]+", "", unescape(address)).lower()) is not None


def balance(html: str) -> str:
    """Balance `html` as a browser would, removing nothing: for courses that permit scripts."""
    return LexborHTMLParser(html, is_fragment=True).html or ""
