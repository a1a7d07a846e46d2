"""The closed world of examples: one first-party package, its symbols, and the exact key of each example.

An example is a top-level function that can be called without arguments. Its key is made of every definition it
depends on (see `kejian.keys.closure`), the versions of the packages those import, the data files they declare, Python's
minor version, and the settings it runs with.

A module declares the files it reads with a top-level constant of glob patterns, relative to the course:

    DATA = ("data/mnist/*.gz", "pictures/hopper.jpg")

They count for each example that uses any definition of that module.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import NamedTuple

from kejian.diagnostics import Diagnostic
from kejian.folder import Folder, Unreadable
from kejian.keys import datafiles, distributions, keys, modules
from kejian.keys.closure import Graph, Id
from kejian.keys.keys import Key, Part, changes
from kejian.keys.scan import Scan, scan
from kejian.keys.scans import Scanner

__all__ = ["Key", "Package", "Part", "Symbol", "changes", "is_example", "key"]


ELSEWHERE = "#"
"""Begins the name under which code that stands in no module is joined to a package."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """A top-level definition of the examples package.

    name: without the package, `lenet.summary`. kind: `function`, `class` or `constant`. line, last: its 1-based lines
    in `path`. ready: it is a function that can be called without arguments.
    """

    name: str
    module: str
    path: str
    line: int
    last: int
    kind: str
    ready: bool


def is_example(symbol: Symbol) -> bool:
    """Whether a slide can run the symbol: a public function that needs no arguments."""
    return symbol.ready and not symbol.name.rpartition(".")[2].startswith("_")


class _Made(NamedTuple):
    """What a definition's output is made from, as far as the package's text alone says it.

    named: packages that it imports, and asked: words that may be others, each with the first node and line.
    """

    code: tuple[Part, ...]
    named: Mapping[str, tuple[Id, int]]
    asked: Mapping[str, tuple[Id, int]]
    modules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """What was found out about a graph: true as long as its modules are the same, also in later builds."""

    codes: dict[Id, Part] = field(default_factory=dict)
    found: dict[tuple[str, str], Symbol | None] = field(default_factory=dict)
    made: dict[Id, _Made] = field(default_factory=dict)
    keys: dict[tuple[Id, tuple[Part, ...]], Key] = field(default_factory=dict)


_READ: dict[tuple[tuple[str, str], ...], tuple[Graph, tuple[Diagnostic, ...], _Known]] = {}
"""The package that was read last, by its files and their digests."""


@dataclass(frozen=True, slots=True)
class Package:
    """An examples package as its files say it: nothing of it is imported.

    diagnostics: an error for each module that does not parse or cannot be read.
    """

    name: str
    folder: Folder
    graph: Graph
    diagnostics: tuple[Diagnostic, ...] = ()
    _versions: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    _files: dict[str, dict[str, str]] = field(default_factory=dict, compare=False, repr=False)
    _known: _Known = field(default_factory=_Known, compare=False, repr=False)

    @staticmethod
    def read(folder: Folder, name: str, scanner: Scanner = scan) -> Package:
        """All modules below the folder `name`; a package without modules where that is empty or no folder.

        `scanner` may be `kejian.keys.scans.remembered(store)`.
        """
        paths = modules.paths(folder, name)
        texts = [modules.text(folder, path) for path in paths]
        read = tuple((path, folder.reads[path]) for path in paths)
        earlier = _READ.get(read)  # a build in another thread may replace it meanwhile
        if earlier is None:
            scans, found = modules.scanned(paths, texts, folder, scanner)
            earlier = Graph.of(scans), found, _Known()
            if not any(isinstance(text, Unreadable) for text in texts):  # why may change with no file's content
                _READ.clear()
                _READ[read] = earlier
        graph, found, known = earlier
        return Package(name, folder, graph, found, _known=known)

    @property
    def paths(self) -> tuple[str, ...]:
        """The course paths of its modules."""
        return tuple(sorted(module.path for module in self.graph.modules.values() if self.folder.has(module.path)))

    def joined(self, scans: Iterable[Scan]) -> Package:
        """The package with code from elsewhere that uses it."""
        return replace(self, graph=self.graph.joined(scans), _known=_Known())

    def symbols(self) -> tuple[Symbol, ...]:
        """All top-level definitions, in order of their names."""
        return tuple(self._symbol(node) for node in sorted(self.graph.nodes) if node[1])

    def examples(self) -> tuple[Symbol, ...]:
        """The functions that a slide can run, in order of their names."""
        return tuple(symbol for symbol in self.symbols() if is_example(symbol))

    def find(self, name: str, symbol: str = "") -> Symbol | None:
        """The definition that `lenet.summary` or `cnn_examples.lenet.summary` names, re-exports followed.

        With `symbol`, `name` is a module, or its path in the course: `cnn_examples/lenet.py`.
        """
        if (name, symbol) not in self._known.found:
            self._known.found[name, symbol] = self._find(name, symbol)
        return self._known.found[name, symbol]

    def _find(self, name: str, symbol: str) -> Symbol | None:
        module = name.removesuffix(".py").removesuffix("/__init__").replace("/", ".") if symbol else name
        parts = [*module.split("."), *([symbol] if symbol else [])]
        parts = parts[1:] if parts[0] == self.name else parts
        meant = [node for node in self.graph.find(self.name, parts) if node[1]] if parts else []
        return self._symbol(meant[0]) if len(meant) == 1 else None

    def nearest(self, name: str) -> list[str]:
        """Up to three names of definitions that look like `name`, examples first."""
        known = {s.name: s for s in self.symbols()}
        name = name.removeprefix(f"{self.name}.")
        near = get_close_matches(name, known, 6, 0.5)
        last = name.rpartition(".")[2]
        near += [n for n in known if n.rpartition(".")[2] == last and n not in near]
        return sorted(near, key=lambda n: not is_example(known[n]))[:3]

    def _symbol(self, node: Id) -> Symbol:
        known, module = self.graph.nodes[node], self.graph.modules[node[0]]
        name = f"{node[0]}.{node[1]}".removeprefix(f"{self.name}.")
        return Symbol(name, module.name, module.path, known.line, known.last, known.kind, known.ready)

    def parts(self, symbol: Symbol) -> Iterator[Part]:
        """What the symbol's output is made from, its own code first: code, packages, data files."""
        yield from self._made(_node(symbol)).code
        yield from self.needs(symbol)

    def needs(self, symbol: Symbol) -> Iterator[Part]:
        """What the symbol's output is made from besides code: packages, data files."""
        made = self._made(_node(symbol))
        yield from self._packages(made)
        for module in made.modules:
            yield from self._data(self.graph.modules[module])

    def _made(self, start: Id) -> _Made:
        if start not in self._known.made:
            closure = self.graph.closure(start)
            code = [self._code(node) for node in closure if self.graph.nodes[node].digest]
            if any(self.graph.nodes[node].reflects for node in closure):
                code += [self._text(module) for module in sorted({node[0] for node in closure})]
            named, asked = self.graph.packages(closure), self.graph.asked(closure)
            executed = tuple(sorted({node[0] for node in closure if node[1]}))
            self._known.made[start] = _Made(tuple(code), named, asked, executed)
        return self._known.made[start]

    def key(self, symbol: Symbol, rest: Iterable[Part]) -> Key:
        """The key of a symbol; `rest` are the parts that are neither code of the package nor what that needs."""
        node, needs = _node(symbol), (*self.needs(symbol), *rest)
        if (node, needs) not in self._known.keys:
            self._known.keys[node, needs] = keys.of([*self._made(node).code, *needs])
        return self._known.keys[node, needs]

    def _code(self, node: Id) -> Part:
        if node not in self._known.codes:
            known, short = self.graph.nodes[node], self._short(node[0])
            name = (
                f"{known.kind} {short}.{node[1]}".replace(" .", " ")
                if node[1]
                else f"top level of {short or self.name}"
            )
            place = f"{self.graph.modules[node[0]].path}:{known.line}"
            self._known.codes[node] = Part("code", name, self.graph.digest(node), place)
        return self._known.codes[node]

    def _text(self, module: str) -> Part:
        known = self.graph.modules[module]
        return Part("code", f"text of {self._short(module) or self.name}", known.text_digest, f"{known.path}:1")

    def _short(self, module: str) -> str:
        return module.removeprefix(self.name).lstrip(f".{ELSEWHERE}")

    def _packages(self, made: _Made) -> Iterator[Part]:
        found = {n: at for n, at in made.asked.items() if self._version(n)} | dict(made.named)
        for name in sorted({*found, *(c for n in found for c in distributions.companions(n))}):
            node, line = found.get(name, (("", ""), 0))
            place = f"{self.graph.modules[node[0]].path}:{line}" if line else ""
            yield Part("package", name, self._version(name), place)

    def _version(self, name: str) -> str:
        if name not in self._versions:
            self._versions[name] = distributions.version(name)
        return self._versions[name]

    def _data(self, module: Scan) -> Iterator[Part]:
        line = next((n.line for n in module.nodes if n.name == "DATA"), 0)
        for pattern in module.data:
            if pattern not in self._files:
                self._files[pattern] = datafiles.digests(self.folder, pattern)
            yield from (Part("data", p, d, f"{module.path}:{line}") for p, d in self._files[pattern].items())


def key(package: Package, symbol: Symbol, settings: Mapping[str, str]) -> Key:
    """The exact key of running `symbol`; `settings` are the caller's: seed, threads, the runner's version and so on."""
    python = Part("python", "Python", f"{sys.version_info.major}.{sys.version_info.minor}")
    return package.key(symbol, [python, *(Part("setting", n, v) for n, v in sorted(settings.items()))])


def _node(symbol: Symbol) -> Id:
    return symbol.module, symbol.name.rpartition(".")[2]
