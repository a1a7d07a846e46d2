"""Fills holes of all kinds: from the cache, by makers, or by a filler of its own such as that of examples."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice, zip_longest
from typing import Any, Protocol

import msgspec

from kejian.core.diagnostics import Diagnostic
from kejian.core.disk.cached import decoded
from kejian.core.disk.store import Store, digest
from kejian.core.model import Artifact, Filled, Hole
from kejian.core.progress import Progress, begin, remind
from kejian.makers import Maker

_SOME = 500
"""So many of what one maker makes are kept before another's turn: what has been made meanwhile waits in memory."""

_PATIENCE = 10
"""Seconds for which a maker says nothing before it says that."""

_Made = tuple[Hole, Artifact | Diagnostic]

Makers = Mapping[type, Maker[Any]]
"""Each kind of hole with its maker; one maker may stand for several kinds, which then share a batch."""


class Filler(Protocol):
    """Fills holes of some kinds: prepares those of all pages at once, then returns what fills each page's."""

    @property
    def made(self) -> int:
        """Return how many artifacts it has made; it had the others already."""

    def prepare(self, holes: Iterable[Hole]) -> Sequence[Hole]:
        """Make what is missing. Return the holes in what fills these."""

    def filled(self, holes: Iterable[Hole]) -> Filled:
        """Return each of the prepared `holes`, which are those of one page, with its artifact."""


@dataclass(frozen=True, slots=True)
class Fill:
    """Fills holes of all kinds, and the holes in what fills them.

    cached: the filler of all kinds but those that have their `own`.
    """

    cached: Filler
    own: Mapping[type, Filler]

    @property
    def made(self) -> int:
        """Return how many artifacts were made."""
        return sum(filler.made for filler in (self.cached, *self.own.values()))

    def prepare(self, holes: Iterable[Hole]) -> None:
        """Make what is missing: what one filler makes, then what the next does, then what stands within."""
        within = [hole for filler, some in self._parted(holes) for hole in filler.prepare(some)]
        self.cached.prepare(within)

    def filled(self, holes: Iterable[Hole]) -> Filled:
        """Return each of the prepared `holes` of a page, and the holes within them, with its artifact."""
        parts = [filler.filled(some) for filler, some in self._parted(holes)]
        found = {hole: artifact for part in parts for hole, artifact in part.items()}
        return {**found, **self.cached.filled(hole for artifact in found.values() for hole in artifact.holes)}

    def _parted(self, holes: Iterable[Hole]) -> Sequence[tuple[Filler, Sequence[Hole]]]:
        parts: dict[type | None, list[Hole]] = {None: [], **{kind: [] for kind in self.own}}
        for hole in holes:
            parts[type(hole) if type(hole) in self.own else None].append(hole)
        return [(self.cached, parts[None]), *((filler, parts[kind]) for kind, filler in self.own.items())]


@dataclass(slots=True)
class LateFiller:
    """A filler that is only made for a first hole: decks without such holes do not import what it needs."""

    begin: Callable[[], Filler]
    _filler: Filler | None = None

    @property
    def made(self) -> int:
        """Return how many artifacts it has made."""
        return self._filler.made if self._filler else 0

    def prepare(self, holes: Iterable[Hole]) -> Sequence[Hole]:
        """Make what is missing, if there is any hole."""
        wanted = list(holes)
        if wanted and self._filler is None:
            self._filler = self.begin()
        return self._filler.prepare(wanted) if self._filler else ()

    def filled(self, holes: Iterable[Hole]) -> Filled:
        """Return each of the prepared `holes` with its artifact."""
        return self._filler.filled(holes) if self._filler else {}


@dataclass(slots=True, kw_only=True)
class HoleFiller:
    """Fills holes from a store and makers, and counts each distinct hole once, as `made` or `reused`."""

    store: Store
    makers: Makers
    progress: Progress
    made: int = 0
    reused: int = 0
    _failed: dict[Hole, Artifact] = field(default_factory=dict)
    _keys: dict[Hole, str] = field(default_factory=dict)

    def prepare(self, holes: Iterable[Hole]) -> Sequence[Hole]:
        """Make what the store lacks. Failures are remembered for this build only. Nothing stands within these."""
        distinct = dict.fromkeys(holes)
        missing = [hole for hole in distinct if not self.store.has(self._key(hole))]
        self.reused += len(distinct) - len(missing)
        self._make(missing)
        return ()

    def filled(self, holes: Iterable[Hole]) -> Filled:
        """Return each of the prepared `holes` with its artifact."""
        found = {hole: self._stored(hole) for hole in dict.fromkeys(holes)}
        damaged = [hole for hole, artifact in found.items() if artifact is None]
        self._make(damaged)
        found |= {hole: self._stored(hole) for hole in damaged}
        return {hole: artifact for hole, artifact in found.items() if artifact is not None}

    def _make(self, missing: list[Hole]) -> None:
        """Start all kinds at once, then collect the results of one after the other, storing them in batches."""
        batches: dict[int, tuple[Maker[Any], list[Hole]]] = {id(maker): (maker, []) for maker in self.makers.values()}
        for hole in missing:
            batches[id(self.makers[type(hole)])][1].append(hole)
        with ExitStack() as begun:
            work = [(begun.enter_context(maker.make(batch)), batch) for maker, batch in batches.values() if batch]
            taken = [self._taken(batch, made) for made, batch in work]
            for _ in zip_longest(*taken):
                pass

    def _taken(self, batch: list[Hole], making: Iterable[_Made | None]) -> Iterator[None]:
        kinds = {_CAPITAL.sub(" ", type(hole).__name__).lower() for hole in batch}
        kind = " and ".join(sorted(f"{name}s" for name in kinds))
        made = self._waited(making, kind)
        task = begin(self.progress, f"making {kind}", len(batch))
        for _ in range(0, len(batch), _SOME):
            for hole, artifact in islice(made, _SOME):
                self._keep(hole, artifact)
                task.advance()
            yield
        task.end()

    def _waited(self, making: Iterable[_Made | None], kind: str) -> Iterator[_Made]:
        """Yield results, reporting progress each time that nothing has arrived for a while."""
        waited = 0
        for made in making:
            waited = waited + _PATIENCE if made is None else 0
            if made is None:
                remind(self.progress, f"still waiting for {kind} after {waited} s")
            else:
                yield made

    def _keep(self, hole: Hole, made: Artifact | Diagnostic) -> None:
        self.made += 1
        if isinstance(made, Artifact):
            self.store.put(self._key(hole), msgspec.msgpack.encode((made.html, made.glyphs)))
        else:
            self._failed[hole] = Artifact(problem=made)

    def _stored(self, hole: Hole) -> Artifact | None:
        if hole in self._failed:
            return self._failed[hole]
        found = decoded(self.store, self._key(hole), _DECODER.decode)
        return None if found is None else Artifact(html=found[0], glyphs=found[1])

    def _key(self, hole: Hole) -> str:
        if hole not in self._keys:
            self._keys[hole] = digest(type(hole).__name__, self.makers[type(hole)].key(hole))
        return self._keys[hole]


_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_DECODER = msgspec.msgpack.Decoder(tuple[str, tuple[tuple[str, str], ...]])
