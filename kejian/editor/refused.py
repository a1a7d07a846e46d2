"""Why something that an editor asks for is not done."""

from __future__ import annotations


class RenameRefusedError(Exception):
    """A name cannot be changed safely: a message that says why, and what to do instead."""

    def __init__(self, why: str, hint: str) -> None:
        super().__init__(f"{why}: {hint}")
