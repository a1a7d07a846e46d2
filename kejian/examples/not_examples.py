"""Explains a call that does not name an example: what it names, and what to write so that a slide can run it."""

from __future__ import annotations

import ast

from kejian.core.diagnostics import Diagnostic, error
from kejian.core.disk.files import FileAccessError, Folder
from kejian.core.model import Example
from kejian.examples.keys.package import Symbol, is_example
from kejian.parse.quote import calls, definitions
from kejian.parse.quote.calls import Call


def why(example: Example, call: Call, symbol: Symbol, folder: Folder) -> Diagnostic | None:
    """Return why a call's symbol cannot be run; `None` if it can."""
    if symbol.kind == "function" if call.positional or call.keywords else is_example(symbol):
        return None
    written = calls.parse(example.call).name
    own, asked = symbol.name.rpartition(".")[2], written.rpartition(".")[2]
    named = _named(folder, symbol.path)
    method = named.get(f"{own}.{asked}") if symbol.kind == "class" else None
    if symbol.kind == "class":
        words, hint = _method(own, asked) if isinstance(method, definitions.Function) else _class(own)
    elif symbol.kind == "constant":
        words, hint = _constant(own, getattr(named.get(own), "value", None))
    else:
        words, hint = _function(own, named.get(own), takes_no_args=symbol.takes_no_args)
    name = f"{symbol.name}.{asked}" if isinstance(method, definitions.Function) else symbol.name
    return error("not-an-example", example.span, f"`{name}` {words}", hint)


def _named(folder: Folder, path: str) -> dict[str, ast.stmt]:
    try:
        return dict(definitions.parse(folder.text(path)).named)
    except (SyntaxError, FileAccessError):  # reported already
        return {}


def _method(own: str, name: str) -> tuple[str, str]:
    return (
        f"is a method of the class `{own}`, and a slide runs functions",
        f"write a function that calls it, such as `def {name.lower()}(): return {own}().{name}()`",
    )


def _class(own: str) -> tuple[str, str]:
    return (
        "is a class, and a slide runs functions",
        f"write a function that uses it, such as `def {own.lower()}_shown(): return {own}()`",
    )


def _constant(own: str, value: ast.expr | None) -> tuple[str, str]:
    if isinstance(value, ast.Lambda):
        return "is a lambda, whose code has no name of its own", f"write `def {own}(): return …`"
    if isinstance(value, ast.Call) and ast.unparse(value.func).rpartition(".")[2] == "partial":
        called = f"{ast.unparse(value.args[0])}(…)" if value.args else "…"
        return "is a partial, and a slide runs functions", f"write `def {own}(): return {called}`"
    return "is a value, and a slide runs functions", f"write `def {own.lower()}_shown(): return {own}`"


def _function(own: str, found: ast.stmt | None, *, takes_no_args: bool) -> tuple[str, str]:
    if takes_no_args:  # otherwise only its name can be wrong
        return "is private: its name begins with `_`", f"name it `{own.lstrip('_')}`"
    if isinstance(found, ast.AsyncFunctionDef) and any(isinstance(n, ast.Yield) for n in ast.walk(found)):
        return (
            "is an async generator, which shows nothing by itself",
            f"write `async def {own}_shown(): return [one async for one in {own}()]`",
        )
    return "cannot be called without arguments", "give each parameter a default, or write arguments"
