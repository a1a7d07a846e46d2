"""What examples can run on: child processes of this machine, any `concurrent.futures` executor, a Dask cluster."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

from kejian.cores import cores
from kejian.running import dask_cluster
from kejian.running.places import Elsewhere, Here, NoExecutorError, Opener, Place

EACH = 5 << 29
"""Bytes that a running example is reckoned with: the largest of ours takes 2 GiB."""

_DASK = r"dask://((?:\[[0-9a-fA-F:.]+\]|[^\s/:\[\]]+):[0-9]{1,5})/?"


@contextmanager
def local() -> Iterator[Place]:
    """This machine: as many children at once as cores and memory allow."""
    with ThreadPoolExecutor(_at_once()) as threads:
        yield Here(threads)


def on(executor: Executor) -> Opener:
    """An executor that is somebody else's to shut down. Each task carries its files, large ones too."""

    @contextmanager
    def opened() -> Iterator[Place]:
        yield Elsewhere(executor)

    return opened


def named(word: str) -> Opener:
    """The place that a word of the command line means: `local`, or `dask://HOST:PORT`; raises `NoExecutorError`."""
    if word == "local":
        return local
    if found := re.fullmatch(_DASK, word):
        return partial(dask_cluster.cluster, found[1])
    raise NoExecutorError(f"there is no executor {word!r}", "type local, or dask://HOST:PORT")


def _at_once() -> int:
    import psutil  # imported where something runs

    return max(1, min(cores(), psutil.virtual_memory().available // EACH))
