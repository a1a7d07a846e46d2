"""A code that one phone exchanges, once, for a token by which it is known from then on.

The code is short, so that it can be typed: what guards it is that few wrong ones are taken.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from enum import StrEnum
from hmac import compare_digest

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Those that are not taken for each other."""
_LENGTH = 10
_MOST_WRONG = 5


class Refused(StrEnum):
    """Why a code is not exchanged."""

    WRONG = "wrong"
    USED = "used"
    LOCKED = "locked"


def _code() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


@dataclass(slots=True)
class Pairing:
    """The code, the token once a phone has it, and how many wrong codes came before."""

    code: str = field(default_factory=_code)
    token: str = ""
    wrong: int = 0

    @property
    def locked(self) -> bool:
        """Return whether there were too many wrong codes."""
        return self.wrong >= _MOST_WRONG

    def exchange(self, code: str) -> str | Refused:
        """Return the token for the right code, the first time; after five wrong ones no code is right."""
        if self.token:
            return Refused.USED
        if self.locked:
            return Refused.LOCKED
        typed = "".join(code.lower().split()).replace("-", "")
        if not compare_digest(typed.encode(), self.code.encode()):
            self.wrong += 1
            return Refused.LOCKED if self.locked else Refused.WRONG
        self.token = secrets.token_urlsafe(32)
        return self.token

    def holds(self, token: str) -> bool:
        """Return whether this is the token of the phone that had the code."""
        return compare_digest(token.encode(), self.token.encode()) and bool(self.token)
