"""What Python files and bibliographies say of the names in them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from kejian.parse.quote import definitions

_TITLE = re.compile(r"\btitle\b[\"']?\s*[:=]\s*[{\"]+([^{}\"\n]+)")


def defined(text: str) -> Iterator[tuple[str, int, str]]:
    """Yield the definitions of a Python file, each with its line and the first line of its docstring; none if it does
    not parse.
    """
    try:
        script = definitions.parse(text)
    except SyntaxError:
        return
    for name, node in script.named.items():
        if not name.startswith("_"):
            yield name, node.lineno, definitions.documentation(text, name)


def described(text: str, name: str) -> tuple[str, str]:
    """Return the signature of a definition in a Python file, and its docstring; "" where there is none."""
    try:
        node = definitions.parse(text).named.get(name)
    except SyntaxError:
        return "", ""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
        word = "async def" if isinstance(node, ast.AsyncFunctionDef) else "def"
        return f"{word} {node.name}({ast.unparse(node.args)}){returns}", ast.get_docstring(node) or ""
    if isinstance(node, ast.ClassDef):
        bases = ", ".join(map(ast.unparse, node.bases))
        return f"class {node.name}{f'({bases})' * bool(bases)}", ast.get_docstring(node) or ""
    return (ast.unparse(node)[:200] if node else ""), ""


def line_of(text: str, name: str) -> int:
    """Return the line that defines a name in a Python file; 0 if none does."""
    try:
        node = definitions.parse(text).named.get(name)
    except SyntaxError:
        return 0
    return node.lineno if node else 0


def title(source: str) -> str:
    """Return the title in an entry of a bibliography."""
    found = _TITLE.search(source)
    return found[1].strip() if found else ""
