"""Pass over finished inline tokens: addresses and abbreviations in text, link schemes, unknown tags."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from kejian.parse.markdown import abbreviations, autolinks
from kejian.parse.markdown.inline_html import alternative
from kejian.parse.markdown.label_index import Labels
from kejian.parse.markdown.links import refused
from kejian.parse.markdown.raw_html import warn_unknown
from kejian.parse.markdown.render_state import RenderState, rendering

_WORTH_IT = re.compile(r"[@<]|\]\(|\]\[|\]:|\[[^\]\n]{1,99}\]|www\.", re.IGNORECASE)
_CODE = re.compile(r"<(/?)(?:code|pre|script|style|textarea)\b", re.IGNORECASE)
_MOST_IN_VAIN = 20


def finish(state: StateCore) -> None:
    """Core rule, after text is joined."""
    found = rendering(state.env)
    labels = found.shared.abbreviations if found.shared.abbreviations.meanings else None
    for token in state.tokens:
        if token.type == "inline" and token.children and (labels or _WORTH_IT.search(token.content)):
            found.enter(token.map[0] if token.map else 0)
            token.children = list(_Line(found, token.content, labels).finished(token.children))


class _Line:
    """State of the pass within one inline text: the nesting depth of links and of raw code."""

    def __init__(self, found: RenderState, source: str, labels: Labels | None) -> None:
        self.found = found
        self.source = source
        self.labels = labels
        self.links = 0
        self.code = 0
        self.at = 0
        self.refused = False
        self.misses = 0

    def finished(self, tokens: list[Token]) -> Iterator[Token]:
        for token in tokens:
            if token.type == "text":
                yield from self._text(token)
                continue
            if token.type == "link_open":
                self.links += 1
                self.refused = token.hidden = self._refuse(str(token.attrs.get("href", "")))
            elif token.type == "link_close":
                self.links -= 1
                token.hidden = self.refused
            elif token.type == "html_inline":
                self._tag(token)
            elif token.type == "image":
                if self._refuse(str(token.attrs.get("src", "")), picture=True):
                    token.type, token.content = "text", alternative(token)
            elif token.type == "hole" and self.code:
                token.type = "text"
            yield token

    def _text(self, token: Token) -> Iterator[Token]:
        parts: Iterator[Token] = iter((token,))
        if not self.links and not self.code and ("@" in token.content or "www." in token.content.lower()):
            parts = autolinks.tokens(token, autolinks.split(token.content))
        if not self.labels:
            yield from parts
            return
        for part in parts:
            yield from abbreviations.explained(part, self.labels) if part.type == "text" else (part,)

    def _tag(self, token: Token) -> None:
        code = _CODE.match(token.content)
        if code:
            self.code = max(0, self.code + (-1 if code[1] else 1))
        written = self.source.find(token.content, self.at)
        if written >= 0:
            self.at = written + len(token.content)
        warn_unknown(self.found, token.content, self.source, max(0, written))

    def _refuse(self, url: str, *, picture: bool = False) -> bool:
        """Return whether an address is refused, with a finding at the next occurrence of its scheme."""
        scheme = refused(url, picture=picture)
        if not scheme:
            return False
        written = self._search(scheme)
        if written:
            self.at = written.end()
        snippet = written[0] if written else ""
        span = self.found.span(self.source, written.start() if written else self.at, snippet)
        message = f"a link may not lead to `{scheme}:`; its text is shown without it"
        self.found.warn("link-scheme", span, message, "use http, https, mailto, tel, ftp, or a file of the course")
        return True

    def _search(self, scheme: str) -> re.Match[str] | None:
        """Find the next occurrence of a scheme; gives up on schemes in other spellings after a few failed searches."""
        if self.misses > _MOST_IN_VAIN:
            return None
        written = re.compile(re.escape(scheme) + ":", re.IGNORECASE).search(self.source, self.at)
        self.misses += written is None
        return written
