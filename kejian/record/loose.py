"""A declared tolerance that does no good: nothing it applies to, or so wide that any output would agree."""

from __future__ import annotations

from collections.abc import Iterable

from kejian.record.normalise import normalised
from kejian.record.outputs import Output
from kejian.record.printed import tokens
from kejian.record.tolerance import Tolerance, shown, value, whole


def loose(outputs: Iterable[Output], tolerance: Tolerance, normalise: Iterable[str] = ()) -> str:
    """What is wrong with `tolerance` for these outputs, as a sentence; empty where it is fine or none is declared."""
    outputs = tuple(outputs)
    if not tolerance.declared or (outputs and all(output.kind == "picture" for output in outputs)):
        return ""  # the numbers of a picture are its labels, which only the comparison reads
    names = tuple(normalise)
    texts = [normalised(output.text, names) for output in outputs if output.kind != "picture"]
    numbers = [token.text for text in texts for token in tokens(text) if token.kind == "number"]
    applies = [abs(value(n)) for n in numbers if _applies(n, tolerance) and value(n).is_finite()]
    if not applies:
        return f"the tolerance {tolerance} applies to no number of the output"
    if tolerance.absolute is not None and tolerance.absolute >= max(applies) > 0:
        return f"the tolerance {tolerance} is not below the largest number it applies to, {shown(max(applies))}"
    if tolerance.relative is not None and tolerance.relative >= 1:
        return f"the tolerance {tolerance} lets every number become zero"
    return ""


def _applies(number: str, tolerance: Tolerance) -> bool:
    """Whether the tolerance can make a difference for a number as printed."""
    fits = tolerance.absolute is not None and (not whole(number) or tolerance.absolute >= 1 or not tolerance.absolute)
    return fits or (tolerance.relative is not None and (tolerance.integers or not whole(number)))
