"""Checks for more content than an audience can take in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename

from kejian.checks.subject import CourseUnderCheck, SpanFinding, tree
from kejian.core.diagnostics import Span
from kejian.core.model import Example, Listing, Slide
from kejian.examples import terminal_text
from kejian.examples.output_html import shown

LINES = 22
"""Lines of code that still can be read from the last row: more, and their type falls below 12 pixels of 700."""

OUTPUT_LINES = 60
"""Lines of an output that still can be followed while it is scrolled: a network of twenty layers has fifty."""

_HAN = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_HAN}]|[^\W{_HAN}]+(?:[.,'’-][^\W{_HAN}]+)*")
_NOT_READ = ".footer, aside, script, style, .visually-hidden"


def words(slide: Slide) -> int:
    """Count the words of a slide: each Chinese character, and each word or number of other scripts.

    Formulas, code, outputs and the footer are not counted.
    """
    read = tree(slide)
    for node in read.css(_NOT_READ):
        node.decompose()
    return len(_WORD.findall(read.body.text(separator=" "))) if read.body else 0


def too_many_words(material: CourseUnderCheck) -> Iterator[SpanFinding]:
    """Yield each slide with more words than the course's setting `words`; plain pages have no limit."""
    most = material.settings.words
    for deck, slide in material.slides:
        if deck.slides and most and (count := words(slide)) > most:
            yield slide.span, f"the slide has {count} words to read, more than {most}"


def too_many_lines(material: CourseUnderCheck) -> Iterator[SpanFinding]:
    """Yield each listing on a slide that is longer than `LINES`."""
    for deck, slide in material.slides:
        for hole in slide.holes if deck.slides else ():
            if isinstance(hole, Listing) and (count := hole.code.count("\n") + 1) > LINES:
                yield _place(material, slide, hole.span), f"the listing has {count} lines, more than {LINES}"


def long_outputs(material: CourseUnderCheck) -> Iterator[SpanFinding]:
    """Yield each recorded output on a slide that is longer than `OUTPUT_LINES`."""
    for deck, slide in material.slides:
        for hole in slide.holes if deck.slides else ():
            recorded = material.recorded.get(hole) if isinstance(hole, Example) else None
            for output in shown(hole, recorded) if isinstance(hole, Example) and recorded else ():
                count = terminal_text.plain(output.text.rstrip()).count("\n") + 1
                if output.suffix == "txt" and count > OUTPUT_LINES:
                    yield (
                        _place(material, slide, hole.span),
                        f"the output has {count:,} lines, more than {OUTPUT_LINES}",
                    )


def _place(material: CourseUnderCheck, slide: Slide, span: Span) -> Span:
    """Return the place in the slide's own file of what is at a span, possibly by way of an import."""
    return span if span.path == slide.span.path else material.place(slide, basename(span.path))
