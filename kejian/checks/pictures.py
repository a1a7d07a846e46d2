"""Checks for alternative text of pictures."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from kejian.checks.subject import CourseUnderCheck, SpanFinding, tree
from kejian.core.diagnostics import Span


def without_words(material: CourseUnderCheck) -> Iterator[SpanFinding]:
    """Yield each picture without alternative text in Markdown, or with only its file's name."""
    for _, slide in material.slides:
        if "<img" not in slide.html:
            continue
        for picture in tree(slide).css("img[src]"):
            source, said = picture.attributes.get("src") or "", picture.attributes.get("alt") or ""
            if source.startswith("data:"):
                continue
            name = posixpath.basename(unquote(source))
            span = material.place(slide, name, posixpath.basename(source))
            if said in (name, posixpath.splitext(name)[0]) or (not said and _forgotten(material, span, name)):
                yield span, f"the picture {name} has no words for those who cannot see it"


def _forgotten(material: CourseUnderCheck, span: Span, name: str) -> bool:
    """Return whether `![](…)` omits the text; `alt=""` means decoration."""
    return re.search(rf"!\[\s*\]\([^()\n]*{re.escape(name)}", material.line(span)) is not None
