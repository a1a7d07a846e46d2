"""Makers fill holes: each turns requests of one kind into artifacts. The only impure part of a build."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from kejian.diagnostics import Diagnostic
from kejian.model import Artifact, Hole

H = TypeVar("H", bound=Hole)


class Maker(Protocol[H]):
    """One kind of hole, from its key to its artifact."""

    def key(self, hole: H) -> str:
        """Everything the artifact depends on, as text: the hole's content, the engine's version, the settings."""

    def make(self, holes: Sequence[H]) -> AbstractContextManager[Iterable[tuple[H, Artifact | Diagnostic]]]:
        """Fill all `holes` (each distinct, none in the store); each is answered once, in any order.

        What other processes do begins on entry, and ends on exit if it is not done. A hole that cannot be filled gets a
        diagnostic at its span; bad input never raises.
        """
