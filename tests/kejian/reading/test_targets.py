"""Pictures, media and links, case by case: `tests/fixtures/targets.md`."""

from pathlib import Path

import pytest
from markdown_it.utils import read_fixture_file

from kejian.folder import Folder
from kejian.reading.targets import Targets, page_path

CASES = read_fixture_file(Path(__file__).parents[2] / "fixtures" / "targets.md")


@pytest.fixture
def targets(tmp_path):
    for path in ("slides/a.md", "slides/b.md", "slides/p.png", "img/q r.png"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).touch()
    (tmp_path / "slides" / "acts.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>")
    return Targets("slides/a.md", Folder(tmp_path))


@pytest.mark.parametrize("line, title, html, expected", CASES, ids=[case[1] for case in CASES])
def test_case(line, title, html, expected, targets):
    out = targets.rewritten(html.removesuffix("\n")).rstrip("\n") + "\n"
    out += "".join(f"+ {path}\n" for path in targets.assets)
    out += "".join(f"> {path}\n" for path in targets.linked)
    out += "".join(f"! {finding.code} {finding.snippet}\n" for finding in targets.findings)
    assert out == expected, f"tests/fixtures/targets.md:{line}: {title}"


@pytest.mark.parametrize("value, expected", [("p.png", "p.png"), ("#fff", "#fff"), ("no.png", "")])
def test_backgrounds(targets, value, expected):
    assert targets.attribute("data-background-image", value) == expected


def test_other_attributes_are_not_looked_up(targets):
    assert targets.attribute("data-state", "no.png") == "no.png"


@pytest.mark.parametrize(
    "value, expected", [("p.png", "p.png"), ("teal", "teal"), ("../../x.png", ""), ("//x/y", ""), ("file:///x", "")]
)
def test_the_short_form_of_a_background_may_be_a_file(targets, value, expected):
    assert targets.attribute("data-background", value) == expected


@pytest.mark.parametrize("css", ["background:url(../../x)", "background:u\\72l('\\2e./../x')", "--x:'file:///x'"])
def test_a_style_that_names_a_file_outside_is_left_out(targets, css):
    assert targets.attribute("style", css) == ""
    assert [finding.code for finding in targets.findings] == ["outside-course"]


def test_a_style_of_the_course_stays(targets):
    assert targets.attribute("style", "background:url(p.png)") == "background:url(p.png)"


def test_where_scripts_are_allowed_a_drawing_may_act(targets):
    trusting = Targets("slides/a.md", targets.folder, scripts=True)
    assert trusting.rewritten('<img src="acts.svg" alt="a">') == '<img src="acts.svg" alt="a">'
    assert (trusting.assets, trusting.findings) == (["slides/acts.svg"], [])


def test_page_path():
    assert page_path("2021/01.md") == "2021/01.html"
