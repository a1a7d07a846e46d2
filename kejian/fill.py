"""Fill holes: look up, make the misses in batches, keep what was made. The only slow step of a build."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from kejian.diagnostics import Diagnostic
from kejian.makers import Maker
from kejian.model import Artifact, Filled, Hole
from kejian.store import Store, digest

_BATCH = 1000
"""Holes that a maker is given at once: enough to make its start cheap, few enough to bound the memory they take."""

Makers = Mapping[type, Maker[Any]]
"""Each kind of hole with its maker; one maker may stand for several kinds, which then share a batch."""

Progress = Callable[[str], None]


@dataclass(slots=True)
class Filling:
    """Fills holes from a store and makers, and counts: `made` and `reused` holes, each distinct hole once."""

    store: Store
    makers: Makers
    progress: Progress
    made: int = 0
    reused: int = 0
    _kept: dict[Hole, Artifact | Diagnostic] = field(default_factory=dict)
    _keys: dict[Hole, str] = field(default_factory=dict)

    def prepare(self, holes: Iterable[Hole]) -> None:
        """Make what the store lacks. What fails is remembered for this build alone, never stored."""
        distinct = dict.fromkeys(holes)
        missing = [hole for hole in distinct if not self.store.has(self._key(hole))]
        self.reused += len(distinct) - len(missing)
        self._make(missing)

    def filled(self, holes: Iterable[Hole]) -> Filled:
        """Each of the prepared `holes` with its artifact, or with why there is none."""
        found = {hole: self._stored(hole) for hole in dict.fromkeys(holes)}
        damaged = [hole for hole, artifact in found.items() if artifact is None]
        self._make(damaged)
        found |= {hole: self._stored(hole) for hole in damaged}
        return {hole: artifact for hole, artifact in found.items() if artifact is not None}

    def _make(self, missing: list[Hole]) -> None:
        batches: dict[int, tuple[Maker[Any], list[Hole]]] = {}
        for hole in missing:
            maker = self.makers[type(hole)]
            batches.setdefault(id(maker), (maker, []))[1].append(hole)
        for maker, batch in batches.values():
            kind = " and ".join(sorted({f"{type(hole).__name__.lower()}s" for hole in batch}))
            for start in range(0, len(batch), _BATCH):
                self.progress(f"making {kind}: {start} of {len(batch)} done")
                for hole, made in maker.make(batch[start : start + _BATCH]):
                    self._keep(hole, made)

    def _keep(self, hole: Hole, made: Artifact | Diagnostic) -> None:
        self.made += 1
        if isinstance(made, Artifact):
            self.store.put(self._key(hole), msgspec.msgpack.encode((made.html, made.glyphs)))
        else:
            self._kept[hole] = made

    def _stored(self, hole: Hole) -> Artifact | Diagnostic | None:
        if hole in self._kept:
            return self._kept[hole]
        data = self.store.get(self._key(hole))
        return Artifact(*_DECODER.decode(data)) if data is not None else None

    def _key(self, hole: Hole) -> str:
        if hole not in self._keys:
            self._keys[hole] = digest(type(hole).__name__, self.makers[type(hole)].key(hole))
        return self._keys[hole]


_DECODER = msgspec.msgpack.Decoder(tuple[str, tuple[tuple[str, str], ...]])
