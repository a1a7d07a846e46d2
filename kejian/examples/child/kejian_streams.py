"""The standard output of an example: like a program's, a text stream over bytes, which are kept.

Part of child.py: imports nothing of kejian and little else.
"""

from __future__ import annotations

import contextlib
import io
import sys

TYPE_CHECKING = False
if TYPE_CHECKING or __package__:
    from collections.abc import Iterator
    from typing import Any

    from kejian.examples.child.kejian_outputs import TooMuchError
else:  # the folder of a script is on its path
    from kejian_outputs import TooMuchError


class _Kept(io.BufferedIOBase):
    """A limited buffer of bytes, which outlives its stream: a text wrapper closes its buffer when it is collected."""

    name = "<stdout>"

    def __init__(self, most: int) -> None:
        super().__init__()
        self.data = bytearray()
        self._most = most
        self._size = 0
        self.exceeded: TooMuchError | None = None

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        raise io.UnsupportedOperation(
            "what an example prints has no file number; write to sys.stdout or sys.stdout.buffer"
        )

    def write(self, data: Any, /) -> int:  # noqa: ANN401 -- whatever is made of bytes
        """Append the bytes, or raise `TooMuchError` and stay closed, even if the example catches that."""
        if self.closed:
            raise ValueError("I/O operation on closed file.")
        view = memoryview(data)
        self._size += view.nbytes
        if self._size > self._most:
            error = TooMuchError(f"it prints more than {self._most:,} bytes of text: {self._size:,} until here")
            self.exceeded = self.exceeded or error
            raise error
        self.data += view
        return view.nbytes

    def restart(self) -> None:
        self._size, self.exceeded = 0, None
        self.data.clear()


class BoundedText(io.TextIOWrapper):
    """A limited text stream; text reaches the buffer at once, in order with bytes that are written directly."""

    def __init__(self, most: int) -> None:
        self._kept = _Kept(most)
        self._coded = "utf-8"
        super().__init__(self._kept, self._coded, "replace", "\n", write_through=True)
        self.mode = "w"  # type: ignore[misc]  # as that of a program

    @property
    def exceeded(self) -> TooMuchError | None:
        """Return why the limit was exceeded, if it was."""
        return self._kept.exceeded

    def reconfigure(self, *, encoding: str | None = None, **rest: Any) -> None:  # noqa: ANN401 -- as of any stream
        """Change the encoding, which is used for reading back as well."""
        super().reconfigure(encoding=encoding, **rest)
        self._coded = encoding or self._coded

    def getvalue(self) -> str:
        """Return what was printed, also by wrappers of this stream or of its buffer."""
        try:
            return self._kept.data.decode("utf-8")
        except UnicodeDecodeError:
            return self._kept.data.decode(self._coded, "replace")

    def restart(self) -> None:
        """Discard what was printed."""
        self._kept.restart()

    @contextlib.contextmanager
    def shown(self) -> Iterator[None]:
        """Replace the process's standard output; a stream that the example put there instead is flushed at the end."""
        before = sys.stdout, sys.__stdout__
        sys.stdout = sys.__stdout__ = self  # type: ignore[misc]  # a program finds it in both
        try:
            yield
        finally:
            with contextlib.suppress(Exception, TooMuchError):  # closed, taken apart, or no stream at all
                sys.stdout.flush()
            sys.stdout, sys.__stdout__ = before  # type: ignore[misc]  # as above
