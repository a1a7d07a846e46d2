"""Parses the answers of a child process defensively, since examples can write to the answer file.

An answer that is missing, malformed or beyond its limits is a failure of the calls, reported like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

import msgspec

from kejian.core.config import Course
from kejian.core.disk import regular
from kejian.core.limits import TEXT
from kejian.examples.child.kejian_outputs import OUTPUTS, PICTURE, PICTURES, READS, CannotShowError, TooMuchError, size
from kejian.examples.environment import PLAIN, ExampleEnvironment
from kejian.examples.keys.trace import NOTHING, Trace

FILE = "answer.json"
MEMORY = 4 << 30
"""Resident bytes that a child and its children may take together."""
SECONDS = 300.0

TOO_MUCH, CANNOT_SHOW = TooMuchError.__name__, CannotShowError.__name__
FAILURES = ("Stopped", "Killed", "BadAnswer")
"""What is told of a child instead of what its example raised."""
_SAID = 64 << 10
_ANSWERS = 256 << 20
_EACH = 20
"""Bytes of all answers at most; and bytes in JSON for one byte of text, of which one is written as six."""


Form = Literal["", "html", "markdown", "latex", "table", "matrix", "dot"]
"""What a value's text is: plain text, or what a slide makes something of."""


class Displayed(NamedTuple):
    """A value displayed after so many characters of printed output: a text with its form, pictures, or nothing."""

    after: int
    value: str | None
    form: Form
    pictures: tuple[tuple[str, bytes, bytes], ...]
    unshown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a call printed, returned and drew, or the `error` that it raised (see `_Error`).

    form: of the value's text. pictures: `(suffix, content, PNG twin)`. displayed: in order.
    reads: absolute paths of files that were read; `more_reads`: the number of further ones.
    trace: everything else that was recorded while it ran.
    said: lines that the course's own code wrote to standard error, warned of or logged; `said_at`: where.
    glyphs: letters that no font of a figure has.
    unshown: the type of a returned value whose text is only an address.
    was: the size in bytes of a drawing that was too large and was rasterized in part.
    failed: why a form that the value offers could not be obtained.
    closed: the number of figures that were saved to a file and closed, and are not shown.
    """

    printed: str = ""
    value: str | None = None
    form: Form = ""
    pictures: tuple[tuple[str, bytes, bytes], ...] = ()
    displayed: tuple[Displayed, ...] = ()
    error: Mapping[str, Any] | None = None
    seconds: float = 0.0
    reads: tuple[str, ...] = ()
    more_reads: int = 0
    trace: Trace = NOTHING
    said: str = ""
    said_at: str = ""
    glyphs: str = ""
    unshown: str = ""
    was: int = 0
    failed: str = ""
    closed: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of a child: seconds, resident bytes, and bytes of text shown by each of its calls.

    around: its environment.
    """

    seconds: float = SECONDS
    memory: int = MEMORY
    text: int = TEXT
    around: ExampleEnvironment = PLAIN

    @staticmethod
    def of(course: Course) -> Limits:
        """Return the limits in a course's settings."""
        around = ExampleEnvironment(course.threads, course.gpu, tuple(sorted(course.environment.items())))
        return Limits(course.seconds, course.memory << 20, course.output_limit, around)


class _Error(msgspec.Struct, frozen=True, kw_only=True):
    type: str
    types: list[str]
    message: str
    trace: str
    notes: list[str]


class _Picture(msgspec.Struct, frozen=True):
    file: str
    twin: str | None
    was: int = 0


class _Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A value as `child._Screen` records it; unknown fields are dropped."""

    after: Annotated[int, msgspec.Meta(ge=0)]
    value: str | None = None
    form: Form = ""
    pictures: list[_Picture] = []
    unshown: str = ""


class _RawAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """An answer as child.py writes it."""

    printed: str
    value: str | None
    pictures: list[_Picture]
    error: _Error | None
    seconds: float
    reads: list[str]
    more_reads: int
    trace: Trace = NOTHING
    said: str = ""
    said_at: str = ""
    glyphs: str = ""
    unshown: str = ""
    form: Form = ""
    failed: str = ""
    closed: Annotated[int, msgspec.Meta(ge=0)] = 0
    displayed: list[_Shown] = []


def failure(kind: str, message: str, limits: Limits) -> Answer:
    """Return the answer for a call that has none."""
    error = {"type": kind, "types": [kind], "message": message, "trace": "", "notes": []}
    return Answer(error=error, seconds=limits.seconds)


def read(out: Path, count: int, limits: Limits) -> list[Answer]:
    """Read the answers to `count` calls from the folder of a child."""
    try:
        data = regular.read(out / FILE, min(_ANSWERS, (1 << 20) + count * _EACH * limits.text))
        return [_answer(one, out, limits) for one in _decoded(data, count)]
    except (msgspec.DecodeError, ValueError, OSError, RecursionError) as e:
        why = e.strerror if isinstance(e, OSError) else str(e)
        return [failure("BadAnswer", f"what the process left as its answer is none: {why}", limits)] * count


def _decoded(data: bytes, count: int) -> list[_RawAnswer]:
    told = _DECODER.decode(data)
    if len(told) != count:
        raise ValueError(f"it holds {len(told)} answers to {count} calls")
    return told


def _answer(one: _RawAnswer, out: Path, limits: Limits) -> Answer:
    if (said := size(one.said + one.said_at + one.glyphs + one.unshown + one.failed)) > _SAID:
        raise ValueError(f"it holds {said:,} bytes of what was said aside")
    texts = [one.printed, one.value or "", "".join(shown.value or "" for shown in one.displayed)]
    for text in texts:
        if size(text) > limits.text:
            raise ValueError(f"it holds {size(text):,} bytes of text, more than {limits.text:,}")
    drawn = [*one.pictures, *(picture for shown in one.displayed for picture in shown.pictures)]
    if len(drawn) + len(one.displayed) > OUTPUTS or len(one.reads) > READS:
        raise ValueError(f"it holds {len(drawn)} pictures and {len(one.reads)} files that were read")
    pictures = tuple(_picture(picture, out) for picture in one.pictures)
    displayed = tuple(_displayed(shown, out) for shown in one.displayed)
    reads = tuple(path for path in one.reads if "\0" not in path and not Path(path).is_relative_to(out))
    if (total := sum(len(data) + len(twin) for _, data, twin in _drawn(pictures, displayed))) > PICTURES:
        return failure(TOO_MUCH, f"its pictures take {total:,} bytes together, more than {PICTURES:,}", limits)
    return Answer(
        printed=one.printed,
        value=one.value,
        form=one.form,
        pictures=pictures,
        displayed=displayed,
        error=msgspec.to_builtins(one.error) if one.error else None,
        seconds=one.seconds,
        reads=reads,
        more_reads=one.more_reads,
        trace=one.trace,
        said=one.said,
        said_at=one.said_at,
        glyphs=one.glyphs,
        unshown=one.unshown,
        was=max((picture.was for picture in drawn), default=0),
        failed=one.failed,
        closed=one.closed,
    )


def _displayed(one: _Shown, out: Path) -> Displayed:
    pictures = tuple(_picture(picture, out) for picture in one.pictures)
    return Displayed(one.after, one.value, one.form, pictures, one.unshown)


def _drawn(
    pictures: Iterable[tuple[str, bytes, bytes]], displayed: Iterable[Displayed]
) -> Iterator[tuple[str, bytes, bytes]]:
    yield from pictures
    yield from (picture for shown in displayed for picture in shown.pictures)


def _picture(one: _Picture, out: Path) -> tuple[str, bytes, bytes]:
    return Path(one.file).suffix[1:], _content(one.file, out), _content(one.twin, out) if one.twin else b""


def _content(name: str, out: Path) -> bytes:
    """Read a picture's file, which must be in the child's own folder."""
    path = Path(name)
    if path.parent != out or path.suffix not in (".svg", ".png"):
        raise ValueError(f"it names {name[:200]!r} as a picture")
    return regular.read(path, PICTURE)


_DECODER = msgspec.json.Decoder(list[_RawAnswer])
