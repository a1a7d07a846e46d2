"""Lines of one slide, or of a plain page, to HTML with holes.

markdown-it-py with the rules of the dialect, one small file each; the HTML is not yet repaired or sanitised.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kejian.diagnostics import Diagnostic
from kejian.markdown import footnotes
from kejian.markdown.parser import parser
from kejian.markdown.rendering import Locate, Rendering, environment, terminated
from kejian.markdown.scope import Scope
from kejian.model import Heading, Hole

__all__ = ["Body", "Locate", "Scope", "render"]


@dataclass(frozen=True, slots=True)
class Body:
    """Rendered lines.

    html: with `<kj-hole n="I"></kj-hole>` where `holes[I]` goes, each once; raw HTML of the source as it was written.
    headings: the Markdown headings, in order. named: the id that each asked for, and the one that it got.
    """

    html: str
    holes: tuple[Hole, ...] = ()
    headings: tuple[Heading, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    named: tuple[tuple[str, str], ...] = ()


def render(lines: Sequence[str], locate: Locate, scope: Scope) -> Body:
    """The HTML of `lines`; bad input costs diagnostics, never the slide.

    `locate` is asked for the place of each hole and finding. `scope` is the file's: it counts ids across its slides.
    """
    scope.slides += 1
    found = Rendering(locate, scope)
    text = "\n".join(lines)
    borrowed = footnotes.borrowed(text, found)
    html = parser().render(terminated([text, *borrowed]), environment(found, scope.slides))
    return Body(html, tuple(found.holes), tuple(found.headings), tuple(found.found), tuple(found.named))
