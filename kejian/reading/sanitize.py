"""Raw HTML of a deck made harmless and balanced: an allow-list, HTML5 repair, and words for what was left out."""

from __future__ import annotations

import re
from functools import cache
from html import unescape

import nh3
from selectolax.lexbor import LexborHTMLParser

from kejian.markdown.tags import TAG, known
from kejian.reading.styles import plain

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
    "datetime controls autoplay loop muted poster preload alt src href download target reversed "
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
_FETCHES = re.compile(
    r"(?:url|image|src|image-set)\s*+\(\s*+[\"']?\s*+(?!data:image/|#)[a-z]*+:?[/\\]{2}|expression|@import"
)
_LINK = re.compile(r"(\](?:\(|:)\s{0,9}<?)([^\s<>)]{1,4000})")
_VALUE = re.compile(r"=\s*+(\"[^\"]*+\"?|'[^']*+'?|[^\s>]++)")
_HANDLER = re.compile(r"[\s\"'/]on\w++\s*+=", re.IGNORECASE)
_SCRIPTED = re.compile(r"(?:javascript|vbscript):|data:(?!image/(?!svg))")
_PAINTED = frozenset(("fill", "stroke", "marker-start", "marker-end", "transform"))
_ELSEWHERE = re.compile(r"url\s*+\(\s*+[\"']?\s*+(?!#)")


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
        return None  # a picture of the name `currentScript` would stand for `document.currentScript`
    if attribute == "style" and _FETCHES.search(plain(address)):
        return None
    if attribute in _PAINTED and _ELSEWHERE.search(plain(address)):
        return None
    return value


def clean(html: str) -> str:
    """`html` balanced as a browser would, less every element, attribute and address that could act or call out."""
    return _cleaner().clean(html)


def refused(html: str) -> list[tuple[str, str]]:
    """What `clean` leaves out of `html` on purpose: `(snippet, words)` pairs, at most one of a kind."""
    found = ((pattern.search(html), words) for pattern, words in _REFUSED)
    return [(match[0][:80], words.format(match[1].lower())) for match, words in found if match]


def unable(markdown: str) -> str:
    """Markdown for viewers with no rules of their own: a tag or a link that could act is shown as text."""
    shown = TAG.sub(lambda tag: tag[0].replace("<", "&lt;") if _acts(tag) else tag[0], markdown)
    return _LINK.sub(lambda link: link[1] + ("#" if _scripted(link[2]) else link[2]), shown)


def _acts(tag: re.Match[str]) -> bool:
    """Whether a tag, a comment or a declaration could do more than arrange words; one within another might."""
    name = (tag["name"] or "").lower()
    if not name or "<" in tag[0][1:]:
        return "<" in tag[0][1:] or tag[0][:4] != "<!--"
    harmful = name == "style" or (known(name) and name not in _TAGS)
    values = (value.strip("\"'") for value in _VALUE.findall(tag[0]))
    return harmful or _HANDLER.search(tag[0]) is not None or any(map(_scripted, values))


def _scripted(address: str) -> bool:
    return _SCRIPTED.match(re.sub(r"[\x00-\x20]+", "", unescape(address)).lower()) is not None


def balance(html: str) -> str:
    """`html` as a browser would repair it, with everything kept: for courses that allow scripts."""
    return LexborHTMLParser(html, is_fragment=True).html or ""
