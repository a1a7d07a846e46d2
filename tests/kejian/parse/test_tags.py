"""Tags in raw HTML as a browser reads them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejian.parse.tags import TAG, known


@pytest.mark.parametrize(
    "html, tags",
    [
        ('<p class="theorem markdown="1">x</p>', ['<p class="theorem markdown="1">', "</p>"]),
        ('<a title="a>b" x>y', ['<a title="a>b" x>']),
        ("<img alt = 'a>b'/>", ["<img alt = 'a>b'/>"]),
        ("a < b > c <3 </ p>", []),
        ("<b$ c>", ["<b$ c>"]),
        ("<!-- <i> --><i><!DOCTYPE x>", ["<!-- <i> -->", "<i>", "<!DOCTYPE x>"]),
        ('<a b="c <i>', ['<a b="c <i>']),
        ("<!-- open", ["<!-- open"]),
    ],
)
def test_where_a_tag_ends(html, tags):
    assert [tag[0] for tag in TAG.finditer(html)] == tags


@given(st.text(alphabet="<>/!-= \"'ab\n"))
def test_what_opens_a_tag_is_one_to_the_end(html):
    """A match at every `<` before a letter is what keeps the search linear."""
    covered = [range(*tag.span()) for tag in TAG.finditer(html)]
    for at, pair in enumerate(pairwise(html)):
        if pair[0] == "<" and pair[1] in "ab":
            assert any(at in tag for tag in covered)


def test_known_elements():
    assert all(map(known, ["p", "IMG", "kj-hole", "my-tag", "linearGradient", "mfrac", "center"]))
    assert not any(map(known, ["sos", "b$", "eos", "h7"]))
