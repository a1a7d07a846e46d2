"""Lines of one slide, or of a plain page, to HTML with holes.

markdown-it-py with the rules of the dialect, one small file each; the HTML is not yet repaired or sanitised.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kejian.core.diagnostics import Diagnostic
from kejian.core.model import Heading, Hole, Label, Reference
from kejian.parse.markdown import footnotes
from kejian.parse.markdown.file_scope import FileRenderer
from kejian.parse.markdown.parser import parser
from kejian.parse.markdown.render_state import RenderState, SourceLocator, environment, terminated

__all__ = ["Body", "FileRenderer", "SourceLocator", "render"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The result of rendering Markdown.

    html: with `<kj-hole n="I"></kj-hole>` where `holes[I]` goes, each once; raw HTML of the source is unchanged.
    headings: the Markdown headings, in order. named: the id that each requested, and the one that it received.
    labels, references: as those of a `Slide`.
    """

    html: str
    holes: tuple[Hole, ...] = ()
    headings: tuple[Heading, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    named: tuple[tuple[str, str], ...] = ()
    labels: tuple[Label, ...] = ()
    references: tuple[Reference, ...] = ()


def render(lines: Sequence[str], locate: SourceLocator, scope: FileRenderer, *, incremental: bool = False) -> Body:
    """Render Markdown to HTML; bad input results in diagnostics, never in an exception.

    locate: returns the place of each hole and finding. scope: shared by the slides of a file; counts ids across them.
    incremental: list items appear one after the other.
    """
    scope.slides += 1
    found = RenderState(locate=locate, shared=scope, incremental=incremental)
    text = "\n".join(lines)
    borrowed = footnotes.borrowed(text, found)
    html = parser(scope.dialect).render(terminated([text, *borrowed]), environment(found, scope.slides))
    return Body(
        html=html,
        holes=tuple(found.holes),
        headings=tuple(found.headings),
        diagnostics=tuple(found.found),
        named=tuple(found.named),
        labels=tuple(found.labels),
        references=tuple(found.references),
    )
