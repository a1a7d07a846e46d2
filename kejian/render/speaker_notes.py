"""Speaker notes of a deck's page, for what holds no HTML: as plain text, and as a Markdown file of a whole course."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from kejian.core.model import Deck

MARK = "<!-- Written by `kejian export --notes`. -->"
"""The first line of the file, by which it may be written anew."""

_BREAK = "\u2028"
"""Stands for the end of a line while the others are but blanks."""
_BLOCKS = "p, div, li, tr, blockquote, h1, h2, h3, h4, h5, h6, ul, ol, table, br"


class NoConverterError(RuntimeError):
    """The package that writes Markdown is not installed; the text contains what to type."""


@dataclass(frozen=True, slots=True)
class SlideNotes:
    """A slide that is shown: its column and row, its id, its title and the HTML of its notes, both perhaps ""."""

    place: tuple[int, int]
    anchor: str
    title: str
    html: str


def notes(page: str) -> tuple[SlideNotes, ...]:
    """Return the notes of each slide of a deck's page, in order, without slides that are left out of the talk."""
    slides = LexborHTMLParser(page).css("main > .slides section.slide")
    return tuple(_slide(node) for node in slides if node.attributes.get("data-visibility") != "hidden")


def _slide(node: LexborNode) -> SlideNotes:
    html = "\n".join((aside.inner_html or "").strip() for aside in node.css("aside.notes"))
    h, v, anchor, title = (node.attributes.get(name) or "" for name in ("data-h", "data-v", "id", "aria-label"))
    return SlideNotes((int(h), int(v)), anchor, title, html)


def as_text(html: str) -> str:
    """Return notes as plain text, a line for each paragraph and each item, formulas as TeX."""
    tree = _with_tex(html)
    for node in tree.css("pre"):
        node.replace_with(f"{_BREAK}{node.text().replace(chr(10), _BREAK)}{_BREAK}")
    for node in tree.css(_BLOCKS):
        node.insert_after(_BREAK)
        node.insert_before(_BREAK)
    lines = (" ".join(line.split()) for line in tree.text().split(_BREAK))
    return "\n".join(filter(None, lines))


def markdown(decks: Iterable[tuple[Deck, Iterable[SlideNotes]]]) -> str:
    """Return the file: a part for each deck, in it one for each slide, with its number. Raises `NoConverterError`."""
    return "\n\n".join([MARK, *(part for deck, slides in decks for part in _deck(deck, slides))]) + "\n"


def _deck(deck: Deck, slides: Iterable[SlideNotes]) -> Iterator[str]:
    yield f"# {deck.title}"
    yield f"`{deck.path}`"
    for number, slide in enumerate(slides, 1):
        yield f"## {number}. {slide.title}".rstrip()
        if slide.html:
            yield as_markdown(slide.html)


def as_markdown(html: str) -> str:
    """Return notes as Markdown, formulas as TeX between dollars. Raises `NoConverterError`."""
    try:
        from markdownify import ATX, markdownify
    except ModuleNotFoundError:
        raise NoConverterError("writing notes needs markdownify: type `pip install 'kejian[office]'`") from None
    # Stars and underscores stay as they are: notes in `data-notes` may be Markdown already.
    return markdownify(
        _with_tex(html).html or "", heading_style=ATX, bullets="-", escape_asterisks=False, escape_underscores=False
    ).strip()


def _with_tex(html: str) -> LexborHTMLParser:
    """Parse a fragment, with each formula replaced by its TeX."""
    tree = LexborHTMLParser(html, is_fragment=True)
    for node in tree.css("[data-tex]"):
        dollars = "$$" if "display" in (node.attributes.get("class") or "").split() else "$"
        node.replace_with(f"{dollars}{(node.attributes.get('data-tex') or '').strip()}{dollars}")
    return tree
