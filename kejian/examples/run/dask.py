"""Runs examples on an existing Dask cluster: https://distributed.dask.org, the optional extra `kejian[dask]`.

Dask itself sends a task to another worker when one dies. Files are scattered: one worker gets each from here, and the
others from it, while there are tasks that need it. (They are not broadcast: if a worker dies meanwhile, the scheduler
tries for ever to give it its copy, and later broadcasts wait for ever, too.) A worker that dies may have had the only
copy, which cancels the tasks that need it; they are submitted again and then carry their files. (Scattering again would
not do: a worker that dies during it leaves a copy that is "finished" here and unknown to the scheduler.)
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor, Future, InvalidStateError
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from kejian import __version__
from kejian.examples.run.backends import Backend, NoExecutorError, RemoteBackend
from kejian.examples.run.tasks import FileBundle

if TYPE_CHECKING:
    from distributed import Client

_SECONDS = 10
"""How long the scheduler may take to answer."""
_COMING = 30
"""How long, in seconds, the first worker may take to be there, and another one where all have died."""
_TRIES = 5
"""How often a bundle is scattered; each time a worker may die."""


@contextmanager
def cluster(address: str) -> Iterator[Backend]:
    """Connect to the cluster whose scheduler is at `HOST:PORT`. Raises `NoExecutorError`."""
    try:
        import dask
        from distributed import Client
    except ModuleNotFoundError as missing:
        why = f"dask://{address} needs the package {missing.name}"
        raise NoExecutorError(why, "type pip install 'kejian[dask]', or leave --executor out") from None
    try:
        client = Client(f"tcp://{address}", timeout=_SECONDS, set_as_default=False, name="kejian")
    except OSError:
        why = f"no Dask scheduler answers at {address}"
        hint = f"start one there: dask scheduler --port {address.rpartition(':')[2]}; or leave --executor out"
        raise NoExecutorError(why, hint) from None
    # Dask warns about large arguments; the files of a lost task are large on purpose
    with client, dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 TB"}):
        _wait_for_a_worker(client, address)
        _ask_for_kejian(client, address)
        work = _Cluster(client, address)
        with _watched(work):
            yield RemoteBackend(work, work.share, _there)


@contextmanager
def _watched(work: _Cluster) -> Iterator[None]:
    """Fail the tasks of a lost cluster: Dask would wait for another worker for ever."""
    left = Event()

    def watch() -> None:
        alone = 0
        while not left.wait(1):
            if work.client.status in ("closing", "closed"):
                return work.end(_silent(work.address))
            with suppress(Exception):  # an unresponsive scheduler is noticed at the next request
                alone = 0 if work.client.nthreads() else alone + 1
            if alone >= _COMING:
                return work.end(_no_workers(work.address))
        return None

    thread = Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        left.set()
        thread.join()


def _wait_for_a_worker(client: Client, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=_COMING)
    except TimeoutError:
        raise _no_workers(address) from None


def _ask_for_kejian(client: Client, address: str) -> None:
    """Raise if the scheduler or a worker lacks kejian: it could not unpickle a task, and each task would fail by
    itself.
    """
    lacking = [name for name, said in _versions(client).items() if isinstance(said, ImportError)]
    if lacking:
        why = f"kejian is missing from the Dask cluster at {address}: {', '.join(lacking[:3])} cannot import it"
        raise NoExecutorError(why, f"type there pip install 'kejian[dask]=={__version__}', and start it again")


def _versions(client: Client) -> dict[str, object]:
    """Map each node to its kejian version or import error; nodes that are shutting down are omitted."""
    asked = "__import__('kejian').__version__"  # evaluated there: what is asked must be read without kejian
    found: dict[str, object] = {}
    with suppress(Exception):
        try:
            found["the scheduler"] = client.run_on_scheduler(eval, asked)
        except ImportError as e:
            found["the scheduler"] = e
        answers = client.run(eval, asked, on_error="return")
        found |= {f"worker {name}": said for name, said in answers.items()}
    return found


def _no_workers(address: str) -> NoExecutorError:
    why = f"the Dask cluster at {address} has no workers"
    return NoExecutorError(why, f"start one: dask worker tcp://{address} --nthreads 1")


def _there(future: Any) -> bool:  # noqa: ANN401 -- a future of Dask's, which publishes no types
    return bool(future.status == "finished")


class _Cluster(Executor):
    """Runs tasks, and shares bundles with the workers. After a loss of the cluster, all pending requests fail."""

    def __init__(self, client: Client, address: str) -> None:
        self.client, self.address = client, address
        self._gone: NoExecutorError | None = None
        self._futures: list[Future[Any]] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401 -- as `Executor` has it
        """See `Executor`."""
        try:
            asked = self.client.submit(fn, *args, pure=False, **kwargs)
        except Exception:  # whatever Dask says when it is closed
            self._check()
            raise
        future: Future[Any] = Future()
        future.add_done_callback(lambda done: asked.cancel() if done.cancelled() else None)
        loop: Any = self.client.loop  # of a client that is connected, not `None`
        loop.add_callback(_pass_on, asked, future)
        self._futures.append(future)  # append first, then look: the thread that ends it does both the other way round
        if self._gone:
            _fail(future, self._gone)
        return future

    def end(self, why: NoExecutorError) -> None:
        """Fail all pending and future requests."""
        self._gone = self._gone or why
        with suppress(Exception):  # the cluster is gone anyway
            self.client.close()
        for future in self._futures:
            _fail(future, self._gone)

    def share(self, bundle: FileBundle, attempt: int) -> Any:  # noqa: ANN401 -- as above
        """Return the stand-in for the bundle on the cluster; after a loss, the bundle itself."""
        try:
            if not (self._gone or attempt):
                return self._scattered(bundle)
            self._check()
        except NoExecutorError as e:
            self._gone = self._gone or e
            raise self._gone from None
        return bundle

    def _check(self) -> None:
        """Raise if the cluster is gone."""
        if self._gone:
            raise self._gone
        if self.client.status != "running":
            raise _silent(self.address)

    def _scattered(self, bundle: FileBundle) -> Any:  # noqa: ANN401 -- as above
        tries = 1
        while True:
            try:
                return self.client.scatter([bundle], hash=False, timeout=_COMING)[0]
            except Exception as e:  # a worker has died meanwhile, or the scheduler: Dask raises various exceptions
                self._check()
                if isinstance(e, TimeoutError):
                    raise _no_workers(self.address) from None
                if tries == _TRIES:
                    raise
            tries += 1


def _silent(address: str) -> NoExecutorError:
    why = f"the Dask scheduler at {address} no longer answers"
    return NoExecutorError(why, "see what it says; what has run is kept, so build again")


async def _pass_on(asked: Any, future: Future[Any]) -> None:  # noqa: ANN401 -- a future of Dask's, as above
    """Pass on the outcome of a task; Dask's own executor does not if it is cancelled while its result arrives."""
    try:
        result = await asked
    except Exception as e:
        on_its_way = isinstance(e, OSError) and asked.status != "error"  # the task had none: its result got lost
        _fail(future, CancelledError() if on_its_way else e)
    except BaseException:  # the loop ends, since the client has been closed
        _fail(future, CancelledError())
        raise
    else:
        with suppress(InvalidStateError):  # already ended
            future.set_result(result)


def _fail(future: Future[Any], why: Exception) -> None:
    with suppress(InvalidStateError):  # it is done
        future.set_exception(why)
