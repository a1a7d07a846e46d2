"""Child processes that run examples: their environment, their limits, and what becomes of one that breaks them."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kejian.abandoned import temporary

CHILD = Path(__file__).parents[1] / "worker" / "child.py"
MEMORY = 4 << 30
"""Resident bytes that a child and its children may take together."""
SECONDS = 300.0
SEED = 20_261_124
PINNED = {
    "COLUMNS": "200",
    "CUDA_VISIBLE_DEVICES": "-1",
    "KERAS_BACKEND": "tensorflow",
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "MPLBACKEND": "Agg",
    "OMP_NUM_THREADS": "1",
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
"""What examples find in their environment, whoever runs them; part of every key."""
_PASSED = ("HOME", "PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")


Stopped = Callable[[], bool]
"""Whether nobody waits for an answer any more."""


def never() -> bool:
    """Somebody waits to the end."""
    return False


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the examples package and what it is given; `path` are keys taken of its value.

    code: instead of a function texts to execute in one namespace, each with its course path and first line.
    """

    module: str = ""
    name: str = ""
    positional: tuple[Any, ...] = ()
    keywords: Mapping[str, Any] = field(default_factory=dict)
    path: tuple[Any, ...] = ()
    format: str | None = None
    code: tuple[tuple[str, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call printed, returned and drew, or why there is nothing: `error` as child.py describes it.

    pictures: `(suffix, content, PNG twin)`. reads: absolute paths of files that were read.
    """

    printed: str = ""
    value: str | None = None
    pictures: tuple[tuple[str, bytes, bytes], ...] = ()
    error: Mapping[str, Any] | None = None
    seconds: float = 0.0
    reads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds and resident bytes that a child may take."""

    seconds: float = SECONDS
    memory: int = MEMORY


def run(
    root: Path,
    calls: Sequence[Call],
    packages: Sequence[str],
    cache: Path,
    limits: Limits,
    stopped: Stopped = never,
) -> list[Answer]:
    """Answer all `calls` in one child that finds the course in `root`; one that breaks a limit answers for all.

    cache: where matplotlib keeps its fonts, and examples what they share, such as a network trained once.
    """
    with temporary() as out:
        request = {
            "root": os.path.realpath(root),
            "parent": os.getpid(),
            "out": str(out),
            "seed": SEED,
            "packages": list(packages),
            "calls": [_plain(call) for call in calls],
        }
        (out / "request.json").write_text(json.dumps(request), "utf-8")
        failure = _watched(out, cache, limits, stopped)
        if (out / "answer.json").is_file():
            return [_answer(one, out) for one in json.loads((out / "answer.json").read_text("utf-8"))]
    return [Answer(error=failure, seconds=limits.seconds) for _ in calls]


def _plain(call: Call) -> dict[str, Any]:
    return {
        "module": call.module,
        "name": call.name,
        "positional": call.positional,
        "keywords": dict(call.keywords),
        "path": call.path,
        "format": call.format,
        "code": call.code,
    }


def _watched(out: Path, cache: Path, limits: Limits, stopped: Stopped) -> Mapping[str, Any]:
    """Start the child and wait for it; what went wrong, should it leave without an answer.

    It is a session of its own, so that Ctrl-C ends the build, which ends the child and all that the child has started.
    """
    from kejian.running import watched  # imported where something runs: most builds run nothing

    for name in ("matplotlib", "keras"):
        (cache / name).mkdir(parents=True, exist_ok=True)
    environment = {key: os.environ[key] for key in _PASSED if key in os.environ}
    environment |= PINNED | {"TMPDIR": str(out), "MPLCONFIGDIR": str(cache / "matplotlib")}
    environment["KERAS_HOME"] = str(cache / "keras")
    environment |= {key: value for key, value in os.environ.items() if key.startswith("KEJIAN_EXAMPLES_")}
    command = [sys.executable, "-X", "utf8", str(CHILD), str(out / "request.json")]
    errors = out / "stderr"
    reason, status = watched.run(command, environment, errors, limits.seconds, limits.memory, stopped)
    if reason:
        return {"type": "Stopped", "types": ["Stopped"], "message": reason, "trace": ""}
    said = errors.read_text("utf-8", "replace").strip().splitlines()[-3:]
    message = f"the process ended with status {status}" + ("".join(f"\n  {line}" for line in said))
    return {"type": "Killed", "types": ["Killed"], "message": message, "trace": ""}


def _answer(one: Mapping[str, Any], out: Path) -> Answer:
    pictures = tuple(
        (Path(p["file"]).suffix[1:], Path(p["file"]).read_bytes(), Path(p["twin"]).read_bytes() if p["twin"] else b"")
        for p in one["pictures"]
    )
    reads = tuple(path for path in one["reads"] if not Path(path).is_relative_to(out))
    return Answer(one["printed"], one["value"], pictures, one["error"], one["seconds"], reads)
