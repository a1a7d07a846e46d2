"""Calls of the examples package as a deck writes them: `lenet.summary()`, `counting.size(224, stride=4)["width"]`.

A dotted name, literal arguments, literal keys: nothing that computes on the slide.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any


class NotACall(ValueError):  # noqa: N818 -- names what the text is
    """Why a text is not a call that a slide may make; the words are for its author."""


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the examples package, `module.name`, and what it is given; `path` are keys taken of its value."""

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
    """Read a call; `package.` before the name may be left out. Raises `NotACall`."""
    if len(text) > 1000:
        raise NotACall("a call on a slide is short")
    try:
        node = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise NotACall("this is not a call such as `lenet.parameter_count()`") from None
    path: list[Any] = []
    while isinstance(node, ast.Subscript):
        path.insert(0, _literal(node.slice))
        node = node.value
    if not isinstance(node, ast.Call):
        raise NotACall("a value in prose is a call, `module.function()`; put the computing into the examples package")
    keywords = {word.arg: _literal(word.value) for word in node.keywords if word.arg}
    if len(keywords) < len(node.keywords):
        raise NotACall("`**` does not stand in a call on a slide")
    name = _dotted(node.func).removeprefix(f"{package}.")
    return Call(name, tuple(_literal(value) for value in node.args), keywords, tuple(path))


def split_format(text: str) -> tuple[str, str]:
    """A value in prose as its call and its format: `a.b():,` gives `a.b()` and `,`."""
    end = max(text.rfind(")"), text.rfind("]"))
    call, _, form = text[: end + 1], *text[end + 1 :].partition(":")[1:]
    return call.strip(), form.strip()


def _literal(node: ast.expr) -> Any:  # noqa: ANN401 -- any literal
    try:
        return ast.literal_eval(node)
    except ValueError:
        raise NotACall("arguments on a slide are plain values: numbers, texts, tuples of them") from None


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Name):
        return node.id
    raise NotACall("a call on a slide names a function of the examples package, `module.function()`")
