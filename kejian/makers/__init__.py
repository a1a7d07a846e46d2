"""Makers turn holes of one kind into artifacts. They are the only impure part of a build."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from kejian.core.diagnostics import Diagnostic
from kejian.core.model import Artifact, Hole

H = TypeVar("H", bound=Hole)


class Maker(Protocol[H]):
    """A maker for one kind of hole, from its key to its artifact."""

    def key(self, hole: H) -> str:
        """Return everything that the artifact depends on, as text: the hole's content, the engine's version, the
        settings.
        """

    def make(self, holes: Sequence[H]) -> AbstractContextManager[Iterable[tuple[H, Artifact | Diagnostic] | None]]:
        """Make artifacts for `holes`, which are distinct and not in the store.

        The context manager's value yields a result for each hole once, in any order, and `None` whenever nothing has
        been made for ten seconds. Other processes start on entry, and are ended on exit if they have not finished. A
        hole that cannot be made gets a diagnostic at its span; bad input never raises.
        """
