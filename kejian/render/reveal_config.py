"""What `Reveal.initialize` is given: the front matter over the defaults."""

from __future__ import annotations

from collections.abc import Sequence

from kejian.core.model import Deck
from kejian.render import looks
from kejian.render.looks import Look

_OURS = ("theme", "enableSpeakerNotes", "dependencies", "plugins")
_DEFAULTS = {
    "margin": 0.1,
    "hash": True,
    "pdfMaxPagesPerSlide": 1,
    "pdfSeparateFragments": False,
    "scrollLayout": "compact",
}
_HOUSE = {"progress": False, "slideNumber": "c/t"}  # of its own; the number lets the key G jump to one
_WHOLE = {"margin": 0}
# The style sheet centres by itself: reveal.js would take the height from the slides, and their footers with it.
_FORCED = {"center": False}


def configuration(deck: Deck, size: Sequence[int] | None, look: Look = looks.PAGE) -> dict[str, object]:
    """What `Reveal.initialize` is given: the front matter over the defaults."""
    housed = looks.FRAME in look.parts
    display = {"display": "flex"} if housed else {}
    width, height = size or (looks.CANVAS if housed else looks.USUAL_CANVAS)
    defaults = {**_DEFAULTS, **(_HOUSE if housed else {}), **({} if sized(deck, size) else _WHOLE if housed else {})}
    settings = {"width": width, "height": height, **defaults, **deck.reveal, **_FORCED, **display}
    return {key: value for key, value in settings.items() if key not in _OURS}


def sized(deck: Deck, size: Sequence[int] | None) -> bool:
    """Whether the deck or its course says how large slides are: what is on them was made for that."""
    return bool(size) or "width" in deck.reveal or "height" in deck.reveal
