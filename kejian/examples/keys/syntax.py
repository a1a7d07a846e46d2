"""Syntax trees reduced to behaviour, and imports as bindings."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TypeGuard

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True, kw_only=True)
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
    """Return the bindings of an import in a module of `package`; one above the top level binds nothing."""
    if isinstance(statement, ast.Import):
        return [_whole(alias, statement.lineno) for alias in statement.names]
    module = statement.module or ""
    if statement.level:
        parents = package.split(".")
        kept = parents[: len(parents) - statement.level + 1]
        if not package or not kept:
            return []
        module = ".".join([*kept, *([module] if module else [])])
    return [
        Binding(alias=a.asname or a.name, module=module, attribute=a.name, line=statement.lineno, loaded=(module,))
        for a in statement.names
    ]


def _whole(alias: ast.alias, line: int) -> Binding:
    top = alias.name.split(".", maxsplit=1)[0]
    name, module = (alias.asname, alias.name) if alias.asname else (top, top)
    return Binding(alias=name, module=module, attribute="", line=line, loaded=(alias.name,))


def is_guard(statement: ast.AST, word: str) -> TypeGuard[ast.If]:
    """Return whether this is `if TYPE_CHECKING:` or `if __name__ == …:`, a branch that an import skips."""
    if not isinstance(statement, ast.If):
        return False
    test = statement.test
    if isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], ast.Eq):
        return isinstance(test.left, ast.Name) and test.left.id == word == "__name__"
    name = test.id if isinstance(test, ast.Name) else test.attr if isinstance(test, ast.Attribute) else ""
    return name == word


def strip(tree: ast.Module) -> None:
    """Remove what does not affect behaviour: docstrings, inert annotations, branches for type checkers."""
    fields = {id(s) for c in ast.walk(tree) if isinstance(c, ast.ClassDef) for s in c.body}
    idle = _idle_decorators(tree)
    for node in ast.walk(tree):
        for _, value in ast.iter_fields(node):
            if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
                value[:] = [one if id(one) in fields else _assignment(one) for one in _executed(value)]
        if isinstance(node, Function | ast.ClassDef) and ast.get_docstring(node, clean=False) is not None:
            del node.body[0]
        if isinstance(node, ast.AnnAssign):
            node.annotation = _unquoted(node.annotation) if id(node) in fields else ast.Constant(value=None)
        if isinstance(node, Function) and all(_decorates(one) in idle for one in node.decorator_list):
            node.returns = None
            for argument in ast.walk(node.args):
                if isinstance(argument, ast.arg):
                    argument.annotation = None


_IGNORE = {
    "": ("classmethod", "property", "staticmethod"),
    "abc": ("abstractmethod",),
    "contextlib": ("asynccontextmanager", "contextmanager"),
    "functools": ("cache", "cached_property", "lru_cache", "wraps"),
    "typing": ("final", "override"),
}
"""Decorators that do not look at annotations, by their modules; the first are Python's own."""


def _idle_decorators(tree: ast.Module) -> set[str]:
    """Return the module's names of decorators that ignore annotations: `cache`, `functools.cache`."""
    found = set(_IGNORE[""])
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in _IGNORE and not node.level:
            found |= {alias.asname or alias.name for alias in node.names if alias.name in _IGNORE[node.module]}
        elif isinstance(node, ast.Import):
            known = [alias for alias in node.names if alias.name in _IGNORE]
            found |= {f"{alias.asname or alias.name}.{name}" for alias in known for name in _IGNORE[alias.name]}
    bound = _bound(tree)
    return set() if "*" in bound else {name for name in found if name.partition(".")[0] not in bound}


def _bound(tree: ast.Module) -> set[str]:
    """Return names that a module binds, in any scope, to something other than those decorators or their modules."""
    found = set[str]()
    for node in ast.walk(tree):
        if isinstance(node, Function | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.Import):
            found |= {alias.asname or alias.name.partition(".")[0] for alias in node.names if alias.name not in _IGNORE}
        elif isinstance(node, ast.ImportFrom):
            known = () if node.level else _IGNORE.get(node.module or "", ())
            found |= {alias.asname or alias.name for alias in node.names if alias.name not in known}
    return found


def _decorates(decorator: ast.expr) -> str:
    """Return `functools.cache` for `@functools.cache`, `lru_cache` for `@lru_cache(8)`."""
    return ast.unparse(decorator.func if isinstance(decorator, ast.Call) else decorator)


def _assignment(statement: ast.stmt) -> ast.stmt:
    """Return an assignment to a plain name without its annotation."""
    if isinstance(statement, ast.AnnAssign) and statement.value and isinstance(statement.target, ast.Name):
        return ast.copy_location(ast.Assign([statement.target], statement.value), statement)
    return statement


def kept_annotations(statement: ast.stmt) -> list[ast.expr]:
    """Return the annotations that `strip` has kept in a definition."""
    found: list[ast.expr | None] = []
    for node in ast.walk(statement):
        if isinstance(node, ast.arg | ast.AnnAssign):
            found.append(node.annotation)
        elif isinstance(node, Function):
            found.append(node.returns)
    return [a for a in found if a]


def _unquoted(annotation: ast.expr) -> ast.expr:
    """Return an annotation, parsed if it is written as a string."""
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
    """Text that `dump` has already written."""

    __slots__ = ()


def dump(tree: ast.AST) -> str:
    """Serialize a tree, equally in every version of Python: no positions, nothing empty. Not recursive."""
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
        else:  # hexadecimal, since very long numbers have no decimal text
            written.append(hex(node) if type(node) is int else repr(node))
    return "".join(written)
