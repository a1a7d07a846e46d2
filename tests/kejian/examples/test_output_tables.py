"""Tables and grids of a record as tables on a slide: what was written is read again, and what is none stays text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from kejian.core.messages import words
from kejian.examples import output_tables
from kejian.examples.child.kejian_matrices import matrix
from kejian.examples.child.kejian_tabled import table
from kejian.examples.child.kejian_tables import Table

SAID = words("en")
CELL = st.text(st.characters(exclude_categories=("C", "Z"), include_characters=" |\\\n…[]×"), max_size=12)


def cells(html, part="td, th"):
    return [[cell.text() for cell in row.css(part)] for row in LexborHTMLParser(html).css("tr")]


def test_a_table_has_a_head_a_body_and_a_foot():
    text = str(table([("a", 1), ("b|<i>", 2)], ("name", "n"), caption="Both", total="all"))
    assert output_tables.table(text, SAID) == (
        "<table><caption>Both</caption>"
        '<thead><tr><th scope="col">name</th><th scope="col" class="number">n</th></tr></thead>'
        '<tbody><tr><td>a</td><td class="number">1</td></tr>'
        '<tr><td>b|&lt;i&gt;</td><td class="number">2</td></tr></tbody>'
        '<tfoot><tr><td>all</td><td class="number">3</td></tr></tfoot></table>'
    )


def test_what_is_left_out_is_said_in_the_course_s_language():
    text = str(Table([[k] for k in range(1203)], ("k",)))
    assert '<p class="output-size">1,203 rows × 1 columns</p>' in output_tables.table(text, SAID)
    assert '<p class="output-size">1,203 行 × 1 列</p>' in output_tables.table(text, words("zh-CN"))
    assert '<tr class="gap"><td class="number">…</td></tr>' in output_tables.table(text, SAID)


def test_a_column_without_a_name_names_the_rows():
    html = output_tables.table(str(table([("a", 1)], ("", "n"))), SAID)
    assert '<th scope="row">a</th>' in html


@given(st.lists(st.lists(CELL, min_size=2, max_size=2), min_size=1, max_size=5), st.lists(CELL, min_size=2, max_size=2))
def test_what_is_written_is_read_again(rows, names):
    html = output_tables.table(str(Table(rows, names)), SAID).replace("<br>", "\n")
    found = cells(html)
    wanted = [*([names] if any(name.strip() for name in names) else []), *rows]
    assert [[cell.strip() for cell in row] for row in found] == [[cell.strip() for cell in row] for row in wanted]


TEXTS = ["", "\n", "words", "| a |", "| a |\n| b |", "| a |\n| --- |\n| b | c |", "| a |\n|---|\n", "| a \\|\n| --- |"]


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_no_table_has_no_html(text):
    assert output_tables.table(text, SAID) == ""


@given(st.text("|\\-:= a\n[]0×…", max_size=60))
def test_any_text_is_a_table_or_none(text):
    assert re.match(r"(<table>.*</table>.*)?\Z", output_tables.table(text, SAID), re.DOTALL)
    assert re.match(r"(<table>.*</table>.*)?\Z", output_tables.matrix(text, SAID, heat=True), re.DOTALL)


def test_a_grid_has_a_cell_for_each_number():
    html = output_tables.matrix(str(matrix([[1, -2], [3, 4]], marked=[(1, 0)])), SAID, heat=False)
    assert html == (
        '<table><tbody><tr><td>1</td><td>-2</td></tr><tr><td class="marked">3</td><td>4</td></tr></tbody></table>'
    )


def test_heat_is_the_sign_and_the_size_beside_the_largest():
    html = output_tables.matrix("1  -2\n0  [2]\n", SAID, heat=True)
    assert re.findall(r'<td class="([^"]*)" style="--heat: (\d+)%">', html) == [
        ("plus", "50"), ("minus", "100"), ("plus", "0"), ("marked plus", "100"),
    ]  # fmt: skip


def test_heat_of_what_is_no_number_is_none():
    assert "style" not in output_tables.matrix("nan  inf\n…  x\n", SAID, heat=True)


def test_bars_are_as_long_as_their_numbers():
    rows = [("a", 1500), ("b", -3000), ("c", None), ("d", float("nan"))]
    html = output_tables.table(str(table(rows, ("name", "n"), formats=",", bars=["n"], total=["", 9999])), SAID)
    cells = re.findall(r"<td class=\"number[^>]*>[^<]*", html)
    assert cells == [
        '<td class="number bar" style="--bar: 50.0%">1,500',
        '<td class="number bar minus" style="--bar: 100.0%">-3,000',
        '<td class="number">',
        '<td class="number">nan',
        '<td class="number">9,999',
    ]


@pytest.mark.parametrize("shares", [("5%", "10%"), ("0.05", "0.10"), ("1_000", "2_000")])
def test_a_bar_reads_what_a_format_writes(shares):
    html = output_tables.table("| s |\n| ~~: |\n| {} |\n| {} |\n".format(*shares), SAID)
    assert re.findall(r"--bar: ([\d.]+%)", html) == ["50.0%", "100.0%"]


def test_a_column_of_zeros_has_no_bars():
    assert "bar" not in output_tables.table("| s |\n| ~~: |\n| 0 |\n", SAID)


def test_the_largest_numbers_are_whole_bars_and_whole_heat():
    assert "--bar: 100.0%" in output_tables.table("| s |\n| ~~: |\n| 1e308 |\n", SAID)
    assert "--heat: 100%" in output_tables.matrix("1e308 -1e308\n", SAID, heat=True)
