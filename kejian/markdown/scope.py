"""What the slides of one file share, collected before the first of them is rendered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from markdown_it.token import Token

from kejian.diagnostics import Span
from kejian.markdown import toc
from kejian.markdown.parser import parser
from kejian.markdown.rendering import Definitions, Rendering, environment, terminated
from kejian.model import Heading

_MAY_DEFINE = re.compile(r"^[ \t>*+:~\-\d.)]*\[", re.MULTILINE)
"""A line that a definition could begin; looking for one costs much less than parsing."""


class Scope(Definitions):
    """Make one for each file, `collect` from all of its slides, then render them in order, each once."""

    def collect(self, slides: Iterable[Sequence[str]]) -> None:
        """Note the references, abbreviations and footnotes that `slides` define, and, for `[TOC]`, their headings."""
        texts = [terminated(lines) for lines in slides]
        for text in texts:
            if "]:" in text and _MAY_DEFINE.search(text):
                self._define(text)
        if any(toc.LINE.fullmatch(line.strip()) for text in texts if "[" in text for line in _candidates(text)):
            self.headings = tuple(self._outline(texts))

    def _define(self, text: str) -> None:
        md = parser()
        tokens: list[Token] = []
        md.block.parse(text, md, environment(Rendering(_nowhere, self), 0), tokens)
        lines = text.split("\n")
        for token in tokens:
            if token.type == "footnote_reference_open" and token.level == 0 and token.map:
                self.footnotes.setdefault(token.meta["label"], tuple(lines[token.map[0] : token.map[1]]))

    def _outline(self, texts: Iterable[str]) -> Iterable[Heading]:
        """The headings as the renderings will find them: the same texts, so the same ids."""
        draft = Definitions(self.references, self.abbreviations)
        for text in texts:
            found = Rendering(_nowhere, draft)
            parser().parse(text, environment(found, 0))
            yield from found.headings


def _candidates(text: str) -> Iterable[str]:
    return (line for line in text.split("\n") if line.lstrip()[:5].lower() == "[toc]")


def _nowhere(_index: int, _snippet: str, _offset: int = 0) -> Span:
    return Span("")
