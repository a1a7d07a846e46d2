"""The code that a definition's output is made from, as parts of a key with their places."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from kejian.examples.keys.acting import Id
from kejian.examples.keys.closure import Graph
from kejian.examples.keys.key import KeyPart
from kejian.examples.keys.trace import Trace

ELSEWHERE = "#"
"""Begins the name under which code that stands in no module is joined to a package."""


class CodeParts(NamedTuple):
    """Code, and what it refers to.

    named: packages that it imports; asked: strings that may name packages; each with its first node and line.
    modules: those of which more than the import counts.
    """

    code: tuple[KeyPart, ...]
    named: Mapping[str, tuple[Id, int]]
    asked: Mapping[str, tuple[Id, int]]
    modules: tuple[str, ...]


def made_from(graph: Graph, package: str, start: Id, trace: Trace | None, codes: dict[Id, KeyPart]) -> CodeParts:
    """Return the code that `start` depends on: what ran, and what that depends on by its text.

    trace: without one, the text alone determines what may run. codes: shared cache of parts.
    """
    ran, idle = ([], None) if trace is None else (_ran(graph, trace), _idle(graph, trace))
    closure = graph.closure(start, ran, idle)
    if trace and (trace.texts or any(graph.nodes[node].scope == "package" for node in closure)):
        closure = graph.closure(start, [*ran, *_values(graph, trace)], idle)
    for node in closure:
        if node not in codes:
            codes[node] = _code(graph, package, node)
    code = [codes[node] for node in closure if node[1] or graph.does(node[0])]
    if any(graph.nodes[node].reflects for node in closure):
        code += [_text(graph, package, module) for module in sorted({node[0] for node in closure})]
    executed = tuple(sorted({node[0] for node in closure if node[1]}))
    return CodeParts(tuple(code), graph.packages(closure), graph.asked(closure), executed)


def _ran(graph: Graph, trace: Trace) -> list[Id]:
    """Return the nodes that a run has executed, or may have: each module's import, functions, methods."""
    modules = {path: name for name, path in trace.loaded}
    ran = [(modules[path], name) for path, name in trace.ran if path in modules]
    known = [graph.modules[name] for name in modules.values() if name in graph.modules]
    may = [(scan.name, node.name) for scan in known for node in scan.nodes if not (node.name and node.marked)]
    return [node for node in (*may, *ran) if node in graph.nodes]


def _values(graph: Graph, trace: Trace) -> list[Id]:
    """Return the constants and classes of all loaded modules, whose use is not recorded."""
    known = [graph.modules[name] for name, _ in trace.loaded if name in graph.modules]
    return [(scan.name, node.name) for scan in known for node in scan.nodes if node.kind in ("constant", "class")]


def _idle(graph: Graph, trace: Trace) -> Callable[[Id], bool] | None:
    """Return a predicate for code that a run has not called, or not loaded; `None` if that is unknown."""
    if trace.whole:
        return None
    loaded, ran, texts = dict(trace.loaded), set(trace.ran), set(trace.texts)
    seen = texts.union(trace.tested, trace.reads)  # what failed while it was loaded has only been looked for

    def idle(node: Id) -> bool:
        known, path = graph.nodes[node], loaded.get(node[0], "")
        if not path:  # code on slides stands in no module; of a module that was not even loaded nothing counts
            return not node[0].startswith(ELSEWHERE) and graph.modules[node[0]].path not in seen
        noted = known.kind == "function" and known.marked and path not in texts
        return noted and (path, node[1]) not in ran

    return idle


def _code(graph: Graph, package: str, node: Id) -> KeyPart:
    known, short = graph.nodes[node], _short(node[0], package)
    name = f"{known.kind} {short}.{node[1]}".replace(" .", " ") if node[1] else f"top level of {short or package}"
    return KeyPart("code", name, graph.digest(node), f"{graph.modules[node[0]].path}:{known.line}")


def _text(graph: Graph, package: str, module: str) -> KeyPart:
    known = graph.modules[module]
    return KeyPart("code", f"text of {_short(module, package) or package}", known.text_digest, f"{known.path}:1")


def _short(module: str, package: str) -> str:
    return module.removeprefix(package).lstrip(f".{ELSEWHERE}")
