"""Limits of an example's outputs, in bytes and in number, enforced as they are produced by an error of their own.

Part of child.py: imports nothing of kejian and little else.
"""

# ruff: noqa: PTH118, PTH120 -- pathlib is one of the things that it does without

from __future__ import annotations

import os
from itertools import groupby

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType
    from typing import Any

PICTURE = 16 << 20
"""Bytes of one picture."""
PICTURES = 128 << 20
"""Bytes of all pictures of an example, with their twins."""
OUTPUTS = 100
"""Outputs of one example: its text, its value and its pictures."""
READS = 10_000
"""Files whose reading is noted."""

_MESSAGE, _WORD, _NOTES = 4_000, 200, 20
"""Characters of an error's message and of a name or a line in its trace; how many of its notes."""
_SAME, _ENDS = 3, 12
"""Equal lines of a trace that are shown, as Python does; lines at either end of a long one."""


class TooMuchError(BaseException):
    """An example shows more than a record holds. It is not an `Exception`, so that examples do not swallow it."""


class CannotShowError(TypeError):
    """A value cannot be shown in the requested form. Its text: what the call returns, `|`, the available forms."""


def size(text: str) -> int:
    """Return the size of a text in bytes of UTF-8."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "replace"))


def bounded(text: str, most: int) -> str:
    """Return a value's text. Raises `TooMuchError`."""
    if size(text) > most:
        raise TooMuchError(f"it returns {size(text):,} bytes of text, more than {most:,}")
    return plain(text)


def counted(pictures: list[Any]) -> list[Any]:
    """Return the pictures. Raises `TooMuchError` if there are more than a record holds."""
    if len(pictures) > OUTPUTS - 2:
        raise TooMuchError(f"it draws {len(pictures):,} pictures, more than {OUTPUTS - 2}")
    return pictures


def weighed(*files: str) -> None:
    """Raise `TooMuchError`, and remove the files, if one of a picture's files is too large."""
    largest = max(map(os.path.getsize, files))
    if largest > PICTURE:
        for file in files:
            os.unlink(file)  # noqa: PTH108 -- as above
        raise TooMuchError(f"it draws a picture of {largest:,} bytes, more than {PICTURE:,}")


def plain(text: str) -> str:
    """Replace lone surrogates, which UTF-8 cannot encode, by question marks."""
    return text.encode("utf-8", "replace").decode()


def described(error: BaseException, root: str) -> dict[str, Any]:
    """Describe an exception, with its traceback limited to files of the course, and its notes (PEP 678)."""
    names = [_cut(str(kind.__name__), _WORD) for kind in type(error).__mro__[:_NOTES]]
    notes = [_cut(_message(note), _MESSAGE) for note in list(getattr(error, "__notes__", ()))[:_NOTES]]
    message = _cut(_message(error), _MESSAGE) + _files(error)
    trace = "\n".join(_trace(error.__traceback__, root))
    return {"type": names[0], "types": names, "message": message, "trace": trace, "notes": notes}


def _files(error: BaseException) -> str:
    """Return how many files a process may open, if an error is about that."""
    import errno

    if not (isinstance(error, OSError) and error.errno == errno.EMFILE):
        return ""
    import resource

    most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return f" (the system lets a process open only {most} files, and the example has as many open)"


def _message(words: object) -> str:
    try:
        return str(words)
    except BaseException as failure:
        return f"(its message cannot be had: {type(failure).__name__})"


def _cut(text: str, most: int) -> str:
    text = plain(text)
    if len(text) <= most:
        return text
    return f"{text[: most // 2]} … {len(text) - most:,} more characters … {text[-most // 2 :]}"


def _trace(trace: TracebackType | None, root: str) -> Iterator[str]:
    """Yield the lines of a traceback; repeated ones are collapsed as Python does, the middle of a
    long one is omitted.
    """
    lines = list(_repeated(_frames(trace, root), root))
    if len(lines) <= 2 * _ENDS:
        yield from lines
        return
    yield from lines[:_ENDS]
    yield f"  [{len(lines) - 2 * _ENDS:,} more lines]"
    yield from lines[-_ENDS:]


def _repeated(frames: Iterable[tuple[str, int, str]], root: str) -> Iterator[str]:
    for frame, same in groupby(frames):
        count = sum(1 for _ in same)
        yield from [_line(*frame, root)] * min(count, _SAME)
        if count > _SAME:
            yield f"  [Previous line repeated {count - _SAME} more time{'s' * (count - _SAME > 1)}]"


def _frames(trace: TracebackType | None, root: str) -> Iterator[tuple[str, int, str]]:
    """Yield file (below `root`), line and function of each frame of the course."""
    own = os.path.join(os.path.dirname(os.path.realpath(__file__)), "")
    while trace:
        code = trace.tb_frame.f_code
        if code.co_filename.startswith(root + os.sep) and not code.co_filename.startswith(own):
            yield code.co_filename, trace.tb_lineno, code.co_name
        trace = trace.tb_next


def _line(file: str, number: int, function: str, root: str) -> str:
    import linecache

    path = os.path.relpath(file, root).replace(os.sep, "/")
    return f"  {path}:{number} in {_cut(function, _WORD)}\n    {_cut(linecache.getline(file, number).strip(), _WORD)}"
