"""Converts the trace of a run for the record: course paths, and packages by their distributions' names."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TypedDict

from kejian.examples.answers import Answer
from kejian.examples.keys import distributions
from kejian.examples.keys.trace import Trace

_OURS = ".kejian/"


def traced(answer: Answer, root: Path, named: Iterable[str]) -> Trace:
    """Return the trace of a run in the course `root`. named: packages that its code imports by name."""
    base = root.resolve()
    inside, outside = set[str](), set[str]()
    for path in map(Path, answer.reads):
        if path.is_relative_to(base):
            inside.add(path.relative_to(base).as_posix())
        elif os.path.lexists(path):
            outside.add(path.name)
    noted = answer.trace
    return replace(
        noted,
        listed=_kept(noted.listed),
        tested=_kept(noted.tested),
        texts=_kept(noted.texts),
        reads=_kept(sorted(inside)),
        outside=tuple(sorted(outside)),
        **_packages(noted, set(named)),
    )


class _Packages(TypedDict):
    packages: tuple[str, ...]
    optional: tuple[tuple[str, str], ...]


def _packages(noted: Trace, named: set[str]) -> _Packages:
    """Split loaded packages into those that the course's code requires, and optional ones."""
    asked = set(noted.packages).intersection(named.union(noted.tested))
    others = set(distributions.owners(set(noted.packages) - asked))
    needed = distributions.required([*others, *distributions.owners(asked)])
    brought = {name for name in others if distributions.plain(name) in needed}
    optional = sorted(others - brought)
    return _Packages(
        packages=tuple(sorted(asked | brought)),
        optional=tuple((name, distributions.installed(name)) for name in optional),
    )


def _kept(paths: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """Remove paths in a build's own cache in the course, such as matplotlib's list of fonts."""
    return tuple(path for path in paths if not f"{path}/".startswith(_OURS))
