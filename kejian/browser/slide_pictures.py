"""Pictures of a deck's slides, as they are printed, with their links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kejian.browser import chromium, print_view
from kejian.browser.chromium import within
from kejian.browser.deck_page import DeckPage
from kejian.browser.findings import SlideIndex
from kejian.core import templates
from kejian.core.model import Deck

SHARPNESS = 2
"""Pixels of a picture to one of the slide, along a side."""


@dataclass(frozen=True, slots=True)
class SlideLink:
    """A link on a picture: left, top, width and height in the slide's pixels; an address, or a slide it leads to."""

    box: tuple[float, float, float, float]
    address: str
    place: SlideIndex | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SlidePicture:
    """A slide that is shown, or a step of it: its place in the deck, PNG data, and its links."""

    place: SlideIndex
    picture: bytes
    links: tuple[SlideLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeckPictures:
    """The pictures of a deck's slides, in order. size: of a slide in pixels. author: that the deck's page names."""

    size: tuple[float, float]
    author: str
    slides: tuple[SlidePicture, ...]


def drawn(room: DeckPage, deck: Deck, *, steps: bool, most: int | None = None) -> DeckPictures:
    """Draw the slides of a deck. Raises `UnseenError`.

    steps: a picture for each step of a slide; otherwise a slide has one, with all of them. most: how many are drawn.
    """
    room.page.emulate_media(media="print")
    order = print_view.show(room, deck, steps=steps)
    room.script(templates.text(templates.environment(), "browser/links.js"))
    width, height = room.run("kejian.links.size")
    slides = tuple(_slides(room, order[:most]))
    return DeckPictures(size=(width, height), author=print_view.author(room), slides=slides)


def _slides(room: DeckPage, order: list[SlideIndex]) -> Iterator[SlidePicture]:
    pages = room.page.locator(".pdf-page")
    for number, place in enumerate(order):
        with within(room.process, chromium.LONGEST):
            picture = pages.nth(number).screenshot(type="png", animations="disabled")
        links = tuple(
            SlideLink(tuple(one["box"]), one["address"], tuple(one["slide"]) if one["slide"] else None)
            for one in room.run("kejian.links.on", number)
        )
        yield SlidePicture(place=place, picture=picture, links=links)
