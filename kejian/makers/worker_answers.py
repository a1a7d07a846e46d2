"""Parses Node's output defensively: lines of limited length, each the answer to one job."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import IO

import msgspec

Answer = Mapping[str, object]

LONGEST = 32 << 20
"""Bytes of an answer; the largest drawing of a lecture takes one of them."""
_SHOWN, _MESSAGE = 60, 2000
"""Bytes of what is no answer, and characters of an engine's message, that are shown."""


class NoAnswerError(ValueError):
    """A process sent an invalid answer: why, in a clause that begins with "it"."""


class _RawAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """An answer as worker.mjs writes it: a drawing, with more for a formula; or an error and its line."""

    id: int
    svg: str | None = None
    mathml: str | None = None
    glyphs: list[tuple[str, str]] | None = None
    error: str | None = None
    line: float | None = None


def answers(output: IO[bytes], jobs: Mapping[int, str]) -> Iterator[tuple[int, Answer]]:
    """Yield the answers as they arrive, checked against the jobs' numbers and kinds. Raises `NoAnswerError`.

    A last line without a line feed was cut off, and is ignored.
    """
    left = dict(jobs)
    while line := output.readline(LONGEST + 1):
        if len(line) > LONGEST:
            raise NoAnswerError(f"it says a line of more than {LONGEST >> 20} MiB")
        if line.endswith(b"\n"):
            told = _read(line)
            if told.id not in left:
                raise NoAnswerError(f"it answers job {told.id}, which was not asked or has its answer")
            yield told.id, _answer(told, left.pop(told.id))


def _read(line: bytes) -> _RawAnswer:
    try:
        return _DECODER.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        words = ascii(line[:_SHOWN].decode("utf-8", "replace").strip())
        raise NoAnswerError(f"it says {words} where an answer belongs") from None


def _answer(told: _RawAnswer, kind: str) -> Answer:
    if told.error is not None:
        line = int(told.line) if told.line and 0 < told.line < 1e6 else 0
        return {"id": told.id, "error": told.error[:_MESSAGE], "line": line}
    if told.svg is None or (kind == "tex" and (told.mathml is None or told.glyphs is None)):
        raise NoAnswerError(f"it answers job {told.id} with neither a drawing nor what is wrong")
    return {"id": told.id, "svg": told.svg, "mathml": told.mathml, "glyphs": told.glyphs}


_DECODER = msgspec.json.Decoder(_RawAnswer)
