"""Expands a course's TeX macros in a formula, so that a reader sees what is typeset."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from kejian.makers.tex_macros import Macro

_NAME = re.compile(r"\\([A-Za-z]+|[^A-Za-z\s])")
_ARGUMENT = re.compile(r"#([1-9])")
_DEEPEST = 8
_LONGEST = 10_000


def expanded(tex: str, macros: Mapping[str, Macro]) -> str:
    """Return a formula with the macros replaced by what they stand for; as it is where one never ends."""
    text = tex
    for _ in range(_DEEPEST):
        before, text = text, _once(text, macros)
        if text == before or len(text) > _LONGEST:
            break
    return text if len(text) <= _LONGEST else tex


def _once(text: str, macros: Mapping[str, Macro]) -> str:
    parts, done = [], 0
    for name in _NAME.finditer(text):
        macro = macros.get(name[1])
        if macro is None or name.start() < done:
            continue
        body, count, default = _fields(macro)
        arguments, end = _arguments(text, name.end(), count, default)
        parts += [text[done : name.start()], _ARGUMENT.sub(partial(_nth, arguments), body)]
        if not count and body[-1:].isalpha() and text[end : end + 1].isalpha():
            parts.append(" ")
        done = end
    return "".join([*parts, text[done:]])


def _nth(arguments: list[str], number: re.Match[str]) -> str:
    at = int(number[1]) - 1
    return arguments[at] if at < len(arguments) else ""


def _fields(macro: Macro) -> tuple[str, int, str | None]:
    if isinstance(macro, str):
        return macro, 0, None
    return macro[0], macro[1], macro[2] if len(macro) == 3 else None


def _arguments(text: str, at: int, count: int, default: str | None) -> tuple[list[str], int]:
    """Return the arguments that stand from `at` on, and where they end."""
    found: list[str] = []
    if default is not None and count:
        close = text.find("]", at) if text[at : at + 1] == "[" else -1
        found, at = ([text[at + 1 : close]], close + 1) if close > 0 else ([default], at)
    while len(found) < count:
        at += len(text[at:]) - len(text[at:].lstrip())
        end = _group(text, at)
        found.append(text[at + 1 : end - 1] if text[at : at + 1] == "{" else text[at:end])
        at = end
    return found, at


def _group(text: str, at: int) -> int:
    """Return the end of the group, the command or the letter at `at`."""
    if text[at : at + 1] != "{":
        name = _NAME.match(text, at)
        return name.end() if name else min(at + 1, len(text))
    depth = 0
    for end in range(at, len(text)):
        depth += (text[end] == "{") - (text[end] == "}")
        if not depth:
            return end + 1
    return len(text)
