"""What makes a recorded output stale, case by case, each run for real: `tests/fixtures/traces.md`.

A case is a course whose one example `m.shown()` is run and recorded. Then it is changed in one thing, and planned anew.
Expected is `again` where that gives another output, and `same` where it does not; a second run tells whether that is
so. What is `known` to be otherwise has a line that begins so.

Paths are of the examples package, those that begin with `/` of the course; `$NAME` is a variable of the environment.
`=== path` is what is there at first, `--- path` what is there later, each `(gone)` where nothing is, `-> target` where
a link is; `~~~ path` has lines `old => new`.
"""

import json
import os
import re
import shutil
import sqlite3
from pathlib import Path

import pytest
from markdown_it.utils import read_fixture_file

from kejian.core.diagnostics import Span
from kejian.core.disk.files import Folder
from kejian.core.model import Example
from kejian.examples import jobs
from kejian.examples.keys import distributions
from kejian.examples.keys.package import Package
from kejian.examples.record.record import RecordFolder
from kejian.examples.run import execute, grouping

pytestmark = pytest.mark.slow

CASES = read_fixture_file(Path(__file__).parents[3] / "fixtures" / "traces.md")
PACKAGE = "demo_examples"
FILE = re.compile(r"(?ms)^(===|---|~~~) (\S+)(?: -> (\S+)| (\(gone\)))?\n(.*?)(?=^(?:===|---|~~~) |\Z)")
TODAY = "2026-11-24"
ORACLE = "KEJIAN_SOAK" in os.environ
"""Whether each case runs once more, to see that it is one; else some of them do."""


class Course:
    """A course of which one example is run, recorded and planned anew."""

    def __init__(self, root, environment):
        self.root, self.environment = root, environment
        self.record = RecordFolder(root / "slides" / "outputs")

    def path(self, name):
        return self.root / (name[1:] if name.startswith("/") else f"{PACKAGE}/{name}")

    def change(self, name, target, gone, text):
        if name.startswith("$"):
            self.environment.delenv(name[1:], raising=False) if gone else self.environment.setenv(name[1:], text[:-1])
            return
        path = self.path(name)
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        if gone:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        if target:
            path.symlink_to(target)
        elif path.suffix == ".npy":
            import numpy as np

            np.save(path, np.array(json.loads(text)))
        elif path.suffix == ".db":
            with sqlite3.connect(path) as connection:
                connection.executescript(text)
            connection.close()
        else:
            path.write_text(text, "utf-8")

    def edit(self, name, text):
        path = self.path(name)
        found = path.read_text("utf-8")
        for line in text.splitlines():
            old, new = line.split(" => ")
            assert old in found, line
            found = found.replace(old, new)
        path.write_text(found, "utf-8")

    def planned(self, *examples):
        package = Package.read(Folder(self.root), PACKAGE)
        return [*jobs.plan(examples or [example()], package, self.record)]

    def run(self, *todo):
        """What the jobs show, by their names; nothing where one fails."""
        marks = not todo[0].package.reads_bytecode
        code = todo[0].package.paths
        cache = self.root.parent / "cache"
        around = grouping.RunContext(
            root=self.root, code=code, cache=cache, today=TODAY, progress=lambda words: None, marks=marks
        )
        return {ran.job.name: ran for ran in execute.run(todo, around)}

    def recorded(self, *todo):
        """The same, written into the record."""
        found = self.run(*todo)
        for ran in found.values():
            assert ran.fresh is not None, ran.diagnostics
            self.record.write(ran.fresh)
        return {name: shown(ran) for name, ran in found.items()}


def example(call="m.shown()", **settings):
    return Example(call=call, span=Span("slides/a.md", 1), **settings)


def shown(ran):
    return None if ran.fresh is None else [(one.kind, one.data) for one in ran.fresh.outputs]


def is_fresh(planned):
    return isinstance(planned, jobs.Job) and planned.fresh


@pytest.fixture
def course(tmp_path, monkeypatch):
    root = tmp_path / "course"
    found = Course(root, monkeypatch)
    for name in ("/slides/a.md", "/data/kept.txt", "__init__.py"):
        found.change(name, "", "", "")
    return found


@pytest.mark.parametrize("line, title, text, expected", CASES, ids=[case[1] for case in CASES])
def test_case(line, title, text, expected, course):
    files = FILE.findall(text)
    assert "".join(files[0][:1]) == "===", title
    for mark, *file in files:
        if mark == "===":
            course.change(*file)
    (job,) = course.planned()
    (before,) = course.recorded(job).values()
    (job,) = course.planned()
    assert job.fresh, (title, job.why)
    for mark, name, *rest in files:
        if mark == "~~~":
            course.edit(name, rest[-1])
        elif mark == "---":
            course.change(name, *rest)
    (job,) = course.planned()
    verdict, *why = expected.splitlines()
    found = "same" if is_fresh(job) else "again"
    assert found == verdict, f"tests/fixtures/traces.md:{line}: {title}: {before}; {job.why}"
    if ORACLE or line % 4 == 0:
        after = shown(*course.run(job).values()) if isinstance(job, jobs.Job) else None
        known = any(words.startswith("known: ") for words in why)
        assert (after != before) == ((verdict == "again") != known), f"{title}: the case is none: {before} → {after}"


VALUES = """
SHARED = [3, 1, 2]


def first():
    return SHARED[0]


def least():
    SHARED.sort()
    return SHARED[0]


def last():
    return SHARED.pop()
"""


def test_each_value_in_prose_runs_in_a_process_of_its_own(course):
    course.change("m.py", "", "", VALUES)
    values = [example(f"m.{name}()", format="") for name in ("least", "first", "last")]
    together = course.run(*course.planned(*values))
    for one in course.planned(*values):
        (alone,) = course.run(one).values()
        assert shown(alone) == shown(together[one.name])
        assert alone.fresh.key == together[one.name].fresh.key
        course.record.write(alone.fresh)
    assert [one.fresh for one in course.planned(*values)] == [True] * 3
    course.edit("m.py", "SHARED.pop() => SHARED.pop(0)")
    assert [one.fresh for one in course.planned(*values)] == [True, True, False]


@pytest.mark.parametrize("text", ["import iniconfig", "iniconfig = __import__('ini' + 'config')"])
def test_another_version_of_a_package_counts(course, text, monkeypatch):
    course.change("m.py", "", "", f"def shown():\n    {text}\n    return len(iniconfig.__name__)\n")
    course.recorded(*course.planned())
    assert course.planned()[0].fresh
    known = distributions.installed
    monkeypatch.setattr(distributions, "installed", lambda name: "9.9" if name == "iniconfig" else known(name))
    (job,) = course.planned()
    assert (job.fresh, [words for words in job.why if "iniconfig" in words]) == (False, job.why)
