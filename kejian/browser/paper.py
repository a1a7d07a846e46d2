"""PDF files as bytes: what is on their pages, and dates that do not change from one printing to the next."""

from __future__ import annotations

import importlib
import re
from dataclasses import dataclass
from typing import Any

from kejian.browser.chromium import NoBrowserError

_DATE = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)\d{14}[^)]*\)")
FIXED = b"20000101000000+00'00'"
_SCALE = 0.5
"""Pixels a point when a page is drawn to see whether anything is on it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a PDF: its size in points, its text, and whether nothing is drawn on it."""

    width: float
    height: float
    text: str
    blank: bool


def undated(data: bytes) -> bytes:
    """The file with fixed dates of the same length, so that the places noted in it stay true."""
    return _DATE.sub(_fixed, data, count=2)


def _fixed(found: re.Match[bytes]) -> bytes:
    room = len(found[0]) - len(found[1]) - 1
    return found[1] + FIXED[:room].ljust(room) + b")"


def sheets(data: bytes) -> list[Sheet]:
    """The pages of a PDF, drawn by PDFium. Raises `NoBrowserError` where that is not installed."""
    try:
        # Not an import statement: the package is optional and publishes no types.
        pdfium = importlib.import_module("pypdfium2")
    except ModuleNotFoundError:
        raise NoBrowserError("looking at a PDF needs pypdfium2: type `pip install 'kejian[browser]'`") from None
    document = pdfium.PdfDocument(data)
    found = [_sheet(page) for page in document]
    document.close()
    return found


def _sheet(page: Any) -> Sheet:  # noqa: ANN401 -- PDFium's page, see above
    width, height = page.get_size()
    text = page.get_textpage()
    drawn = page.render(scale=_SCALE, grayscale=True)
    rows = (bytes(drawn.buffer[n : n + drawn.width]) for n in range(0, drawn.stride * drawn.height, drawn.stride))
    found = Sheet(width, height, text.get_text_bounded(), blank=len(set().union(*rows)) < 2)
    for one in (text, drawn, page):
        one.close()
    return found
