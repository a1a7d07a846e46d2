"""Calls of the examples package as a deck writes them: `lenet.summary()`, `counting.size(224, stride=4)["width"]`.

A dotted name, literal arguments, literal keys: nothing that computes on the slide.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any


class InvalidCallError(ValueError):
    """A text is not a permitted call; the message is for its author."""


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the examples package, `module.name`, and its arguments; `path` are keys applied to its result."""

    name: str
    positional: tuple[Any, ...] = ()
    keywords: Mapping[str, Any] = field(default_factory=dict)
    path: tuple[Any, ...] = ()

    def __str__(self) -> str:
        words = [repr(value) for value in self.positional]
        words += [f"{key}={value!r}" for key, value in sorted(self.keywords.items())]
        return f"{self.name}({', '.join(words)})" + "".join(f"[{key!r}]" for key in self.path)


@lru_cache(maxsize=4096)
def parse(text: str, package: str = "") -> Call:
    """Parse a call; `package.` before the name is optional. Raises `InvalidCallError`."""
    if len(text) > 1000:
        raise InvalidCallError("a call on a slide is short")
    try:
        node = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise InvalidCallError("this is not a call such as `lenet.parameter_count()`") from None
    path: list[Any] = []
    while isinstance(node, ast.Subscript):
        path.insert(0, _literal(node.slice))
        node = node.value
    if not isinstance(node, ast.Call):
        raise InvalidCallError(
            "a value in prose is a call, `module.function()`; put the computing into the examples package"
        )
    keywords = {word.arg: _literal(word.value) for word in node.keywords if word.arg}
    if len(keywords) < len(node.keywords):
        raise InvalidCallError("`**` does not stand in a call on a slide")
    name = _dotted(node.func).removeprefix(f"{package}.")
    return Call(name, tuple(_literal(value) for value in node.args), keywords, tuple(path))


def split_format(text: str) -> tuple[str, str]:
    """Split a value in prose into call and format: `a.b():,` gives `a.b()` and `,`."""
    end = max(text.rfind(")"), text.rfind("]"))
    call, _, form = text[: end + 1], *text[end + 1 :].partition(":")[1:]
    return call.strip(), form.strip()


def _literal(node: ast.expr) -> Any:  # noqa: ANN401 -- any literal
    try:
        return ast.literal_eval(node)
    except ValueError:
        raise InvalidCallError("arguments on a slide are plain values: numbers, texts, tuples of them") from None


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Name):
        return node.id
    raise InvalidCallError("a call on a slide names a function of the examples package, `module.function()`")
