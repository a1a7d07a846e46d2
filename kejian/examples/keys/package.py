"""The closed world of examples: one first-party package, its symbols, and the exact key of each example.

An example is a top-level function that can be called without arguments. Its key is made of every definition it
depends on (see `closure`), the versions of the packages those import, the data files they declare, Python's
minor version, and the settings it runs with.

A module declares the files it reads with a top-level constant of glob patterns, relative to the course:

    DATA = ("data/mnist/*.gz", "pictures/hopper.jpg")

They count for each example that uses any definition of that module.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from kejian.core.diagnostics import Diagnostic
from kejian.core.disk.files import FileAccessError, Folder
from kejian.examples.keys import key as keys
from kejian.examples.keys import modules
from kejian.examples.keys.acting import Id
from kejian.examples.keys.closure import Graph
from kejian.examples.keys.key import Key, KeyPart, changes
from kejian.examples.keys.made_from import CodeParts, made_from
from kejian.examples.keys.module_scan import ModuleScan, scan
from kejian.examples.keys.needs import PartLookup
from kejian.examples.keys.scan_cache import Scanner
from kejian.examples.keys.trace import Trace

__all__ = ["Key", "KeyPart", "Package", "Symbol", "changes", "is_example", "key"]


_BYTECODE = re.compile(r"\b(?:import dis|from dis|__code__|co_code|get_instructions|marshal)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Symbol:
    """A top-level definition of the examples package.

    name: without the package, `lenet.summary`. kind: `function`, `class` or `constant`.
    line, last: its 1-based lines in `path`. takes_no_args: it is a function that can be called without arguments.
    """

    name: str
    module: str
    path: str
    line: int
    last: int
    kind: str
    takes_no_args: bool


def is_example(symbol: Symbol) -> bool:
    """Return whether a slide can run the symbol: a public function that needs no arguments."""
    return symbol.takes_no_args and not symbol.name.rpartition(".")[2].startswith("_")


@dataclass(frozen=True, slots=True)
class _Known:
    """Cached facts about a graph, valid while its modules are unchanged, also in later builds."""

    codes: dict[Id, KeyPart] = field(default_factory=dict)
    found: dict[tuple[str, str], Symbol | None] = field(default_factory=dict)
    made: dict[tuple[Id, Trace | None], CodeParts] = field(default_factory=dict)
    keys: dict[tuple[Id, Trace | None, tuple[KeyPart, ...]], Key] = field(default_factory=dict)


_READ: dict[tuple[tuple[str, str], ...], tuple[Graph, tuple[Diagnostic, ...], _Known]] = {}
"""The package that was read last, by its files and their digests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """An examples package, parsed from its files without importing it.

    diagnostics: an error for each module that does not parse or cannot be read.
    """

    name: str
    folder: Folder
    graph: Graph
    _needs: PartLookup = field(compare=False, repr=False)
    diagnostics: tuple[Diagnostic, ...] = ()
    _known: _Known = field(default_factory=_Known, compare=False, repr=False)
    _larger: dict[frozenset[tuple[str, str]], Package] = field(default_factory=dict, compare=False, repr=False)

    @staticmethod
    def read(folder: Folder, name: str, scanner: Scanner = scan) -> Package:
        """Read all modules below the folder `name`; a package without modules if there is none.

        scanner: for instance `kejian.examples.keys.scan_cache.remembered(store)`.
        """
        paths = modules.paths(folder, name)
        texts = [modules.text(folder, path) for path in paths]
        read = tuple((path, folder.reads[path]) for path in paths)
        earlier = _READ.get(read)  # a build in another thread may replace it meanwhile
        if earlier is None:
            scans, found = modules.scanned(paths, texts, folder, scanner)
            earlier = Graph.of(scans), found, _Known()
            if not any(isinstance(text, FileAccessError) for text in texts):  # may become readable
                _READ.clear()
                _READ[read] = earlier
        graph, found, known = earlier
        return Package(
            name=name, folder=folder, graph=graph, _needs=PartLookup(folder), diagnostics=found, _known=known
        )

    @property
    def paths(self) -> tuple[str, ...]:
        """Return the course paths of its modules."""
        return tuple(sorted(module.path for module in self.graph.modules.values() if self.folder.has(module.path)))

    def with_modules(self, loaded: Iterable[tuple[str, str]], scanner: Scanner = scan) -> Package:
        """Return the package with the course's other modules that a run has loaded, given by name and file."""
        more = frozenset((name, path) for name, path in loaded if name not in self.graph.modules)
        if more and more not in self._larger:
            self._larger[more] = self._with(sorted(more), scanner)
        return self._larger[more] if more else self

    def _with(self, more: Sequence[tuple[str, str]], scanner: Scanner) -> Package:
        texts = [modules.text(self.folder, path) for _, path in more]
        scans = [
            scanner(*one, text) for one, text in zip(more, texts, strict=True) if not isinstance(text, FileAccessError)
        ]
        graph = Graph.of([*self.graph.modules.values(), *scans])
        return replace(self, graph=graph, _known=_Known(), _larger={})

    @property
    def reads_bytecode(self) -> bool:
        """Return whether a module inspects the bytecode of functions, which marks would change."""
        return any(_BYTECODE.search(self.folder.text(path)) for path in self.paths)

    def shapes(self, names: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Return the modules among `names`, each with a digest of its code."""
        known = self.graph.modules
        return tuple((name, known[name].shape) for name in names if name in known)

    def joined(self, scans: Iterable[ModuleScan]) -> Package:
        """Return the package with further code that uses it."""
        return replace(self, graph=self.graph.joined(scans), _known=_Known(), _larger={})

    def symbols(self) -> tuple[Symbol, ...]:
        """Return all top-level definitions, sorted by name."""
        return tuple(self._symbol(node) for node in sorted(self.graph.nodes) if node[1])

    def examples(self) -> tuple[Symbol, ...]:
        """Return the functions that a slide can run, sorted by name."""
        return tuple(symbol for symbol in self.symbols() if is_example(symbol))

    def find(self, name: str, symbol: str = "") -> Symbol | None:
        """Find the definition that `lenet.summary` or `cnn_examples.lenet.summary` names, following re-exports.

        With `symbol`, `name` is a module, or its path in the course: `cnn_examples/lenet.py`.
        """
        if (name, symbol) not in self._known.found:
            self._known.found[name, symbol] = self._find(name, symbol)
        return self._known.found[name, symbol]

    def _find(self, name: str, symbol: str) -> Symbol | None:
        module = name.removesuffix(".py").removesuffix("/__init__").replace("/", ".") if symbol else name
        parts = [*module.split("."), *([symbol] if symbol else [])]
        parts = parts[1:] if parts[0] == self.name else parts
        found = self.graph.find(self.name, parts) if parts else frozenset()
        meant = [node for node in found if node[1]]
        if len(meant) != 1 or (one := self._symbol(meant[0])) is None:
            return None
        in_class = one.kind == "class" and meant[0][1] in parts
        misspelt = meant[0][1] != parts[-1] and found == self._anything(parts)
        return one if in_class or not misspelt else None

    def _anything(self, parts: Sequence[str]) -> frozenset[Id]:
        """Return what a name in the same place means that no module has: all of the module."""
        return self.graph.find(self.name, (*parts[:-1], "?"))

    def nearest(self, name: str) -> list[str]:
        """Return up to three names of definitions similar to `name`, examples first."""
        known = {s.name: s for s in self.symbols()}
        name = name.removeprefix(f"{self.name}.")
        near = get_close_matches(name, known, 6, 0.5)
        last = name.rpartition(".")[2]
        near += [n for n in known if n.rpartition(".")[2] == last and n not in near]
        return sorted(near, key=lambda n: not is_example(known[n]))[:3]

    def _symbol(self, node: Id) -> Symbol:
        known, module = self.graph.nodes[node], self.graph.modules[node[0]]
        name = f"{node[0]}.{node[1]}".removeprefix(f"{self.name}.")
        return Symbol(
            name=name,
            module=module.name,
            path=module.path,
            line=known.line,
            last=known.last,
            kind=known.kind,
            takes_no_args=known.takes_no_args,
        )

    def parts(self, symbol: Symbol, trace: Trace | None = None) -> Iterator[KeyPart]:
        """Yield what the symbol's output depends on, its own code first: code, packages, data files.

        trace: of a run; without one, the text alone determines what may run.
        """
        yield from self._made(_node(symbol), trace).code
        yield from self.needs(symbol, trace)

    def needs(self, symbol: Symbol, trace: Trace | None = None) -> Iterator[KeyPart]:
        """Yield what the symbol's output depends on besides code: packages, data files, and what
        else a run examined.
        """
        yield from self._needs.of(self.graph, self._made(_node(symbol), trace), trace)

    def _made(self, start: Id, trace: Trace | None) -> CodeParts:
        if (start, trace) not in self._known.made:
            self._known.made[start, trace] = made_from(self.graph, self.name, start, trace, self._known.codes)
        return self._known.made[start, trace]

    def key(self, symbol: Symbol, rest: Iterable[KeyPart], trace: Trace | None = None) -> Key:
        """Return the key of a symbol; `rest` are parts that are neither its code nor that code's dependencies."""
        node, needs = _node(symbol), (*self.needs(symbol, trace), *rest)
        if (node, trace, needs) not in self._known.keys:
            self._known.keys[node, trace, needs] = keys.of([*self._made(node, trace).code, *needs])
        return self._known.keys[node, trace, needs]


def key(package: Package, symbol: Symbol, settings: Mapping[str, str], trace: Trace | None = None) -> Key:
    """Return the exact key of running `symbol`; `settings` are the caller's: seed, threads, the runner's version etc.

    trace: of the run that the key is for, or the recorded one.
    """
    python = KeyPart("python", "Python", f"{sys.version_info.major}.{sys.version_info.minor}")
    return package.key(symbol, [python, *(KeyPart("setting", n, v) for n, v in sorted(settings.items()))], trace)


def _node(symbol: Symbol) -> Id:
    return symbol.module, symbol.name.rpartition(".")[2]
