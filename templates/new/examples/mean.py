"""Means, as the first lecture shows them."""

from __future__ import annotations

from collections.abc import Sequence


def mean(numbers: Sequence[float]) -> float:
    """The arithmetic mean of at least one number."""
    return sum(numbers) / len(numbers)


def shown() -> None:
    """The mean lies between the smallest and the largest number."""
    numbers = [2, 3, 7]
    print(min(numbers), mean(numbers), max(numbers))


def of_squares(n: int = 5) -> float:
    """The mean of the squares of 1 to n: (n + 1)(2n + 1) / 6."""
    return mean([k * k for k in range(1, n + 1)])
