"""The key of an example: what its output is made from, part by part, and what a difference between two keys means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from kejian.store import digest

Kind = Literal["code", "package", "data", "python", "setting"]


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that an example depends on.

    name: `function lenet.summary`, a package's import name, a file's course path, `Python`, a setting's name.
    value: a digest or a version; "" for a package or a file that is not there. place: where it stands or is asked for,
    such as `cnn_examples/lenet.py:12`, or ""; the place is no part of the key.
    """

    kind: Kind
    name: str
    value: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """A digest over all `parts`, the example's own code first; equal digests, equal output."""

    digest: str
    parts: tuple[Part, ...]


def of(parts: Iterable[Part]) -> Key:
    """The key of an example, whose own code is the first of the parts."""
    found = tuple(dict.fromkeys(parts))
    own = found[0].name if found else ""
    return Key(digest(own, *(word for row in sorted((p.kind, p.name, p.value) for p in found) for word in row)), found)


def changes(old: Sequence[Part], new: Sequence[Part]) -> list[str]:
    """Why an example runs again, one clause for each difference; `old` is empty where it never ran."""
    if not old:
        return ["never ran"]
    before, after = ({(p.kind, p.name): p for p in parts} for parts in (old, new))
    said = [_differs(before.get(k), p) for k, p in after.items() if k not in before or before[k].value != p.value]
    return said + [_gone(p) for k, p in before.items() if k not in after]


def _differs(old: Part | None, new: Part) -> str:
    where = f" ({new.place})" if new.place else ""
    if new.kind == "code":
        return f"{new.name} changed{where}" if old else f"now also uses {new.name}{where}"
    if new.kind == "data":
        return _data(old, new) + where
    noun = f"{new.kind} {new.name}" if new.kind != "python" else new.name
    if new.kind == "package" and old is None:
        return f"now also imports {noun} {new.value or '(not installed)'}{where}"
    return f"{noun} {(old.value if old else '') or '(none)'} → {new.value or '(none)'}"


def _data(old: Part | None, new: Part) -> str:
    if old is None:
        return f"now also reads data file {new.name}"
    return f"data file {new.name} " + ("changed" if old.value and new.value else "is new" if new.value else "is gone")


def _gone(old: Part) -> str:
    verb = {"code": "no longer uses", "package": "no longer imports package", "data": "no longer reads data file"}
    return f"{verb.get(old.kind, 'no longer depends on ' + old.kind)} {old.name}"
