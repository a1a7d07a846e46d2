"""Pipe tables, case by case."""

import pytest

from kejian.parse.markdown.tables import protected

CASES = "tables.md"


def test_case(case, shown):
    assert shown(case.text) == case.expected


@pytest.mark.parametrize(
    "row",
    ["| $5 | $6 | a |", "|$5|$6|", "| a\\|b | c |", "| ` | `` |", "| $a$ | $b$ |", "| $ | $ |", "| \\$a | b\\$ |"],
)
def test_bars_between_cells_stay(row):
    assert protected(row, 1) == row


@pytest.mark.parametrize(
    "cell",
    ["$p(y|x)$", "$|x|$", "$$a|b$$", "\\(a|b\\)", "\\[a|b\\]", "`a|b`", "``a ` | b``", "$\\{x|y\\}$", "$x \\$ | y$"],
)
def test_bars_within_formulas_and_code_divide_nothing(shown, cell):
    html = shown(f"| a | b |\n|---|---|\n| {cell} | c |")
    assert "<td>c</td>" in html
    assert "table-row" not in html
