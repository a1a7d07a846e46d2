r"""TeX macros as data: from a JSON file, or from an existing MathJax configuration script, which is never run.

    {"Xv": "\\mathbf{X}", "sup": ["{{(#1)}}", 1], "norm": ["\\left\\|#1\\right\\|_{#2}", 2, "2"]}

A value is a body, or `[body, number of arguments]`, or `[body, number of arguments, default of the first]`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pyjson5

from kejian.core.diagnostics import Diagnostic, Span, error, warning

Macro = str | tuple[str, int] | tuple[str, int, str]
Macros = Mapping[str, Macro]

MOST_ARGUMENTS = 9
DEFAULTS = Path("math", "macros.json")
"""The macros every course has, in the folder of the templates."""

_NAME = re.compile(r"[A-Za-z]+|[^A-Za-z\s]")
# What a brace scan must step over: strings, comments; then the braces themselves, and words.
# Each kind ends somewhere, closed or not, so that the scan never goes back: it stays linear.
_TOKEN = re.compile(
    r"//[^\n]*|/\*(?:[^*]|\*(?!/))*(?:\*/)?"
    r"|\"(?:[^\"\\\n]|\\.)*\"?|'(?:[^'\\\n]|\\.)*'?|`(?:[^`\\]|\\.)*`?"
    r"|[{}:]|[A-Za-z_$][\w$]*",
    re.DOTALL,
)
_MOST_IN_VAIN = 20
_POSITION = re.compile(r"near (\d+)")


def read(path: str, text: str) -> tuple[Macros, tuple[Diagnostic, ...]]:
    """Parse the macros in `text`, a `.json` file or a MathJax configuration script; return them with diagnostics.

    path: for diagnostics; its suffix distinguishes the two kinds.
    """
    if path.lower().endswith(".json"):
        return _parsed(path, text, 0, len(text))
    found = _literal(text)
    if found is None:
        hint = "write `MathJax = {tex: {macros: {Xv: '{\\\\mathbf{X}}'}}}`, or the macros alone in a .json file"
        return _none(), (error("bad-macros", Span(path), "there is no `macros: {…}` inside a `tex: {…}` here", hint),)
    return _parsed(path, text, *found)


def merged(*sources: Macros) -> Macros:
    """Merge macros; later sources take precedence."""
    return MappingProxyType({name: macro for source in sources for name, macro in source.items()})


def _none() -> Macros:
    return MappingProxyType({})


def _literal(text: str) -> tuple[int, int] | None:
    """Return the start and end of the object after `macros:` inside the one after `tex:`."""
    keys: list[str] = []
    key, colon, start = "", False, -1
    for token in _TOKEN.finditer(text):
        word = token[0]
        if word == "{":
            keys.append(key if colon else "")
            if start < 0 and [k.lower() for k in keys[-2:]] == ["tex", "macros"]:
                start, depth = token.start(), len(keys)
        elif word == "}" and keys:
            if start >= 0 and len(keys) == depth:
                return start, token.end()
            keys.pop()
        if word == ":":
            colon = True
        elif not word.startswith(("//", "/*")):
            key, colon = word.strip("\"'`"), False
    return (start, len(text)) if start >= 0 else None


def _parsed(path: str, text: str, start: int, end: int) -> tuple[Macros, tuple[Diagnostic, ...]]:
    try:
        data = pyjson5.decode(text[start:end])
    except pyjson5.Json5Exception as e:
        where = _POSITION.search(str(e))
        offset = start + (int(where[1]) - 1 if where else 0)
        hint = "values are quoted text or [text, number]; a backslash is written twice"
        return _none(), (error("bad-macros", _span(path, text, offset), _reason(e), hint),)
    if not isinstance(data, dict):
        return _none(), (
            error("bad-macros", Span(path), "the macros are not an object", 'write {"Xv": "\\\\mathbf{X}"}'),
        )
    return _checked(path, text, start, data)


def _reason(e: pyjson5.Json5Exception) -> str:
    found = re.search(r"found U\+([0-9a-f]+)", str(e))
    if found:
        return f"this cannot be read as data: `{chr(int(found[1], 16))}` does not belong here"
    return "this cannot be read as data: something is never closed"


def _checked(path: str, text: str, start: int, data: dict[str, object]) -> tuple[Macros, tuple[Diagnostic, ...]]:
    macros: dict[str, Macro] = {}
    problems: list[Diagnostic] = []
    places = _Places(path, text, start)
    for name, value in data.items():
        bare = name.removeprefix("\\")
        macro = _macro(value)
        if macro is not None and _NAME.fullmatch(bare):
            macros[bare] = macro
        else:
            span = places.of(name)
            hint = f'write "{bare}": "body" or "{bare}": ["body", 1]; names are letters only, or one sign'
            problems.append(warning("bad-macro", span, f"`{name}` is not a macro TeX could have", hint))
    return MappingProxyType(macros), tuple(problems)


class _Places:
    """Locates names in a text in order, in a single pass."""

    def __init__(self, path: str, text: str, start: int) -> None:
        self._path = path
        self._text = text
        self._at = start
        self._line = text.count("\n", 0, start) + 1
        self._vain = 0

    def of(self, name: str) -> Span:
        """Return the place of the next key `name`; of the last one found if the key is spelled differently."""
        if self._vain < _MOST_IN_VAIN:
            key = re.compile(rf"(?<![\w\\]){re.escape(name)}(?=[\"'`]?\s{{0,99}}:)")
            found = key.search(self._text, self._at)
            self._vain += found is None
            if found:
                self._line += self._text.count("\n", self._at, found.start())
                self._at = found.start()
        return Span(self._path, self._line, self._at - self._text.rfind("\n", 0, self._at))


def _macro(value: object) -> Macro | None:
    match value:
        case str():
            return value
        case [str(), bool(), *_]:  # `bool` is a subclass of `int`
            return None
        case [str() as body, int() as count] if 0 <= count <= MOST_ARGUMENTS:
            return body, count
        case [str() as body, int() as count, str() as default] if 1 <= count <= MOST_ARGUMENTS:
            return body, count, default
    return None


def _span(path: str, text: str, offset: int) -> Span:
    before = text[: max(0, offset)]
    return Span(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
