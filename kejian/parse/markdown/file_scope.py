"""State shared by the slides of one file, collected before the first of them is rendered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from markdown_it.token import Token

from kejian.core.diagnostics import Span
from kejian.core.model import Heading
from kejian.parse.markdown import toc
from kejian.parse.markdown.parser import parser
from kejian.parse.markdown.render_state import FileScope, RenderState, environment, terminated

_MAY_DEFINE = re.compile(r"^[ \t>*+:~\-\d.)]*\[", re.MULTILINE)
"""A line that a definition could begin; looking for one costs much less than parsing."""


class FileRenderer(FileScope):
    """Renders the slides of one file: `collect` from all of them, then render each once, in order."""

    def collect(self, slides: Iterable[Sequence[str]]) -> None:
        """Collect reference, abbreviation and footnote definitions from `slides`, and headings if
        there is a `[TOC]`.
        """
        texts = [terminated(lines) for lines in slides]
        for text in texts:
            if "]:" in text and _MAY_DEFINE.search(text):
                self._define(text)
        if any(toc.LINE.fullmatch(line.strip()) for text in texts if "[" in text for line in _candidates(text)):
            self.headings = tuple(self._outline(texts))

    def _define(self, text: str) -> None:
        md = parser(self.dialect)
        tokens: list[Token] = []
        md.block.parse(text, md, environment(RenderState(locate=_nowhere, shared=self), 0), tokens)
        lines = text.split("\n")
        for token in tokens:
            if token.type == "footnote_reference_open" and token.level == 0 and token.map:
                self.footnotes.setdefault(token.meta["label"], tuple(lines[token.map[0] : token.map[1]]))

    def _outline(self, texts: Iterable[str]) -> Iterable[Heading]:
        """Return the headings as rendering will produce them: equal texts, hence equal ids."""
        draft = FileScope(references=self.references, abbreviations=self.abbreviations, dialect=self.dialect)
        for text in texts:
            found = RenderState(locate=_nowhere, shared=draft)
            parser(self.dialect).parse(text, environment(found, 0))
            yield from found.headings


def _candidates(text: str) -> Iterable[str]:
    return (line for line in text.split("\n") if line.lstrip()[:5].lower() == "[toc]")


def _nowhere(_index: int, _snippet: str, _offset: int = 0) -> Span:
    return Span("")
