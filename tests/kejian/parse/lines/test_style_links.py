"""Links to style sheets of the course."""

import pytest

from kejian.parse.lines.style_links import LINK, local_style


@pytest.mark.parametrize(
    ("tag", "target"),
    [
        ('<link rel="stylesheet" href="a.css">', "a.css"),
        ("<LINK HREF='../b c.css' REL=stylesheet type=text/css />", "../b c.css"),
        ('<link rel="stylesheet" href="a.less">', "a.less"),
        ('<link rel="stylesheet" href="https://x.org/a.css">', ""),
        ('<link rel="stylesheet" href="//x.org/a.css">', ""),
        ('<link rel="alternate stylesheet" href="a.css">', ""),
        ('<link rel="icon" href="a.css">', ""),
        ('<link rel="stylesheet" href="a.html">', ""),
        ('<link rel="stylesheet">', ""),
        ('`<link rel="stylesheet" href="a.css">`', ""),
    ],
)
def test_a_style_sheet_of_the_course(tag, target):
    assert LINK.fullmatch(tag)
    assert local_style(tag) == target
