"""Examples on a Dask cluster that is there already: https://distributed.dask.org, the optional extra `kejian[dask]`.

Dask itself sends a task to another worker when one dies. Files are scattered: a worker gets each once, from here or
from another worker, as long as there are tasks that need it. A worker that dies may take the only copy along, which
cancels the tasks that need it; they are submitted again and then bring their files themselves. (Scattering again would
not do: a worker that dies during it leaves a copy behind that is "finished" here and unknown to the scheduler.)
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from kejian.running.places import Elsewhere, NoExecutorError, Place
from kejian.running.tasks import Parcel

if TYPE_CHECKING:
    from distributed import Client

_SECONDS = 10
"""How long the scheduler may take to answer."""
_COMING = 30
"""How long, in seconds, the first worker may take to be there, and another one where all have died."""
_TRIES = 5
"""How often a parcel is scattered; each time a worker may die."""


@contextmanager
def cluster(address: str) -> Iterator[Place]:
    """The cluster whose scheduler is at `HOST:PORT`; raises `NoExecutorError` where there is none to work with."""
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
    # Dask warns of large arguments; the files of a task that got lost are meant to be large
    with client, dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 TB"}):
        _wait_for_a_worker(client, address)
        scattering = _Scattering(client, address)
        with _watched(scattering):
            yield Elsewhere(client.get_executor(pure=False), scattering, _there)


@contextmanager
def _watched(scattering: _Scattering) -> Iterator[None]:
    """Let nobody wait for a cluster on which no worker is left: Dask itself would wait for another one for ever."""
    ended = Event()

    def watch() -> None:
        alone = 0
        while alone < _COMING and not ended.wait(1):
            with suppress(Exception):  # a scheduler that does not answer is noticed by whoever asks it for something
                alone = 0 if scattering.client.nthreads() else alone + 1
        if not ended.is_set():
            scattering.gone = _no_workers(scattering.address)
            scattering.client.close()  # which cancels what is waited for

    thread = Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _wait_for_a_worker(client: Client, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=_COMING)
    except TimeoutError:
        raise _no_workers(address) from None


def _no_workers(address: str) -> NoExecutorError:
    why = f"the Dask cluster at {address} has no workers"
    return NoExecutorError(why, f"start one: dask worker tcp://{address} --nthreads 1")


def _there(future: Any) -> bool:  # noqa: ANN401 -- a future of Dask's, which publishes no types
    return bool(future.status == "finished")


@dataclass(slots=True)
class _Scattering:
    """Gives every worker a parcel; one that got lost stands for itself. Once the cluster is gone, all are told so."""

    client: Client
    address: str
    gone: NoExecutorError | None = None

    def __call__(self, parcel: Parcel, losses: int) -> Any:  # noqa: ANN401 -- as above
        if self.gone is None:
            try:
                return self._itself(parcel) if losses else self._scattered(parcel)
            except NoExecutorError as e:
                self.gone = self.gone or e
        raise self.gone

    def _itself(self, parcel: Parcel) -> Parcel:
        if self.client.status != "running":
            why = f"the Dask scheduler at {self.address} no longer answers"
            raise NoExecutorError(why, "see what it says; what has run is kept, so build again")
        return parcel

    def _scattered(self, parcel: Parcel) -> Any:  # noqa: ANN401 -- as above
        tries = 1
        while True:
            try:
                return self.client.scatter([parcel], broadcast=True, hash=False, timeout=_COMING)[0]
            except Exception as e:  # a worker has died meanwhile, or the scheduler: Dask raises what it stumbles over
                self._itself(parcel)
                if isinstance(e, TimeoutError):
                    raise _no_workers(self.address) from None
                if tries == _TRIES:
                    raise
            tries += 1
