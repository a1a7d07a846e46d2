"""Dependencies of an output besides code: packages, data files, and whatever else a run has examined."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kejian.core.disk.files import Folder
from kejian.examples.keys import datafiles, distributions, witnessed
from kejian.examples.keys.closure import Graph
from kejian.examples.keys.key import KeyPart
from kejian.examples.keys.made_from import CodeParts
from kejian.examples.keys.module_scan import ModuleScan
from kejian.examples.keys.trace import Trace


@dataclass(frozen=True, slots=True)
class PartLookup:
    """Looks up dependencies, each once in a build. folder: the course."""

    folder: Folder
    _imports: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    _files: dict[str, dict[str, str]] = field(default_factory=dict, compare=False, repr=False)
    _looked: dict[Trace, tuple[KeyPart, ...]] = field(default_factory=dict, compare=False, repr=False)

    def of(self, graph: Graph, made: CodeParts, trace: Trace | None) -> Iterator[KeyPart]:
        """Yield a part for each dependency of the code `made`; with a trace, also for what its run has examined."""
        data = (part for name in made.modules for part in self._data(graph.modules[name]))
        known = [*self._packages(graph, made), *data]
        yield from known
        if trace is not None:
            told = {(part.kind, part.name) for part in known}
            yield from (part for part in self._witnessed(trace) if (part.kind, part.name) not in told)

    def _packages(self, graph: Graph, made: CodeParts) -> Iterator[KeyPart]:
        found = {n: at for n, at in made.asked.items() if self._version(n)} | dict(made.named)
        for name in sorted({*found, *(c for n in found for c in distributions.companions(n))}):
            node, line = found.get(name, (("", ""), 0))
            place = f"{graph.modules[node[0]].path}:{line}" if line else ""
            yield KeyPart("package", name, self._version(name), place)

    def _version(self, name: str) -> str:
        if name not in self._imports:
            self._imports[name] = distributions.version(name)
        return self._imports[name]

    def _data(self, module: ModuleScan) -> Iterator[KeyPart]:
        line = next((n.line for n in module.nodes if n.name == "DATA"), 0)
        for pattern in module.data:
            if pattern not in self._files:
                self._files[pattern] = datafiles.digests(self.folder, pattern)
            yield from (KeyPart("data", p, d, f"{module.path}:{line}") for p, d in self._files[pattern].items())

    def _witnessed(self, trace: Trace) -> tuple[KeyPart, ...]:
        if trace not in self._looked:
            self._looked[trace] = tuple(witnessed.parts(self.folder, trace, self._version))
        return self._looked[trace]
