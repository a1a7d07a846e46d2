"""Resolves names that code on a slide uses and does not bind to code on earlier slides."""

from __future__ import annotations

import ast
import builtins
import symtable
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kejian.examples.keys.syntax import Function
from kejian.migrate.code import parse

_KNOWN = frozenset(dir(builtins)) | {"__name__", "__file__", "__doc__"}


@dataclass(frozen=True)
class EarlierCode:
    """Earlier code in a deck, from line `line` (1-based) on."""

    line: int
    text: str

    @cached_property
    def bindings(self) -> Mapping[str, ast.stmt]:
        """Map each top-level name to the last statement that binds it."""
        tree = parse(self.text)
        return {name: statement for statement in (tree.body if tree else ()) for name in bound(statement)}


@dataclass(frozen=True, slots=True)
class NameRequirements:
    """What code needs to run on its own.

    carried: earlier statements that only define: imports, functions, classes, constants.
    missing: a clause for each name that is bound nowhere above, or is computed there.
    """

    carried: tuple[str, ...]
    missing: tuple[str, ...]


def free(text: str) -> list[str]:
    """Return the names that the code uses and neither binds nor finds among builtins, in order of first use."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table = symtable.symtable(text, "slide", "exec")
    bound = {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()}
    wanted = {s.get_name() for s in table.get_symbols() if s.is_referenced()}
    for inner in _inner(table):
        wanted |= {s.get_name() for s in inner.get_symbols() if s.is_global() and s.is_referenced()}
    wanted -= bound | _KNOWN
    uses = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name) and node.id in wanted)
    return list(dict.fromkeys(node.id for node in sorted(uses, key=lambda node: (node.lineno, node.col_offset))))


def _inner(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    for child in table.get_children():
        yield child
        yield from _inner(child)


def needed(text: str, above: Sequence[EarlierCode], path: str) -> NameRequirements:
    """Return what `text` needs of the code `above` it in the deck `path`, nearest last."""
    carried: dict[tuple[int, int], str] = {}
    missing: dict[str, str] = {}
    todo = [(name, len(above)) for name in free(text)]
    seen = set()
    while todo:
        name, before = todo.pop(0)
        if name in seen:
            continue
        seen.add(name)
        found = _bound(name, above[:before])
        if found is None:
            missing[name] = f"`{name}` is bound nowhere above"
            continue
        index, statement = found
        if not _defines(statement):
            line = above[index].line + statement.lineno - 1
            missing[name] = f"`{name}` is computed at {path}:{line}"
            continue
        source = _source(above[index].text, statement)
        carried[index, statement.lineno] = source
        todo += [(other, index + 1) for other in free(source)]
    return NameRequirements(tuple(carried[at] for at in sorted(carried)), tuple(missing.values()))


def _bound(name: str, above: Sequence[EarlierCode]) -> tuple[int, ast.stmt] | None:
    """Return the last statement above that binds the name, with the index of its code."""
    for index in range(len(above) - 1, -1, -1):
        statement = above[index].bindings.get(name)
        if statement is not None:
            return index, statement
    return None


def bound(statement: ast.stmt) -> set[str]:
    """Return the names that a statement binds at the top level."""
    if isinstance(statement, Function | ast.ClassDef):
        return {statement.name}
    nodes = list(ast.walk(statement))
    found = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return found | {(a.asname or a.name).partition(".")[0] for a in nodes if isinstance(a, ast.alias)}


def _defines(statement: ast.stmt) -> bool:
    """Return whether the statement has no effect other than binding names."""
    if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
        try:
            ast.literal_eval(statement.value)
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            return False
        return True
    return isinstance(statement, Function | ast.ClassDef | ast.Import | ast.ImportFrom)


def _source(text: str, statement: ast.stmt) -> str:
    """Return the source of a statement, decorators included."""
    decorators = getattr(statement, "decorator_list", [])
    first = min([statement.lineno, *(one.lineno for one in decorators)])
    return "\n".join(text.split("\n")[first - 1 : statement.end_lineno])
