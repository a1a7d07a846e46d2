"""Which changes to the lowest modules no test notices: each is made in turn, and the module's own tests run.

    python tests/mutants.py PYTHON [MODULE ...]

This Python has cosmic-ray, PYTHON what the tests need; `make mutants` sees to both. The work is done in a copy of the
project. Prints each module's score and the changes that survived; fails on one that tests/mutants.md does not explain.
"""

# ruff: noqa: T201 -- it prints a table

import ast
import compileall
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import TestOutcome, WorkerOutcome, WorkItem, WorkResult

ROOT = Path(__file__).parents[1]
CHILDREN = "tests/kejian/examples/run/test_subprocesses.py"
TESTS = {  # modules of the lowest room and what confines children, each with the tests that are its own
    "core/diagnostics": "tests/kejian/core/test_diagnostics.py tests/kejian/core/test_model.py",
    "core/attributes": "tests/kejian/core/test_attributes.py tests/kejian/core/test_model.py",
    "core/messages": "tests/kejian/core/test_messages.py",
    "core/source_lines": "tests/kejian/core/test_source_lines.py",
    "core/model": "tests/kejian/core/test_model.py",
    "core/disk/file_cache": "tests/kejian/core/disk/test_file_cache.py",
    "core/disk/files": "tests/kejian/core/disk/test_files.py",
    "core/disk/store": "tests/kejian/core/disk/test_store.py",
    "core/disk/scratch": "tests/kejian/core/disk/test_scratch.py",
    "core/disk/locks": "tests/kejian/core/disk/test_locks.py",
    "core/cores": "tests/kejian/core/test_cores.py",
    "pipeline/up_to_date": "tests/kejian/pipeline/test_up_to_date.py",
    "examples/run/child/kejian_bounds": f"tests/kejian/examples/child/test_kejian_bounds.py {CHILDREN}",
    "examples/run/child/child": f"tests/kejian/examples/child/test_child.py {CHILDREN} -m 'slow or not slow'",
}
EXPLAINED = (ROOT / "tests" / "mutants.md").read_text("utf-8").replace("\\|", "|")  # as a cell of a table has it
ELSEWHERE = (
    "site",
    "pdf",
    "weights",
    ".kejian",
    ".git",
    ".venv",
    ".hypothesis",
    "*_cache",
    "__pycache__",
    ".coverage*",
)
PATIENCE = 8.0
"""Times what the tests take on the module as it is: after so long they have noticed a change by never ending."""
PYTEST = "-m pytest -q -x -p no:cacheprovider -p _hypothesis_pytestplugin"
os.environ |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONDONTWRITEBYTECODE": "1"}  # what is not needed costs most


def annotations(source: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Where types are written: nothing reads them when the code runs, so no test can tell."""
    for node in ast.walk(ast.parse(source)):
        kinds = [getattr(node, name, None) for name in ("annotation", "returns")]
        for kind in kinds:
            if isinstance(kind, ast.expr):
                yield (kind.lineno, kind.col_offset), (kind.end_lineno, kind.end_col_offset)


def untouched(source: str, item: WorkItem) -> bool:
    """Whether a change is not tried: within a type, or to what ends processes, where it might end all of them."""
    start = item.mutations[0].start_pos
    inside = any(first <= tuple(start) < last for first, last in annotations(source))
    return inside or "os.killpg(" in source.splitlines()[start[0] - 1]


def survivors(copy: Path, module: str, tests: str, python: str) -> tuple[int, list[str]]:
    """How many changes were tried on a module, and the lines, as they were changed, that no test noticed."""
    source = (copy / "kejian" / f"{module}.py").read_text("utf-8")
    config, session = copy / "mutants.toml", copy / f"{module.replace('/', '.')}.sqlite"
    command = f"{python} {PYTEST} {tests}"
    start = time.monotonic()
    subprocess.run(shlex.split(command), cwd=copy, check=True, stdout=sys.stderr)
    settings = {"module-path": f"kejian/{module}.py", "test-command": command, "excluded-modules": []}
    settings["timeout"] = PATIENCE * (time.monotonic() - start)
    lines = [f"{key} = {json.dumps(value)}" for key, value in settings.items()]
    config.write_text("\n".join(["[cosmic-ray]", *lines, "[cosmic-ray.distributor]", 'name = "local"', ""]), "utf-8")
    subprocess.run([cosmic_ray(), "init", str(config), str(session)], cwd=copy, check=True)
    with use_db(str(session), WorkDB.Mode.open) as db:
        for item in db.pending_work_items:
            if untouched(source, item):
                db.set_result(item.job_id, WorkResult(worker_outcome=WorkerOutcome.SKIPPED))
    subprocess.run([cosmic_ray(), "exec", str(config), str(session)], cwd=copy, check=True)
    with use_db(str(session), WorkDB.Mode.open) as db:
        tried = [result for _, result in db.completed_work_items if ran(result)]
        return len(tried), sorted(changed(one) for one in tried if one.test_outcome is TestOutcome.SURVIVED)


def ran(result: WorkResult) -> bool:
    """Whether the tests ran on this change; it is skipped where there is a type, and nothing where it is no change."""
    return result.worker_outcome is WorkerOutcome.NORMAL


def cosmic_ray() -> str:
    """The command beside the Python that runs this."""
    return str(Path(sys.executable).with_name("cosmic-ray"))


def changed(result: WorkResult) -> str:
    """The lines that a change writes, in one; those that it takes away, after a minus, where it writes none."""
    lines = result.diff.splitlines()
    added = " ".join(line[1:].strip() for line in lines if line.startswith("+") and line[:3] != "+++")
    return added or " ".join(line for line in lines if line.startswith("-") and line[:3] != "---" and line != "-")


def main(python: str, *modules: str) -> int:
    """Mutate the modules, all by default; the number of survivors without an explanation."""
    unknown = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "kejian"
        shutil.copytree(ROOT, copy, symlinks=True, ignore=shutil.ignore_patterns(*ELSEWHERE))
        compileall.compile_dir(copy / "kejian", quiet=1)  # once, as from here on nothing is written
        for module in modules or TESTS:
            tried, alive = survivors(copy, module, TESTS[module], str(Path(python).absolute()))
            print(f"{module}: {tried - len(alive)} of {tried} changes noticed", flush=True)
            for line in alive:
                known = f"`{line}`" in EXPLAINED
                unknown += not known
                print(f"  {'explained' if known else 'SURVIVED '} {line}", flush=True)
    return unknown


if __name__ == "__main__":
    sys.exit(min(main(*sys.argv[1:]), 1))
