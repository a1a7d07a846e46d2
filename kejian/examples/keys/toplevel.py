"""Properties of single top-level statements: what they bind, and how that can be used."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from kejian.examples.child.kejian_marks import is_marked

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def marked(statement: ast.stmt) -> bool:
    """Return whether `kejian_marks` records every run of any part of a definition."""
    if not isinstance(statement, Definition):
        return True
    inner = statement.body if isinstance(statement, ast.ClassDef) else []
    return is_marked(statement) and all(marked(one) for one in inner)


def assigned(statement: ast.stmt) -> list[str]:
    """Return the names that a plain assignment binds; empty if it also stores into something else."""
    if isinstance(statement, ast.Assign):
        targets = list(statement.targets)
    elif isinstance(statement, ast.AnnAssign | ast.AugAssign):
        targets = [statement.target]
    else:  # `type X = …` of Python 3.12
        name = getattr(statement, "name", None)
        return [name.id] if isinstance(name, ast.Name) else []
    flat = [t for target in targets for t in (target.elts if isinstance(target, ast.Tuple | ast.List) else [target])]
    return [t.id for t in flat if isinstance(t, ast.Name)] if all(isinstance(t, ast.Name) for t in flat) else []


def kind(name: str, statement: ast.stmt | None) -> str:
    """Return the kind of a top-level name, by the last statement that binds it; "" names all other statements."""
    if not name:
        return "body"
    if isinstance(statement, ast.ClassDef):
        return "class"
    return "function" if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef) else "constant"


def required(arguments: ast.arguments) -> int:
    """Return the number of arguments that a function requires."""
    positional = len(arguments.posonlyargs) + len(arguments.args) - len(arguments.defaults)
    return positional + sum(default is None for default in arguments.kw_defaults)


def patterns(statements: Iterable[ast.stmt]) -> Iterator[str]:
    """Yield the strings that are assigned: file patterns, for a constant `DATA`."""
    for statement in statements:
        value = getattr(statement, "value", None)
        for item in value.elts if isinstance(value, ast.Tuple | ast.List) else [value]:
            if isinstance(item, ast.Constant) and isinstance(item.value, str):
                yield item.value


def takes_no_args(statement: ast.stmt | None) -> bool:
    """Return whether this is a function without required arguments; a coroutine must return a value."""
    if isinstance(statement, ast.AsyncFunctionDef) and any(isinstance(node, ast.Yield) for node in ast.walk(statement)):
        return False
    return isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef) and required(statement.args) == 0
