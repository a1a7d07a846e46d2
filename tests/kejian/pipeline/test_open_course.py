"""Opening a course: what every command finds out first."""

import pytest

from kejian.parse.lines.editions import EVERY
from kejian.pipeline.build import Options, build
from kejian.pipeline.open_course import OpenCourse, open_course

DECK = "<!-- slide -->\n# Le noyau\n\nLa somme est dans la sortie, et le reste est pour nous.\n"


@pytest.fixture
def course(tmp_path):
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides/a.md").write_text(DECK, "utf-8")
    return tmp_path


def codes(found):
    return [one.code for one in found]


def test_a_course_is_its_decks_its_settings_and_its_package(course):
    (course / "my_examples").mkdir()
    (course / "my_examples/__init__.py").touch()
    found = open_course(course)
    assert isinstance(found, OpenCourse)
    assert (found.paths, found.examples, found.context.wrong) == (("slides/a.md",), "my_examples", ())


def test_what_cannot_be_opened_says_why(course, tmp_path):
    assert codes(open_course(tmp_path / "none")) == ["no-course"]
    assert codes(open_course(course, edition="teacher")) == ["no-edition"]
    assert isinstance(open_course(course, edition=EVERY), OpenCourse)
    (course / "slides/a.md").unlink()
    assert codes(open_course(course)) == ["no-decks"]
    assert isinstance(open_course(course, empty=True), OpenCourse)
    (course / "kejian.toml").write_text("size = 1\n", "utf-8")
    assert codes(open_course(course)) == ["bad-config"]


def test_a_guessed_language_is_the_pages_and_said_once(course):
    options = Options(course=course, out=course / "site")
    report = build(options)
    assert '<html lang="fr"' in (course / "site/slides/a.html").read_text("utf-8")
    assert "the decks seem to be in `fr`" in report.summary(options.out)
    assert "seem to be" not in build(options).summary(options.out)


def test_the_language_of_the_settings_is_never_guessed(course):
    (course / "kejian.toml").write_text('language = "de"\n', "utf-8")
    report = build(Options(course=course, out=course / "site"))
    assert report.guessed == ""
    assert '<html lang="de"' in (course / "site/slides/a.html").read_text("utf-8")
