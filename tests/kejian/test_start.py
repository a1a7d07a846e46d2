"""`new`: a course that builds and checks at once."""

import subprocess
import sys
from pathlib import Path

import pytest

from kejian.check import check
from kejian.cli import main
from kejian.pipeline import build
from kejian.report import Options
from kejian.start import Taken, create


@pytest.fixture
def course(tmp_path):
    create(tmp_path / "我的课")
    return tmp_path / "我的课"


def test_a_new_course_builds_and_checks_without_a_finding(course):
    report = build(Options(course, course / "site", today="2026-11-24"))
    assert (report.diagnostics, report.decks, report.slides, report.ran) == ((), 1, 2, 2)
    assert "我的课" in (course / "site" / "slides" / "first.html").read_text("utf-8")
    checked = check(course, lambda words: None, "2026-11-24")
    assert (checked.diagnostics, checked.examples) == ((), 2)


def test_its_example_is_tested(course):
    subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"], cwd=course, check=True)


def test_it_has_what_git_and_ci_need(course):
    workflow = (course / ".github" / "workflows" / "course.yml").read_text("utf-8")
    assert "kejian check" in workflow
    assert "{version}" not in workflow
    assert "site/" in (course / ".gitignore").read_text("utf-8")
    assert '"problemMatcher"' in (course / ".vscode" / "tasks.json").read_text("utf-8")


def test_what_is_there_is_never_overwritten(tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(Taken):
        create(tmp_path)
    assert main(["new", str(tmp_path)]) == 1
    assert "holds something already" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_empty_folder_will_do(tmp_path):
    (tmp_path / "empty").mkdir()
    assert "kejian.toml" in create(tmp_path / "empty")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["empty"]


def test_the_command_says_what_to_type_next(tmp_path, capsys):
    assert main(["new", str(tmp_path / "c")]) == 0
    assert "make site" in capsys.readouterr().err
    assert (tmp_path / "c" / "slides" / "first.md").is_file()


def test_the_files_are_read_from_the_templates():
    assert Path(__file__).parents[2].joinpath("templates", "new", "slides", "first.md").is_file()
