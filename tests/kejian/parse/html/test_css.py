"""Imported style sheets bring the local files they name."""

import pytest

from kejian.core.disk.files import Folder
from kejian.parse.html.css import Sheets, leaving
from kejian.parse.html.publishable import PublishPolicy


@pytest.fixture
def sheets(tmp_path):
    """What reads the style sheets of a course, which `write` puts there."""

    def write(**files):
        for name, text in files.items():
            path = tmp_path / name.replace("__", "/").replace("_", ".")
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        return Sheets(Folder(tmp_path), PublishPolicy())

    return write


def test_a_sheet_brings_the_files_that_it_and_its_imports_name(sheets):
    found = sheets(
        css__a_css='@import "b.css";\n.x { background: url("../img/p.png?v=1#x") }\n'
        ".y { background: url(data:image/png;base64,AA) }\n.z { background: url(https://x.org/q.png) }\n"
        ".w { background: url(gone.png) }\n",
        css__b_css="@import url(a.css); .x { background: url(q.png) }",
        css__q_png="",
        img__p_png="",
    )
    assert found.assets("css/a.css") == ("css/a.css", "css/b.css", "img/p.png", "css/q.png")
    assert [(d.code, d.span.line) for d in found.diagnostics] == [("remote-style", 4), ("missing-style-file", 5)]


def test_a_style_that_is_not_text(sheets):
    found = sheets(a_css="\0")
    assert found.assets("a.css") == ()
    assert [d.code for d in found.diagnostics] == ["style-unreadable"]


def test_a_sheet_that_cannot_be_read_for_sure_is_not_used(sheets):
    found = sheets(a_css="p {}\nq { background: url(p q) }")
    assert found.assets("a.css") == ()
    assert [(d.code, d.span.line) for d in found.diagnostics] == [("style-unreadable", 2)]
    assert "in quotes" in found.diagnostics[0].hint


def test_a_sheet_brings_what_it_imports_whatever_its_ending(sheets):
    found = sheets(a_css='@import url("b.txt");', b_txt="p { background: url(q.png) }", q_png="")
    assert found.assets("a.css") == ("a.css", "b.txt", "q.png")


def test_a_sheet_may_name_the_web_which_the_policy_of_the_page_refuses(sheets):
    found = sheets(a_css="p { background: url(https://x.org/q.png) }")
    assert found.assets("a.css") == ("a.css",)
    assert [d.code for d in found.diagnostics] == ["remote-style"]


def test_a_file_of_no_kind_that_is_published_is_left_out(sheets):
    found = sheets(a_css="p { background: url(x.html) }", x_html="")
    assert found.assets("a.css") == ("a.css",)
    assert [d.code for d in found.diagnostics] == ["active-file"]


def test_a_sheet_that_names_a_file_outside_is_not_used(sheets):
    found = sheets(a_css='@import "b.css";', b_css="p { background: url(../x.png) }")
    assert found.assets("a.css") == ()
    assert [(d.code, d.span.path) for d in found.diagnostics] == [("outside-course", "b.css")]


def test_a_drawing_that_acts_is_left_out(sheets):
    found = sheets(a_css="p { background: url(x.svg) }", x_svg="<svg onload='x'/>")
    assert found.assets("a.css") == ("a.css",)
    assert [d.code for d in found.diagnostics] == ["active-file"]


@pytest.mark.parametrize(
    "css, expected",
    [
        ("p { background: url(x.png) }", ""),
        ('p { background: url("../x.png") }', ""),
        ("p { background: url(../../x.png) }", "../../x.png"),
        ("p { background: URL( '../../x.png') }", "../../x.png"),
        ("p { background: url(%2e%2e/../x.png) }", "%2e%2e/../x.png"),
        ("p { background: image-set('../../x.png' 1x) }", "../../x.png"),
        ("@import/**/'../../x.css';", "../../x.css"),
        ("p { background: url(file:///etc/x.png) }", "file:///etc/x.png"),
        ("p { background: url(https://x.org/q.png) }", "https://x.org/q.png"),
        ("p { background: url(/x.png) }", "/x.png"),
        ("p { background: url(//host/x.png) }", "//host/x.png"),
        ("p { background: url(\\\\\\\\host\\\\x.png) }", "\\\\host\\x.png"),
        ("p { background: url(a%2f../../x.png) }", "a%2f../../x.png"),
        ("p { background: url(data:image/png,x) }", ""),
        ("p { mask: url(#m) }", ""),
        ("@import 'data:text/css,x';", "data:text/css,x"),
        ("p { --x: '//host/x' }", "//host/x"),
        ("p { --x: 'https://x.org' }", ""),
        ("a[href^='//host/x'] { content: '//host/x' }", ""),
        ("p::after { content: 'a ../b' }", ""),
    ],
)
def test_what_leads_out_of_the_course(css, expected, tmp_path):
    found = leaving(css, "slides/a.css", Folder(tmp_path))
    assert (found.written if found else "") == expected
