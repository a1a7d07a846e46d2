"""Fills the holes of a page with artifacts, or with a box that says why there is none."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape

from kejian.core.diagnostics import Diagnostic
from kejian.core.model import ROOT, UID, Artifact, Diagram, Example, Filled, Formula, Hole, Icon, Listing, Slide

_MARKED = re.compile(
    r'(<pre\b[^<>]*\sdata-marked="([0-9,|-]{1,2000})"[^<>]*><code\b[^<>]*>)<kj-hole n="?(\d{1,9})"?>\s*</kj-hole>'
)
_LINE = '<span class="line'
_SLOT = re.compile(r'<kj-hole n="?(\d{1,9})"?>\s*</kj-hole>')


@dataclass(slots=True)
class HoleSlots:
    """Fills the holes of one page: numbers what needs unique ids, and collects shared glyphs.

    root: the relative path from the page to the site's root, `../` or "".
    """

    filled: Filled
    root: str = ""
    glyphs: dict[str, str] = field(default_factory=dict)
    count: int = 0

    def fill(self, slide: Slide) -> str:
        """Return the slide's HTML with every hole filled. A placeholder without a hole is removed."""

        def put(slot: re.Match[str]) -> str:
            number = int(slot[1])
            return self._put(slide.holes[number]) if number < len(slide.holes) else ""

        def put_marked(slot: re.Match[str]) -> str:
            number = int(slot[3])
            return _marked(slot[1], self._put(slide.holes[number]), slot[2]) if number < len(slide.holes) else slot[1]

        html = _MARKED.sub(put_marked, slide.html) if "data-marked" in slide.html else slide.html
        return _SLOT.sub(put, html)

    def hoisted(self) -> str:
        """Return the glyphs in one hidden drawing; "" if the page has none."""
        if not self.glyphs:
            return ""
        inner = "".join(self.glyphs.values())
        return f'<svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs>{inner}</defs></svg>'

    def _put(self, hole: Hole) -> str:
        found = self.filled[hole]
        if found.problem:
            return plain(hole.code) if isinstance(hole, Listing) else problem(found.problem, hole)
        for name, markup in found.glyphs:
            self.glyphs.setdefault(name, markup)
        html = self._numbered(found)
        return _SLOT.sub(lambda slot: self._put_within(found, int(slot[1])), html) if found.holes else html

    def _put_within(self, artifact: Artifact, number: int) -> str:
        return self._put(artifact.holes[number]) if number < len(artifact.holes) else ""

    def _numbered(self, artifact: Artifact) -> str:
        html = artifact.html.replace(ROOT, self.root) if ROOT in artifact.html else artifact.html
        if UID not in html:
            return html
        self.count += 1
        return html.replace(UID, str(self.count))


def plain(code: str) -> str:
    """Format a listing without highlighting: a span for each line, as `makers.highlight` does."""
    return "".join(f'<span class="line">{escape(line)}</span>' for line in code.splitlines(keepends=True))


def _marked(opening: str, listing: str, steps: str) -> str:
    """Mark lines of a listing; for several steps, add a fragment for each but the first.

    A line's classes are the numbers of its steps; the theme highlights those of the last visible step.
    """
    texts = steps.split("|")
    if len(texts) == 1:
        return opening + marked(listing, steps)
    for number, lines in enumerate(texts, 1):
        listing = marked(listing, lines, f"at-{number}")
    before, code, after = opening.rpartition("<code")
    fragments = "".join(f'<span class="fragment step-{number}"></span>' for number in range(2, len(texts) + 1))
    return f"{before}{fragments}{code}{after}{listing}"


def marked(listing: str, lines: str, name: str = "marked") -> str:
    """Add the class `name` to the given `lines` of a highlighted listing, such as `1,3-5`."""
    ranges = [[int(n) for n in part.split("-") if n] for part in lines.split(",")]
    wanted = [(r[0], r[-1]) for r in ranges if r]
    before, *rows = listing.split(_LINE)
    chosen = [any(low <= n <= high for low, high in wanted) for n in range(1, len(rows) + 1)]
    return before + "".join(_LINE + f" {name}" * mark + row for row, mark in zip(rows, chosen, strict=True))


def problem(found: Diagnostic, hole: Hole) -> str:
    """Return a box with message, place, hint and source, as phrasing content."""
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
