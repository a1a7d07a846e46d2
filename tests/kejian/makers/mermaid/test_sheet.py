"""A style sheet as attributes."""

from xml.etree import ElementTree as ET

import pytest

from kejian.makers.mermaid.sheet import applied


def styled(css, inside='<g class="node a" id="x"><rect fill="#111" class="box"/></g>'):
    root = ET.fromstring(f'<svg id="m" xmlns="http://www.w3.org/2000/svg"><style>{css}</style>{inside}</svg>')
    applied(root)
    return next(element for element in root.iter() if element.tag.endswith("rect"))


@pytest.mark.parametrize(
    "css, fill",
    [
        ("", "#111"),
        ("rect{fill:red}", "red"),
        ("#m .node rect{fill:red}", "red"),
        ("#m .node > rect{fill:red}", "red"),
        ("#m > rect{fill:red}", "#111"),
        (".a rect{fill:red} rect{fill:blue}", "red"),
        ("rect{fill:red} rect{fill:blue}", "blue"),
        ("rect{fill:red!important} #m .a rect{fill:blue}", "red"),
        ("circle,rect{fill:red}", "red"),
        ("g.b rect{fill:red}", "#111"),
        ("rect:hover{fill:red}", "#111"),
        ("rect{fill:inherit}", "#111"),
        ("@media print{rect{fill:red}}", "#111"),
        ("][{fill:red}", "#111"),
        ("rect{background:red;fill:revert;fill", "#111"),
        ('[id="x"] .box{fill:red}', "red"),
    ],
)
def test_the_cascade(css, fill):
    assert styled(css).get("fill") == fill


def test_a_style_of_its_own_wins_but_over_what_is_important():
    inside = '<rect style="fill:red;stroke:red;background:x" stroke-width="1"/>'
    found = styled("rect{fill:blue;stroke:blue!important}", inside)
    assert found.attrib == {"fill": "red", "stroke": "blue", "stroke-width": "1"}


def test_names_of_foreign_writing_match():
    assert styled(".节 rect{fill:red}", '<g class="节"><rect/></g>').get("fill") == "red"


def test_nothing_of_the_matching_is_left():
    assert "data-nth" not in styled("rect{fill:red}").attrib
