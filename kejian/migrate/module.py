"""Adds functions at the end of a module of the examples package."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence

from kejian.migrate.code import parse
from kejian.migrate.example import UNAVAILABLE, ProposedExample, source
from kejian.migrate.names import bound

_CLASS = f'''class {UNAVAILABLE}(RuntimeError):
    """An example that has to be filled in; meanwhile its slide shows what was pasted there."""
'''


def path(package: str, deck: str) -> str:
    """Return the module for the examples of a deck: `examples/cnn_lecture.py` for `slides/cnn-lecture.md`."""
    stem = posixpath.splitext(deck.removeprefix("slides/"))[0]
    word = re.sub(r"[^A-Za-z0-9]+", "_", stem).strip("_").lower()
    return f"{package}/{word if re.match('[a-z]', word) else f'deck_{word}'.rstrip('_')}.py"


def defined(text: str) -> frozenset[str]:
    """Return the top-level names of a module; empty if it does not parse."""
    tree = parse(text)
    return frozenset(name for statement in (tree.body if tree else ()) for name in bound(statement))


def added(text: str, deck: str, examples: Sequence[ProposedExample]) -> str:
    """Return the module `text`, empty for a new one, with the deck's examples at its end."""
    parts = [text.rstrip("\n") + "\n" if text.strip() else f'"""What the slides of {deck} show."""\n']
    if any(one.reasons for one in examples) and UNAVAILABLE not in defined(text):
        parts.append(_CLASS)
    return "\n\n".join([*parts, *map(source, examples)])
