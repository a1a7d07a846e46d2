"""Pictures that say nothing to those who cannot see them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from kejian.checks.material import Found, Material, tree
from kejian.diagnostics import Span


def without_words(material: Material) -> Iterator[Found]:
    """Each picture with no words but the name of its file, which reading fills in, or with none in Markdown."""
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


def _forgotten(material: Material, span: Span, name: str) -> bool:
    """Whether `![](…)` left the words out; `alt=""` means decoration."""
    return re.search(rf"!\[\s*\]\([^()\n]*{re.escape(name)}", material.line(span)) is not None
