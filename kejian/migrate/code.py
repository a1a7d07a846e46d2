"""Separates code on slides from output that was pasted into the same fence."""

from __future__ import annotations

import ast
import doctest
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_TRIES = 8
"""How many places where output may begin are tried."""

_LONGEST = 200
_PATH = re.compile(r"(?:\.{1,2}[/\\])+[\w./\\ -]+|[\w-]+(?:[/\\][\w.-]+)+\.\w{2,5}")

_CODE_LIKE = re.compile(
    r"\s*(?:(?:def|class|import|from|for|while|if|elif|else|try|except|with|return|print|lambda|async|raise|assert)\b"
    r"|[A-Za-z_][\w.]*(?:\[[^\]]*\])?\s*[-+*/|&]?=(?!=)|[@#])"
)


@dataclass(frozen=True, slots=True)
class PastedCode:
    """Code that parses, its pasted output if any, and the error that ended it, `ValueError: words`."""

    text: str
    pasted: str = ""
    error: str = ""


def parse(text: str) -> ast.Module | None:
    """Parse a text as Python; `None` if it is not."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def read(text: str) -> PastedCode | None:
    """Split a Python fence into code and pasted output; `None` if it is not Python.

    A transcript of Python's prompt (`>>>`) becomes code that prints what the prompt would have shown.
    """
    if text.lstrip().startswith(">>>"):
        return _transcript(text)
    lines = text.split("\n")
    tree = parse(text)
    start = len(lines) if tree else _start(lines)
    if start is None:
        return None
    for _ in range(_TRIES):
        start = _idle(lines[:start])
    code = "\n".join(lines[:start]).strip("\n")
    does = any(not _shows_nothing(one, set()) for one in getattr(parse(code), "body", ()))
    return PastedCode(code, "\n".join(lines[start:]).strip("\n")) if code and (does or start == len(lines)) else None


def _start(lines: Sequence[str]) -> int | None:
    """Return the line where pasted output begins: a paragraph that is not code, or a line that is not."""
    bad = _first_error("\n".join(lines))
    blanks = [n + 1 for n in range(bad - 1, 0, -1) if not lines[n].strip()][:_TRIES]
    for start in [*blanks, bad]:
        rest = [line for line in lines[start : bad + 1] if line.strip()]
        if parse("\n".join(lines[:start])) and rest and not any(map(_CODE_LIKE.match, rest)):
            return start
    return None


def _first_error(text: str) -> int:
    """Return the index of the line at which the text stops being Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except SyntaxError as e:
        return max(0, (e.lineno or 1) - 1)
    except (ValueError, RecursionError, MemoryError):
        return 0
    return text.count("\n")


def _idle(lines: Sequence[str]) -> int:
    """Return the start of the last paragraph if it is output that parses as code: values beside unknown names."""
    last = max((n + 1 for n, (a, b) in enumerate(pairwise(lines)) if not a.strip() and b.strip()), default=0)
    tree = parse("\n".join(lines[:last]))
    tail = parse("\n".join(lines[last:]))
    if not last or not tree or not tail or not tail.body:
        return len(lines)
    known = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    known |= {(a.asname or a.name).partition(".")[0] for a in ast.walk(tree) if isinstance(a, ast.alias)}
    known |= {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    has_values = any(isinstance(node, ast.Constant) for node in ast.walk(tail))
    return last if has_values and all(_shows_nothing(one, known) for one in tail.body) else len(lines)


def _shows_nothing(statement: ast.stmt, known: set[str]) -> bool:
    """Return whether a statement has no effect and uses no name of the code: `('n03630383', 0.24), 实验服`."""
    if not (isinstance(statement, ast.Expr) or (isinstance(statement, ast.AnnAssign) and statement.value is None)):
        return False
    does = ast.Call | ast.Await | ast.Yield | ast.YieldFrom | ast.NamedExpr | ast.Lambda
    return not any(
        isinstance(node, does) or (isinstance(node, ast.Name) and node.id in known) for node in ast.walk(statement)
    )


def _transcript(text: str) -> PastedCode | None:
    try:
        found = doctest.DocTestParser().get_examples(text)
    except ValueError:
        return None
    if not found or any(one.exc_msg is not None for one in found[:-1]):
        return None
    error = (found[-1].exc_msg or "").strip()
    code = "\n".join(_echoing(one) for one in found)
    wants = "".join(one.want for one in found if one.exc_msg is None)
    return PastedCode(code, wants.rstrip("\n"), error) if parse(code) else None


def _echoing(example: doctest.Example) -> str:
    """Return the source of one prompt; an expression whose value the prompt echoed is printed."""
    source = example.source.rstrip("\n")
    tree = parse(source)
    one = tree.body[0] if tree and len(tree.body) == 1 else None
    if not isinstance(one, ast.Expr) or not example.want or example.exc_msg or prints(one.value):
        return source
    plain = re.match(r"[-+\d\[({.]", example.want)
    return f"print({source})" if plain else f"print(repr({source}))"


def prints(expression: ast.expr) -> bool:
    """Return whether an expression prints by itself and has no value."""
    function = expression.func if isinstance(expression, ast.Call) else None
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name in ("print", "pprint", "show", "display")


def returned(code: str) -> tuple[str, bool]:
    """Make code whose last line shows a value return it; also return whether the value is its whole output.

    The value of a final call is returned only if nothing else in the code can have printed the pasted output.
    """
    tree = parse(code)
    last = tree.body[-1] if tree and tree.body else None
    if tree is None or not isinstance(last, ast.Expr) or isinstance(last.value, ast.Constant) or prints(last.value):
        return code, False
    speaks = any(_speaks(node) for statement in tree.body[:-1] for node in ast.walk(statement))
    lines = code.split("\n")
    line = lines[last.lineno - 1]
    if (isinstance(last.value, ast.Call) and speaks) or line.encode()[: last.col_offset].strip():
        return code, False
    lines[last.lineno - 1] = f"{line[: len(line) - len(line.lstrip())]}return {line.lstrip()}"
    return "\n".join(lines), not speaks


def _speaks(node: ast.AST) -> bool:
    """Return whether a part of a statement may print: a call whose value is discarded."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)


def paths(tree: ast.Module) -> Iterator[str]:
    """Yield the strings in the code that look like paths of files beside the deck."""
    texts = (n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str))
    return (text for text in texts if len(text) < _LONGEST and _PATH.fullmatch(text))
