"""Self-contained code of an example, as for a notebook's cell, where the examples package can be imported.

It is the body of the function, as on the slide, if that means the same outside the function; else the function and a
call of it; or, if the code uses `__file__`, an import and a call. Names of the function's module are imported first.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from kejian.core.attributes import Attributes
from kejian.core.diagnostics import Diagnostic
from kejian.core.disk.files import FileAccessError, Folder
from kejian.core.model import Example
from kejian.examples.keys.package import Symbol
from kejian.parse.quote import calls, definitions, quote
from kejian.parse.quote.definitions import Function, PythonFile

_OF_ITS_FILE = frozenset(("__file__", "__name__", "__doc__", "globals"))
_BOUND_TO_A_FUNCTION = ast.Yield | ast.YieldFrom | ast.Await | ast.Nonlocal | ast.Global


def source(example: Example, symbol: Symbol, folder: Folder) -> str:
    """Return code with the same output as `example`, a call of `symbol`."""
    try:
        text = folder.text(symbol.path)
    except FileAccessError:
        text = ""
    return _source(text, example.call, symbol)


@lru_cache(maxsize=4096)
def _source(text: str, called: str, symbol: Symbol) -> str:
    """Like `source`, given the `text` of the symbol's module; cached, since a preview asks after every edit."""
    name = symbol.name.rpartition(".")[2]
    call = str(replace(calls.parse(called), name=name))
    imported = f"from {symbol.module} import {name}\n\n{call}"
    try:
        script = definitions.parse(text)
    except SyntaxError:
        return imported
    function = script.named.get(name)
    if not isinstance(function, ast.FunctionDef) or _OF_ITS_FILE & _names(function):
        return imported
    bare = call == f"{name}()" and _is_plain(function)
    code = _quoted(text, symbol.path, name, whole=not bare)
    code = _shown(code, function) if bare else f"{code}\n\n\n{call}"
    above = "\n".join(_above(script, symbol, function, whole=not bare))
    together = f"{above}\n\n{code}" if above else code
    return together if _is_python(together) else imported


def _quoted(text: str, path: str, name: str, *, whole: bool) -> str:
    found = quote.quote(text, path, Attributes((("symbol", name), ("whole", whole))))
    return "" if isinstance(found, Diagnostic) else "\n".join(found.lines)


def _is_plain(function: ast.FunctionDef) -> bool:
    """Return whether the body means the same without the function around it."""
    if function.decorator_list or any(ast.iter_child_nodes(function.args)):
        return False
    last = function.body[-1]
    inside = list(_own(function))
    returns = [node for node in inside if isinstance(node, ast.Return)]
    if any(isinstance(node, _BOUND_TO_A_FUNCTION) for node in ast.walk(function)):
        return False
    if returns:
        return returns == [last] and returns[0].value is not None
    return not isinstance(last, ast.Expr) or _is_print(last.value)


def _own(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """Yield the nodes of the body, without those of nested functions."""
    todo: list[ast.AST] = list(function.body)
    while todo:
        node = todo.pop()
        yield node
        if not isinstance(node, Function | ast.Lambda):
            todo += ast.iter_child_nodes(node)


def _is_print(node: ast.expr) -> bool:
    """Return whether an expression has no value that a notebook would display."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"


def _shown(body: str, function: ast.FunctionDef) -> str:
    """Return the body with its returned value as the last expression."""
    if not isinstance(function.body[-1], ast.Return):
        return body
    lines = body.split("\n")
    at = max((i for i, line in enumerate(lines) if line.startswith("return")), default=0)
    lines[at] = lines[at].removeprefix("return").lstrip()
    return "\n".join(lines)


def _names(node: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}


def _above(script: PythonFile, symbol: Symbol, function: ast.FunctionDef, *, whole: bool) -> Iterator[str]:
    """Yield imports of the module's names that the function uses: first what the module imports,
    then what it defines.
    """
    used = _names(function if whole else ast.Module(function.body, []))
    known = {name for name in script.named if "." not in name} - ({function.name} if whole else set())
    for statement in script.tree.body:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            names = [a for a in statement.names if a.name == "*" or _bound(a) in used]
            known.difference_update(_bound(alias) for alias in names)
            if getattr(statement, "module", "") == "__future__":
                names = statement.names if whole else []
            if names:
                yield ast.unparse(_absolute(statement, names, symbol))
        elif isinstance(statement, ast.If | ast.Try):  # `try: import …`: whichever way it went
            inside = (n for n in ast.walk(statement) if isinstance(n, ast.Import | ast.ImportFrom))
            known.update(_bound(alias) for one in inside for alias in one.names)
    own = sorted(used & known)
    if own:
        yield f"from {symbol.module} import {', '.join(own)}"


def _bound(alias: ast.alias) -> str:
    return (alias.asname or alias.name).partition(".")[0]


def _absolute(statement: ast.Import | ast.ImportFrom, names: list[ast.alias], symbol: Symbol) -> ast.stmt:
    if isinstance(statement, ast.Import):
        return ast.Import(names)
    package = symbol.module.split(".")
    up = statement.level - symbol.path.endswith("/__init__.py")
    parents = package[: len(package) - up] if statement.level else []
    return ast.ImportFrom(".".join([*parents, *filter(None, [statement.module])]), names, 0)


def _is_python(text: str) -> bool:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return False
    return True
