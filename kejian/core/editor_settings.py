"""Markdown settings of the course's editor, parsed from its configuration files as data; nothing in
them is executed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress

import msgspec

from kejian.core.diagnostics import Diagnostic, Span, warning
from kejian.core.dialect import NAMES, Dialect, named
from kejian.core.disk.files import FileAccessError, Folder

FILES = (".vscode/settings.json", ".crossnote/config.json", ".crossnote/config.js")
"""Where they stand; of two that set the same the later one holds, as in the editor."""

_EXTENSION = "markdown-preview-enhanced."
_TOKEN = re.compile(
    r"//[^\n]*|/\*[\s\S]*?(?:\*/|\Z)"
    r"|(?P<text>\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*')"
    r"|(?P<word>[\w$]+)|(?P<sign>\S)"
)
_LONGEST = 200_000
_DEEPEST = 4
_NOT_PLAIN = object()


def read(folder: Folder) -> tuple[dict[str, object], tuple[tuple[str, Diagnostic], ...]]:
    """Return the settings under our names, and the unreadable ones with a warning each (a whole file has an empty
    name).
    """
    found: dict[str, object] = {}
    wrong: list[tuple[str, Diagnostic]] = []
    for path in FILES:
        if not folder.has(path):
            continue
        try:
            text = folder.text(path)
        except FileAccessError as e:
            wrong.append(("", warning("editor-setting", Span(path), f"its settings are not followed: {e}", e.hint)))
            continue
        for name, value, span in _settings(text[:_LONGEST], path):
            ours, value = named(name, value)
            why = _wrong(ours, value)
            if why:
                hint = f"write it in kejian.toml, under [mpe]: {ours} = {_example(ours)}"
                wrong.append((ours, warning("editor-setting", span, f"`{name}` is not followed: {why}", hint)))
            else:
                found[ours] = value
    return found, tuple(wrong)


def _wrong(name: str, value: object) -> str:
    if value is _NOT_PLAIN:
        return "its value is not written out"
    try:
        msgspec.convert({name: value}, Dialect)
    except msgspec.ValidationError as e:
        return str(e).partition(" - at ")[0]
    return ""


def _example(name: str) -> str:
    return json.dumps(msgspec.to_builtins(Dialect())[name])


def _settings(text: str, path: str) -> Iterator[tuple[str, object, Span]]:
    """Yield each setting with its place, from JSON, JSON with comments, or a JavaScript object literal."""
    tokens = [token for token in _TOKEN.finditer(text) if token.lastgroup]
    before = _EXTENSION if path.startswith(".vscode/") else ""
    for at, token in enumerate(tokens[:-2]):
        name = _text(token[0]) if token["text"] else token[0]
        if name.startswith(before) and name.removeprefix(before) in NAMES and tokens[at + 1][0] == ":":
            line = text.count("\n", 0, token.start()) + 1
            column = token.start() - text.rfind("\n", 0, token.start())
            yield name.removeprefix(before), _value(tokens, at + 2)[0], Span(path, line, column)


def _value(tokens: Sequence[re.Match[str]], at: int, depth: int = 0) -> tuple[object, int]:
    """Parse the literal that starts at token `at`; return it, or `_NOT_PLAIN` for an expression, and the next token."""
    token = tokens[at]
    if token["text"]:
        return _text(token[0]), at + 1
    if token[0] in ("true", "false"):
        return token[0] == "true", at + 1
    if token[0] != "[" or depth > _DEEPEST:
        return _NOT_PLAIN, at + 1
    values = []
    at += 1
    while at < len(tokens) and tokens[at][0] != "]":
        value, at = _value(tokens, at, depth + 1)
        values.append(value)
        at += at < len(tokens) and tokens[at][0] == ","
    return (_NOT_PLAIN if _NOT_PLAIN in values else values), at + 1


def _text(written: str) -> str:
    """Unquote a string literal."""
    inside = written[1:-1]
    with suppress(ValueError):
        return str(json.loads(f'"{inside}"' if written[0] == '"' else '"' + inside.replace('"', '\\"') + '"'))
    return re.sub(r"\\(.)", r"\1", inside)
