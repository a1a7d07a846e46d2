"""The record of an example, as a value and as the bytes of its files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Annotated, Any

import msgspec

from kejian.examples.child.kejian_outputs import OUTPUTS
from kejian.examples.keys.key import KeyPart
from kejian.examples.keys.trace import Trace
from kejian.examples.record.outputs import DRAWN, SUFFIXES, Kind, Output, Suffix

METADATA = 4 << 20
"""Bytes of metadata that are read."""

NAME = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*(?:~[A-Za-z0-9_=-]+)?")
"""An example's name in the record: dotted, with what tells its runs apart after a `~`."""

Content = Callable[[str], bytes | None]
"""The bytes of a file of the record by its name, `None` where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedExample:
    """An example's outputs and what they were made from.

    call: as the deck writes it. key, parts: from `keys.key`. settings: of its run, such as limits.
    verified: the UTC date, `2026-11-24`, of the last run for this key. seconds: that run's duration.
    tolerance, normalise: as declared. needed: the tolerance that agreement took, "" for none. trace: of that run.
    edited: files that differ from what was written. wrong: those of them that cannot be read, with the reason.
    """

    name: str
    call: str
    outputs: tuple[Output, ...]
    key: str = ""
    parts: tuple[KeyPart, ...] = ()
    settings: tuple[tuple[str, str], ...] = ()
    seed: int = 0
    python: str = ""
    verified: str = ""
    seconds: float = 0.0
    tolerance: str = ""
    normalise: str = ""
    needed: str = ""
    trace: Trace | None = None
    edited: tuple[str, ...] = ()
    wrong: Mapping[str, str] = field(default_factory=dict)

    @property
    def made_from(self) -> tuple[object, ...]:
        """Return what a run depends on and how it is compared; while that is equal, the metadata is kept."""
        return self.call, self.key, self.settings, self.seed, self.python, self.tolerance, self.normalise


_Word = Annotated[str, msgspec.Meta(max_length=300)]
_Line = Annotated[str, msgspec.Meta(max_length=10_000)]


class _File(msgspec.Struct, frozen=True, kw_only=True):
    """An output in the metadata. ended: whether the output itself ends with the newline that ends the file."""

    file: _Line
    kind: Kind
    digest: _Word
    name: _Line = ""
    ended: bool = True
    twin: _Word = ""


class _Meta(msgspec.Struct, frozen=True, kw_only=True):
    call: _Line
    key: _Word
    outputs: Annotated[tuple[_File, ...], msgspec.Meta(max_length=OUTPUTS)]
    parts: Annotated[tuple[KeyPart, ...], msgspec.Meta(max_length=20_000)] = ()
    settings: Annotated[dict[_Word, _Line], msgspec.Meta(max_length=100)] = {}
    seed: Annotated[int, msgspec.Meta(ge=0, lt=2**32)] = 0
    python: _Word = ""
    verified: _Word = ""
    seconds: Annotated[float, msgspec.Meta(ge=0, lt=1e9)] = 0.0
    tolerance: _Line = ""
    normalise: _Line = ""
    needed: _Line = ""
    trace: Trace | None = None


def files(recorded: RecordedExample) -> dict[str, bytes]:
    """Return the files of `recorded`, metadata last. Raises `ValueError` for an invalid name."""
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
        listed.append(
            _File(
                file=f"{stem}.{output.suffix}",
                kind=output.kind,
                digest=_digest(data),
                name=output.name,
                ended=ended,
                twin=twin,
            )
        )
    found[f"{recorded.name}.json"] = _document(recorded, tuple(listed))
    return found


def names(recorded: RecordedExample) -> list[str]:
    """Return the names of those files."""
    stems = [(file_stem(recorded.name, one.number or at), one) for at, one in enumerate(recorded.outputs, 1)]
    twins = [f"{stem}.png" for stem, output in stems if output.twin]
    return [*(f"{stem}.{output.suffix}" for stem, output in stems), *twins, f"{recorded.name}.json"]


def read(name: str, meta: bytes, content: Content) -> RecordedExample:
    """Parse the files of `name`. With unreadable metadata, as after a merge, the outputs are kept as they are."""
    try:
        known = _DECODER.decode(meta)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        outputs = tuple(_guessed(name, content))
        return RecordedExample(name=name, call="", outputs=outputs, edited=(f"{name}.json",))
    edited: list[str] = []
    outputs = tuple(_outputs(name, known.outputs, content, edited))
    fields = {key: getattr(known, key) for key in known.__struct_fields__ if key not in ("outputs", "settings")}
    settings = tuple(sorted(known.settings.items()))
    return RecordedExample(name=name, outputs=outputs, settings=settings, edited=tuple(edited), **fields)


def file_stem(name: str, number: int) -> str:
    """Return the name, without its ending, of the file of the output of that 1-based number."""
    return name if number == 1 else f"{name}.{number}"


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()[:32]


def _with_newline(output: Output) -> tuple[bytes, bool]:
    """Return the content of an output's file, ending in a newline if text; and whether that is the output's own."""
    if output.suffix in DRAWN or not output.data or output.data.endswith(b"\n"):
        return output.data, True
    return output.data + b"\n", False


def _outputs(name: str, listed: tuple[_File, ...], content: Content, edited: list[str]) -> Iterator[Output]:
    """Yield each listed output that has a file; the file's name is derived, never taken from the metadata."""
    for number, one in enumerate(listed, 1):
        stem, suffix = file_stem(name, number), _SUFFIXES.get(one.file.rpartition(".")[2], "txt")
        data = _unchanged(f"{stem}.{suffix}", one.digest, content, edited)
        twin = _unchanged(f"{stem}.png", one.twin, content, edited) if one.twin else b""
        if data is not None:
            own = data.removesuffix(b"\n") if suffix not in DRAWN and not one.ended else data
            yield Output(
                kind=_fitting(one.kind, suffix), name=one.name, suffix=suffix, data=own, twin=twin or b"", number=number
            )


def _fitting(kind: Kind, suffix: Suffix) -> Kind:
    """Return the kind, unless the file's type contradicts it: text is never shown as a picture, nor vice versa."""
    if suffix in DRAWN:
        return "picture"
    return "value" if kind == "picture" else kind


def _unchanged(file: str, known: str, content: Content, edited: list[str]) -> bytes | None:
    """Return the file's content, and add it to `edited` if it has changed; CRLF from git is converted back."""
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
    """Yield the outputs as far as their files alone determine them."""
    for number in range(1, OUTPUTS + 1):
        stem = file_stem(name, number)
        found = ((suffix, content(f"{stem}.{suffix}")) for suffix in SUFFIXES)
        suffix, data = next((one for one in found if one[1] is not None), ("txt", None))
        twin = content(f"{stem}.png") or b"" if suffix == "svg" else b""
        if data is not None:
            yield Output(
                kind=_fitting("text" if suffix == "txt" else "value", suffix),
                name="",
                suffix=suffix,
                data=data,
                twin=twin,
                number=number,
            )


def _document(recorded: RecordedExample, listed: tuple[_File, ...]) -> bytes:
    """Return the metadata as JSON: sorted keys, one line for each output and part, for readable diffs."""
    fields: dict[str, Any] = {name: getattr(recorded, name) for name in _Meta.__struct_fields__}
    fields |= {"outputs": listed, "settings": dict(sorted(recorded.settings))}
    fields["parts"] = sorted(recorded.parts, key=lambda part: (part.kind, part.name, part.value))
    fields["seconds"] = round(recorded.seconds, 2)
    lines = ",\n".join(f" {_json(key)}: {_value(fields[key])}" for key in sorted(fields))
    return f"{{\n{lines}\n}}\n".encode()


def _value(value: object) -> str:
    plain = msgspec.to_builtins(value)
    if isinstance(plain, dict) and any(isinstance(item, list | tuple) for item in plain.values()):
        rows = ",\n".join(f"  {_json(key)}: {_json(item)}" for key, item in sorted(plain.items()) if item)
        return f"{{\n{rows}\n }}" if rows else "{}"
    if not isinstance(plain, list | tuple) or not plain:
        return _json(plain)
    return "[\n" + ",\n".join(f"  {_json(item)}" for item in plain) + "\n ]"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


_SUFFIXES: Mapping[str, Suffix] = {suffix: suffix for suffix in SUFFIXES}
_DECODER = msgspec.json.Decoder(_Meta)
