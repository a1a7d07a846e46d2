"""Names that code on a slide uses and does not bind: where they come from, on the slides above."""

from __future__ import annotations

import ast
import builtins
import symtable
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kejian.adopt.code import parse
from kejian.keys.syntax import Function

_KNOWN = frozenset(dir(builtins)) | {"__name__", "__file__", "__doc__"}


@dataclass(frozen=True)
class Above:
    """Code that stands higher up in a deck, from line `line` (counted from 1) on."""

    line: int
    text: str

    @cached_property
    def bindings(self) -> Mapping[str, ast.stmt]:
        """The last statement that binds each name at the top of the code."""
        tree = parse(self.text)
        return {name: statement for statement in (tree.body if tree else ()) for name in bound(statement)}


@dataclass(frozen=True, slots=True)
class Needed:
    """What code needs to run by itself.

    carried: statements from above that only define: imports, functions, classes, constants. missing: a clause for each
    name that is bound nowhere above, or is computed there.
    """

    carried: tuple[str, ...]
    missing: tuple[str, ...]


def free(text: str) -> list[str]:
    """The names that the code uses and neither binds nor finds among Python's own, in order of their first use."""
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


def needed(text: str, above: Sequence[Above], path: str) -> Needed:
    """What `text` needs of the code `above` it in the deck `path`, nearest last."""
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
    return Needed(tuple(carried[at] for at in sorted(carried)), tuple(missing.values()))


def _bound(name: str, above: Sequence[Above]) -> tuple[int, ast.stmt] | None:
    """The last statement above that binds the name, and in which code it stands."""
    for index in range(len(above) - 1, -1, -1):
        statement = above[index].bindings.get(name)
        if statement is not None:
            return index, statement
    return None


def bound(statement: ast.stmt) -> set[str]:
    """The names that a statement binds at the top of a module."""
    if isinstance(statement, Function | ast.ClassDef):
        return {statement.name}
    nodes = list(ast.walk(statement))
    found = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return found | {(a.asname or a.name).partition(".")[0] for a in nodes if isinstance(a, ast.alias)}


def _defines(statement: ast.stmt) -> bool:
    """Whether executing the statement does nothing but to bind names."""
    if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
        try:
            ast.literal_eval(statement.value)
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            return False
        return True
    return isinstance(statement, Function | ast.ClassDef | ast.Import | ast.ImportFrom)


def _source(text: str, statement: ast.stmt) -> str:
    """The lines of a statement, its decorators included."""
    decorators = getattr(statement, "decorator_list", [])
    first = min([statement.lineno, *(one.lineno for one in decorators)])
    return "\n".join(text.split("\n")[first - 1 : statement.end_lineno])
