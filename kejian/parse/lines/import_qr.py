"""`@import "https://…" {as=qr}`: an address as a QR code, drawn here; nothing is fetched."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import quote

from kejian.core.addresses import bare, shown
from kejian.parse.lines.import_result import Import, Imported, refused
from kejian.parse.markdown import links

WIDTH = "240"
"""CSS pixels of a code whose import names no size: a fifth of a slide's width."""

_WHOLE = re.compile(r"[a-z][a-z0-9+.-]*:.", re.IGNORECASE)
_ASCII = "".join(map(chr, range(0x21, 0x7F)))
_PAINTED = "color:#000;shape-rendering:crispEdges"
_DRAWN_HERE = ("as", "alt", "src", "href", "role", "viewBox", "viewbox", "style")


def asked(request: Import) -> bool:
    """Return whether an import asks for a QR code of its target."""
    return request.attributes.text("as").lower() == "qr"


def qr(request: Import) -> Imported:
    """Return the target's QR code, which is a link to it; a box with a warning if it is no address to link to."""
    address = quote(bare(request.target), safe=_ASCII)
    if scheme := links.refused(address):
        hint = "use http, https, mailto, tel, ftp, or a file of the course"
        return refused(request, "link-scheme", f"a link may not lead to `{scheme}:`", hint)
    if not _WHOLE.match(address):
        hint = 'write the whole address, as in @import "https://example.org/" {as=qr}'
        return refused(request, "import-qr", "a QR code is read far from the course, where no path leads", hint)
    drawn = _drawn(address)
    if not drawn:
        return refused(request, "import-qr", "this is too long for a QR code", "import a shorter address")
    return Imported(lines=(f'<p><a href="{escape(address)}"><svg{_attributes(request)} {drawn}</a></p>', ""))


def _drawn(address: str) -> str:
    """Return the code as SVG, behind `<svg `, on a white ground four modules wider; "" if the address is too long."""
    import segno

    try:
        code = segno.make_qr(address, error="m")
    except segno.DataOverflowError:
        return ""
    svg = code.svg_inline(border=4, dark="#000", light="#fff", svgclass=None, lineclass=None, omitsize=True)
    return svg.removeprefix("<svg ").replace('stroke="#000"', 'stroke="currentColor"')


def _attributes(request: Import) -> str:
    """Return the attributes of the drawing. It is black on white in dark looks too: few telephones read the inverse."""
    written = request.attributes
    sized = written.get("width") or written.get("height")
    kept = written.without(*_DRAWN_HERE) if sized else written.without(*_DRAWN_HERE).updated(width=WIDTH)
    style = ";".join(filter(None, [_PAINTED, written.text("style")]))
    words = written.text("alt") or shown(bare(request.target))
    return f'{kept.html()} style="{escape(style)}" role="img" aria-label="{escape(words)}"'
