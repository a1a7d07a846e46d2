"""Programs of this machine, and not those of a stranger's folder."""

import os

import pytest

from kejian.core import programs


def program(folder, name="dot"):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("#!/bin/sh\n")
    (folder / name).chmod(0o755)
    return folder / name


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course that brings programs along, in which the command is typed."""
    for folder in ("", "bin", ".venv/bin"):
        program(tmp_path / "course" / folder)
    monkeypatch.chdir(tmp_path / "course")
    return tmp_path / "course"


@pytest.mark.parametrize("entry", ["", ".", "./", "bin", "../course/bin", ".venv/bin"])
def test_an_entry_that_is_relative_means_the_folder_we_are_in_and_is_left_out(course, monkeypatch, entry):
    monkeypatch.setenv("PATH", entry + os.pathsep + str(course.parent / "nowhere"))
    assert programs.find("dot") == ""
    assert programs.search_path() == str(course.parent / "nowhere")


@pytest.mark.parametrize("entry", ["{}/bin", "{}", "{}/bin/../bin", "{}/../course/bin", "{}/../link/bin"])
def test_an_entry_in_a_strange_folder_is_left_out_however_it_is_written(course, monkeypatch, entry):
    (course.parent / "link").symlink_to(course)
    monkeypatch.setenv("PATH", entry.format(course))
    assert programs.find("dot", course) == ""
    assert programs.find("dot", course.parent / "link") == ""
    assert programs.search_path(course) == ""
    assert programs.find("dot"), "it would be found in a folder that is trusted"


def test_a_link_to_a_program_in_a_strange_folder_is_passed_over(course, monkeypatch):
    own = program(course.parent / "own")
    (course.parent / "links").mkdir()
    (course.parent / "links" / "dot").symlink_to(course / "bin" / "dot")
    monkeypatch.setenv("PATH", os.pathsep.join([str(course.parent / "links"), str(own.parent)]))
    assert programs.find("dot", course) == str(own)


def test_a_strange_folder_s_neighbour_is_not_strange(course, monkeypatch):
    own = program(course.parent / "course-tools")
    monkeypatch.setenv("PATH", str(own.parent))
    assert programs.find("dot", course) == str(own)
