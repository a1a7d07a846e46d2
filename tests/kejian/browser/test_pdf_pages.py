"""PDF files as bytes: dates that stay."""

import pytest

from kejian.browser.pdf_pages import undated


@pytest.mark.parametrize(
    "given, expected",
    [
        (b"/ModDate (D:20261124122514+00'00')>>", b"/ModDate (D:20000101000000+00'00')>>"),
        (b"/CreationDate (D:20261124122514Z)", b"/CreationDate (D:20000101000000+)"),
        (b"/CreationDate (D:20261124122514)", b"/CreationDate (D:20000101000000)"),
        (b"/Other (D:20261124122514)", b"/Other (D:20261124122514)"),
    ],
)
def test_dates_are_fixed_and_keep_their_length(given, expected):
    assert undated(given) == expected
    assert len(expected) == len(given)
