"""Emphasis beside Chinese, Japanese and Korean text; its cases are in `blocks.md`."""

import pytest

from kejian.parse.markdown.flanking import cjk


@pytest.mark.parametrize("character", "第：（、。！カ굵ﾊ「㊗\U00020000")
def test_wide_text(character):
    assert cjk(character)


@pytest.mark.parametrize("character", "a1“”%—·é😀⚡\U0001f3fb ")
def test_other_text(character):
    assert not cjk(character)


@pytest.mark.parametrize(
    ("written", "shown_as"),
    [
        ("**字\ufe00：**后", "<strong>字\ufe00：</strong>后"),  # a variation selector belongs to what is before it
        ("**굵게(b)**는", "<strong>굵게(b)</strong>는"),
        ("字\U000e0100**“a”**字", "字\U000e0100<strong>“a”</strong>字"),
        ("a**“b”**c", "a**“b”**c"),
        ("字__：a__字", "字__：a__字"),  # underscores within words stay text
    ],
)
def test_marks(shown, written, shown_as):
    assert shown(written).partition("|")[0] == f"<p>{shown_as}</p>\n"
