"""`@import "https://…" {as=qr}`: the code of an address to scan with a phone, drawn at parse time."""

from __future__ import annotations

from html import escape

from kejian.parse.lines.import_result import Import, Imported, refused

_LONGEST = 1000
"""Characters of an address; a code of more is too fine to be read across a room."""


def code(request: Import) -> Imported:
    """Return the code as a link to the address, which is its words as well."""
    if len(request.target) > _LONGEST:
        why = f"its {len(request.target)} characters make a code too fine to scan"
        return refused(request, "qr-code", why, "import a shorter address of the page")
    try:
        import segno
    except ModuleNotFoundError:
        return refused(request, "qr-code", "drawing the code needs segno", "type `pip install segno`")
    drawn = segno.make(request.target, error="m", micro=False).svg_inline(
        border=4, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None
    )
    kept = request.attributes.without("as", "href")
    classes = f"qr-code {kept.text('class')}".strip()
    address = escape(request.target)
    attributes = kept.updated(**{"class": classes}).html()
    image = drawn.replace("<svg ", '<svg role="img" aria-hidden="true" ', 1)
    return Imported(lines=(f'<p><a href="{address}" aria-label="{address}"{attributes}>{image}</a></p>', ""))
