"""Detects decks written for another program: without a slide mark, they would become one long page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from shlex import quote
from typing import NamedTuple

from kejian.core.diagnostics import Diagnostic, Span, warning
from kejian.parse.lines.frontmatter import FrontMatter
from kejian.parse.lines.verbatim import Blocks

_SLIDEV = frozenset(
    "layout mdc drawings highlighter colorSchema fonts routerMode aspectRatio canvasWidth themeConfig lineNumbers "
    "exportFilename selectable presenter".split()
)
_REVEAL_MD = frozenset(("separator", "verticalSeparator", "revealOptions", "notesSeparator"))
_RULE = re.compile(r"-{3,}\s*")
_LAYOUT = re.compile(r"(?:layout|class|name|background|transition|image|src|hide|clicks|zoom):\s*\S")
_SETTING = re.compile(r"[A-Za-z][\w-]*:|\s|$")
_HEADING = re.compile(r"#{1,6}(?!#)\s*\S")
_FEW = 2
_LONG = 25
"""Lines that no slide has, and that a section of a page may well have."""
_JEKYLL = ("default", "page", "post", "home")


class _Other(NamedTuple):
    """Another program, and the front matter key that identifies it, if any."""

    program: str
    key: str = ""


def program(front: FrontMatter, lines: Sequence[str]) -> str:
    """Return the program that a file without slide marks is a deck for, "" if there is no telling."""
    rules = list(_rules(lines, front.lines))
    other = _by_front(front.values) or _by_rules(lines, rules)
    return other.program if other and (rules or other.program == "Quarto" or other.key) else ""


def findings(front: FrontMatter, lines: Sequence[str], path: str) -> Iterator[Diagnostic]:
    """Yield a warning if a file without slide marks is a deck for another program."""
    rules = list(_rules(lines, front.lines))
    other = _by_front(front.values) or _by_rules(lines, rules)
    if other is None or (not rules and other.program != "Quarto" and not other.key):
        return
    number = _line_of(lines[: front.lines], other.key) if other.key else rules[0] + 1
    begins = "a heading" if other.program == "Quarto" else "---"
    message = f"this looks like a deck for {other.program}: {begins} begins its slides, and here a slide mark does"
    yield warning("other-dialect", Span(path, number), message, f"`kejian import {quote(path)} --write` rewrites it")


def _by_front(values: Mapping[str, object]) -> _Other | None:
    if values.get("marp"):
        return _Other("Marp", "marp")
    format_ = values.get("format")
    if format_ == "revealjs" or (isinstance(format_, dict) and "revealjs" in format_):
        return _Other("Quarto", "format")
    for program, keys in (("Slidev", _SLIDEV), ("reveal-md", _REVEAL_MD)):
        found = next((key for key in values if key in keys and values[key] not in _JEKYLL), "")
        if found:
            return _Other(program, found)
    return None


def _by_rules(lines: Sequence[str], rules: Sequence[int]) -> _Other | None:
    """Detect slides separated by rules: each has a heading or settings right below its rule."""
    below = [_below(lines, at) for at in rules]
    ends = {at: after for at, after in pairwise(rules) if all(map(_SETTING.match, lines[at + 1 : after]))}
    if any(_LAYOUT.match(line) and at in ends for line, at in zip(below, rules, strict=True)):
        return _Other("Slidev")
    titled = sum(bool(_HEADING.match(line)) for line in below)
    short = all(after - before <= _LONG for before, after in pairwise((*rules, len(lines))))
    return _Other("reveal-md") if short and titled >= _FEW and 3 * titled >= 2 * len(rules) else None


def _rules(lines: Sequence[str], first: int) -> Iterator[int]:
    """Yield the lines that are `---` rules, outside of listings and not underlining a heading."""
    blocks, at = Blocks(lines), first
    while at < len(lines):
        end, _ = blocks.verbatim(at)
        if end > at:
            at = end
            continue
        if _RULE.fullmatch(lines[at]) and not (at > first and lines[at - 1].strip()):
            yield at
        elif _RULE.fullmatch(lines[at]) and at > 1 and _LAYOUT.match(lines[at - 1]):
            yield at  # the end of a slide's own settings
        at += 1


def _below(lines: Sequence[str], at: int) -> str:
    return next((line for line in lines[at + 1 : at + 4] if line.strip()), "")


def _line_of(lines: Sequence[str], key: str) -> int:
    return next((number for number, line in enumerate(lines, 1) if line.startswith(f"{key}:")), 1)
