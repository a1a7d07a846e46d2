"""The dependency graph between definitions of the examples package, across imports.

Where the source is ambiguous (a module used as a value, a name looked up by text), everything that may be meant counts:
a key may depend on too much, never on too little.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

from kejian.examples.keys import acting
from kejian.examples.keys.acting import Id, reached
from kejian.examples.keys.module_scan import ModuleScan, Node
from kejian.examples.keys.syntax import Binding

_Seen = dict[tuple[str, tuple[str, ...]], set[Id]]
"""What one search has found so far for dotted names in modules; for a module itself under the empty name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """The modules of a package by their dotted names, with cached facts about their definitions."""

    modules: Mapping[str, ModuleScan]
    nodes: Mapping[Id, Node]
    _aliases: Mapping[str, Mapping[str, tuple[Binding, ...]]]
    _uses: dict[Id, Mapping[str, frozenset[Id]]] = field(default_factory=dict)
    acting: dict[Id, bool] = field(default_factory=dict)
    _does: dict[str, tuple[object, ...]] = field(default_factory=dict)
    _steps: dict[Id, frozenset[Id]] = field(default_factory=dict)

    @staticmethod
    def of(scans: Iterable[ModuleScan]) -> Graph:
        """Return the graph of these modules."""
        modules = {s.name: s for s in scans}
        nodes = {(s.name, n.name): n for s in modules.values() for n in s.nodes}
        return Graph(modules=modules, nodes=nodes, _aliases={s.name: _by_alias(s.imports) for s in modules.values()})

    def joined(self, scans: Iterable[ModuleScan]) -> Graph:
        """Return the graph with further modules, which may use the existing ones but are used by none of them."""
        more = Graph.of(scans)
        return replace(  # cached facts about existing nodes stay true
            self,
            modules={**self.modules, **more.modules},
            nodes={**self.nodes, **more.nodes},
            _aliases={**self._aliases, **{name: _by_alias(s.imports) for name, s in more.modules.items()}},
        )

    def closure(self, start: Id, ran: Collection[Id] = (), idle: Callable[[Id], bool] | None = None) -> tuple[Id, ...]:
        """Return `start`, then everything that it and the nodes that `ran` depend on, sorted by name.

        idle: whether nothing of a node has run, so that its dependencies do not count.
        """
        if idle is None:
            found = reached([start, *ran], self._dependencies)
            return (start, *sorted(found - {start}))
        known = {start, *ran}
        found = reached(known, lambda node: self._dependencies(node) if node in known or not idle(node) else ())
        return (start, *sorted(node for node in found - {start} if node in known or not idle(node)))

    def digest(self, node: Id) -> str:
        """Return the digest of a node: of its syntax, and of the meaning of each name that it uses.

        For a module's import node, that covers all of its side effects, in order.
        """
        meant = sorted((chain, sorted(ids)) for chain, ids in self.uses(node).items() if ids)
        does = () if node[1] else self.does(node[0])
        if self.nodes[node].lists:
            listed = sorted({node[0]}.union(module for _, ids in meant for module, _ in ids))
            does += tuple(tuple(n.name for n in self.modules[module].nodes) for module in listed)
        return sha256(repr((self.nodes[node].digest, meant, does)).encode("utf-8", "replace")).hexdigest()

    def does(self, module: str) -> tuple[object, ...]:
        """Return the side effects of importing the module; empty if it only binds names."""
        if module not in self._does:
            body = self.nodes[module, ""].digest if (module, "") in self.nodes else ""
            self._does[module] = (*((body,) if body else ()), *acting.does(self, module))
        return self._does[module]

    def find(self, module: str, chain: Iterable[str]) -> frozenset[Id]:
        """Resolve a dotted name in a module; empty if it leads out of the package."""
        return frozenset(self._named(module, tuple(chain), {}))

    def imports(self, node: Id) -> tuple[Binding, ...]:
        """Return the imports that executing the node performs; for a module's import node, the top-level ones."""
        return self.nodes[node].imports if node[1] else self.modules[node[0]].imports

    def packages(self, closure: Iterable[Id]) -> dict[str, tuple[Id, int]]:
        """Return imports of neither this package nor the standard library, with the first node and line of each."""
        found: dict[str, tuple[Id, int]] = {}
        for node in closure:
            for binding in self.imports(node):
                top = binding.loaded[0].partition(".")[0]
                if top not in self.modules and top not in sys.stdlib_module_names:
                    found.setdefault(top, (node, binding.line))
        return found

    def asked(self, closure: Iterable[Id]) -> dict[str, tuple[Id, int]]:
        """Return strings with which the code may look for packages (`find_spec("x")`), with node and line."""
        found: dict[str, tuple[Id, int]] = {}
        for node in closure:
            if self.nodes[node].probes_packages:
                for other in (node, *sorted(self.used(node))):
                    for text in self.nodes[other].texts:
                        found.setdefault(text, (node, self.nodes[node].line))
        return found

    def uses(self, node: Id) -> Mapping[str, frozenset[Id]]:
        """Map each dotted name in a node to the nodes that it means."""
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
                found.update(
                    (module, n.name) for n in self.modules[module].nodes if acting.acts(self, (module, n.name))
                )
                found.update(_parents(module))
            self._steps[node] = frozenset(found & self.nodes.keys())
        return self._steps[node]

    def _loaded(self, imports: Iterable[Binding]) -> Iterator[Id]:
        """Yield the import nodes of the modules that these imports execute, and what local imports bind."""
        for binding in imports:
            for loaded in (*binding.loaded, f"{binding.module}.{binding.attribute}"):
                yield loaded, ""
                yield from _parents(loaded)
            if binding.alias == "*":
                yield binding.module, "__all__"

    def _by_text(self, node: Id) -> Iterator[Id]:
        scope = self.nodes[node].scope
        if scope:
            top = node[0].partition(".")[0]
            yield from self._everything(node[0] if scope == "module" else top, {})

    def used(self, node: Id) -> set[Id]:
        """Return the nodes that a node's own text uses."""
        return set[Id]().union(*self.uses(node).values()) & self.nodes.keys()

    def _meant(self, module: str, chain: str, local: Mapping[str, tuple[Binding, ...]]) -> set[Id]:
        parts = tuple(chain.split("."))
        found = set(self._named(module, parts, {}))
        for binding in local.get(parts[0], ()):
            found |= self._bound(binding, parts[1:], {})
        return found

    def _named(self, module: str, parts: tuple[str, ...], seen: _Seen) -> set[Id]:
        """Resolve `parts` among the global names of a module, its own or imported."""
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
        """Resolve attributes of a module object; if they are ambiguous, all of the module."""
        if parts and parts[0] in _OF_MODULES:
            return {(module, "")}
        return (self._named(module, parts, seen) if parts else set()) or self._everything(module, seen)

    def _everything(self, module: str, seen: _Seen) -> set[Id]:
        """Return all nodes of a module and its submodules, and what its imports bind."""
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


_OF_MODULES = frozenset(("__name__", "__file__", "__package__", "__path__", "__spec__"))
