"""Which addresses are refused."""

import pytest

from kejian.parse.markdown.links import refused


@pytest.mark.parametrize(
    "url", ["", "a.md", "a/b:c", "#x", "?a:b", "//host/x", "HTTPS://x", "mailto:a@b", "tel:1", "./a:b"]
)
def test_relative_addresses_and_five_schemes_are_fine(url):
    assert refused(url) == ""
    assert refused(url, picture=True) == ""


@pytest.mark.parametrize(
    "url, scheme",
    [
        ("javascript:x", "javascript"),
        ("  JavaScript:x", "javascript"),
        ("\x01vbscript:x", "vbscript"),
        ("file:///x", "file"),
        ("data:text/html,x", "data"),
        ("a+b-c.d:x", "a+b-c.d"),
    ],
)
def test_any_other_scheme_is_named(url, scheme):
    assert refused(url) == scheme
    assert refused(url, picture=True) == scheme


def test_a_picture_may_carry_its_data():
    assert refused("data:image/png;base64,AA", picture=True) == ""
    assert refused("data:image/png;base64,AA") == "data"
