r"""The attribute grammar of the dialect, shared by slide marks, imports, fences, headings and pictures.

    {.class #id key=value key="quoted \" value" key=[1, "3-5"] flag}

Items are separated by blanks or commas; the braces may be missing. A bare `true` or `false` is a boolean, a bare number
a number, a quoted value always text. A later `class=` replaces the classes so far, a later `id=` the id. `key:value` is
read as `key=value`, and reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape

Value = str | bool | int | float | tuple["Value", ...]

_QUOTES = {'"': '"', "'": "'", "`": "`", "“": "”"}
_CLASS = " "
"""Stands for the key of an item such as `.red`: no key that is written holds a blank."""
_GAP = re.compile(r"[\s,;=]*")
_KEY = re.compile(r"[^\s,;=\"'`“]+")
_WORD = re.compile(r"[^\s,;=\]]+")
_COLON = re.compile(r"([A-Za-z][\w-]*):(?!//)(.*)")
_BEHIND = re.compile(r"\s*(?=[\"'`“\[]|[^\s,;=.#\"'`“\[:][^\s,;=:]*(?![^\s,;]*=))")
"""What stands between `key:` and its value: nothing, or blanks; no value is another item."""
_SPACED = re.compile(r"\s*=(?=\s)|\s+=")
_RANGE = re.compile(r"\d+(?:-\d+)?")
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
_ESCAPE = re.compile(r"\\([\"'`“”\\])")


@dataclass(frozen=True, slots=True)
class Attributes:
    """Parsed attributes: ordered `(key, value)` pairs (classes under `class`), and problems of the text.

    problems: `(offset, message)` pairs; the offset counts characters of the text given to `parse`.
    """

    items: tuple[tuple[str, Value], ...] = ()
    problems: tuple[tuple[int, str], ...] = ()

    def get(self, key: str, default: Value = "") -> Value:
        """Return the value of `key`."""
        return dict(self.items).get(key, default)

    def text(self, key: str, default: str = "") -> str:
        """Return the value of `key` as HTML would write it."""
        return printed(self.get(key, default))

    def truthy(self, key: str) -> bool:
        """Return whether `key` is on: `true`, a flag, a non-zero number or any non-empty text, even "false"."""
        return bool(self.get(key, False))

    def without(self, *keys: str) -> Attributes:
        """Return the attributes without the given keys."""
        return Attributes(tuple((k, v) for k, v in self.items if k not in keys), self.problems)

    def updated(self, **values: Value) -> Attributes:
        """Return the attributes with the given values set; `_` in a name stands for `-`."""
        return Attributes(tuple((dict(self.items) | {k.replace("_", "-"): v for k, v in values.items()}).items()))

    def html(self) -> str:
        """Format the attributes as HTML, each preceded by a blank; an attribute whose value is `false` is omitted."""
        return "".join(_html(k, v) for k, v in self.items if v is not False and re.fullmatch(r"[^\s\"'<>/=\0]+", k))


def printed(value: Value) -> str:
    """Format a value as text: booleans in lower case, lists comma-separated."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ",".join(printed(v) for v in value)
    return str(value)


def _html(key: str, value: Value) -> str:
    return f' {key}="{escape("" if value is True else printed(value))}"'


@lru_cache(maxsize=4096)
def parse(text: str) -> Attributes:
    """Parse attributes, with or without braces, such as the text after a slide mark's word. Never raises."""
    start, end = _inside_braces(text)
    found: dict[str, Value] = {}
    problems: list[tuple[int, str]] = []
    for key, value, offset, problem in _items(text, start, end):
        if problem:
            problems.append((offset, problem))
        if key == _CLASS:
            found["class"] = f"{printed(found.get('class', ''))} {printed(value)}".strip()
        elif key:
            found[key] = value
    return Attributes(tuple(found.items()), tuple(problems))


def _inside_braces(text: str) -> tuple[int, int]:
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    braced = text[start:end].startswith("{") and text[start:end].endswith("}")  # one character is never both
    return (start + 1, end - 1) if braced else (start, end)


def _items(text: str, pos: int, end: int) -> Iterator[tuple[str, Value, int, str]]:
    """Yield each item as `(key, value, offset, problem)`; a class has the key `_CLASS`, an empty item an empty key."""
    text = text[:end]
    while (pos := _past(_GAP, text, pos)) < end:
        start = pos
        if text[pos] in _QUOTES:
            _, pos, problem = _quoted(text, pos)
            yield "", "", start, problem
            continue
        pos = _past(_KEY, text, pos)
        key = text[start:pos]
        if text[pos : pos + 1] == "=" and not text[pos + 1 : pos + 2].isspace():
            value, pos, problem = _value(text, pos + 1)
            yield key, value, start, problem
        elif (colon := _COLON.fullmatch(key)) and (colon[2] or _BEHIND.match(text, pos)):
            begin = pos - len(colon[2]) if colon[2] else _past(_BEHIND, text, pos)
            value, pos, problem = _value(text, begin)
            told = (
                f"`{text[start:pos]}` has no meaning with a colon to the editor; write `{colon[1]}={text[begin:pos]}`"
            )
            yield colon[1], value, start, problem or told
        else:
            yield _bare(key, start, spaced=_SPACED.match(text, pos) is not None)


def _past(pattern: re.Pattern[str], text: str, pos: int) -> int:
    found = pattern.match(text, pos)
    return found.end() if found else pos


def _bare(word: str, offset: int, *, spaced: bool = False) -> tuple[str, Value, int, str]:
    if word in (".", "#"):
        return "", "", offset, f"`{word}` names nothing; write `{word}name`"
    if word[0] in ".#":
        return _CLASS if word[0] == "." else "id", word[1:], offset, ""
    problem = f"`{word}` has no meaning with a colon; write `{word[:-1]}=value`" if word.endswith(":") else ""
    if spaced:
        problem = f"blanks beside `=` end an item, so `{word}` has no value; write `{word}=value`"
    elif _RANGE.fullmatch(word):
        problem = f'`{word}` names nothing; a value with commas stands in quotes, `key="1,{word}"`'
    return word, True, offset, problem


def _value(text: str, pos: int) -> tuple[Value, int, str]:
    """Parse the value that starts at `pos`; return it, the offset of its end, and a problem or ""."""
    if text[pos : pos + 1] in _QUOTES:
        return _quoted(text, pos)
    if text[pos : pos + 1] == "[":
        return _list(text, pos + 1)
    end = _past(_WORD, text, pos)
    return _plain(text[pos:end]), end, ""


def _quoted(text: str, pos: int) -> tuple[str, int, str]:
    close = _QUOTES[text[pos]]
    end = pos + 1
    while end < len(text) and text[end] != close:
        end += 2 if text[end] == "\\" else 1
    value = _ESCAPE.sub(r"\1", text[pos + 1 : end])
    if end >= len(text):
        return value, len(text), f"the quote {text[pos]} is never closed; the value runs to the end"
    return value, end + 1, ""


def _list(text: str, pos: int) -> tuple[Value, int, str]:
    values: list[Value] = []
    while (pos := _past(_GAP, text, pos)) < len(text) and text[pos] != "]":
        if text[pos] in _QUOTES:
            value, pos, problem = _quoted(text, pos)
            values.append(value)
            if problem:
                return tuple(values), pos, problem
        else:
            end = _past(_WORD, text, pos)
            values.append(_plain(text[pos:end]))
            pos = end
    return tuple(values), pos + 1, "" if pos < len(text) else "the list [ is never closed"


def _plain(word: str) -> Value:
    if word.lower() in ("true", "false"):
        return word.lower() == "true"
    if _NUMBER.fullmatch(word):
        return float(word) if "." in word else int(word)
    return word
