"""All attacks built once, in one process that tells what it opens."""

import json
import runpy
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

HERE = Path(__file__).parent
CORPUS = runpy.run_path(str(HERE / "corpus.py"))


class Course(NamedTuple):
    """Cases that were built as one. told: what `watched.py` says of it. written: the names in it before."""

    folder: Path
    told: dict
    written: set


class Attack(NamedTuple):
    """A case as it was built."""

    kind: str
    case: object
    course: Course

    @property
    def page(self):
        """The HTML of the deck's page; empty where nothing was published."""
        page = self.course.folder / "site" / "slides" / f"{self.case.name}.html"
        return page.read_text("utf-8") if page.is_file() else ""

    @property
    def codes(self):
        """The codes of what was found in the deck and in its files; in all of a course of its own."""
        files = {f"slides/{self.case.name}.md", *self.case.files}
        return {code for path, code, _, _ in self.course.told["found"] if self.kind == "courses" or path in files}


def groups():
    """The cases that are built together: those of a kind, or one that is a course of its own."""
    for kind in CORPUS["NAMES"]:
        found = CORPUS["cases"](kind)
        if kind == "courses":
            yield from ((f"{kind}: {case.title}", kind, [case]) for case in found)
        else:
            yield kind, kind, found


@pytest.fixture(scope="session")
def courses(tmp_path_factory):
    """Every course by its name."""
    root = tmp_path_factory.mktemp("attacks")
    names = {name: root / str(number) / "course" for number, (name, _, _) in enumerate(groups())}
    for name, _, cases in groups():
        CORPUS["write"](cases, names[name])
    written = [{path.name for path in folder.iterdir()} for folder in names.values()]
    command = [sys.executable, HERE / "watched.py", *names.values()]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=root)
    assert (done.returncode, done.stderr) == (0, "")
    told = map(json.loads, done.stdout.splitlines())
    return {name: Course(*one) for name, *one in zip(names, names.values(), told, written, strict=True)}


def pytest_generate_tests(metafunc):
    """A test of a `course_name` or of an `attack_name` runs for each."""
    if "course_name" in metafunc.fixturenames:
        metafunc.parametrize("course_name", [name for name, _, _ in groups()])
    if "attack_name" in metafunc.fixturenames:
        found = [(name, kind, case) for name, kind, cases in groups() for case in cases]
        metafunc.parametrize("attack_name", found, ids=[f"{kind}: {case.title}" for _, kind, case in found])


@pytest.fixture
def course(courses, course_name):
    """One course after another."""
    return courses[course_name]


@pytest.fixture
def attack(courses, attack_name):
    """One attack after another."""
    name, kind, case = attack_name
    return Attack(kind, case, courses[name])


@pytest.fixture(scope="session")
def corpus():
    """The corpus as `corpus.py` reads it."""
    return CORPUS
