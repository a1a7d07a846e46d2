"""Commands for programs: the same results, as values."""

import subprocess
import sys

import pytest

import kejian


@pytest.fixture
def course(tmp_path):
    (tmp_path / "slides").mkdir()
    (tmp_path / "kejian.toml").write_text('language = "en"\neditions = ["teacher"]\n', "utf-8")
    (tmp_path / "slides/a.md").write_text("<!-- slide -->\n# One\n\n![x](no.png)\n", "utf-8")
    return tmp_path


def test_a_build_returns_its_report(course):
    report = kejian.build(course)
    assert (report.failed, report.slides, [one.code for one in report.diagnostics]) == (False, 1, ["missing-picture"])
    assert (course / "site/slides/a.html").is_file()


def test_options_are_those_of_the_command(course, tmp_path):
    assert kejian.build(str(course), strict=True).failed
    said = []
    assert not kejian.build(course, edition="teacher", progress=said.append).failed
    assert (course / "dist/teacher/slides/a.html").is_file()
    assert not kejian.build(course, tmp_path / "public", single_file=True).failed
    assert (tmp_path / "public/slides/a.single.html").is_file()


def test_parts_that_fail_are_published_with_a_box_if_asked(course):
    (course / "slides/a.md").write_text("<!-- slide -->\n# One\n\n$\\frac$\n", "utf-8")
    assert kejian.build(course, strict=True).published is False
    assert kejian.build(course, strict=True, keep_going=True, jobs=1).published is True


def test_names_that_no_deck_quotes_are_findings(course):
    assert [one.code for one in kejian.build(course, rerun=["nothing"]).diagnostics] == ["not-quoted"]
    assert [one.code for one in kejian.check(course, accept=["nothing"], jobs=1).diagnostics] == ["not-quoted"]


def test_what_is_returned_has_its_names_in_the_package(course):
    report, checked = kejian.build(course), kejian.check(course)
    assert (type(report), type(checked)) == (kejian.Report, kejian.ExamplesCheck)
    (found,) = report.diagnostics
    assert isinstance(found, kejian.Diagnostic)
    assert found.span == kejian.Span("slides/a.md", 4, 6)
    assert found.severity is kejian.Severity.WARNING


def test_all_names_of_the_package_are_there():
    assert [name for name in kejian.__all__ if not hasattr(kejian, name)] == []


def test_a_check_returns_what_it_has_found(course):
    checked = kejian.check(course)
    assert (checked.failed, checked.drifts, [one.code for one in checked.diagnostics]) == (
        False,
        (),
        ["missing-picture"],
    )
    assert kejian.check(course, strict=True).failed


def test_what_is_wrong_is_returned(tmp_path):
    assert [one.code for one in kejian.build(tmp_path / "none").diagnostics] == ["no-course"]
    assert [one.code for one in kejian.check(tmp_path / "none").diagnostics] == ["no-course"]


def test_importing_the_package_loads_no_more_than_before():
    code = "import kejian, sys; print(sorted(name for name in sys.modules if name.startswith('kejian')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['kejian']"


def test_an_unknown_name_is_none_of_the_package_s():
    with pytest.raises(AttributeError, match="no attribute 'built'"):
        _ = kejian.built
