"""Protection of this process's environment variables from the programs that it starts."""

from __future__ import annotations

import sys
from contextlib import suppress

_SET_DUMPABLE = 4


def hide_environment() -> None:
    """Prevent other processes of the same user from reading this one's memory and initial environment (tokens).

    Linux only. It does not protect against root, nor against reading the shell that started this process.
    """
    if sys.platform == "linux":
        with suppress(ImportError, OSError, AttributeError):
            import ctypes

            ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0)
