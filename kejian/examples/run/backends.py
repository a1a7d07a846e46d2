"""Backends that run examples: they take tasks, which are plain values, and return outcomes.

A `BackendFactory` is opened for a batch of tasks and closed afterwards; it costs nothing until then.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from kejian import __version__
from kejian.core.refused import RefusedError
from kejian.examples.run import tasks
from kejian.examples.run.subprocesses import Stopped
from kejian.examples.run.tasks import FileBundle, Outcome, Task, TaskRejected


class NoExecutorError(RefusedError):
    """There is nothing to run examples on."""

    code = "no-executor"


class Backend(Protocol):
    """Runs tasks and returns their outcomes."""

    def submit(self, task: Task, starts: Callable[[], None], stopped: Stopped, attempt: int = 0) -> Future[Outcome]:
        """Submit the task; `starts` is called when it starts, or, if that is unknowable, at once.

        stopped: whether the wait for it was cancelled. attempt: how often it was lost before.
        """
        ...

    def outcome(self, future: Future[Outcome]) -> Outcome | None:
        """Return the outcome of a finished task; `None` if it was lost and may be submitted again."""
        ...


BackendFactory = Callable[[], AbstractContextManager[Backend]]
"""Opens a place; raises `NoExecutorError` on entry."""


@dataclass(frozen=True, slots=True)
class LocalBackend:
    """Threads of this process, each of which watches a child in the course's own folder."""

    threads: ThreadPoolExecutor

    def submit(
        self,
        task: Task,
        starts: Callable[[], None],
        stopped: Stopped,
        attempt: int = 0,  # noqa: ARG002 -- nothing gets lost here
    ) -> Future[Outcome]:
        """See `Backend`."""

        def started() -> Outcome:
            starts()
            return tasks.run_local(task, stopped)

        return self.threads.submit(started)

    def outcome(self, future: Future[Outcome]) -> Outcome:
        """See `Backend`; problems of this machine itself, such as a full disk, are raised."""
        return future.result()


@dataclass(frozen=True, slots=True)
class RemoteBackend:
    """Any executor: tasks are sent with the files that they need, and run wherever they arrive.

    share: returns a stand-in for a bundle in the arguments of a task, given how often the task was lost. It is called
        once for each bundle, and again if the stand-in is no longer `there`, and for each lost task, because its
        stand-ins may have been lost unnoticed.
    """

    executor: Executor
    share: Callable[[FileBundle, int], Any] = lambda bundle, attempt: bundle  # noqa: ARG005 -- as below
    there: Callable[[Any], bool] = lambda shared: True  # noqa: ARG005 -- a bundle itself does not get lost
    _shared: dict[tuple[str, ...], Any] = field(default_factory=dict)

    def submit(self, task: Task, starts: Callable[[], None], stopped: Stopped, attempt: int = 0) -> Future[Outcome]:
        """See `Backend`; a call that has started remotely ends by itself or by its limits."""
        if stopped():
            return _failed(CancelledError())
        starts()
        bundles = {p: tasks.pack(Path(task.root), p) for p in task.files if attempt or not self._is_shared(p)}
        try:
            new = {paths: self.share(bundle, attempt) for paths, bundle in bundles.items()}
            if not attempt:
                self._shared.update(new)
            files = {**self._shared, **new}
            return self.executor.submit(tasks.run_remote, task, [files[paths] for paths in task.files])
        except Exception as e:  # see `outcome`
            return _failed(e)

    def _is_shared(self, paths: tuple[str, ...]) -> bool:
        return paths in self._shared and self.there(self._shared[paths])

    def outcome(self, future: Future[Outcome]) -> Outcome | None:
        """See `Backend`; any failure of a cluster rejects this one task."""
        try:
            return future.result()
        except CancelledError:
            return None
        except NoExecutorError as e:
            return TaskRejected(str(e), e.hint)
        except Exception as e:  # an executor may fail in any way of its own
            words = " ".join(str(e).split()) or "no more is known"
            hint = f"see what its workers say; each needs kejian {__version__}. Without --executor it runs here"
            return TaskRejected(f"the executor failed: {type(e).__name__}: {words[:400]}", hint)


def _failed(why: BaseException) -> Future[Outcome]:
    future: Future[Outcome] = Future()
    future.set_exception(why)
    return future
