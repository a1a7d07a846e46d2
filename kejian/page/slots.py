"""Holes of a page filled with their artifacts, or with a box that says why there is none."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape

from kejian.diagnostics import Diagnostic
from kejian.model import ROOT, UID, Artifact, Diagram, Example, Filled, Formula, Hole, Icon, Listing, Slide

_MARKED = re.compile(
    r'(<pre\b[^<>]*\sdata-marked="([0-9,-]{1,2000})"[^<>]*><code\b[^<>]*>)<kj-hole n="?(\d{1,9})"?>\s*</kj-hole>'
)
_LINE = '<span class="line'
_SLOT = re.compile(r'<kj-hole n="?(\d{1,9})"?>\s*</kj-hole>')


@dataclass(slots=True)
class Slots:
    """Fills the holes of one page: numbers what needs ids of its own, and collects the glyphs to hoist.

    root: the way from the page to the site's root, `../` or nothing.
    """

    filled: Filled
    root: str = ""
    glyphs: dict[str, str] = field(default_factory=dict)
    count: int = 0

    def fill(self, slide: Slide) -> str:
        """The slide's HTML with every hole filled. A number that no hole has leaves nothing behind."""

        def put(slot: re.Match[str]) -> str:
            number = int(slot[1])
            return self._put(slide.holes[number]) if number < len(slide.holes) else ""

        def put_marked(slot: re.Match[str]) -> str:
            number = int(slot[3])
            return slot[1] + marked(self._put(slide.holes[number]), slot[2]) if number < len(slide.holes) else slot[1]

        html = _MARKED.sub(put_marked, slide.html) if "data-marked" in slide.html else slide.html
        return _SLOT.sub(put, html)

    def hoisted(self) -> str:
        """The glyphs in one hidden drawing; empty when the page has none."""
        if not self.glyphs:
            return ""
        inner = "".join(self.glyphs.values())
        return f'<svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs>{inner}</defs></svg>'

    def _put(self, hole: Hole) -> str:
        found = self.filled[hole]
        if isinstance(found, Diagnostic):
            return problem(found, hole)
        for name, markup in found.glyphs:
            self.glyphs.setdefault(name, markup)
        return self._numbered(found)

    def _numbered(self, artifact: Artifact) -> str:
        html = artifact.html.replace(ROOT, self.root) if ROOT in artifact.html else artifact.html
        if UID not in html:
            return html
        self.count += 1
        return html.replace(UID, str(self.count))


def marked(listing: str, lines: str) -> str:
    """A highlighted listing whose `lines`, such as `1,3-5`, have the class `marked`."""
    ranges = [[int(n) for n in part.split("-") if n] for part in lines.split(",")]
    wanted = [(r[0], r[-1]) for r in ranges if r]
    before, *rows = listing.split(_LINE)
    chosen = [any(low <= n <= high for low, high in wanted) for n in range(1, len(rows) + 1)]
    return before + "".join(_LINE + " marked" * mark + row for row, mark in zip(rows, chosen, strict=True))


def problem(found: Diagnostic, hole: Hole) -> str:
    """A box with the message, its place, the hint and what the author wrote; phrasing content."""
    kind = "problem inline" if _inline(hole) else "problem"
    hint = f' <span class="hint">{escape(found.hint)}</span>' if found.hint else ""
    return (
        f'<span class="{kind}" role="note"><strong>{escape(found.message)}</strong>'
        f' <span class="place">{escape(f"{found.span.path}:{found.span.line}")}</span>{hint}'
        f' <code class="source">{escape(_source(hole))}</code></span>'
    )


def _inline(hole: Hole) -> bool:
    match hole:
        case Icon():
            return True
        case Formula(display=display):
            return not display
        case Example(format=form):
            return form is not None
        case _:
            return False


def _source(hole: Hole) -> str:
    match hole:
        case Formula(tex=text):
            return text.strip("\n")
        case Diagram(source=text) | Listing(code=text) | Example(call=text):
            return text
        case Icon(name=text):
            return f":fa-{text}:"
