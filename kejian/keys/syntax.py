"""The syntax tree of a module as its behaviour has it: its imports as bindings, what does not matter stripped."""

from __future__ import annotations

import ast
from dataclasses import dataclass
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
