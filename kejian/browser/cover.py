"""A course's first slide as a picture for link previews, marked so that it may be written anew."""

from __future__ import annotations

from pathlib import Path
from zlib import crc32

from kejian.browser import slide_pictures
from kejian.browser.chromium import launched
from kejian.browser.deck_page import opened
from kejian.core.model import Deck

_SHARPNESS = 1
"""Pixels of the picture to one of the slide: sites that show previews take small files, of some 1200 pixels."""
_MARK = b"tEXtSoftware\0kejian export --picture"
"""A text of PNG's own kind, without its length before and its checksum behind."""
_HEAD = 33
"""Bytes of a PNG until its first part, the size, ends."""


def first_slide(course: Path, site: Path, deck: Deck) -> bytes:
    """Return the picture of a deck's first slide. Raises `NoBrowserError`, `UnseenError`."""
    with launched(course) as browser, opened(browser, site, _SHARPNESS) as room:
        (slide,) = slide_pictures.drawn(room, deck, steps=False, most=1).slides
    return _marked(slide.picture)


def may_be_replaced(file: Path) -> bool:
    """Return whether there is no such file, or one that was written as such a picture."""
    if not file.exists():
        return True
    try:
        with file.open("rb") as opened_file:
            return _part() in opened_file.read(_HEAD + len(_part()))
    except OSError:
        return False


def _marked(picture: bytes) -> bytes:
    return picture[:_HEAD] + _part() + picture[_HEAD:]


def _part() -> bytes:
    return (len(_MARK) - 4).to_bytes(4) + _MARK + crc32(_MARK).to_bytes(4)
