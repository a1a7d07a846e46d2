"""Recognises tags in raw HTML as a browser does, and the names of known elements."""

from __future__ import annotations

import re

TAG = re.compile(
    r"<!--[\s\S]*?(?:-->|\Z)"
    r"|<[!?][^>]*(?:>|\Z)"
    r"|<(?P<slash>/?)(?P<name>[a-zA-Z][^\s/>]*)"
    r"(?:[^>=]|=(?:\s*(?:\"[^\"]*(?:\"|\Z)|'[^']*(?:'|\Z))|))*+(?:>|\Z)"
)
"""A comment, a declaration, or a tag with its attributes; a quote counts only after `=`. Always matches at `<` and a
letter, up to the end of the text when the tag never closes, so that finding all tags is linear."""

_NAMES = """
a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body
br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em
embed fencedframe fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup
hr html i iframe image img input ins kbd keygen label legend li link main map mark marquee math menu menuitem
meta meter nav nobr noembed noframes noscript object ol optgroup option output p param picture plaintext pre
progress q rb rp rt rtc ruby s samp script search section select selectedcontent slot small source span strike
strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var
video wbr xmp
animate animatemotion animatetransform circle clippath defs desc ellipse feblend fecolormatrix fecomposite
feflood fegaussianblur feimage femerge femergenode femorphology feoffset filter foreignobject g line
lineargradient marker mask metadata mpath path pattern polygon polyline radialgradient rect set stop switch
symbol text textpath tspan use view
annotation maction menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms
mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover semantics
"""
_KNOWN = frozenset(_NAMES.split())


def known(name: str) -> bool:
    """Return whether `name` is an element of HTML, SVG or MathML, or a custom element (with a hyphen)."""
    return name.lower() in _KNOWN or "-" in name
