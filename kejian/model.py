"""The values that flow through a build: frozen, slotted, hashable where they are looked up by content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kejian.attributes import Attributes
from kejian.diagnostics import Diagnostic, Span

UID = "\ue000"
"""Stands in an artifact's HTML where the page puts a number of its own, so that ids stay unique on a page."""


ROOT = "\ue001"
"""Stands in an artifact's HTML before a path in the site; the page puts the way to the site's root in its place."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula to typeset: TeX without its delimiters."""

    tex: str
    display: bool
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Diagram:
    """A graph to draw. `language` is `dot` or `mermaid`; `engine` is a Graphviz layout engine."""

    source: str
    language: str
    engine: str
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Listing:
    """Source text to highlight. `language` is the lower-case info string word, empty for plain text."""

    code: str
    language: str
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Icon:
    """A Font Awesome icon by its version 4 or later name, without the `fa-` prefix."""

    name: str
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Code:
    """A chunk: code written on a slide. name: the deck's and its own, `cnn.fig`. span: of the text's first line."""

    name: str
    text: str
    span: Span = field(compare=False)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Example:
    """A call of the examples package, or a chunk on a slide, to run and to show.

    call: as `calls.parse` reads it, such as `lenet.summary()`; of a chunk its name. format: for a value in prose its
    format specification, else `None`. output: which kinds of output are shown (`text`, `value`, `picture`), all when
    empty. tolerance, normalise: how a fresh output is compared. raises: the error that is meant. timeout: seconds, 0
    for the usual. alt: what its pictures show, in words.
    code: of a chunk those that it continues, then itself; they run one after another in one namespace.
    """

    call: str
    span: Span = field(compare=False)
    format: str | None = None
    output: str = ""
    tolerance: str = ""
    normalise: str = ""
    raises: str = ""
    timeout: float = 0.0
    alt: str = ""
    code: tuple[Code, ...] = ()


Hole = Formula | Diagram | Listing | Icon | Example


@dataclass(frozen=True, slots=True)
class Artifact:
    """What fills a hole.

    html: phrasing content that replaces the hole; may contain `UID` and `ROOT`.
    glyphs: `(id, markup)` pairs of shared SVG definitions; the page hoists each id once.
    """

    html: str
    glyphs: tuple[tuple[str, str], ...] = ()


Filled = Mapping[Hole, Artifact | Diagnostic]
"""Each hole with what fills it, or with why nothing does."""


@dataclass(frozen=True, slots=True)
class Source:
    """One text file of the course. `path` is relative to the course, with `/` between its parts."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading for tables of contents and indexes: `level` 1 to 6, plain `text`, the element's `id`."""

    level: int
    text: str
    id: str
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide, or the text before the first mark, or a whole plain page.

    html: the body, balanced, with `<kj-hole n="…"></kj-hole>` where `holes[n]` goes.
    span: from its mark up to the next mark; the spans of a deck's slides cover its source without gaps.
    """

    html: str
    span: Span
    attributes: Attributes = Attributes()
    holes: tuple[Hole, ...] = ()
    headings: tuple[Heading, ...] = ()
    title: str = ""
    vertical: bool = False


@dataclass(frozen=True, slots=True)
class Deck:
    """A parsed Markdown file. A file without slide marks has no `slides`, only a `preface`: a plain page.

    reveal: what front matter hands to reveal.js. styles, scripts, assets, links: paths in the course, of what the
    page's head loads, what is published with it, and which Markdown files it links to.
    """

    path: str
    title: str
    preface: Slide
    slides: tuple[Slide, ...]
    reveal: Mapping[str, object]
    front: Mapping[str, object]
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def holes(self) -> tuple[Hole, ...]:
        """The holes of all its slides, in order."""
        return tuple(hole for slide in (self.preface, *self.slides) for hole in slide.holes)

    @property
    def examples(self) -> tuple[Example, ...]:
        """The holes that are examples."""
        return tuple(hole for hole in self.holes if isinstance(hole, Example))


@dataclass(frozen=True, slots=True)
class Page:
    """A published file: its path in the site and its bytes."""

    path: str
    data: bytes
