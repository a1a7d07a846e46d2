"""Detects useless tolerances: they apply to nothing, or are so wide that any output would agree."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from kejian.examples.record.compare_pictures import labels, spread
from kejian.examples.record.normalise import normalised
from kejian.examples.record.outputs import Output
from kejian.examples.record.tokens import tokens
from kejian.examples.record.tolerance import DEFAULT, Tolerance, shown, value, whole


def loose(outputs: Iterable[Output], tolerance: Tolerance, normalise: Iterable[str] = ()) -> str:
    """Return what is wrong with `tolerance` for these outputs, as a sentence; "" if nothing is, or none is declared."""
    outputs, names = tuple(outputs), tuple(normalise)
    texts = [labels(one) if one.kind == "picture" else normalised(one.text, names) for one in outputs]
    numbers = [token.text for text in texts for token in tokens(text) if token.kind == "number"]
    return (_numbers(numbers, tolerance) if tolerance.declared else "") or _pixels(outputs, tolerance.levels)


def _numbers(numbers: list[str], tolerance: Tolerance) -> str:
    applies = [abs(value(n)) for n in numbers if _applies(n, tolerance) and value(n).is_finite()]
    if not applies:
        return f"the tolerance {tolerance} applies to no number of the output"
    if tolerance.absolute is not None and tolerance.absolute >= max(applies) > 0:
        return f"the tolerance {tolerance} is not below the largest number it applies to, {shown(max(applies))}"
    if tolerance.relative is not None and tolerance.relative >= 1:
        return f"the tolerance {tolerance} lets every number become zero"
    return ""


def _pixels(outputs: Iterable[Output], levels: Decimal) -> str:
    """Return a complaint if pixels may differ so far that an empty picture would nearly agree."""
    if levels == DEFAULT.levels:
        return ""
    spreads = [one for one in (spread(picture) for picture in outputs if picture.kind == "picture") if one]
    if not spreads:
        return f"the tolerance {shown(levels)}/255 applies to no picture"
    if 2 * levels < min(spreads):
        return ""
    return (
        f"the tolerance {shown(levels)}/255 is more than half of what an empty picture differs by, {min(spreads)}/255"
    )


def _applies(number: str, tolerance: Tolerance) -> bool:
    """Return whether the tolerance can make a difference for a number as printed."""
    fits = tolerance.absolute is not None and (not whole(number) or tolerance.absolute >= 1 or not tolerance.absolute)
    return fits or (tolerance.relative is not None and (tolerance.integers or not whole(number)))
