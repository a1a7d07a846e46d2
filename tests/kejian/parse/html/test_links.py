"""Pictures, media and links, case by case: `tests/fixtures/targets.md`."""

from pathlib import Path

import pytest
from markdown_it.utils import read_fixture_file

from kejian.core.disk.files import Folder
from kejian.parse.html.links import Targets
from kejian.parse.html.lookup import page_path
from kejian.parse.html.publishable import PublishPolicy

CASES = read_fixture_file(Path(__file__).parents[3] / "fixtures" / "targets.md")


@pytest.fixture
def targets(tmp_path):
    for path in ("slides/a.md", "slides/b.md", "slides/p.png", "slides/none.vtt", "img/q r.png"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).touch()
    (tmp_path / "slides" / "says.vtt").write_bytes(b"WEBVTT\n")
    (tmp_path / "slides" / "acts.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>")
    return Targets(deck="slides/a.md", folder=Folder(tmp_path))


@pytest.mark.parametrize("line, title, html, expected", CASES, ids=[case[1] for case in CASES])
def test_case(line, title, html, expected, targets):
    out = targets.rewritten(html.removesuffix("\n")).rstrip("\n") + "\n"
    out += "".join(f"+ {path}\n" for path in targets.assets)
    out += "".join(f"> {path}\n" for path in targets.linked)
    out += "".join(f"! {finding.code} {finding.snippet}\n" for finding in targets.findings)
    assert out == expected, f"tests/fixtures/targets.md:{line}: {title}"


@pytest.mark.parametrize("value, expected", [("p.png", "p.png"), ("#fff", "#fff"), ("no.png", "")])
def test_backgrounds(targets, value, expected):
    found = targets.attribute("data-background-image", value)
    assert found == (("data-background-image", expected) if expected else None)


def test_other_attributes_are_not_looked_up(targets):
    assert targets.attribute("data-state", "no.png") == ("data-state", "no.png")


@pytest.mark.parametrize(
    "value, expected",
    [
        ("p.png", ("data-background-image", "p.png")),
        (" p.png\ufeff", ("data-background-image", "p.png")),
        ("teal", ("data-background", "teal")),
        ("linear-gradient(red, blue)", ("data-background", "linear-gradient(red, blue)")),
        ("red url(p.png)", ("data-background", "red url(p.png)")),
        ("red url(//host/x)", None),
        ("red u\\72l(//host/x)", None),
        ("p.png,//host/x.png\ufeff", ("data-background-image", "p.png")),
        ("../../x.png", None),
        ("//x/y", None),
        ("file:///x", None),
        ("file%3A/x.png", None),
    ],
)
def test_the_short_form_of_a_background_may_be_a_file_or_a_style(targets, value, expected):
    assert targets.attribute("data-background", value) == expected


@pytest.mark.parametrize("key", ["data-background-gradient", "data-background-color", "data-background-size", "STYLE"])
def test_a_style_of_a_slide_stays_in_the_course(targets, key):
    assert targets.attribute(key, "url(//host/x)") is None
    assert targets.attribute(key, "url(p.png)") == (key.lower(), "url(p.png)")


def test_a_list_of_pictures_or_films_is_looked_up_one_by_one(targets):
    for key in ("data-background-image", "DATA-background-VIDEO"):
        found = targets.attribute(key, "p.png, //host/x ,../img/q r.png,no.png")
        assert found == (key.lower(), "p.png,../img/q%20r.png")
    assert [one.code for one in targets.findings] == ["remote-background", "missing-background"] * 2


def test_a_film_with_a_comma_in_its_name_is_one_and_a_picture_cannot_be(targets):
    (targets.folder.root / "slides" / "a,b.png").touch()
    assert targets.attribute("data-background-video", "a,b.png") == ("data-background-video", "a%2Cb.png")
    assert targets.attribute("data-background-image", "a,b.png") is None
    assert "rename the file" in targets.findings[0].hint


@pytest.mark.parametrize(
    "value, expected",
    [("p.png", "p.png"), ("b.md#/2", "b.html#/2"), ("notes.pdf", ""), ("data:image/svg+xml,x", ""), ("//x/y.png", "")],
)
def test_a_frame_holds_pictures_and_pages_of_the_course(targets, value, expected):
    (targets.folder.root / "slides" / "notes.pdf").touch()
    found = targets.attribute("data-background-iframe", value)
    assert found == (("data-background-iframe", expected) if expected else None)
    assert bool(targets.findings) is not bool(expected)


@pytest.mark.parametrize("key", ["href", "src", "srcdoc", "data-markdown", "data-file"])
def test_a_slide_has_no_address_of_another_element(targets, key):
    assert targets.attribute(key, "p.png") is None


def test_notes_are_html_of_their_own(targets):
    found = targets.attribute("data-notes", '<b onclick="x">n</b><img src="//host/x"><img src="p.png" alt="">')
    assert found[1].startswith("<b>n</b><span")
    assert found[1].endswith('<img src="p.png" alt="">')
    assert "host" in targets.findings[0].message


@pytest.mark.parametrize(
    "key, value, expected",
    [
        ("parallaxBackgroundImage", "p.png", "p.png"),
        ("parallaxBackgroundImage", "//host/x", None),
        ("parallaxBackgroundImage", ["//host/x"], None),
        ("parallaxBackgroundSize", "10px 10px", "10px 10px"),
        ("parallaxBackgroundPosition", "url(//host/x)", None),
        ("autoAnimateEasing", "ease} *{background:url(//host/x)}", None),
        ("autoAnimateStyles", [{"property": "x", "to": "url(//host/x)"}], None),
        ("autoAnimateStyles", ["opacity"], ["opacity"]),
        ("width", "url(//host/x)", None),
        ("width", 960, 960),
        ("plugins", ["x.js"], None),
        ("previewLinks", True, None),
        ("slideNumber", "c/t", "c/t"),
        ("loop", True, True),
    ],
)
def test_a_setting_of_reveal_js(targets, key, value, expected):
    assert targets.option(key, value) == expected


@pytest.mark.parametrize("css", ["background:url(../../x)", "background:u\\72l('\\2e./../x')", "--x:'file:///x'"])
def test_a_style_that_names_a_file_outside_is_left_out(targets, css):
    assert targets.attribute("style", css) is None
    assert [finding.code for finding in targets.findings] == ["outside-course"]


def test_a_style_of_the_course_stays(targets):
    assert targets.attribute("style", "background:url(p.png)") == ("style", "background:url(p.png)")
    assert targets.assets == ["slides/p.png"]


def test_where_scripts_are_allowed_a_drawing_may_act(targets):
    trusting = Targets(deck="slides/a.md", folder=targets.folder, publishing=PublishPolicy(scripts=True))
    assert trusting.rewritten('<img src="acts.svg" alt="a">') == '<img src="acts.svg" alt="a">'
    assert (trusting.assets, trusting.findings) == (["slides/acts.svg"], [])


def test_page_path():
    assert page_path("2021/01.md") == "2021/01.html"
