"""The values that flow through a build: frozen, slotted, and hashable by content where they are looked up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kejian.core.attributes import Attributes
from kejian.core.citations import Citation, WorkList
from kejian.core.diagnostics import Diagnostic, Span

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
    """A diagram to draw. `language` is one of `typeset.LANGUAGES`; `engine` is a Graphviz layout engine.

    span: where its first line stands; with an `end` where something stands that shows it, and no line of it does.
    """

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
class Chunk:
    """Code written on a slide. name: the deck's and its own, `cnn.fig`. span: of the first line of `text`."""

    name: str
    text: str
    span: Span = field(compare=False)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A call of the examples package, or a chunk on a slide, to run and to show.

    call: as `calls.parse` reads it, such as `lenet.summary()`; for a chunk its name.
    format: the format specification of a value in prose, else `None`.
    output: the kinds of output to show (`text`, `value`, `picture`), all if empty.
    form: how to show the returned value (`html`, `table`, …), the richest that it offers if empty.
    heat: colour the numbers of a grid.
    tolerance, normalise: how to compare a fresh output with the recorded one.
    raises: the expected exception. timeout: in seconds, 0 for the default.
    alt: alternative text of its pictures. stderr: show standard error separately.
    code: for a chunk the chunks that it continues, then itself, all run in one namespace.
    """

    call: str
    span: Span = field(compare=False)
    format: str | None = None
    output: str = ""
    form: str = ""
    heat: bool = False
    tolerance: str = ""
    normalise: str = ""
    raises: str = ""
    timeout: float = 0.0
    alt: str = ""
    stderr: bool = False
    code: tuple[Chunk, ...] = ()


Within = Formula | Diagram | Listing | Icon | Citation | WorkList
"""What an example's output may hold."""

Hole = Within | Example


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """What fills a hole, or why nothing does.

    html: phrasing content that replaces the hole; may contain `UID` and `ROOT`.
    glyphs: `(id, markup)` pairs of shared SVG definitions; the page hoists each id once.
    holes: further holes in `html`, numbered like those of a slide.
    problem: why there is no content; it is shown in the hole's place. findings: what else was found.
    assets, reads: files that the page publishes and what it depends on because of the content, like `Folder.reads`.
    """

    html: str = ""
    glyphs: tuple[tuple[str, str], ...] = ()
    holes: tuple[Within, ...] = ()
    problem: Diagnostic | None = None
    findings: tuple[Diagnostic, ...] = ()
    assets: tuple[str, ...] = ()
    reads: Mapping[str, str] = field(default_factory=dict)


Filled = Mapping[Hole, Artifact]
"""Each hole with what fills it."""


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
class Label:
    """A name for something on a slide that is numbered. kind: as `parse.labels.kinds` has it, such as `fig`. number:
    as it is shown, once the whole deck is parsed.
    """

    name: str
    kind: str
    span: Span = field(compare=False)
    number: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of a label. written: as in the source, such as `@fig-loss`."""

    name: str
    written: str
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slide:
    """One slide, or the text before the first mark, or a whole plain page.

    html: the body, balanced, with `<kj-hole n="…"></kj-hole>` where `holes[n]` goes.
    span: from its mark up to the next mark; the spans of a deck's slides cover its source without gaps.
    labels, references: of figures, tables, listings and theorems, and to anything; those of formulas are in the holes.
    """

    html: str
    span: Span
    attributes: Attributes = Attributes()
    holes: tuple[Hole, ...] = ()
    headings: tuple[Heading, ...] = ()
    title: str = ""
    vertical: bool = False
    labels: tuple[Label, ...] = ()
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class AuthorStyles:
    """What a deck's own style sheets have rules for: parts of the house style by name, and classes."""

    parts: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deck:
    """A parsed Markdown file. A file without slide marks has no `slides`, only a `preface`: a plain page.

    reveal: options for reveal.js from front matter.
    styles, scripts, assets, links: course paths of the style sheets and scripts in the page's head, of files published
    with it, and of Markdown files it links to.
    own: what those style sheets and the `<style>` elements on its slides have rules for.
    labels, references: all of its labels, each once, and all that refers to one; those in formulas are among them.
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
    own: AuthorStyles = AuthorStyles()
    labels: tuple[Label, ...] = ()
    references: tuple[Reference, ...] = ()

    @property
    def holes(self) -> tuple[Hole, ...]:
        """Return the holes of all slides, in order."""
        return tuple(hole for slide in (self.preface, *self.slides) for hole in slide.holes)

    @property
    def examples(self) -> tuple[Example, ...]:
        """Return the holes that are examples."""
        return tuple(hole for hole in self.holes if isinstance(hole, Example))


@dataclass(frozen=True, slots=True)
class Page:
    """A published file: its path in the site and its bytes."""

    path: str
    data: bytes
