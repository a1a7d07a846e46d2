"""Extract and rewrite the addresses in style sheets, tokenizing them as a browser does.

An address is a `url()`, the text after `@import`, or any string where a picture may stand. Other strings count as well,
because a custom property could turn them into addresses, except in properties known to hold display text. A sheet that
cannot be read with certainty raises `AmbiguousCssError`, and callers must assume that it may request anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from tinycss2.ast import Node

Kind = Literal["url", "import", "picture", "text"]

_ANY = re.compile(r"[\"'\\]|/\*|url|attr", re.IGNORECASE)
_URL_END = re.compile(r"(?:[^\\)]|\\.)*+\)", re.DOTALL)
_STRING = re.compile(r"\"(?:[^\\\"]|\\.)*+\"|'(?:[^\\']|\\.)*+'", re.DOTALL)
_CHARSET = re.compile(r"@charset \"(?!utf-?8\")", re.IGNORECASE)
_NEWLINES = re.compile(r"\r\n?|\f")
_SURROGATES = re.compile(r"[\ud800-\udfff]")

_PICTURES = frozenset({"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade"})
_BROKEN = {
    "bad-url": "it holds a url() that is none",
    "bad-string": "it holds a text that does not end on its line",
    "eof-in-string": "it holds a text that does not end",
    "eof-in-url": "it holds a url() that does not end",
}
_WORDS = frozenset(
    "content quotes font font-family font-feature-settings font-variation-settings font-language-override "
    "grid grid-area grid-template grid-template-areas text-emphasis text-emphasis-style text-overflow "
    "hyphenate-character list-style-type symbols additive-symbols suffix prefix negative pad "
    "@charset @namespace @layer".split()
)
"""Declarations and rules whose texts are words, and are never asked for."""


PAINTED = frozenset(
    "fill stroke filter mask mask-image mask-border clip-path cursor marker marker-start marker-mid marker-end color "
    "stop-color flood-color lighting-color opacity fill-opacity stroke-opacity stop-opacity stroke-width transform "
    "stroke-dasharray stroke-dashoffset font-size font-family font-weight text-anchor dominant-baseline".split()
)
"""Attributes of a drawing's elements that are styles."""


class Address(NamedTuple):
    """An address and its position: `start` to `end` in the text that `normal` returns, on the 1-based `line`."""

    kind: Kind
    value: str
    line: int
    start: int
    end: int


class AmbiguousCssError(Exception):
    """A style sheet cannot be read with certainty. line: 1-based."""

    def __init__(self, why: str, line: int = 1) -> None:
        super().__init__(why)
        self.line = line


def normal(css: str) -> str:
    """Preprocess a text as a browser does before tokenizing: newlines unified, NULs and lone surrogates replaced."""
    css = _NEWLINES.sub("\n", css).replace("\0", "\ufffd")
    return _SURROGATES.sub("\ufffd", css)


def addresses(css: str) -> tuple[Address, ...]:
    """Return every address in a style sheet or in a `style` attribute. Raises `AmbiguousCssError`."""
    if not _ANY.search(css):
        return ()
    found = _read(css)
    if isinstance(found, AmbiguousCssError):
        raise AmbiguousCssError(str(found), found.line)
    return found


def refers_within(css: str) -> bool:
    """Return whether a style refers to its own page only, by `url(#name)`, or to nothing."""
    try:
        return all(one.value.startswith("#") for one in addresses(css))
    except AmbiguousCssError:
        return False


def rewritten(css: str, put: Callable[[Address], str | None]) -> str:
    """Return the style sheet with each address replaced by `put(address)`; `None` leaves it as it is."""
    text, parts, at = normal(css), [], 0
    for one in addresses(css):
        new = put(one) if one.kind != "text" else None
        if new is not None:
            written = f'"{new}"' if text[one.start] in "\"'" else f'url("{new}")'
            parts += [text[at : one.start], written]
            at = one.end
    return "".join([*parts, text[at:]])


def nodes(css: str) -> Sequence[Node]:
    """Tokenize a style sheet; empty if a number in it has thousands of digits, which the tokenizer cannot parse."""
    try:
        return _parsed(normal(css))
    except ValueError:
        return ()


@lru_cache(maxsize=64)
def _parsed(text: str) -> Sequence[Node]:
    from tinycss2 import parse_component_value_list  # imported where a file has any

    found: Sequence[Node] = parse_component_value_list(text)
    return found


@lru_cache(maxsize=256)
def _read(css: str) -> tuple[Address, ...] | AmbiguousCssError:
    text = normal(css)
    if _CHARSET.match(text):
        return AmbiguousCssError("it says that it is written in another encoding than UTF-8")
    try:
        return tuple(_Walk(text).walk(_parsed(text)))
    except AmbiguousCssError as e:
        return e
    except ValueError:
        return AmbiguousCssError("it holds a number of thousands of digits")


@dataclass(slots=True, kw_only=True)
class _List:
    """The walk's state within one list of nodes.

    root: it is the sheet's top level. braces: it holds rules or declarations.
    name: the declaration or rule being read, `None` until it is known. picture: an image may stand here.
    """

    nodes: Iterator[Node]
    root: bool = False
    braces: bool = False
    name: str | None = None
    candidate: str = ""
    picture: bool = False


class _Walk:
    """Iterative walk over all nodes: blocks may be nested as deep as the text is long, so it must not recurse."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self.last: Node | None = None

    def walk(self, nodes: Sequence[Node]) -> Iterator[Address]:
        """Yield the addresses in document order."""
        stack = [_List(nodes=iter(nodes), root=True, braces=True)]
        while stack:
            here = stack[-1]
            node = next(here.nodes, None)
            if node is None:
                stack.pop()
                continue
            self.last = node
            yield from self._address(here, node)
            inner = _inner(here, node)
            _named(here, node)
            if inner:
                stack.append(inner)
        self._ended()

    def _address(self, here: _List, node: Node) -> Iterator[Address]:
        if node.type == "error" and node.kind in _BROKEN:
            raise AmbiguousCssError(_BROKEN[node.kind], node.source_line)
        if node.type == "function" and node.lower_name == "attr" and (here.picture or _custom(here)):
            raise AmbiguousCssError("it holds an attr() where a picture may stand", node.source_line)
        if node.type == "at-keyword" and node.lower_value == "import" and not here.braces:
            raise AmbiguousCssError("it holds an @import where no rule begins", node.source_line)
        if node.type == "url":
            yield self._found(here, node, "url")
        elif node.type == "string" and (here.picture or here.name not in _WORDS):
            yield self._found(here, node, "picture" if here.picture else "text")

    def _found(self, here: _List, node: Node, kind: Kind) -> Address:
        start = self.lines[node.source_line - 1] + node.source_column - 1
        match = (_URL_END if node.type == "url" else _STRING).match(self.text, start)
        if match is None:  # the tokenizer has read it, so this cannot be
            raise AmbiguousCssError("it cannot be read", node.source_line)
        kind = "import" if here.name == "@import" else kind
        value = _SURROGATES.sub("\ufffd", node.value)
        return Address("text" if here.name == "@namespace" else kind, value, node.source_line, start, match.end())

    def _ended(self) -> None:
        """Raise if a comment does not end, because it would swallow whatever follows the sheet."""
        last = self.last
        if last is not None and last.type == "comment" and not self.text.endswith(f"/*{last.value}*/"):
            raise AmbiguousCssError("it holds a comment that does not end", last.source_line)


def _custom(here: _List) -> bool:
    return here.name is None or not here.name or here.name.startswith("--") or here.name in ("result", "initial-value")


def _inner(here: _List, node: Node) -> _List | None:
    """Return the list inside a block or a function, `None` for other nodes."""
    if node.type == "{} block":
        return _List(nodes=iter(node.content), braces=True)
    if node.type == "[] block":
        return _List(nodes=iter(node.content), name="content" if _selects(here) else here.name, picture=here.picture)
    if node.type == "() block":
        return _List(nodes=iter(node.content), name=here.name, picture=here.picture)
    if node.type == "function":
        picture = here.picture or node.lower_name in _PICTURES
        return _List(nodes=iter(node.arguments), name=here.name, picture=picture)
    return None


def _selects(here: _List) -> bool:
    """Return whether these brackets are an attribute selector, whose string is only compared."""
    return here.name is None and not here.picture


def _named(here: _List, node: Node) -> None:
    """Track the name of the current declaration or rule; unexpected nodes make it unknown."""
    if not here.braces or node.type in ("whitespace", "comment"):
        return
    if node.type == "{} block" or node == ";":
        here.name, here.candidate = None, ""
    elif node.type == "error":
        here.name = ""
    elif here.name is not None:
        return
    elif node.type == "at-keyword" and not here.candidate:
        here.name = f"@{node.lower_value}"
    elif node.type == "ident" and not here.candidate:
        here.candidate = node.lower_value
    elif node == ":" and here.candidate not in ("", " "):
        here.name = here.candidate
    else:
        here.candidate = " "  # a selector, which brackets belong to
