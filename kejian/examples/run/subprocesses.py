"""Child processes that run examples: their environment, their limits, and what happens when one exceeds them."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache as once
from pathlib import Path
from typing import Any

from kejian.core.disk import questions
from kejian.core.disk.scratch import temporary
from kejian.core.toolchain import ToolchainError, locate
from kejian.examples import answers
from kejian.examples.answers import Answer, Limits
from kejian.examples.environment import SEED

CHILD = Path(__file__).parents[1] / "child" / "child.py"

FONT = "@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-400-normal.woff2"

Stopped = Callable[[], bool]
"""Whether the wait for an answer was cancelled."""


def never() -> bool:
    """Default `stopped`: never cancelled."""
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildCall:
    """A call of a function of the examples package; `path` are keys applied to its result.

    form: of the value, "" for the richest.
    code: instead of a function, texts to execute in one namespace, each with its course path and first line.
    """

    module: str = ""
    name: str = ""
    positional: tuple[Any, ...] = ()
    keywords: Mapping[str, Any] = field(default_factory=dict)
    path: tuple[Any, ...] = ()
    format: str | None = None
    form: str = ""
    code: tuple[tuple[str, int, str], ...] = ()


def run(
    root: Path,
    calls: Sequence[ChildCall],
    packages: Sequence[str],
    cache: Path,
    limits: Limits,
    stopped: Stopped = never,
    *,
    marks: bool = True,
) -> list[Answer]:
    """Run all `calls` in one child with the course in `root`; if it exceeds a limit, all calls fail.

    cache: where matplotlib caches fonts, and examples what they share, such as a network trained once.
    marks: record which functions run, which changes their bytecode.
    """
    with temporary() as out:
        request = {
            "root": os.path.realpath(root),
            "parent": os.getpid(),
            "out": str(out),
            "cache": str(cache),
            "seed": SEED,
            "most": limits.text,
            "packages": list(packages),
            "font": _font(),
            "pinned": list(limits.around.environment()),
            "marks": marks,
            "calls": [_plain(call) for call in calls],
        }
        (out / "request.json").write_text(json.dumps(request), "utf-8")
        failure = _watched(out, cache, limits, stopped)
        return answers.read(out, len(calls), limits) if failure is None else [failure for _ in calls]


@once
def _font() -> str:
    """Return the slides' font, for letters that no font of a figure has; "" if it is not installed."""
    try:
        file = locate().module(FONT)
    except ToolchainError:  # a machine that only runs examples
        return ""
    return str(file) if file.is_file() else ""


def _plain(call: ChildCall) -> dict[str, Any]:
    return {
        "module": call.module,
        "name": call.name,
        "positional": call.positional,
        "keywords": dict(call.keywords),
        "path": call.path,
        "format": call.format,
        "form": call.form,
        "code": call.code,
    }


def _watched(out: Path, cache: Path, limits: Limits, stopped: Stopped) -> Answer | None:
    """Start the child and wait for it; return the failure if it ends without an answer.

    It is a session of its own, so that Ctrl-C ends the build, which ends the child and all that the child has started.
    """
    from kejian.examples.run import supervise  # imported where something runs: most builds run nothing

    for name in ("matplotlib", "keras"):
        (cache / name).mkdir(parents=True, exist_ok=True)
    environment = questions.variables() | limits.around.passed() | limits.around.environment()
    environment |= {"TMPDIR": str(out), "MPLCONFIGDIR": str(cache / "matplotlib")}
    environment["KERAS_HOME"] = str(cache / "keras")
    command = [sys.executable, "-X", "utf8", str(CHILD), str(out / "request.json")]
    ended = supervise.run(command, environment, out, limits.seconds, limits.memory, stopped)
    if ended.reason:
        return answers.failure("Stopped", ended.reason, limits)
    if ended.status == 0 and os.path.lexists(out / answers.FILE):
        return None
    said = ended.said.decode("utf-8", "replace").strip().splitlines()[-3:]
    message = f"the process ended with status {ended.status}, and without an answer"
    return answers.failure("Killed", message + "".join(f"\n  {line[-300:]}" for line in said), limits)
