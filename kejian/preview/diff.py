"""Differences between two versions of a page, slide by slide, so that an open page need not reload."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256

_START = re.compile(r'<section\b(?=[^<>]*\sdata-h="(\d+)" data-v="(\d+)")')
_TAIL = re.compile(r'</section>((?:\s*</section>)?\s*(?:<section class="(?:present )?stack">\s*)?)\Z')
_END = "\n</div>\n</main>"

Slides = dict[tuple[int, int], str]


def version(page: str) -> str:
    """Return the version of a page's content."""
    return sha256(page.encode()).hexdigest()


@lru_cache(maxsize=8)
def cut(page: str) -> tuple[str, Slides]:
    """Split a deck's page into the page without slides, and each slide's section by column and row.

    There are no slides if the page is not a deck.
    """
    end = page.rfind(_END)
    starts = list(_START.finditer(page, 0, max(end, 0)))
    ends = [*(found.start() for found in starts[1:]), end]
    rest, slides, last = [], {}, 0
    for start, after in zip(starts, ends, strict=False):
        section = page[start.start() : after]
        tail = _TAIL.search(section)
        if tail is None:
            return page, {}
        rest.append(page[last : start.start()])
        slides[int(start[1]), int(start[2])] = section[: tail.start(1)]
        last = start.start() + tail.start(1)
    return "\0".join([*rest, page[last:]]), slides


def patch(old: str, new: str) -> list[tuple[int, int, str]] | None:
    """Return the changed slides, as column, row and section; `None` if anything else has changed."""
    (around, before), (now_around, after) = cut(old), cut(new)
    if not after or around != now_around or before.keys() != after.keys():
        return None
    return [(h, v, section) for (h, v), section in after.items() if before[h, v] != section]
