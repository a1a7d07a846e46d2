"""Marks the functions of a module, so that it is known which have run. Line numbers and texts are unchanged.

A mark is a call before a function's first statement; the callee is inserted as a constant, so that it takes no name of
the module. Part of child.py: imports nothing of kejian.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator
    from types import CodeType
    from typing import Any

Ran = set[tuple[str, str]]
"""What has run: a module's path in the course, and the name of a function or class at its top."""

PLAIN = frozenset(
    "abstractmethod cache cached_property classmethod contextmanager dataclass deleter final getter lru_cache override "
    "overload property setter staticmethod total_ordering wraps".split()
)
"""Decorators that do not look at the code of what they decorate, so that it may be marked."""
_MARK = "\0kejian ran"


def compiled(text: bytes, file: str, path: str, ran: Ran) -> CodeType:
    """Compile a module whose functions add `(path, name)` to `ran` when they are called. Raises `SyntaxError`."""
    import ast

    tree = ast.parse(text, file)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            _mark(node, node.name, path)
    return _with(compile(tree, file, "exec", dont_inherit=True), ran)


def is_marked(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> bool:
    """Return whether runs of this function, or of this class's methods, are recorded."""
    return all(_last(decorator) in PLAIN for decorator in node.decorator_list)


def _mark(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, name: str, path: str) -> None:
    import ast

    if not is_marked(node):
        return
    if isinstance(node, ast.ClassDef):
        for inner in _defined(node):
            _mark(inner, name, path)
        return
    first = node.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    add = ast.Attribute(ast.Constant(_MARK), "add", ast.Load())
    own: Any = (path, name)  # the compiler takes a tuple, which the stubs do not know
    call = ast.Expr(ast.Call(add, [ast.Constant(own)], []))
    for part in ast.walk(call):
        ast.copy_location(part, first)
    node.body.insert(int(documented), call)


def _defined(node: ast.ClassDef) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    import ast

    for inner in node.body:
        if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield inner


def _last(decorator: ast.expr) -> str:
    """Return the last name of a decorator: `setter` for `@area.setter`, `lru_cache` for
    `@functools.lru_cache(None)`.
    """
    called = getattr(decorator, "func", decorator)
    return str(getattr(called, "attr", "") or getattr(called, "id", ""))


def _with(code: CodeType, ran: Ran) -> CodeType:
    constants = tuple(_constant(one, ran) for one in code.co_consts)
    return code.replace(co_consts=constants)


def _constant(one: object, ran: Ran) -> object:
    if isinstance(one, type(_with.__code__)):
        return _with(one, ran)
    return ran if one == _MARK and type(one) is str else one
