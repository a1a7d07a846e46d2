"""The print view of a deck, `?view=print`: each slide, or each of its steps, on a page of its size."""

from __future__ import annotations

from kejian.browser.audit import PRINTED
from kejian.browser.deck_page import DeckPage
from kejian.browser.findings import SlideIndex
from kejian.core import templates
from kejian.core.model import Deck
from kejian.parse.html.lookup import page_path

_ONE_PAGE = {**PRINTED, "pdfMaxPagesPerSlide": "1"}


def show(room: DeckPage, deck: Deck, *, steps: bool) -> list[SlideIndex]:
    """Open the deck for printing; return the slides in printed order. Raises `UnseenError`.

    steps: a page for each step of a slide; otherwise a slide has one, with all of them.
    """
    room.go(page_path(deck.path), _ONE_PAGE | ({"pdfSeparateFragments": "true"} if steps else {}))
    room.until("document.querySelector('.pdf-page')")
    room.script(templates.text(templates.environment(), "browser/paper.js"))
    order = [(h, v) for h, v in room.run("kejian.paper.ready")]
    if steps:
        room.run("kejian.paper.apart")
    return order


def author(room: DeckPage) -> str:
    """Return the author that the deck's page names."""
    found = room.page.locator('meta[name="author"]')
    return (found.get_attribute("content") or "") if found.count() else ""
