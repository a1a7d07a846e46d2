"""The environment of examples, the same for every user: pinned variables, and those that a course sets."""

from __future__ import annotations

import os
from dataclasses import dataclass

from kejian.core.disk.store import digest

SEED = 20_261_124
RUNNER = "2"
"""Part of every key: raise it when what a run captures changes."""

PINNED = {
    "COLUMNS": "200",
    "CUDA_VISIBLE_DEVICES": "-1",
    "KERAS_BACKEND": "tensorflow",
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "MPLBACKEND": "Agg",
    "OMP_NUM_THREADS": "1",
    "ONEDNN_MAX_CPU_ISA": "AVX2",  # wider instructions add in another order, and not every machine has them
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
    "SOURCE_DATE_EPOCH": "0",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_DETERMINISTIC_OPS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TZ": "UTC",
}
"""Part of every key."""
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "TF_NUM_INTEROP_THREADS", "TF_NUM_INTRAOP_THREADS")
_GPU = "CUDA_VISIBLE_DEVICES"


@dataclass(frozen=True, slots=True)
class ExampleEnvironment:
    """The environment of a course's examples.

    threads: for numerical packages. gpu: whether graphics processors are visible. names: additional variables, or other
        values for pinned ones.
    """

    threads: int = 1
    gpu: bool = False
    names: tuple[tuple[str, str], ...] = ()

    def environment(self) -> dict[str, str]:
        """Return the variables that are part of the key, the same on every machine."""
        threads = dict.fromkeys(_THREADS, str(self.threads))
        pinned = {name: value for name, value in PINNED.items() if not (self.gpu and name == _GPU)}
        return pinned | threads | dict(self.names)

    def passed(self) -> dict[str, str]:
        """Return the variables of this machine: which graphics processors there are."""
        return {_GPU: os.environ[_GPU]} if self.gpu and _GPU in os.environ else {}

    def settings(self) -> dict[str, str]:
        """Return the settings in each key; those that differ from the defaults are listed separately, to be named as a
        cause.
        """
        words = (word for pair in sorted(self.environment().items()) for word in pair)
        found = {"environment": digest(*words)[:12], "runner": RUNNER, "seed": str(SEED)}
        if self.threads != 1:
            found["threads"] = str(self.threads)
        if self.gpu:
            found["gpu"] = "true"
        return found | {f"environment {name}": digest(value)[:12] for name, value in self.names}


PLAIN = ExampleEnvironment()
"""What examples find where a course says nothing."""
