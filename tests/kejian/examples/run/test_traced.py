"""The trace of a run as the record keeps it."""

import pytest

from kejian.examples.answers import Answer
from kejian.examples.keys.trace import Trace
from kejian.examples.run.traced import traced


@pytest.fixture
def noted(tmp_path):
    """What the record keeps of what a run has noted."""

    def kept(reads=(), named=(), **what):
        return traced(Answer(reads=tuple(map(str, reads)), trace=Trace(**what)), tmp_path, named)

    return kept


def test_packages_are_what_the_course_imports_and_what_that_requires(noted):
    found = noted(packages=("iniconfig", "markdown_it", "mdurl"), tested=("iniconfig", "markdown_it", "iniconfig.py"))
    assert found.packages == ("iniconfig", "markdown_it", "mdurl")
    assert found.optional == ()


def test_a_package_that_the_code_names_is_its_own_although_it_was_loaded_before(noted):
    found = noted(packages=("iniconfig", "mdurl"), named=("iniconfig", "numpy"))
    assert (found.packages, [name for name, _ in found.optional]) == (("iniconfig",), ["mdurl"])


def test_a_package_that_nothing_requires_merely_was_there(noted):
    found = noted(packages=("iniconfig", "markdown_it"), tested=("markdown_it",))
    assert found.packages == ("markdown_it",)
    ((name, version),) = found.optional
    assert (name, version[0].isdigit()) == ("iniconfig", True)


def test_files_are_of_the_course_or_from_outside(noted, tmp_path):
    elsewhere = tmp_path.parent / "y.csv"
    elsewhere.touch()
    found = noted(reads=(tmp_path / "data" / "x.csv", elsewhere, tmp_path.parent / "gone.csv"))
    assert (found.reads, found.outside) == (("data/x.csv",), ("y.csv",))


def test_what_a_build_itself_keeps_is_not_noted(noted):
    found = noted(tested=(".kejian/fonts.json", "a.csv"), listed=(".kejian",), texts=(".kejian/a.py",))
    assert (found.tested, found.listed, found.texts) == (("a.csv",), (), ())
