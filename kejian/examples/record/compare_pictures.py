"""Compares two pictures: by content, then by their labels, then by pixels.

Pixels are compared by matplotlib, as the root mean square of colour differences in 1/255 of full colour. A changed
label is a difference whatever the pixels say: a wrong digit is less than 1/255 in a whole figure.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import ROUND_UP, Decimal
from typing import TYPE_CHECKING

from kejian.examples.record.compare_text import SAME, Comparison, compare
from kejian.examples.record.outputs import Output
from kejian.examples.record.tolerance import DEFAULT, INFINITY, Tolerance

if TYPE_CHECKING:
    from PIL import Image

_LABEL = re.compile(
    r"<!--([^<>]{1,500}?)-->|<(?:text|tspan)\b[^<>]{0,2000}>([^<>]{1,500})<|\saria-label=\"([^\"<>]{1,500})\""
)
_MOST_PIXELS = 16 * 2**20
_EIGHT_BITS = ("1", "L", "LA", "P", "RGB", "RGBA")


def compare_pictures(old: Output, new: Output, tolerance: Tolerance = DEFAULT) -> Comparison:
    """Compare two pictures; the result's `needed` is in 1/255 of full colour, like `tolerance.levels`."""
    if (old.suffix, old.data) == (new.suffix, new.data):
        return SAME
    if old.suffix != new.suffix:
        return _differs(f"it was drawn as {old.suffix.upper()} and is {new.suffix.upper()} now")
    read = compare(labels(old), labels(new), tolerance)
    if not read.agrees:
        return replace(read, needed=INFINITY, note="a label reads differently")
    if not (old.pixels and new.pixels):
        return _differs("its drawing changed, and there is no PNG of it to compare pixels")
    return _pixels(old.pixels, new.pixels, tolerance.levels)


def labels(picture: Output) -> str:
    """Return the labels in an SVG, one per line: its text, matplotlib's comments beside text drawn as paths, and
    what Vega says of each mark: its numbers.
    """
    if picture.suffix != "svg":
        return ""
    return "\n".join(" ".join("".join(found).split()) for found in _LABEL.findall(picture.text))


def spread(picture: Output) -> Decimal:
    """Return the root mean square distance of pixels from their mean colour, in 1/255: that of an empty picture.

    0 if pixels cannot be compared.
    """
    image = _decoded(picture.pixels) if picture.pixels else None
    if image is None:
        return Decimal(0)
    try:
        import numpy as np
    except ImportError:
        return Decimal(0)
    pixels = np.asarray(image, dtype=np.float64)
    return Decimal(float(np.sqrt(pixels.var(axis=(0, 1)).mean()))).quantize(Decimal("0.1"))


def _differs(note: str) -> Comparison:
    return Comparison(agrees=False, needed=INFINITY, note=note)


def _pixels(old: bytes, new: bytes, levels: Decimal) -> Comparison:
    """Compare two PNG files; without matplotlib, or with more than eight bits a colour, only equal bytes agree."""
    if old == new:
        return Comparison(agrees=True)
    try:
        import numpy as np
        from matplotlib.testing.compare import calculate_rms
    except ImportError:
        return _differs("it changed, and without matplotlib pixels cannot be compared: pip install 'kejian[examples]'")
    images = [_decoded(data) for data in (old, new)]
    if images[0] is None or images[1] is None:
        return _differs(
            "it changed, and is not a PNG of eight bits, of at most 16 million pixels, that can be compared"
        )
    sizes = [f"{image.width}×{image.height}" for image in images if image is not None]
    if sizes[0] != sizes[1]:
        return _differs(f"its size changed from {sizes[0]} to {sizes[1]} pixels")
    distance = calculate_rms(*(np.asarray(image, dtype=np.int16) for image in images))
    needed = Decimal(float(distance)).quantize(Decimal("0.001"), ROUND_UP)
    note = "" if needed <= levels else f"its pixels differ by {needed}/255, tolerance {levels}/255"
    return Comparison(agrees=needed <= levels, needed=needed, note=note)


def _decoded(data: bytes) -> Image.Image | None:
    """Decode a picture, with transparency if either may have it; `None` if it cannot be decoded exactly."""
    from io import BytesIO

    from PIL import Image

    try:
        image = Image.open(BytesIO(data), formats=["PNG"])
        small = image.width * image.height <= _MOST_PIXELS  # a few bytes can decode to gigabytes
        return image.convert("RGBA") if small and image.mode in _EIGHT_BITS else None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None
