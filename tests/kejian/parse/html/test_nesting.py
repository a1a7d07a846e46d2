"""How deep elements may be nested, and what is left out below that."""

import pytest

from kejian.parse.html.nesting import DEEPEST, bounded

DEEP = DEEPEST + 50


def test_what_people_write_stays():
    html = "<table>" + "<tr><td>x" * 200 + "</table>" + "<ul>" + "<li>y" * 200 + "</ul>" + "<p>z<br><img>" * 200
    assert bounded(html) == (html, "")


def test_closed_elements_do_not_count():
    html = "<div><b>x</b></div>" * DEEP
    assert bounded(html) == (html, "")


def test_deeper_elements_are_left_out_and_their_text_stays():
    html, first = bounded("<div>" * DEEPEST + "<section id='a'>x</section>" + "<i>y")
    assert first == "<section id='a'>"
    assert html == "<div>" * DEEPEST + "x</section>y"


def test_markers_that_stay_open_are_few():
    """A browser opens every one of them again in every paragraph."""
    html, first = bounded("".join(f"<b class='{n}'>" for n in range(DEEP)) + "<p>x</p>" * DEEP)
    assert (html.count("<b "), first) == (20, "<b class='20'>")


@pytest.mark.parametrize(
    "before, kept",
    [
        ("<svg>", DEEP),
        ("<svg><title>x</title>", DEEP),
        ("<svg><g>", DEEP),
        ("", DEEPEST),
        ("<svg/>", DEEPEST),
        ("<svg></svg>", DEEPEST),
        ("<svg><div>", DEEPEST - 2),
        ("<svg><desc>", DEEPEST - 2),
    ],
)
def test_an_element_ends_by_its_slash_in_drawings_alone(before, kept):
    html, _ = bounded(before + "<path/>" * DEEP)
    assert html.count("<path/>") == kept


def test_a_comment_holds_no_elements():
    html = "<!--" + "<div>" * DEEP + "-->"
    assert bounded(html) == (html, "")


def test_an_element_of_many_attributes_is_left_out():
    crowded = "<p " + " ".join(f"a{n}=1" for n in range(200)) + ">"
    assert bounded(f"{crowded}x</p>") == ("x</p>", crowded)


def test_a_long_attribute_is_no_crowd():
    html = f"<img src='data:image/png;base64,{'A' * 5_000}' style='{'a: b; ' * 500}'>"
    assert bounded(html) == (html, "")
