"""The slides of a printed deck as pictures, and the links on them."""

from __future__ import annotations

import ctypes
import importlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kejian.browser.pdf_pages import pages


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link on a page: its box as left, top, width, height in points, and its address."""

    box: tuple[float, float, float, float]
    address: str


def pictures(data: bytes, scale: float) -> Iterator[bytes]:
    """Yield each page as a PNG of `scale` pixels a point. Raises `NoBrowserError` if pypdfium2 is missing."""
    for page in pages(data):
        file = io.BytesIO()
        page.render(scale=scale).to_pil().save(file, "PNG")
        yield file.getvalue()


def links(data: bytes) -> list[list[PageLink]]:
    """Return the links to addresses on each page. Raises `NoBrowserError` if pypdfium2 is missing."""
    return [list(_links(page)) for page in pages(data)]


def _links(page: Any) -> Iterator[PageLink]:  # noqa: ANN401 -- pypdfium2 has no types
    raw = importlib.import_module("pypdfium2.raw")
    position, found = ctypes.c_int(0), raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page, position, found):
        action, box = raw.FPDFLink_GetAction(found), raw.FS_RECTF()
        size = raw.FPDFAction_GetURIPath(page.pdf, action, None, 0) if action else 0
        if size > 1 and raw.FPDFLink_GetAnnotRect(found, box):
            address = ctypes.create_string_buffer(size)
            raw.FPDFAction_GetURIPath(page.pdf, action, address, size)
            place = box.left, page.get_height() - box.top, box.right - box.left, box.top - box.bottom
            yield PageLink(place, address.value.decode("utf-8", "replace"))
