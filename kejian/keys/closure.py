"""Which definitions of the examples package another one depends on, through any number of imports.

Where the text does not say it for certain (a module used as a value, a name looked up by text), everything that may be
meant counts: a key may hold too much, never too little.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from kejian.keys.scan import Node, Scan
from kejian.keys.syntax import Binding

Id = tuple[str, str]
"""A module's dotted name and a top-level name in it, or "" for importing the module."""

_Seen = dict[tuple[str, tuple[str, ...]], set[Id]]
"""What one search has found so far for dotted names in modules; for a module itself under the empty name."""


@dataclass(frozen=True, slots=True)
class Graph:
    """The modules of a package by their dotted names; what is found out about their nodes is remembered."""

    modules: Mapping[str, Scan]
    nodes: Mapping[Id, Node]
    _aliases: Mapping[str, Mapping[str, tuple[Binding, ...]]]
    _uses: dict[Id, Mapping[str, frozenset[Id]]] = field(default_factory=dict)
    _acting: dict[Id, bool] = field(default_factory=dict)
    _steps: dict[Id, frozenset[Id]] = field(default_factory=dict)

    @staticmethod
    def of(scans: Iterable[Scan]) -> Graph:
        """The graph of these modules."""
        modules = {s.name: s for s in scans}
        nodes = {(s.name, n.name): n for s in modules.values() for n in s.nodes}
        return Graph(modules, nodes, {s.name: _by_alias(s.imports) for s in modules.values()})

    def joined(self, scans: Iterable[Scan]) -> Graph:
        """The graph with further modules, which may use those that are here and are used by none of them."""
        more = Graph.of(scans)
        aliases = {**self._aliases, **{name: _by_alias(s.imports) for name, s in more.modules.items()}}
        known = self._uses, self._acting, self._steps  # what is known of the nodes stays true
        return Graph({**self.modules, **more.modules}, {**self.nodes, **more.nodes}, aliases, *known)

    def closure(self, start: Id) -> tuple[Id, ...]:
        """All nodes that `start` depends on: itself first, the others in order of their names."""
        reached = _reached([start], self._dependencies)
        return (start, *sorted(reached - {start}))

    def digest(self, node: Id) -> str:
        """The digest of a node: of its own syntax, and of what each name that it uses stands for."""
        meant = sorted((chain, sorted(ids)) for chain, ids in self.uses(node).items() if ids)
        return sha256(repr((self.nodes[node].digest, meant)).encode("utf-8", "replace")).hexdigest()

    def find(self, module: str, chain: Iterable[str]) -> frozenset[Id]:
        """What a dotted chain of names means in a module; nothing where it leads out of the package."""
        return frozenset(self._named(module, tuple(chain), {}))

    def imports(self, node: Id) -> tuple[Binding, ...]:
        """What executing the node imports: for a module's import node, the imports at its top."""
        return self.nodes[node].imports if node[1] else self.modules[node[0]].imports

    def packages(self, closure: Iterable[Id]) -> dict[str, tuple[Id, int]]:
        """What is imported of neither this package nor Python's own library, with the first node and line of each."""
        found: dict[str, tuple[Id, int]] = {}
        for node in closure:
            for binding in self.imports(node):
                top = binding.loaded[0].partition(".")[0]
                if top not in self.modules and top not in sys.stdlib_module_names:
                    found.setdefault(top, (node, binding.line))
        return found

    def asked(self, closure: Iterable[Id]) -> dict[str, tuple[Id, int]]:
        """Words by which the code may ask for packages (`find_spec("x")`), with the node and the line of each."""
        found: dict[str, tuple[Id, int]] = {}
        for node in closure:
            if self.nodes[node].finds:
                for other in (node, *sorted(self._used(node))):
                    for text in self.nodes[other].texts:
                        found.setdefault(text, (node, self.nodes[node].line))
        return found

    def uses(self, node: Id) -> Mapping[str, frozenset[Id]]:
        """Each dotted chain in a node with the nodes it means."""
        if node not in self._uses:
            known = self.nodes[node]
            local = _by_alias(known.imports) if node[1] else {}
            self._uses[node] = {chain: frozenset(self._meant(node[0], chain, local)) for chain in known.uses}
        return self._uses[node]

    def _dependencies(self, node: Id) -> frozenset[Id]:
        if node not in self._steps:
            module, name = node
            found = set[Id]().union(*self.uses(node).values())
            found.update(self._loaded(self.imports(node)))
            found.update(self._by_text(node))
            if name:
                found.add((module, ""))
            else:
                found.update((module, n.name) for n in self.modules[module].nodes if self._acts((module, n.name)))
                found.update(_parents(module))
            self._steps[node] = frozenset(found & self.nodes.keys())
        return self._steps[node]

    def _loaded(self, imports: Iterable[Binding]) -> Iterator[Id]:
        """The import nodes of the modules that these imports execute, and what local imports bind."""
        for binding in imports:
            for loaded in (*binding.loaded, f"{binding.module}.{binding.attribute}"):
                yield loaded, ""
                yield from _parents(loaded)

    def _by_text(self, node: Id) -> Iterator[Id]:
        scope = self.nodes[node].scope
        if scope:
            top = node[0].partition(".")[0]
            yield from self._everything(node[0] if scope == "module" else top, {})

    def _acts(self, node: Id) -> bool:
        """Whether importing the node's module calls something, for this node, that others may feel."""
        if node not in self._acting:
            known = self.nodes[node]
            self._acting[node] = known.name != "" and known.calls and (known.acts_early or self._reaches_action(node))
        return self._acting[node]

    def _reaches_action(self, node: Id) -> bool:
        known, uses = self.nodes[node], self.uses(node)
        for chain in known.decorators:
            last = chain.rpartition(".")[2]
            foreign = not uses.get(chain)
            bound = any(not chain.endswith(name) for _, name in uses.get(chain, ()))  # `@area.register`
            if (foreign or bound) and last not in _HARMLESS:
                return True
        start = [i for chain in known.early for i in uses.get(chain, ())]
        return any(self.nodes[i].acts for i in _reached(start, self._used))

    def _used(self, node: Id) -> set[Id]:
        return set[Id]().union(*self.uses(node).values()) & self.nodes.keys()

    def _meant(self, module: str, chain: str, local: Mapping[str, tuple[Binding, ...]]) -> set[Id]:
        parts = tuple(chain.split("."))
        found = set(self._named(module, parts, {}))
        for binding in local.get(parts[0], ()):
            found |= self._bound(binding, parts[1:], {})
        return found

    def _named(self, module: str, parts: tuple[str, ...], seen: _Seen) -> set[Id]:
        """What `parts` mean among the global names of a module, itself or by its imports."""
        scan = self.modules.get(module)
        if scan is None:
            return set()
        if (module, parts) in seen:
            return seen[module, parts]
        found = seen[module, parts] = {(module, parts[0])} & self.nodes.keys()
        if parts[0] in scan.bound:
            found.add((module, ""))
        for binding in self._aliases[module].get(parts[0], ()):
            found |= self._bound(binding, parts[1:], seen)
        if not found:
            for binding in self._aliases[module].get("*", ()):
                found |= self._named(binding.module, parts, seen)
        if not found and f"{module}.{parts[0]}" in self.modules:
            found |= self._within(f"{module}.{parts[0]}", parts[1:], seen)
        return found

    def _bound(self, binding: Binding, rest: tuple[str, ...], seen: _Seen) -> set[Id]:
        if binding.module not in self.modules:
            return set()
        return self._within(binding.module, (binding.attribute, *rest) if binding.attribute else rest, seen)

    def _within(self, module: str, parts: tuple[str, ...], seen: _Seen) -> set[Id]:
        """What the attributes `parts` of a module object mean; all of the module where that cannot be told."""
        if parts and parts[0] in _OF_MODULES:
            return {(module, "")}
        return (self._named(module, parts, seen) if parts else set()) or self._everything(module, seen)

    def _everything(self, module: str, seen: _Seen) -> set[Id]:
        """All nodes of a module and of those below it, and what its imports bind."""
        if (module, ()) in seen:
            return seen[module, ()]
        found = seen[module, ()] = set()
        for name in [m for m in self.modules if f"{m}.".startswith(f"{module}.")]:
            found |= {(name, node.name) for node in self.modules[name].nodes}
            for alias, bindings in self._aliases[name].items():
                if alias != "*":
                    found |= self._named(name, (alias,), seen)
                    continue
                for star in bindings:
                    found |= self._everything(star.module, seen) if star.module in self.modules else set()
        return found


def _by_alias(imports: Iterable[Binding]) -> dict[str, tuple[Binding, ...]]:
    found: dict[str, tuple[Binding, ...]] = {}
    for binding in imports:
        found[binding.alias] = (*found.get(binding.alias, ()), binding)
    return found


def _parents(module: str) -> Iterator[Id]:
    while module := module.rpartition(".")[0]:
        yield module, ""


def _reached(start: Iterable[Id], step: Callable[[Id], Iterable[Id]]) -> set[Id]:
    reached = set(start)
    todo = list(reached)
    while todo:
        new = set(step(todo.pop())) - reached
        reached |= new
        todo += new
    return reached


_OF_MODULES = frozenset(("__name__", "__file__", "__package__", "__path__", "__spec__"))
_HARMLESS = frozenset(
    "abstractmethod asynccontextmanager cache cached_property classmethod contextmanager custom_gradient dataclass "
    "deleter final function getter jit lru_cache njit no_type_check overload override property runtime_checkable "
    "setter singledispatch staticmethod total_ordering unique vectorize wraps".split()
)
"""Decorators of Python's library and of numeric packages that change nothing but what they decorate."""
