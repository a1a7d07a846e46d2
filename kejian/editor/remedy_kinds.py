"""The kinds of edits that hints ask for, each as a function of the finding and of what its hint says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from difflib import get_close_matches
from posixpath import basename
from typing import NamedTuple

from kejian.core.config import FILE
from kejian.core.diagnostics import Span
from kejian.editor.finding_edits import FindingEdits
from kejian.editor.text import TextEdit
from kejian.parse import unread


class Remedy(NamedTuple):
    """What ends a finding: a title that says it, and the edits."""

    title: str
    edits: tuple[TextEdit, ...]


Repair = Callable[[FindingEdits, re.Match[str]], Iterator[Remedy]]
"""Yields what one match of a hint asks for."""
_NEAREST = 3


def remedy(title: str, edits: Iterable[TextEdit]) -> Iterator[Remedy]:
    """Yield a remedy, if there is anything to edit."""
    if found := tuple(edits):
        yield Remedy(title, found)


def instead(message: str) -> Repair:
    """Write the hint's word in place of the one that the message names by the first group of a pattern."""
    pattern = re.compile(message)

    def repair(at: FindingEdits, said: re.Match[str]) -> Iterator[Remedy]:
        if old := pattern.search(at.found.message):
            yield from remedy(f"Write {said[1]}", at.word(old[1], said[1]))

    return repair


def in_folder(message: str) -> Repair:
    """Write the hint's file name in place of the one at the end of the path that the message names."""
    pattern = re.compile(message)

    def repair(at: FindingEdits, said: re.Match[str]) -> Iterator[Remedy]:
        old = pattern.search(at.found.message)
        if old and basename(old[1]):
            yield from remedy(f"Write {said[1]}", at.word(basename(old[1]), said[1]))

    return repair


def nearest(message: str, parted: str = ", ") -> Repair:
    """Write one of the words that the hint lists in place of the one that the message names."""
    pattern = re.compile(message)

    def repair(at: FindingEdits, said: re.Match[str]) -> Iterator[Remedy]:
        if old := pattern.search(at.found.message):
            known = [word.strip() for word in said[1].split(parted)]
            for word in get_close_matches(old[1].lower(), known, _NEAREST, 0.3) or known[:_NEAREST]:
                yield from remedy(f"Write {word}", at.word(old[1], word))

    return repair


def attribute(at: FindingEdits, said: re.Match[str]) -> Iterator[Remedy]:
    """Give an attribute the value that the hint's first group has, `key=value`."""
    yield from remedy(f"Write {said[1]}", at.attribute(said[1].partition("=")[0], said[1]))


def symbol_for_lines(at: FindingEdits, said: re.Match[str]) -> Iterator[Remedy]:
    """Quote a symbol in place of the lines with certain numbers."""
    first, *rest = at.without("line_begin", "line_end")
    yield from remedy(f"Write {said[1]}", [first._replace(new=f"{first.new or ' '}{said[1]}"), *rest])


def without(*keys: str) -> Repair:
    """Leave attributes out; without any, the one that the message begins with or that nothing reads."""

    def repair(at: FindingEdits, _: re.Match[str]) -> Iterator[Remedy]:
        named = re.search(r"^(?:nothing reads )?([\w-]+)=", at.found.message)
        wrong = keys or ((named[1],) if named else ())
        yield from remedy(f"Leave out {', '.join(wrong)}", at.without(*wrong))

    return repair


def choices(at: FindingEdits, said: re.Match[str]) -> Iterator[Remedy]:
    """Give an attribute of a slide one of the words that it takes, or the example that the hint has."""
    named = re.match(r"([\w-]+)=\"([^\"]*)\"", at.found.message)
    if named is None:
        return
    example = re.search(r"such as (\d+)", said[0])
    known = [example[1]] if example else [*unread.CHOICES.get(named[1], ())]
    for word in get_close_matches(named[2], known, _NEAREST, 0.4) or known[:_NEAREST]:
        written = f'{named[1]}="{word}"'
        yield from remedy(f"Write {written}", at.attribute(named[1], written))


def without_quotes(at: FindingEdits, said: re.Match[str]) -> Iterator[Remedy]:
    """Take the quotes of a number away."""
    number = re.search(rf"{re.escape(said[1])}=[\"']?(\d+)", at.line)
    if number:
        yield from remedy(f"Write {said[1]}={number[1]}", at.attribute(said[1], f"{said[1]}={number[1]}"))


def setting(at: FindingEdits, said: re.Match[str]) -> Iterator[Remedy]:
    """Write the setting of the hint's first group into kejian.toml."""
    yield from remedy(f"Write {said[1]} into kejian.toml", at.setting(said[1]))


def two_settings(at: FindingEdits, said: re.Match[str]) -> Iterator[Remedy]:
    """Write the settings of the hint's two groups into kejian.toml."""
    yield from remedy("Make it a page in kejian.toml", [*at.setting(said[1]), *at.setting(said[2])])


def mpe_setting(at: FindingEdits, said: re.Match[str]) -> Iterator[Remedy]:
    """Write the setting into the part `[mpe]` of kejian.toml."""
    yield from remedy(f"Write {said[1]} into kejian.toml, under [mpe]", at.setting(said[1], "mpe"))


def declaration(at: FindingEdits, said: re.Match[str]) -> Iterator[Remedy]:
    """Add a file to the `DATA` of a module, which stands in the hint with its line."""
    edits = at.declared(said["path"], int(said["line"] or 0), said["name"])
    yield from remedy(f"Declare {said['name']} in {said['path']}", edits)


def appended(new: str) -> Repair:
    """Write a text at the end of the line."""
    return lambda at, _: remedy(f"Write {new.strip()}", at.inserted(len(at.line.rstrip()), new))


def removed(at: FindingEdits, _: re.Match[str]) -> Iterator[Remedy]:
    """Remove the line."""
    yield from remedy("Remove the line", at.removed())


def substituted(title: str, old: str, new: str) -> Repair:
    """Write `new` in place of what `old`, a pattern, matches nearest below the finding."""
    return lambda at, _: remedy(title, at.replaced(re.compile(old), new))


def from_message(pattern: str) -> Repair:
    """Write the second group of a pattern in the message in place of the first."""
    compiled = re.compile(pattern)

    def repair(at: FindingEdits, _: re.Match[str]) -> Iterator[Remedy]:
        if named := compiled.search(at.found.message):
            yield from remedy(f"Write {named[2]}", at.word(named[1], named[2]))

    return repair


def renumbered(message: str) -> Repair:
    """Give the second of two things with one name a number."""
    pattern = re.compile(message)

    def repair(at: FindingEdits, _: re.Match[str]) -> Iterator[Remedy]:
        if old := pattern.search(at.found.message):
            written = "\n".join(at.lines)
            new = next(name for number in range(2, 1000) if (name := f"{old[1]}-{number}") not in written)
            yield from remedy(f"Name it {new}", at.word(old[1], new))

    return repair


def style(message: str) -> Repair:
    """Write the name of a style of citations where the deck's front matter or kejian.toml names it."""
    pattern = re.compile(message)

    def repair(at: FindingEdits, said: re.Match[str]) -> Iterator[Remedy]:
        old = pattern.search(at.found.message)
        for path in (at.path, FILE):
            if old is None:
                return
            top = FindingEdits(at.course, replace(at.found, span=Span(path)))
            named = re.compile(rf"(csl\s*[:=]\s*[\"']?){re.escape(old[1])}")
            yield from remedy(f"Write {said[1]}", top.replaced(named, rf"\g<1>{said[1]}"))

    return repair
