"""Tables as aligned text: what is recorded, and what of a large table is shown."""

import pytest

from kejian.examples.child.kejian_tabled import table
from kejian.examples.child.kejian_tables import Table, width_of


def lines(*rows):
    return "".join(f"{row}\n" for row in rows)


def test_columns_are_aligned_and_numbers_on_the_point():
    assert str(Table([("a", 1, 0.5), ("bc", 20, 12.25)], ("name", "n", "x"))) == lines(
        "| name |    n |     x |",
        "| :--- | ---: | ----: |",
        "| a    |    1 |  0.50 |",
        "| bc   |   20 | 12.25 |",
    )


def test_a_chinese_letter_is_as_wide_as_two_others():
    assert width_of("卷积1") == 5
    assert str(Table([("卷积", 1), ("ab", 2)], ("层", "数"))) == lines(
        "| 层   |   数 |", "| :--- | ---: |", "| 卷积 |    1 |", "| ab   |    2 |"
    )


def test_what_would_end_a_cell_or_a_line_is_escaped():
    assert str(Table([("a|b", "c\nd", "e\\")], ("|", "", ""), caption="|x")) == lines(
        "\\|x", "| \\|   |      |      |", "| :--- | :--- | :--- |", "| a\\|b | c\\nd | e\\\\  |"
    )


def test_a_caption_comes_first_and_a_total_last():
    made = table([("a", 1, 0.5), ("b", 2, 0.25)], ("", "n", "x"), caption="Both", total="all")
    assert str(made) == lines(
        "Both",
        "|      |    n |    x |",
        "| :--- | ---: | ---: |",
        "| a    |    1 | 0.50 |",
        "| b    |    2 | 0.25 |",
        "| ==== | ==== | ==== |",
        "| all  |    3 | 0.75 |",
    )
    assert str(table([("a", 1)], ("", "n"), total=("sum", 9))).endswith("| sum  |    9 |\n")
    assert "| Σ    |    1 |" in str(table([("a", 1)], ("", "n"), total=True))


def test_of_many_rows_both_ends_are_shown_and_how_many_there_are():
    found = str(Table([[k] for k in range(1000)], ("k",))).split("\n")
    assert found[2] == "|    0 |"
    assert found[12:15] == ["|   10 |", "|    … |", "|  995 |"]
    assert found[-2] == "[1000 rows × 1 columns]"
    assert len(found) == 21
    assert str(table([[k] for k in range(9)], ("k",), most=2)).count("\n") == 6


def test_of_many_columns_both_ends_are_shown():
    found = str(Table([range(30)], [f"c{k}" for k in range(30)])).split("\n")
    assert found[0] == "|   c0 |   c1 |   c2 |   c3 |   c4 |   c5 | …    |  c25 |  c26 |  c27 |  c28 |  c29 |"
    assert found[-2] == "[1 rows × 30 columns]"


def test_the_sums_are_those_of_all_rows():
    assert "| Σ    | 4950 |" in str(table([("x", k) for k in range(100)], ("", "k"), total=True))


@pytest.mark.parametrize(
    "cells, shown",
    [
        ([0.1, 0.25, 10], ["0.10", "0.25", "10"]),
        ([1 / 3, 100.0], ["0.333", "100.000"]),
        ([1e-7, 2e-7], ["1e-07", "2e-07"]),
        ([1e20, 1.0], ["1e+20", "1"]),
        ([float("nan"), 0.5], ["nan", "0.5"]),
        ([float("inf"), 0.5], ["inf", "0.5"]),
        ([True, None], ["True", ""]),
        (["x" * 70], ["x" * 59 + "…"]),
        ([2026, 7], ["2026", "7"]),
        ([1.0, 2.0], ["1", "2"]),
    ],
)
def test_cells_are_written_as_a_column(cells, shown):
    text = str(Table([[cell] for cell in cells], ("c",))).split("\n")[2 : 2 + len(cells)]
    assert [line.strip("| ") for line in text] == shown


def test_an_empty_table_says_that_it_is_empty():
    assert str(Table([], ("a", "b"))) == "| a    | b    |\n| :--- | :--- |\n[0 rows × 2 columns]\n"
