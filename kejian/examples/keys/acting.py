"""Side effects of importing a module: the statements that have any, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol, TypeVar

from kejian.examples.keys.module_scan import ModuleScan, Node
from kejian.examples.keys.names import PURE_ENDS
from kejian.examples.keys.steps import Step, bound_again

Id = tuple[str, str]
"""A module's dotted name and a top-level name in it, or "" for importing the module."""

_T = TypeVar("_T")


class GraphQueries(Protocol):
    """The queries of `closure.Graph` used here. acting: caches results for nodes."""

    @property
    def modules(self) -> Mapping[str, ModuleScan]: ...  # noqa: D102

    @property
    def nodes(self) -> Mapping[Id, Node]: ...  # noqa: D102

    @property
    def acting(self) -> dict[Id, bool]: ...  # noqa: D102

    def uses(self, node: Id) -> Mapping[str, frozenset[Id]]: ...  # noqa: D102

    def used(self, node: Id) -> set[Id]: ...  # noqa: D102


def does(graph: GraphQueries, module: str) -> Iterator[tuple[str, ...]]:
    """Yield each statement with side effects of the module's import, in order, with the names that it may affect."""
    steps = graph.modules[module].steps
    again = bound_again(steps)
    acting = [_step_acts(graph, module, step) for step in steps]
    touched = again.union(*((*step.names, *step.heads) for step, act in zip(steps, acting, strict=True) if act))
    for step, act in zip(steps, acting, strict=True):
        if act:
            yield (step.digest,)
        elif loaded := [name for name in step.loads if name != module and _module_acts(graph, name)]:
            yield tuple(loaded)
        elif not touched.isdisjoint((*step.names, *step.heads)):
            yield (*step.names, *(() if again.isdisjoint(step.names) else step.means))


def _step_acts(graph: GraphQueries, module: str, step: Step) -> bool:
    return step.body or any(acts(graph, (module, name)) for name in step.names)


def _module_acts(graph: GraphQueries, module: str) -> bool:
    """Return whether importing the module, or one that it imports, has side effects."""

    def loaded(name: str) -> list[str]:
        return [one for step in graph.modules[name].steps for one in step.loads if one in graph.modules]

    found = reached([module], loaded) if module in graph.modules else set[str]()
    return any(_step_acts(graph, name, step) for name in found for step in graph.modules[name].steps)


def acts(graph: GraphQueries, node: Id) -> bool:
    """Return whether importing the node's module has side effects on account of this node."""
    if node not in graph.nodes:
        return False
    if node not in graph.acting:
        known = graph.nodes[node]
        acts_so = known.acts_early or _runs_code(graph, node) or _reaches_action(graph, node)
        graph.acting[node] = known.name != "" and known.calls and acts_so
    return graph.acting[node]


def _runs_code(graph: GraphQueries, node: Id) -> bool:
    """Return whether the import calls the course's code for this node, or lets other code modify it."""
    known, uses = graph.nodes[node], graph.uses(node)
    called = [chain for chain in known.called if not chain.endswith(PURE_ENDS)]
    meant = (i for chain in (*called, *known.given) for i in uses.get(chain, ()))
    return any(graph.nodes[i].kind == "constant" for i in meant if i in graph.nodes)


def _reaches_action(graph: GraphQueries, node: Id) -> bool:
    known, uses = graph.nodes[node], graph.uses(node)
    for chain in known.decorators:
        last = chain.rpartition(".")[2]
        foreign = not uses.get(chain)
        bound = any(not chain.endswith(name) for _, name in uses.get(chain, ()))  # `@area.register`
        if (foreign or bound) and last not in _HARMLESS:
            return True
    start = [i for chain in known.early for i in uses.get(chain, ())]
    return any(graph.nodes[i].acts for i in reached(start, graph.used))


def reached(start: Iterable[_T], step: Callable[[_T], Iterable[_T]]) -> set[_T]:
    """Return all nodes that `step` leads to from those at the `start`, these included."""
    found = set(start)
    todo = list(found)
    while todo:
        new = set(step(todo.pop())) - found
        found |= new
        todo += new
    return found


_HARMLESS = frozenset(
    "abstractmethod asynccontextmanager cache cached_property classmethod contextmanager custom_gradient dataclass "
    "deleter final function getter jit lru_cache njit no_type_check overload override property runtime_checkable "
    "setter singledispatch staticmethod total_ordering unique vectorize wraps".split()
)
"""Decorators of Python's library and of numeric packages that change nothing but what they decorate."""
