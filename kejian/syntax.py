"""The syntax tree of a module as its behaviour has it: what does not matter stripped, names as dotted chains."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeGuard

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Binding:
    """A name that an import binds: `alias` in this module stands for `module`, or for `attribute` of it.

    A star import has the alias and the attribute `*`. `loaded` are the modules that the import itself executes.
    """

    alias: str
    module: str
    attribute: str
    line: int
    loaded: tuple[str, ...]


def imported(statement: ast.Import | ast.ImportFrom, package: str) -> list[Binding]:
    """The bindings of an import in a module of `package`; one that leads above the top binds nothing."""
    if isinstance(statement, ast.Import):
        return [_whole(alias, statement.lineno) for alias in statement.names]
    module = statement.module or ""
    if statement.level:
        parents = package.split(".")
        kept = parents[: len(parents) - statement.level + 1]
        if not package or not kept:
            return []
        module = ".".join([*kept, *([module] if module else [])])
    return [Binding(a.asname or a.name, module, a.name, statement.lineno, (module,)) for a in statement.names]


def _whole(alias: ast.alias, line: int) -> Binding:
    top = alias.name.split(".", maxsplit=1)[0]
    name, module = (alias.asname, alias.name) if alias.asname else (top, top)
    return Binding(name, module, "", line, (alias.name,))


def is_guard(statement: ast.AST, word: str) -> TypeGuard[ast.If]:
    """Whether this is `if TYPE_CHECKING:` or `if __name__ == …:`, a branch that an import leaves out."""
    if not isinstance(statement, ast.If):
        return False
    test = statement.test
    if isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], ast.Eq):
        return isinstance(test.left, ast.Name) and test.left.id == word == "__name__"
    name = test.id if isinstance(test, ast.Name) else test.attr if isinstance(test, ast.Attribute) else ""
    return name == word


def strip(tree: ast.Module) -> None:
    """Take from the tree what does not change behaviour: docstrings, idle annotations, branches for type checkers."""
    fields = {id(s) for c in ast.walk(tree) if isinstance(c, ast.ClassDef) for s in c.body}
    for node in ast.walk(tree):
        for _, value in ast.iter_fields(node):
            if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
                value[:] = _executed(value)
        if isinstance(node, Function | ast.ClassDef) and ast.get_docstring(node, clean=False) is not None:
            del node.body[0]
        if isinstance(node, ast.AnnAssign):
            node.annotation = _unquoted(node.annotation) if id(node) in fields else ast.Constant(value=None)
        if isinstance(node, Function) and not node.decorator_list:
            node.returns = None
            for argument in ast.walk(node.args):
                if isinstance(argument, ast.arg):
                    argument.annotation = None


def kept_annotations(statement: ast.stmt) -> list[ast.expr]:
    """The annotations that `strip` has left in a definition."""
    found: list[ast.expr | None] = []
    for node in ast.walk(statement):
        if isinstance(node, ast.arg | ast.AnnAssign):
            found.append(node.annotation)
        elif isinstance(node, Function):
            found.append(node.returns)
    return [a for a in found if a]


def _unquoted(annotation: ast.expr) -> ast.expr:
    """An annotation, read where it is written as text."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        try:
            return ast.parse(annotation.value.strip(), mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return annotation
    return annotation


def _executed(statements: list[ast.stmt]) -> list[ast.stmt]:
    found: list[ast.stmt] = []
    for statement in statements:
        found += statement.orelse if is_guard(statement, "TYPE_CHECKING") else [statement]
    return found


_IDLE = frozenset(("ctx", "type_comment", "kind", "type_ignores"))


class _Word(str):
    """Text that `dump` has written already."""

    __slots__ = ()


def dump(tree: ast.AST) -> str:
    """A tree as text that is the same in every version of Python: no positions, nothing empty. Any depth will do."""
    written: list[str] = []
    todo: list[object] = [tree]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.AST):
            written.append(f"{type(node).__name__}(")
            todo.append(_Word(")"))
            for key, value in reversed(list(ast.iter_fields(node))):
                if key not in _IDLE and value is not None and value != []:
                    todo += [value, _Word(f" {key}=")]
        elif isinstance(node, list):
            todo += [_Word("]"), *reversed(node), _Word("[")]
        elif isinstance(node, _Word):
            written.append(node)
        else:  # hexadecimal, since a long number has no decimal text
            written.append(hex(node) if type(node) is int else repr(node))
    return "".join(written)


@dataclass(slots=True)
class Found:
    """What `chains` finds; see `kejian.scan.Node`."""

    uses: set[str] = field(default_factory=set)
    early: set[str] = field(default_factory=set)
    decorators: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    calls: bool = False
    acts: bool = False
    acts_early: bool = False

    def words(self, modules: Mapping[str, str]) -> set[str]:
        """Every part of every chain, aliases of `modules` spelled out, and `sys.modules` as one."""
        full = {modules.get(head, head) + dot + rest for head, dot, rest in (c.partition(".") for c in self.uses)}
        parts = {part for chain in full for part in chain.split(".")}
        return parts | self.attributes | ({"sys.modules"} if any(c.startswith("sys.modules") for c in full) else set())


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
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("__"):
                found.attributes.add(node.value)
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
