"""Frames of other hosts: links, if the course allows the host, and left out if it does not."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from kejian.parse.html import sanitize
from kejian.parse.html.frames import asked, links, origin

TUBE = "https://www.youtube-nocookie.com"
SIZE = 'class="big" width="560" height="315"'
FRAME = f'<p>a</p><iframe {SIZE} src="{TUBE}/embed/x?a=1&amp;b=2" title="A film" poster="p.png"></iframe>'


def link(html):
    return LexborHTMLParser(sanitize.clean(links(html, [TUBE])), is_fragment=True).css_first("a")


def test_a_frame_becomes_a_link_with_its_picture_its_words_and_its_size():
    found = link(FRAME)
    assert found.attributes == {
        "class": "kj-frame big",
        "href": f"{TUBE}/embed/x?a=1&b=2",
        "style": "width: 560px; height: 315px;",
    }
    assert found.css_first("img").attributes == {"alt": "", "src": "p.png"}
    assert found.text() == "A film"


def test_one_without_a_title_is_called_after_its_host():
    assert link(f'<iframe src="{TUBE}/x"></iframe>').text() == "www.youtube-nocookie.com"


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/embed",
        f"{TUBE}.evil.example/",
        f"{TUBE}:8443/",
        "https://www.youtube-nocookie.com@evil.example/",
        "//www.youtube-nocookie.com/",
        "http://www.youtube-nocookie.com/",
        "javascript:alert(1)//https://www.youtube-nocookie.com",
        "https://[",
        "https://a:b/",
        "",
    ],
)
def test_what_is_of_no_allowed_host_stays_a_frame_which_the_sanitizer_removes(address):
    html = f'<iframe src="{address}"></iframe>'
    assert links(html, [TUBE]) == html
    assert sanitize.clean(links(html, [TUBE])) == ""


def test_without_the_setting_nothing_changes():
    assert links(FRAME, ()) == FRAME


def test_the_origin_is_the_scheme_and_the_host():
    assert origin("https://A.Example:8443/x?y#z") == "https://a.example:8443"
    assert origin("https://a.example:443x/") == ""


def test_the_first_host_that_is_asked_for_is_found():
    assert asked('<iframe src="b.html"></iframe><iframe data-src="https://a.org/x"></iframe>') == "https://a.org"
    assert asked("<p>none</p>") == ""
