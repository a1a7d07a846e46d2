"""The line numbers of definitions in a Python file, and of their parts that slides show."""

from __future__ import annotations

import ast
import io
import re
import tokenize
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

Function = ast.FunctionDef | ast.AsyncFunctionDef
Named = Function | ast.ClassDef

_PRAGMA = re.compile(r"#\s*(noqa|type:\s*ignore|fmt:|pragma:|pylint:|mypy:|pyright:|ruff:|isort:|nosec)")


@dataclass(frozen=True, slots=True, kw_only=True)
class PythonFile:
    """A parsed Python file: its syntax tree, and every definition and constant by its dotted name.

    fixed: lines that begin within a string, whose indentation is content. pragmas: by line number, the column where a
        comment for a tool begins.
    """

    lines: tuple[str, ...]
    tree: ast.Module
    named: Mapping[str, ast.stmt]
    fixed: frozenset[int]
    pragmas: Mapping[int, int]


@lru_cache(maxsize=32)
def parse(text: str) -> PythonFile:
    """Parse a file; cached, since slides quote the same few files. Raises `SyntaxError`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (ValueError, RecursionError, MemoryError) as e:
        raise SyntaxError(str(e) or "this is nested too deeply") from None
    strings, pragmas = _tokens(text)
    notes = {n for d in _docstrings(tree) for n in range(d.lineno, (d.end_lineno or d.lineno) + 1)}
    return PythonFile(
        lines=tuple(text.split("\n")),
        tree=tree,
        named=dict(_named(tree.body, "")),
        fixed=frozenset(strings - notes),
        pragmas=pragmas,
    )


def documentation(text: str, symbol: str) -> str:
    """Return the first line of a definition's docstring; "" without one or if the file does not parse."""
    try:
        found = parse(text).named.get(symbol)
    except SyntaxError:
        return ""
    written = ast.get_docstring(found) if isinstance(found, Named) else None
    return (written or "").strip().partition("\n")[0]


def _named(statements: Iterable[ast.stmt], prefix: str) -> Iterator[tuple[str, ast.stmt]]:
    """Yield the names that statements define, also within `if` and `try`, and nested ones; the last definition wins."""
    for statement in statements:
        if isinstance(statement, Named):
            yield prefix + statement.name, statement
            yield from _named(statement.body, f"{prefix}{statement.name}.")
        elif isinstance(statement, ast.Assign | ast.AnnAssign):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            names = [n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)]
            yield from ((prefix + name, statement) for name in names)
        elif isinstance(
            alias := getattr(statement, "name", None), ast.Name
        ):  # pragma: no cover -- `type X = …` of Python 3.12
            yield prefix + alias.id, statement
        else:
            blocks = (getattr(statement, block, []) for block in ("body", "orelse", "finalbody"))
            yield from (pair for block in blocks for pair in _named(block, prefix))
            for handler in getattr(statement, "handlers", ()):
                yield from _named(handler.body, prefix)


def whole(script: PythonFile, statement: ast.stmt) -> range:
    """Return the lines of a definition, decorators included."""
    return range(_first(statement), _last(script, statement) + 1)


def body(script: PythonFile, function: Function) -> range:
    """Return the lines of a function below its signature and docstring, comments included; empty if there are none."""
    described = _documented(function)
    shown = function.body[described:]
    if not shown:
        return range(0)
    above = (function.body[0].end_lineno or 0) if described else function.lineno
    first = _first(shown[0])
    while first - 1 > above and _is_comment(script.lines[first - 2]):
        first -= 1
    return range(first, _last(script, function) + 1)


def after_colon(script: PythonFile, function: Function) -> str:
    """Return the body of a one-line function, which begins on its signature's line; otherwise ""."""
    shown = function.body[_documented(function) :]
    if not shown:
        return ""
    line = script.lines[shown[0].lineno - 1].encode()
    before, code = line[: shown[0].col_offset], line[shown[0].col_offset :]
    return code.decode() if before.strip() and not getattr(shown[0], "decorator_list", ()) else ""


def imports_of(script: PythonFile, shown: Iterable[int]) -> list[tuple[int, str]]:
    """Return the top-level imports that the `shown` lines use, numbered and without unused names."""
    numbers = set(shown)
    words = {n.id for n in ast.walk(script.tree) if isinstance(n, ast.Name) and n.lineno in numbers}
    found: list[tuple[int, str]] = []
    for statement in script.tree.body:
        if not isinstance(statement, ast.Import | ast.ImportFrom) or numbers.intersection(_span(statement)):
            continue
        used = [a for a in statement.names if a.name == "*" or (a.asname or a.name).partition(".")[0] in words]
        if len(used) == len(statement.names):
            found += [(n, script.lines[n - 1]) for n in _span(statement)]
        elif used:
            found.append((statement.lineno, _less(statement, used)))
    return found


def _less(statement: ast.Import | ast.ImportFrom, used: list[ast.alias]) -> str:
    if isinstance(statement, ast.Import):
        return ast.unparse(ast.Import(used))
    return ast.unparse(ast.ImportFrom(statement.module, used, statement.level))


def _documented(function: Named) -> bool:
    return ast.get_docstring(function, clean=False) is not None


def _first(statement: ast.stmt) -> int:
    decorators = statement.decorator_list if isinstance(statement, Named) else []
    return min([statement.lineno, *(d.lineno for d in decorators)])


def _span(statement: ast.stmt) -> range:
    return range(statement.lineno, (statement.end_lineno or statement.lineno) + 1)


def _last(script: PythonFile, statement: ast.stmt) -> int:
    """Return the last line of a definition, including trailing comments at the depth of its body."""
    last = end = statement.end_lineno or statement.lineno
    if not isinstance(statement, Named) or statement.body[0].lineno == statement.lineno:
        return last
    for number, line in enumerate(script.lines[end:], end + 1):
        if not _is_comment(line) or (line.strip() and len(line) - len(line.lstrip()) < statement.body[0].col_offset):
            break
        last = number if line.strip() else last
    return last


def _is_comment(line: str) -> bool:
    return line.lstrip()[:1] in ("", "#")


def _docstrings(tree: ast.Module) -> Iterator[ast.stmt]:
    return (n.body[0] for n in ast.walk(tree) if isinstance(n, Named) and _documented(n))


def _tokens(text: str) -> tuple[set[int], dict[int, int]]:
    """Return the lines that begin within a string, and the columns of comments for tools by line."""
    strings: set[int] = set()
    pragmas: dict[int, int] = {}
    opened: list[int] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            kind = tokenize.tok_name[token.type]
            if kind == "STRING":
                strings.update(range(token.start[0] + 1, token.end[0] + 1))
            elif kind == "FSTRING_START":  # pragma: no cover -- Python 3.12 takes f-strings apart
                opened.append(token.start[0])
            elif kind == "FSTRING_END":  # pragma: no cover -- as above
                strings.update(range(opened.pop() + 1, token.end[0] + 1))
            elif kind == "COMMENT" and _PRAGMA.match(token.string):
                pragmas[token.start[0]] = token.start[1]
    except (tokenize.TokenError, SyntaxError):  # the syntax was valid, so keep what was found so far
        return strings, pragmas
    return strings, pragmas
