"""Places where examples run: they take tasks, which are plain values, and give their outcomes.

An `Opener` is opened for a batch of tasks and closed behind it; it costs nothing until then.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from kejian import __version__
from kejian.running import tasks
from kejian.running.children import Stopped
from kejian.running.tasks import Outcome, Parcel, Refusal, Task


class NoExecutorError(Exception):
    """There is nothing to run examples on: why, and what to type."""

    def __init__(self, why: str, hint: str) -> None:
        super().__init__(why)
        self.hint = hint


class Place(Protocol):
    """Takes tasks and gives their outcomes."""

    def submit(self, task: Task, starts: Callable[[], None], stopped: Stopped, losses: int = 0) -> Future[Outcome]:
        """Have the task run; `starts` is called when it does, or where that cannot be known, now.

        stopped: whether nobody waits for it any more. losses: how often it got lost before.
        """
        ...

    def outcome(self, future: Future[Outcome]) -> Outcome | None:
        """What became of a task that is done; nothing where it was lost on the way and may be submitted again."""
        ...


Opener = Callable[[], AbstractContextManager[Place]]
"""Opens a place; raises `NoExecutorError` on entry."""


@dataclass(frozen=True, slots=True)
class Here:
    """Threads of this process, each of which watches a child that runs in the course's own folder."""

    threads: ThreadPoolExecutor

    def submit(
        self,
        task: Task,
        starts: Callable[[], None],
        stopped: Stopped,
        losses: int = 0,  # noqa: ARG002 -- nothing gets lost here
    ) -> Future[Outcome]:
        """See `Place`."""

        def started() -> Outcome:
            starts()
            return tasks.answered(task, stopped)

        return self.threads.submit(started)

    def outcome(self, future: Future[Outcome]) -> Outcome:
        """See `Place`; what is wrong with this machine itself, such as a full disk, is raised."""
        return future.result()


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Any executor: tasks are sent with the files that they need, and answered wherever they come to.

    share: makes of a parcel what may stand for it in the arguments of a task, given how often the task got lost;
    called once for each parcel, and anew where that is no longer `there` and for each task that got lost, since what
    stood for its parcels may have got lost without anybody's knowing.
    """

    executor: Executor
    share: Callable[[Parcel, int], Any] = lambda parcel, losses: parcel  # noqa: ARG005 -- as below
    there: Callable[[Any], bool] = lambda shared: True  # noqa: ARG005 -- a parcel itself does not get lost
    _shared: dict[tuple[str, ...], Any] = field(default_factory=dict)

    def submit(self, task: Task, starts: Callable[[], None], stopped: Stopped, losses: int = 0) -> Future[Outcome]:
        """See `Place`; a call that has begun elsewhere ends by itself or by its limits."""
        if stopped():
            return _failed(CancelledError())
        starts()
        parcels = {p: tasks.pack(Path(task.root), p) for p in task.files if losses or not self._is_shared(p)}
        try:
            new = {paths: self.share(parcel, losses) for paths, parcel in parcels.items()}
            if not losses:
                self._shared.update(new)
            files = {**self._shared, **new}
            return self.executor.submit(tasks.carried, task, [files[paths] for paths in task.files])
        except Exception as e:  # see `outcome`
            return _failed(e)

    def _is_shared(self, paths: tuple[str, ...]) -> bool:
        return paths in self._shared and self.there(self._shared[paths])

    def outcome(self, future: Future[Outcome]) -> Outcome | None:
        """See `Place`; whatever goes wrong with a cluster is a refusal of this one task."""
        try:
            return future.result()
        except CancelledError:
            return None
        except NoExecutorError as e:
            return Refusal(str(e), e.hint)
        except Exception as e:  # an executor may fail in any way of its own
            words = " ".join(str(e).split()) or "no more is known"
            hint = f"see what its workers say; each needs kejian {__version__}. Without --executor it runs here"
            return Refusal(f"the executor failed: {type(e).__name__}: {words[:400]}", hint)


def _failed(why: BaseException) -> Future[Outcome]:
    future: Future[Outcome] = Future()
    future.set_exception(why)
    return future
