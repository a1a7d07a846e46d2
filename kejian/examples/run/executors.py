"""The available executors: child processes of this machine, any `concurrent.futures` executor, a Dask cluster."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

from kejian.core.cores import cores
from kejian.core.disk.hidden import hide_environment
from kejian.examples.run import dask
from kejian.examples.run.backends import Backend, BackendFactory, LocalBackend, NoExecutorError, RemoteBackend

EACH = 5 << 29
"""Bytes that a running example is reckoned with: the largest of ours takes 2 GiB."""

_DASK = r"dask://((?:\[[0-9a-fA-F:.]+\]|[^\s/:\[\]]+):[0-9]{1,5})/?"


@contextmanager
def local() -> Iterator[Backend]:
    """Run on this machine: as many children at once as cores and memory allow."""
    hide_environment()
    with ThreadPoolExecutor(_at_once()) as threads:
        yield LocalBackend(threads)


def on(executor: Executor) -> BackendFactory:
    """Run on an executor that the caller shuts down. Each task carries its files, large ones too."""

    @contextmanager
    def opened() -> Iterator[Backend]:
        yield RemoteBackend(executor)

    return opened


def named(word: str) -> BackendFactory:
    """Return the executor that a command line argument names: `local`, or `dask://HOST:PORT`.
    Raises `NoExecutorError`.
    """
    if word == "local":
        return local
    if found := re.fullmatch(_DASK, word):
        return partial(dask.cluster, found[1])
    raise NoExecutorError(f"there is no executor {word!r}", "type local, or dask://HOST:PORT")


def _at_once() -> int:
    import psutil  # imported where something runs

    return max(1, min(cores(), psutil.virtual_memory().available // EACH))
