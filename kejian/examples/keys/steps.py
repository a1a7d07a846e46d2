"""The statements of a module's import, whose order may determine the output."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from kejian.examples.keys.syntax import Function, dump, imported, is_guard


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A top-level statement.

    names: what it binds. heads: names that it evaluates at once. digest: of its syntax. body: it is neither a
        definition nor an assignment nor an import. loads: the modules that it imports. means: the meaning of each
        imported name.
    """

    names: tuple[str, ...]
    heads: tuple[str, ...]
    digest: str
    body: bool = False
    loads: tuple[str, ...] = ()
    means: tuple[str, ...] = ()


def steps(statements: Iterable[ast.stmt], package: str) -> Iterator[Step]:
    """Yield each statement that importing the module executes, after `syntax.strip`."""
    for statement in statements:
        if is_guard(statement, "__name__"):
            yield from steps(statement.orelse, package)
        elif not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)):
            yield _step(statement, package)


def _step(statement: ast.stmt, package: str) -> Step:
    digest = sha256(dump(statement).encode("utf-8", "replace")).hexdigest()
    if isinstance(statement, ast.Import | ast.ImportFrom):
        bindings = imported(statement, package)
        names = tuple(binding.alias for binding in bindings)
        loads = dict.fromkeys(name for one in bindings for name in (*one.loaded, f"{one.module}.{one.attribute}"))
        means = tuple(f"{binding.module}.{binding.attribute}" for binding in bindings)
        return Step(names=names, heads=(), digest=digest, loads=tuple(loads), means=means)
    if isinstance(statement, Function | ast.ClassDef):
        return Step(names=(statement.name,), heads=tuple(sorted(_heads(evaluated(statement)))), digest=digest)
    stored = {n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    plain = isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign)
    heads = set(_heads([statement])) | (stored if isinstance(statement, ast.AugAssign) else set())
    return Step(names=tuple(sorted(stored)), heads=tuple(sorted(heads)), digest=digest, body=not plain)


def evaluated(statement: ast.stmt) -> Iterator[ast.AST]:
    """Yield the parts of a statement that are evaluated at once, not when a definition is called."""
    if isinstance(statement, Function):
        yield from statement.decorator_list
        yield from statement.args.defaults
        yield from (d for d in statement.args.kw_defaults if d)
    elif isinstance(statement, ast.ClassDef):
        yield from statement.decorator_list
        yield from statement.bases
        yield from (k.value for k in statement.keywords)
        for inner in statement.body:
            yield from evaluated(inner)
    else:
        yield statement


def _heads(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for outer in nodes:
        for node in ast.walk(outer):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                yield node.id


def bound_again(statements: Iterable[Step]) -> set[str]:
    """Return names that several of the statements bind to different things."""
    found: dict[str, str] = {}
    again = set()
    for number, step in enumerate(statements):
        for name, means in zip(step.names, step.means or [str(number)] * len(step.names), strict=True):
            if found.setdefault(name, means) != means:
                again.add(name)
    return again
