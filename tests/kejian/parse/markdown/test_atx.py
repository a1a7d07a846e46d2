"""Headings without a blank behind their marks; more cases are in `headings.md`."""

import pytest


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("a\n#b", '<p>a</p>\n<h1 id="b">b</h1>\n'),
        ("- a\n#b", '<ul>\n<li>a</li>\n</ul>\n<h1 id="b">b</h1>\n'),
        ("> a\n#b", '<blockquote>\n<p>a</p>\n</blockquote>\n<h1 id="b">b</h1>\n'),
        ("- a\n  #b", "<ul>\n<li>a<br>\n#b</li>\n</ul>\n"),
        ("::: c\na\n#b\n:::", '<div class="c">\n<p>a</p>\n<h1 id="b">b</h1>\n</div>\n'),
        ("###c ###", '<h3 id="c">c</h3>\n'),
        ("#d#", '<h1 id="d">d#</h1>\n'),
        ("#e {.x}", '<h1 class="x" id="e">e</h1>\n'),
    ],
)
def test_headings(shown, written, html):
    assert shown(written).partition("|")[0] == html
