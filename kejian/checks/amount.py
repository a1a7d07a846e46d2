"""More on a slide than a room can take in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename

from kejian.checks.material import Found, Material, tree
from kejian.model import Listing, Slide

LINES = 22
"""Lines of code that still can be read from the last row: more, and their type falls below 12 pixels of 700."""

_HAN = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_HAN}]|[^\W{_HAN}]+(?:[.,'’-][^\W{_HAN}]+)*")
_NOT_READ = ".footer, aside, script, style, .visually-hidden"


def words(slide: Slide) -> int:
    """How many words a slide asks to be read: each Chinese character is one, and each word or number of other scripts.

    Formulas, code and outputs do not count, nor does the footer.
    """
    read = tree(slide)
    for node in read.css(_NOT_READ):
        node.decompose()
    return len(_WORD.findall(read.body.text(separator=" "))) if read.body else 0


def too_many_words(material: Material) -> Iterator[Found]:
    """Each slide with more words than the course's setting `words`; plain pages are read in peace."""
    most = material.settings.words
    for deck, slide in material.slides:
        if deck.slides and most and (count := words(slide)) > most:
            yield slide.span, f"the slide has {count} words to read, more than {most}"


def too_many_lines(material: Material) -> Iterator[Found]:
    """Each listing on a slide that is longer than `LINES`."""
    for deck, slide in material.slides:
        for hole in slide.holes if deck.slides else ():
            if isinstance(hole, Listing) and (count := hole.code.count("\n") + 1) > LINES:
                here = hole.span.path == slide.span.path
                span = hole.span if here else material.place(slide, basename(hole.span.path))
                yield span, f"the listing has {count} lines, more than {LINES}"
