"""Keeps the end of a process's output: a pipe that is read while the process runs, keeping the last bytes.

A file would have to be truncated while it is written, which loses concurrent writes.
"""

from __future__ import annotations

import os
import select
import threading
from collections.abc import Iterator

_CHUNK = 1 << 16
_WAITING = 1 << 20
"""Bytes that may wait in a pipe: what is read after the process has ended, should another go on writing."""
_PAUSE = 50
"""Milliseconds after which it is seen that no more is wanted, where another process still holds the pipe."""


class LastWords:
    """The last `most` bytes written to `writer`; `close` returns them."""

    def __init__(self, most: int) -> None:
        self._reader, self.writer = os.pipe()
        self._most = most
        self._kept = bytearray()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._keep, daemon=True)
        self._thread.start()

    def close(self) -> bytes:
        """Return the last output; output after that of a process that is still running is discarded."""
        os.close(self.writer)
        self._ended.set()
        self._thread.join()
        return bytes(self._kept)

    def _keep(self) -> None:
        try:
            for chunk in self._chunks():
                self._kept += chunk
                del self._kept[: -self._most]
        finally:
            os.close(self._reader)

    def _chunks(self) -> Iterator[bytes]:
        """Yield what is read until all writers are gone, or, after `close`, until nothing is pending."""
        waiting = select.poll()
        waiting.register(self._reader, select.POLLIN)
        left = _WAITING
        while left > 0:
            ended = self._ended.is_set()
            if waiting.poll(0 if ended else _PAUSE):
                if not (chunk := os.read(self._reader, _CHUNK)):
                    return
                left -= len(chunk) if ended else 0
                yield chunk
            elif ended:
                return
