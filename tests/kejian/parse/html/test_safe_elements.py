"""Objects that show a picture of the course are pictures; all others are left to the sanitizer."""

import pytest

from kejian.parse.html.safe_elements import pictures

DRAWINGS = [
    ('<object type="image/svg+xml" data="a.svg"></object>', '<img src="a.svg">'),
    ('<object data="a.svg?x#y" class="c" width="5">图</object>', '<img src="a.svg?x#y" class="c" width="5" alt="图">'),
    ('<object data="a.png"><img src="b.png" alt="w"></object>', '<img src="a.png" alt="w">'),
    ('<p><embed src="a.svg" aria-label="w"></p>', '<p><img src="a.svg" alt="w"></p>'),
]


@pytest.mark.parametrize(("html", "expected"), DRAWINGS)
def test_a_drawing_is_a_picture(html, expected):
    assert pictures(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        '<object data="a.pdf"></object>',
        '<object data="https://x.org/a.svg"></object>',
        '<object data="//x.org/a.svg"></object>',
        '<object data="javascript:x.svg"></object>',
        '<object data="a.svg" type="text/html"></object>',
        '<object data="a.html"></object>',
        "<object></object>",
        "<p>object</p>",
    ],
)
def test_others_stay_for_the_sanitizer(html):
    assert pictures(html) == html
