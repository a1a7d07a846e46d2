"""Tasks: calls for one child as values that can be sent to another process or machine, and their outcomes.

`run_local` runs a task in the course's own folder. `run_remote` runs it on another machine, with the files that the
calls may read: the examples package and its declared data. There, too, every call runs in a child with the same limits,
audit hook and environment, and only under the versions that the keys name.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

import platformdirs

from kejian import __version__
from kejian.core.disk.scratch import shared, temporary
from kejian.core.disk.store import digest
from kejian.examples.answers import Answer, Limits
from kejian.examples.keys.distributions import version
from kejian.examples.keys.key import KeyPart
from kejian.examples.run import subprocesses
from kejian.examples.run.subprocesses import ChildCall, Stopped

FileBundle = tuple[tuple[str, bytes], ...]
"""Files that travel together: course paths and contents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Calls for one child.

    root, cache: folders of the client machine, see `subprocesses.run`. cold: `cache` is this run's own.
    parts: of the calls' keys, what must be equal on the machine that runs them: packages, Python, settings.
    files: course paths of what the calls may read, in groups that are sent together. marks: see `subprocesses.run`.
    """

    root: str
    cache: str
    calls: tuple[ChildCall, ...]
    packages: tuple[str, ...]
    limits: Limits
    parts: tuple[KeyPart, ...] = ()
    files: tuple[tuple[str, ...], ...] = ()
    cold: bool = False
    marks: bool = True
    client_version: str = __version__


@dataclass(frozen=True, slots=True)
class TaskRejected:
    """Why a task was not run: a clause for the terminal, and what to do about it."""

    words: str
    hint: str = ""


Outcome = tuple[Answer, ...] | TaskRejected
"""An answer for each call of a task, or why there are none."""


def run_local(task: Task, stopped: Stopped) -> Outcome:
    """Run the task in the course's own folder."""
    folders = Path(task.root), Path(task.cache)
    return tuple(_run(task, *folders, stopped))


def _run(task: Task, root: Path, cache: Path, stopped: Stopped = subprocesses.never) -> list[Answer]:
    return subprocesses.run(root, task.calls, task.packages, cache, task.limits, stopped, marks=task.marks)


def run_remote(task: Task, bundles: Sequence[FileBundle]) -> Outcome:
    """Run the task in a folder with only the `bundles`; paths in the answers are those of the client."""
    other = list(_others(task))
    if other:
        hint = "install the same versions on every worker, or take this one out of the cluster"
        return TaskRejected(f"a worker has {', '.join(other)}", hint)
    with temporary() as folder, _cache(task) as kept:
        root = folder.resolve() / "course"
        _unpack(bundles, root)
        cache = kept.resolve()
        answers = _run(task, root, cache)
        return tuple(_of_the_client(answer, [(cache, task.cache), (root, task.root)]) for answer in answers)


def pack(root: Path, paths: Sequence[str]) -> FileBundle:
    """Read the files with these course paths. Raises `OSError` if one has vanished."""
    return tuple((path, (root / path).read_bytes()) for path in paths)


def _unpack(bundles: Sequence[FileBundle], root: Path) -> None:
    root.mkdir()
    for bundle in bundles:
        for path, content in bundle:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)


def _others(task: Task) -> Iterator[str]:
    """Yield descriptions of versions that differ from those of the client."""
    if task.client_version != __version__:
        yield f"kejian {__version__}, not {task.client_version}"
    for part in task.parts:
        here = _here(part, task.limits.around.settings())
        if here != part.value:
            yield f"{part.name} {here or '(not installed)'}, not {part.value or '(not installed)'}"


def _here(part: KeyPart, settings: Mapping[str, str]) -> str:
    if part.kind == "python":
        return f"{sys.version_info.major}.{sys.version_info.minor}"
    return version(part.name) if part.kind == "package" else settings.get(part.name, "")


def _cache(task: Task) -> AbstractContextManager[Path]:
    """Return the shared cache of examples: that of this course on this machine, or of one cold run."""
    name = digest(task.client_version, task.cache)[:16]
    if task.cold:
        return shared(name)
    kept = platformdirs.user_cache_path("kejian") / "worker" / name
    try:
        kept.mkdir(parents=True, exist_ok=True)
    except OSError:  # no home, or a read-only one: only time is lost
        return shared(name)
    return nullcontext(kept)


def _of_the_client(answer: Answer, folders: Sequence[tuple[Path, str]]) -> Answer:
    """Translate paths of files that were read to those on the client."""
    return replace(answer, reads=tuple(_moved(Path(path), folders) for path in answer.reads))


def _moved(path: Path, folders: Sequence[tuple[Path, str]]) -> str:
    for here, there in folders:
        if path.is_relative_to(here):
            return str(Path(there) / path.relative_to(here))
    return str(path)
