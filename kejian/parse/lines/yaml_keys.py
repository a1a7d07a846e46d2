"""The YAML of front matter: keys with plain values, limited in size."""

from __future__ import annotations

import math

import yaml

from kejian.core.diagnostics import Diagnostic, Span, warning

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # a PyYAML built without libyaml
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

_LONGEST = 64 * 1024
_DEEPEST = 32


def read(text: str, path: str) -> tuple[dict[str, object], tuple[Diagnostic, ...]]:
    """Parse YAML that begins on the second line of the file at `path`; return its keys and diagnostics."""
    hint = "write `key: value` lines, with two blanks before the keys of `presentation:`"
    try:
        _check(text)
        loaded = yaml.load(text, Loader)
    except yaml.MarkedYAMLError as e:
        mark = e.problem_mark or e.context_mark
        span = _place(text, mark.index, path) if mark else Span(path, 2)
        return {}, (warning("bad-front-matter", span, f"the front matter is not YAML: {e.problem}", hint),)
    except (yaml.YAMLError, ValueError, RecursionError) as e:
        return {}, (warning("bad-front-matter", Span(path, 2), f"the front matter is not YAML: {e}", hint),)
    if loaded is None:
        return {}, ()
    if not isinstance(loaded, dict):
        return {}, (warning("bad-front-matter", Span(path, 2), "the front matter is not a list of keys", hint),)
    return {str(key): _plain(value) for key, value in loaded.items()}, ()


def _place(text: str, index: int, path: str) -> Span:
    """Locate a character of the YAML; YAML knows more line ends than newlines, so its own count is not used."""
    before = text[:index]
    return Span(path, before.count("\n") + 2, len(before) - before.rfind("\n"))


def _check(text: str) -> None:
    """Reject aliases, with which a few lines can expand to gigabytes, and unreasonable sizes."""
    if len(text) > _LONGEST:
        raise yaml.YAMLError(f"it is longer than {_LONGEST} characters")
    depth = 0
    for event in yaml.parse(text, Loader):
        if isinstance(event, yaml.AliasEvent):
            raise yaml.YAMLError(f"{_line(event)} holds an alias (*name), which is not read")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise yaml.YAMLError(f"{_line(event)} is nested more than {_DEEPEST} deep")


def _plain(value: object) -> object:
    """Convert a value to what JSON can represent: dates and the like as text, no infinities."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _line(event: yaml.Event) -> str:
    return f"line {event.start_mark.line + 2}" if event.start_mark else "it"
