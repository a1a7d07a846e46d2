"""Examples on a Dask cluster that is there already: https://distributed.dask.org, the optional extra `kejian[dask]`.

Dask itself sends a task to another worker when one dies. Files are scattered: a worker gets each once, from here or
from another worker, as long as there are tasks that need it. A worker that dies may take the only copy along, which
cancels the tasks that need it; they are submitted again, with new copies.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from kejian.running.places import Elsewhere, NoExecutorError, Place
from kejian.running.tasks import Parcel

if TYPE_CHECKING:
    from distributed import Client

_SECONDS = 10
"""How long the scheduler may take to answer, and its first worker to be there."""

_TRIES = 5
"""How often a parcel is scattered; each time a worker may die."""


@contextmanager
def cluster(address: str) -> Iterator[Place]:
    """The cluster whose scheduler is at `HOST:PORT`; raises `NoExecutorError` where there is none to work with."""
    try:
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
    with client:
        _wait_for_a_worker(client, address)
        yield Elsewhere(client.get_executor(pure=False), partial(_scattered, client), _there)


def _wait_for_a_worker(client: Client, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=_SECONDS)
    except TimeoutError:
        why = f"the Dask cluster at {address} has no workers"
        raise NoExecutorError(why, f"start one: dask worker tcp://{address} --nthreads 1") from None


def _there(future: Any) -> bool:  # noqa: ANN401 -- a future of Dask's, which publishes no types
    return bool(future.status == "finished")


def _scattered(client: Client, parcel: Parcel) -> Any:  # noqa: ANN401 -- as above
    """The parcel on every worker; raises what Dask raises where workers die each time, or none comes within seconds."""
    for tries in range(_TRIES):
        try:
            (future,) = client.scatter([parcel], broadcast=True, hash=False)
        except (OSError, KeyError):  # a worker died meanwhile: its connection is closed, or the scheduler forgot it
            if tries == _TRIES - 1:
                raise
        else:
            break
    return future
