"""Courses to harm."""

import pytest

from tests.conftest import SOAK, copied
from tests.faults.real_builds import FILES, built, write


@pytest.fixture
def course(tmp_path):
    """The course's folder: never built, without a record."""
    return write(tmp_path / "course", FILES)


@pytest.fixture(scope="session")
def built_course(tmp_path_factory):
    """A course that has been built; not to be changed."""
    root = write(tmp_path_factory.mktemp("built") / "course", FILES)
    built(root)
    return root


@pytest.fixture
def warm(built_course, tmp_path):
    """A course that has been built, with its cache and its site."""
    return copied(built_course, tmp_path / "course", symlinks=True)


@pytest.fixture(params=range(30 if SOAK else 1), ids=lambda number: f"turn {number}")
def turn(request):
    """One of the turns of a random fault."""
    return request.param
