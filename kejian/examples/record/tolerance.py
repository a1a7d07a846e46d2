"""How far a printed number may move before a slide is untrue: `tol=` as an instructor writes it.

    tol=0.01              every number within 0.01
    tol="1%"              numbers with a decimal point or an exponent within 1 % of the larger one; whole numbers exact
    tol="1% integers"     whole numbers too
    tol="0.001 1%"        within either
    tol=0                 equal values, however many digits are printed
    tol="2/255"           pictures: a root mean square distance of 2 of the 255 colour levels

Without `tol=` the digits themselves are part of what a student sees: 0.50 is not 0.5. Arithmetic is decimal, so that
0.3 and 0.29 differ by exactly 0.01.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_UP, Context, Decimal

INFINITY = Decimal("Infinity")
ZERO = Decimal(0)
_EXACT = Context(prec=60, rounding=ROUND_UP, Emax=999_999, Emin=-999_999, traps=[])
_WORD = re.compile(r"([0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]{1,3})?)(%|/255)?", re.ASCII)
_FORMS = 'write tol=0.01, tol="1%", tol="1% integers" or, for pictures, tol="2/255"'


class InvalidToleranceError(ValueError):
    """A text is not a valid tolerance; `hint` says what to write."""

    hint = _FORMS


@dataclass(frozen=True, slots=True)
class Tolerance:
    """Permitted differences. `absolute` and `relative` (a fraction, 0.01 for 1 %) apply to numbers; `None`: undeclared.

    integers: the relative tolerance applies to whole numbers as well. levels: for pictures, in 1/255 of full colour.
    """

    absolute: Decimal | None = None
    relative: Decimal | None = None
    integers: bool = False
    levels: Decimal = Decimal("0.1")

    @property
    def declared(self) -> bool:
        """Return whether numbers may differ at all."""
        return self.absolute is not None or self.relative is not None

    def needed(self, old: str, new: str) -> Decimal:
        """Return the smallest tolerance under which the printed numbers agree, infinite if none suffices.

        A fraction if only a relative tolerance is declared, else a distance; 0 if `relative` suffices.
        """
        a, b = value(old), value(new)
        if not (a.is_finite() and b.is_finite()):
            return ZERO if a == b or (a.is_nan() and b.is_nan()) else INFINITY
        distance = _EXACT.subtract(a, b).copy_abs()
        if self.relative is None or not distance:
            return distance
        fraction = _EXACT.divide(distance, max(a.copy_abs(), b.copy_abs()))
        if whole(old) and whole(new) and not self.integers:
            fraction = INFINITY
        if self.absolute is None:
            return fraction
        return ZERO if fraction <= self.relative else distance

    def accepts(self, needed: Decimal) -> bool:
        """Return whether a result of `needed` is within the declared tolerance."""
        bound = self.absolute if self.absolute is not None else self.relative
        return bound is not None and needed <= bound

    def __str__(self) -> str:
        """Return the tolerance in the syntax of `read`; empty for the default."""
        words = [shown(self.absolute)] if self.absolute is not None else []
        words += [f"{shown(self.relative * 100)}%"] if self.relative is not None else []
        words += ["integers"] if self.integers else []
        words += [f"{shown(self.levels)}/255"] if self.levels != DEFAULT.levels else []
        return " ".join(words)


DEFAULT = Tolerance()


def read(text: str) -> Tolerance:
    """Parse a tolerance. Raises `InvalidToleranceError`."""
    found: dict[str, Decimal] = {}
    words = text.replace(",", " ").split()
    for word in words:
        match = _WORD.fullmatch(word)
        if match is None and word != "integers":
            raise InvalidToleranceError(f"`{word}` is not a tolerance")
        if match is not None:
            found[match[2] or ""] = Decimal(match[1])
    if "integers" in words and "%" not in found:
        raise InvalidToleranceError("`integers` widens a percentage, and none is given")
    return Tolerance(
        absolute=found.get(""),
        relative=found["%"].scaleb(-2) if "%" in found else None,
        integers="integers" in words,
        levels=found.get("/255", DEFAULT.levels),
    )


def value(text: str) -> Decimal:
    """Return the value of a number as printed: `61,706`, `-1e-3`, `2.`, `nan`, `-inf`."""
    return Decimal(text.replace(",", "").replace("\N{MINUS SIGN}", "-"))


def whole(text: str) -> bool:
    """Return whether a number is printed without a decimal point and an exponent."""
    return text.lstrip("+-\N{MINUS SIGN}").replace(",", "").isdigit()


def shown(number: Decimal) -> str:
    """Format a number without trailing zeros, with an exponent only instead of many zeros."""
    if not number.is_finite() or not number:
        return str(number) if number else "0"
    short = number.normalize(Context(prec=60, traps=[]))
    return f"{short:f}" if -8 < short.adjusted() < 16 else f"{short:e}"
