"""PDF files as bytes: the content of their pages, and dates fixed so that printing is reproducible."""

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
    """A page of a PDF: its size in points, its text, and whether it is blank."""

    width: float
    height: float
    text: str
    blank: bool


def undated(data: bytes) -> bytes:
    """Replace dates by fixed ones of the same length, so that offsets in the file stay valid."""
    return _DATE.sub(_fixed, data, count=2)


_INFO = re.compile(rb"/Info (\d+) (\d+) R")
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_SIZE = re.compile(rb"/Size (\d+)")


def signed(data: bytes, author: str) -> bytes:
    """The file with its author named: an update at its end, as PDF files are changed. As it is where that cannot be."""
    start, info, size = _START.search(data), _last(_INFO, data), _last(_SIZE, data)
    root = _last(re.compile(rb"/Root \d+ \d+ R"), data)
    known = re.search(rb"(?:^|\n)%s %s obj\s*<<(.*?)>>\s*endobj" % info.groups(), data, re.DOTALL) if info else None
    if not (author and start and info and size and root and known) or b"/Author" in known[1]:
        return data
    text = b"<" + (b"\xfe\xff" + author.encode("utf-16-be")).hex().upper().encode() + b">"
    entry = b"%s %s obj\n<<%s\n/Author %s>>\nendobj\n" % (info[1], info[2], known[1].rstrip(), text)
    data = data if data.endswith(b"\n") else data + b"\n"
    table = b"xref\n%s 1\n%010d %05d n \n" % (info[1], len(data), int(info[2]))
    trailer = b"trailer\n<<%s %s\n%s\n/Prev %s>>\n" % (size[0], root[0], info[0], start[1])
    return data + entry + table + trailer + b"startxref\n%d\n%%%%EOF\n" % (len(data) + len(entry))


def _last(pattern: re.Pattern[bytes], data: bytes) -> re.Match[bytes] | None:
    return next(reversed(list(pattern.finditer(data))), None)


def _fixed(found: re.Match[bytes]) -> bytes:
    room = len(found[0]) - len(found[1]) - 1
    return found[1] + FIXED[:room].ljust(room) + b")"


def sheets(data: bytes) -> list[Sheet]:
    """Return the pages of a PDF, as drawn by PDFium. Raises `NoBrowserError` if that is not installed."""
    try:
        # no import statement, since the package is optional and has no types
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
