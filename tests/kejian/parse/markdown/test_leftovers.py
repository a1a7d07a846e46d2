"""Markup that stays as text, case by case."""

import pytest

from kejian.parse.markdown.leftovers import in_html

CASES = "leftovers.md"


def test_case(case, shown):
    assert shown(case.text) == case.expected


@pytest.mark.parametrize(
    "html",
    ["<p>2 ** 3 ** 4</p>", "<pre>**a**</pre>", "<script>a**b**c</script>", "<!-- **a** -->", "<p title='**a**'>"],
)
def test_no_markdown_in_html(html):
    assert list(in_html(html)) == []


def test_what_is_fixed_as_the_hint_says_is_no_finding(shown):
    for written in (
        '- 甲 <!-- .element: class="fragment" -->',
        "**加粗**后",
        "[^9]\n\n[^9]: a",
        "[a][x]\n\n[x]: u",
        "[t](a.md)",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "> [!NOTE]\n> x",
        "[TOC]\n\ntext",
        "<b>注意:</b>next",
    ):
        assert "markup-as-text" not in shown(written)
