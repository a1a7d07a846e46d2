"""The global names that a definition uses, as dotted chains, and whether it may change what others see."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kejian.keys.syntax import Function


@dataclass(slots=True)
class Found:
    """What `chains` finds; see `kejian.keys.scan.Node`."""

    uses: set[str] = field(default_factory=set)
    early: set[str] = field(default_factory=set)
    decorators: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    strings: set[str] = field(default_factory=set)
    calls: bool = False
    acts: bool = False
    acts_early: bool = False

    def words(self, modules: Mapping[str, str]) -> set[str]:
        """Every part of every chain, aliases of `modules` spelled out, and `sys.modules` as one."""
        full = {modules.get(head, head) + dot + rest for head, dot, rest in (c.partition(".") for c in self.uses)}
        parts = {part for chain in full for part in chain.split(".")}
        return (
            parts
            | self.attributes
            | {s for s in self.strings if s.startswith("__")}
            | ({"sys.modules"} if any(c.startswith("sys.modules") for c in full) else set())
        )


def chains(statements: Iterable[ast.stmt], names: Collection[str]) -> Found:
    """The dotted chains in `statements` that start at one of the global `names`, and what is done with them."""
    found = Found()
    for statement in statements:
        early = list(_early(statement))
        found.early |= {c for node in early for c, _ in _chains(node, names)}
        found.calls |= any(isinstance(n, ast.Call) for node in early for n in ast.walk(node))
        found.acts_early |= any(_acts(n, names) for node in early for n in ast.walk(node))
        found.acts |= found.acts_early or any(_acts(n, names) for n in ast.walk(statement))
        if isinstance(statement, Function | ast.ClassDef):
            found.decorators |= {c for d in statement.decorator_list for c, _ in _chains(_callee(d), names)}
            found.calls |= bool(statement.decorator_list) or isinstance(statement, ast.ClassDef)
        found.uses |= {c for c, _ in _chains(statement, names)}
        for node in ast.walk(statement):
            if isinstance(node, ast.Attribute):
                found.attributes.add(node.attr)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 100:
                found.strings.add(node.value)
    return found


def _callee(decorator: ast.expr) -> ast.expr:
    return decorator.func if isinstance(decorator, ast.Call) else decorator


def _early(statement: ast.stmt) -> Iterator[ast.AST]:
    """The parts of a statement that are evaluated when it is reached, not when what it defines is called."""
    if isinstance(statement, Function):
        yield from statement.decorator_list
        yield from statement.args.defaults
        yield from (d for d in statement.args.kw_defaults if d)
    elif isinstance(statement, ast.ClassDef):
        yield from statement.decorator_list
        yield from statement.bases
        yield from (k.value for k in statement.keywords)
        for inner in statement.body:
            yield from _early(inner)
    else:
        yield statement


def _chains(tree: ast.AST, names: Collection[str]) -> Iterator[tuple[str, ast.AST]]:
    """Each longest chain `a.b.c` in `tree` whose `a` is one of `names`, with its node."""
    todo: list[ast.AST] = [tree]
    while todo:
        node = todo.pop()
        chain = _chain(node)
        if not chain:
            todo.extend(ast.iter_child_nodes(node))
        elif chain.partition(".")[0] in names:
            yield chain, node


def _chain(node: ast.AST) -> str:
    """`a.b.c` for attributes of a plain name; "" for anything else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


_PURE = frozenset(
    "T astype copy count decode encode format get index items join keys lower mean removeprefix removesuffix replace "
    "reshape split strip sum tolist transpose upper values zfill".split()
)
_SOURCES = frozenset(("default_rng", "Random", "Generator", "RandomState", "SeedSequence", "PCG64"))


def _acts(node: ast.AST, names: Collection[str]) -> bool:
    """Whether executing this node itself may change state that is seen elsewhere, or draws from such state."""
    if isinstance(node, ast.Global):
        return True
    if isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
        return _base(node) in names
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        return isinstance(node.value.func, ast.Attribute) and _base(node.value.func) in names
    return isinstance(node, ast.Call) and _draws(node.func, names)


def _draws(function: ast.expr, names: Collection[str]) -> bool:
    """A call that draws from a global stream (`np.random.rand`, `next(STREAM)`) or a constant's (`RNG.normal`)."""
    head, _, rest = _chain(function).partition(".")
    if head not in names:
        return False
    last = rest.rpartition(".")[2] or head
    if last in _SOURCES:
        return False
    parts = rest.split(".")
    return (
        head in ("next", "setattr", "delattr", "random")
        or "random" in parts
        or (head.isupper() and bool(rest) and last not in _PURE)
    )


def _base(node: ast.AST) -> str:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


REFLECTIVE = frozenset(
    "__doc__ __code__ __annotations__ inspect traceback linecache doctest dis help get_type_hints f_lineno tb_lineno "
    "getdoc getsource".split()
)
"""Words of code whose output may depend on its own text, comments and line numbers included."""
LOOKUPS = frozenset(("globals", "vars", "locals", "eval", "exec", "__dict__"))
"""Words of code that looks names of its own module up by text."""
IMPORTERS = frozenset(("__import__", "import_module", "exec_module", "reload", "pkgutil", "runpy", "sys.modules"))
"""Words of code that looks modules up by text."""
FINDERS = IMPORTERS | frozenset(("find_spec", "files", "distribution", "version", "metadata", "pkg_resources"))
"""Words of code that asks for installed packages by text."""
