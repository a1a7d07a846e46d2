"""What is recorded of an example, as a value and as the bytes of its files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import msgspec

from kejian.keys.keys import Part
from kejian.record.outputs import Kind, Output, Suffix

LIMIT = 64 << 20
"""Bytes; a larger file is not read."""

NAME = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*(?:~[A-Za-z0-9_=-]+)?")
"""An example's name in the record: dotted, with what tells its runs apart after a `~`."""

_MOST = 100
"""Outputs of one example that are looked for where no metadata lists them."""

Content = Callable[[str], bytes | None]
"""The bytes of a file of the record by its name, `None` where there is none."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An example's outputs and what they were made from.

    call: as the deck writes it. key, parts: of `kejian.keys.keys`. settings: what else it ran under, such as limits.
    verified: the UTC date, `2026-11-24`, on which a run last was made for this key. seconds: that run's wall clock.
    tolerance, normalise: as declared; needed: the tolerance that the agreement took, "" for none. edited: files that
    are not as they were written.
    """

    name: str
    call: str
    outputs: tuple[Output, ...]
    key: str = ""
    parts: tuple[Part, ...] = ()
    settings: tuple[tuple[str, str], ...] = ()
    seed: int = 0
    python: str = ""
    verified: str = ""
    seconds: float = 0.0
    tolerance: str = ""
    normalise: str = ""
    needed: str = ""
    edited: tuple[str, ...] = ()

    @property
    def made_from(self) -> tuple[object, ...]:
        """What a run depends on and how it is compared; while it stays, the metadata stays."""
        return self.call, self.key, self.settings, self.seed, self.python, self.tolerance, self.normalise


class _File(msgspec.Struct, frozen=True):
    """An output in the metadata. ended: whether the output itself ends with the newline that ends the file."""

    file: str
    kind: Kind
    digest: str
    name: str = ""
    ended: bool = True
    twin: str = ""


class _Meta(msgspec.Struct, frozen=True):
    call: str
    key: str
    outputs: tuple[_File, ...]
    parts: tuple[Part, ...] = ()
    settings: dict[str, str] = {}
    seed: int = 0
    python: str = ""
    verified: str = ""
    seconds: float = 0.0
    tolerance: str = ""
    normalise: str = ""
    needed: str = ""


def files(recorded: Recorded) -> dict[str, bytes]:
    """The files that say `recorded`, metadata last. Raises `ValueError` for a name that is none."""
    if not NAME.fullmatch(recorded.name):
        raise ValueError(f"{recorded.name!r} cannot name an example in the record")
    found: dict[str, bytes] = {}
    listed = []
    for number, output in enumerate(recorded.outputs, 1):
        stem = file_stem(recorded.name, number)
        data, ended = _with_newline(output)
        found[f"{stem}.{output.suffix}"] = data
        if output.twin:
            found[f"{stem}.png"] = output.twin
        twin = _digest(output.twin) if output.twin else ""
        listed.append(_File(f"{stem}.{output.suffix}", output.kind, _digest(data), output.name, ended, twin))
    found[f"{recorded.name}.json"] = _document(recorded, tuple(listed))
    return found


def names(recorded: Recorded) -> list[str]:
    """The names of those files."""
    stems = [(file_stem(recorded.name, number), output) for number, output in enumerate(recorded.outputs, 1)]
    twins = [f"{stem}.png" for stem, output in stems if output.twin]
    return [*(f"{stem}.{output.suffix}" for stem, output in stems), *twins, f"{recorded.name}.json"]


def read(name: str, meta: bytes, content: Content) -> Recorded:
    """What the files of `name` say. Metadata that cannot be read, as after a merge, leaves the outputs as they are."""
    try:
        known = _DECODER.decode(meta)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        outputs = tuple(_guessed(name, content))
        return Recorded(name, "", outputs, edited=(f"{name}.json",))
    edited: list[str] = []
    outputs = tuple(_outputs(name, known.outputs, content, edited))
    fields = {field: getattr(known, field) for field in known.__struct_fields__ if field not in ("outputs", "settings")}
    settings = tuple(sorted(known.settings.items()))
    return Recorded(name, outputs=outputs, settings=settings, edited=tuple(edited), **fields)


def file_stem(name: str, number: int) -> str:
    """The name, without its ending, of the file that holds the output of that number, counted from 1."""
    return name if number == 1 else f"{name}.{number}"


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()[:32]


def _with_newline(output: Output) -> tuple[bytes, bool]:
    """The bytes of an output's file, whose text ends with a newline; whether that newline is the output's own."""
    if output.suffix != "txt" or not output.data or output.data.endswith(b"\n"):
        return output.data, True
    return output.data + b"\n", False


def _outputs(name: str, listed: tuple[_File, ...], content: Content, edited: list[str]) -> Iterator[Output]:
    """Each listed output that has a file; the path in the metadata only tells its kind of file, never where to look."""
    for number, one in enumerate(listed, 1):
        stem, suffix = file_stem(name, number), _SUFFIXES.get(one.file.rpartition(".")[2], "txt")
        data = _unchanged(f"{stem}.{suffix}", one.digest, content, edited)
        twin = _unchanged(f"{stem}.png", one.twin, content, edited) if one.twin else b""
        if data is not None:
            own = data.removesuffix(b"\n") if suffix == "txt" and not one.ended else data
            yield Output(one.kind, one.name, suffix, own, twin or b"")


def _unchanged(file: str, known: str, content: Content, edited: list[str]) -> bytes | None:
    """The file's bytes, noted in `edited` when they are not those that were written; git's CRLF is taken back."""
    data = content(file)
    if data is None or _digest(data) == known:
        edited += [file] if data is None else []
        return data
    plain = data.replace(b"\r\n", b"\n")
    if _digest(plain) == known:
        return plain
    edited.append(file)
    return data


def _guessed(name: str, content: Content) -> Iterator[Output]:
    """The outputs as far as their files alone tell."""
    for number in range(1, _MOST + 1):
        stem = file_stem(name, number)
        text, drawing, pixels = (content(f"{stem}.{suffix}") for suffix in _SUFFIXES)
        if text is not None:
            yield Output("text", "", "txt", text)
        elif drawing is not None:
            yield Output("picture", "", "svg", drawing, pixels or b"")
        elif pixels is not None:
            yield Output("picture", "", "png", pixels)


def _document(recorded: Recorded, listed: tuple[_File, ...]) -> bytes:
    """The metadata as JSON: sorted keys, one line for each output and part, so that a difference shows in one line."""
    fields: dict[str, Any] = {name: getattr(recorded, name) for name in _Meta.__struct_fields__}
    fields |= {"outputs": listed, "settings": dict(sorted(recorded.settings))}
    fields["parts"] = sorted(recorded.parts, key=lambda part: (part.kind, part.name, part.value))
    fields["seconds"] = round(recorded.seconds, 2)
    lines = ",\n".join(f" {_json(key)}: {_value(fields[key])}" for key in sorted(fields))
    return f"{{\n{lines}\n}}\n".encode()


def _value(value: object) -> str:
    plain = msgspec.to_builtins(value)
    if not isinstance(plain, list | tuple) or not plain:
        return _json(plain)
    return "[\n" + ",\n".join(f"  {_json(item)}" for item in plain) + "\n ]"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


_SUFFIXES: Mapping[str, Suffix] = {"txt": "txt", "svg": "svg", "png": "png"}
_DECODER = msgspec.json.Decoder(_Meta)
