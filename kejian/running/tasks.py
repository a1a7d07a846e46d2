"""A task: calls for one child as a value that can be sent to another process or machine, and what comes back.

Where the course's folder is at hand, a task is answered in it (`answered`). Elsewhere the files that the calls may
read come along (`carried`): the examples package and the data it declares. There, too, every call runs in a child with
the limits, the audit hook and the environment that it has at home; and nothing runs under other versions than those
that the keys name.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

import platformdirs

from kejian import __version__
from kejian.abandoned import shared, temporary
from kejian.keys.distributions import version
from kejian.keys.keys import Part
from kejian.running import children
from kejian.running.children import Answer, Call, Limits, Stopped
from kejian.running.jobs import SETTINGS
from kejian.store import digest

Parcel = tuple[tuple[str, bytes], ...]
"""Files that travel together: course paths and contents."""


@dataclass(frozen=True, slots=True)
class Task:
    """Calls for one child.

    root, cache: folders of the machine that asks, see `children.run`. cold: `cache` is this run's own.
    parts: of the calls' keys, what must be the same where they run: packages, Python, settings.
    files: course paths of what the calls may read, in groups that travel together.
    """

    root: str
    cache: str
    calls: tuple[Call, ...]
    packages: tuple[str, ...]
    limits: Limits
    parts: tuple[Part, ...] = ()
    files: tuple[tuple[str, ...], ...] = ()
    cold: bool = False
    asker: str = __version__


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a task was not run where it came to: a clause for the terminal, and what to do about it."""

    words: str
    hint: str = ""


Outcome = tuple[Answer, ...] | Refusal
"""An answer for each call of a task, or why there are none."""


def answered(task: Task, stopped: Stopped) -> Outcome:
    """Run the task in the course's own folder."""
    return tuple(children.run(Path(task.root), task.calls, task.packages, Path(task.cache), task.limits, stopped))


def carried(task: Task, parcels: Sequence[Parcel]) -> Outcome:
    """Run the task in a folder that holds the `parcels` alone; paths in the answers are those of the asker."""
    other = list(_others(task))
    if other:
        hint = "install the same versions on every worker, or take this one out of the cluster"
        return Refusal(f"a worker has {', '.join(other)}", hint)
    with temporary() as folder, _cache(task) as kept:
        root = folder.resolve() / "course"
        _unpack(parcels, root)
        cache = kept.resolve()
        answers = children.run(root, task.calls, task.packages, cache, task.limits)
        return tuple(_of_the_asker(answer, [(cache, task.cache), (root, task.root)]) for answer in answers)


def pack(root: Path, paths: Sequence[str]) -> Parcel:
    """The files with these course paths; raises `OSError` where one has gone away."""
    return tuple((path, (root / path).read_bytes()) for path in paths)


def _unpack(parcels: Sequence[Parcel], root: Path) -> None:
    root.mkdir()
    for parcel in parcels:
        for path, content in parcel:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)


def _others(task: Task) -> Iterator[str]:
    """What is of another version here than where the task comes from, in words."""
    if task.asker != __version__:
        yield f"kejian {__version__}, not {task.asker}"
    for part in task.parts:
        here = _here(part)
        if here != part.value:
            yield f"{part.name} {here or '(not installed)'}, not {part.value or '(not installed)'}"


def _here(part: Part) -> str:
    if part.kind == "python":
        return f"{sys.version_info.major}.{sys.version_info.minor}"
    return version(part.name) if part.kind == "package" else SETTINGS.get(part.name, "")


def _cache(task: Task) -> AbstractContextManager[Path]:
    """Where examples keep what they share: those of this course on this machine, or those of one cold run."""
    name = digest(task.asker, task.cache)[:16]
    if task.cold:
        return shared(name)
    kept = platformdirs.user_cache_path("kejian") / "worker" / name
    try:
        kept.mkdir(parents=True, exist_ok=True)
    except OSError:  # no home, or a read-only one: only time is lost
        return shared(name)
    return nullcontext(kept)


def _of_the_asker(answer: Answer, folders: Sequence[tuple[Path, str]]) -> Answer:
    """The answer with the paths of what was read as they would be where the task comes from."""
    return replace(answer, reads=tuple(_moved(Path(path), folders) for path in answer.reads))


def _moved(path: Path, folders: Sequence[tuple[Path, str]]) -> str:
    for here, there in folders:
        if path.is_relative_to(here):
            return str(Path(there) / path.relative_to(here))
    return str(path)
