"""Keys: what an example's output is made from, part by part, and what the difference of two keys means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from kejian.core.disk.store import digest

Kind = Literal["code", "package", "data", "python", "setting", "folder", "file", "environment"]


@dataclass(frozen=True, slots=True)
class KeyPart:
    """A single dependency of an example.

    name: `function lenet.summary`, a package's import name, the course path of a data file, of a folder that was
        listed, of a file that was looked for; `Python`, a setting's name, an environment variable.
    value: a digest, a version or a kind; "" for what is missing.
    place: where it is defined or used, such as `cnn_examples/lenet.py:12`, or ""; not part of the key.
    """

    kind: Kind
    name: str
    value: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """A digest over all `parts`, the example's own code first; equal digests, equal output."""

    digest: str
    parts: tuple[KeyPart, ...]


def of(parts: Iterable[KeyPart]) -> Key:
    """Return the key of an example, whose own code is the first of the parts."""
    found = tuple(dict.fromkeys(parts))
    own = found[0].name if found else ""
    return Key(digest(own, *(word for row in sorted((p.kind, p.name, p.value) for p in found) for word in row)), found)


def changes(old: Sequence[KeyPart], new: Sequence[KeyPart]) -> list[str]:
    """Return why an example runs again, a clause for each difference; `old` is empty if it never ran."""
    if not old:
        return ["never ran"]
    before, after = ({(p.kind, p.name): p for p in parts} for parts in (old, new))
    said = [_differs(before.get(k), p) for k, p in after.items() if k not in before or before[k].value != p.value]
    return said + [_gone(p) for k, p in before.items() if k not in after]


def only_around(old: Sequence[KeyPart], new: Sequence[KeyPart]) -> bool:
    """Return whether two keys differ only in what surrounds the code: variables, and optional packages.

    If the outputs agree, such a difference is one between two machines and is not reported.
    """
    both = [{(part.kind, part.name, part.value): part for part in parts} for parts in (old, new)]
    differing = [known[one] for known in both for one in both[0].keys() ^ both[1].keys() if one in known]
    around = (part.kind == "environment" or (part.kind == "package" and not part.place) for part in differing)
    return bool(differing) and all(around)


def _differs(old: KeyPart | None, new: KeyPart) -> str:
    where = f" ({new.place})" if new.place else ""
    if new.kind == "code":
        return f"{new.name} changed{where}" if old else f"now also uses {new.name}{where}"
    if new.kind == "data":
        return _data(old, new) + where
    if new.kind in _LOOKED_AT:
        return f"{_LOOKED_AT[new.kind]} {new.name} changed" if old else f"now also looks at {new.kind} {new.name}"
    noun = f"{new.kind} {new.name}" if new.kind != "python" else new.name
    if new.kind == "package" and old is None:
        return f"now also imports {noun} {new.value or '(not installed)'}{where}"
    return f"{noun} {(old.value if old else '') or '(none)'} → {new.value or '(none)'}"


_LOOKED_AT = {"folder": "the list of files in", "file": "what is at", "environment": "the variable"}


def _data(old: KeyPart | None, new: KeyPart) -> str:
    if old is None:
        return f"now also reads data file {new.name}"
    return f"data file {new.name} " + ("changed" if old.value and new.value else "is new" if new.value else "is gone")


def _gone(old: KeyPart) -> str:
    verb = {"code": "no longer uses", "package": "no longer imports package", "data": "no longer reads data file"}
    return f"{verb.get(old.kind, 'no longer depends on ' + old.kind)} {old.name}"
