"""References from one deck to another, in builds that follow each other: which pages are drawn anew, what they say."""

import pytest

from kejian.pipeline.build import Options, build

NUMBERED = "$$a \\label{first}$$\n\n$$b \\label{loss}$$\n"


class Course:
    """A course that is built again and again."""

    def __init__(self, root):
        self.root = root

    def write(self, name, text):
        (self.root / "slides").mkdir(exist_ok=True)
        (self.root / "slides" / f"{name}.md").write_text(f"<!-- slide -->\n\n{text}", "utf-8")

    def build(self, **options):
        """The names of the decks that were drawn, and what is wrong."""
        drawn = []
        shown = {"shown": lambda page: drawn.append(page.path.removeprefix("slides/").removesuffix(".html"))}
        report = build(Options(course=self.root, out=self.root / "site", today="2026-12-01", **shown, **options))
        return sorted(drawn), [found.code for found in report.diagnostics]

    def page(self, name):
        return (self.root / "site" / "slides" / f"{name}.html").read_text("utf-8")


@pytest.fixture(params=[False, True], ids=["build", "preview"])
def course(request, tmp_path):
    """A course of three decks, of which the first refers to the second; built once."""
    (tmp_path / "kejian.toml").write_text('language = "en"\n')
    course = Course(tmp_path)
    course.write("a", "By \\eqref{loss}.\n")
    course.write("b", NUMBERED)
    course.write("c", "No reference.\n")
    course.again = lambda: course.build(fast=request.param)
    assert course.again() == (["a", "b", "c"], [])
    return course


def test_a_page_that_shows_a_number_of_another_deck_follows_it(course):
    assert '<a class="reference elsewhere" href="b.html#loss">(2) in “b”</a>' in course.page("a")
    assert course.again() == ([], [])
    course.write("b", "$$b \\label{loss}$$\n")
    assert course.again() == (["a", "b"], [])
    assert '<a class="reference elsewhere" href="b.html#loss">(1) in “b”</a>' in course.page("a")


def test_an_edit_that_moves_no_number_draws_the_edited_deck_alone(course):
    course.write("b", f"More words.\n\n{NUMBERED}\n$$c \\label{{last}}$$\n")
    assert course.again() == (["b"], [])
    course.write("c", "Another word.\n")
    assert course.again() == (["c"], [])


def test_a_label_that_goes_and_comes_back_is_noticed(course):
    course.write("b", "$$b$$\n")
    assert course.again() == (["a", "b"], ["unresolved-reference"])
    assert "\\eqref{loss}" in course.page("a")
    assert course.again() == ([], ["unresolved-reference"])
    course.write("new", NUMBERED)
    assert course.again() == (["a", "new"], [])
    assert 'href="new.html#loss">(2) in “new”</a>' in course.page("a")


def test_a_name_that_a_second_deck_takes_means_none_until_one_is_gone(course):
    course.write("c", NUMBERED)
    assert course.again() == (["a", "c"], ["unresolved-reference"])
    (course.root / "slides" / "b.md").unlink()
    assert course.again() == (["a"], [])
    assert 'href="c.html#loss">(2) in “c”</a>' in course.page("a")


def test_a_deck_s_title_is_part_of_what_is_shown(course):
    text = (course.root / "slides" / "b.md").read_text("utf-8")
    (course.root / "slides" / "b.md").write_text(f"---\ntitle: Losses\n---\n{text}", "utf-8")
    assert course.again() == (["a", "b"], [])
    assert "(2) in “Losses”" in course.page("a")
