"""What has rows and columns: told from what has none, by what it can do."""

from collections import namedtuple
from dataclasses import dataclass

import numpy as np
import pytest

from kejian.examples.child.kejian_outputs import CannotShowError
from kejian.examples.child.kejian_tabled import is_frame, table, tabled
from tests.fixtures.outputs.shown_examples.tables import Columns, Frame

Point = namedtuple("Point", "x y")  # noqa: PYI024 -- without types, as authors write it


@dataclass
class Row:
    x: int
    y: str


STRUCTURED = np.array([(1, 0.5)], dtype=[("x", int), ("y", float)])
VALUES = {
    "dictionaries": ([{"x": 1, "y": 2}, {"x": 3, "z": 4}], ["x", "y", "z"], [[1, 2, ""], [3, "", 4]]),
    "named tuples": ([Point(1, 2)], ["x", "y"], [[1, 2]]),
    "data classes": ([Row(1, "a")], ["x", "y"], [[1, "a"]]),
    "lists": ([[1, 2], [3]], ["", ""], [[1, 2], [3, ""]]),
    "columns by name": ({"x": [1, 2], "y": [3, 4]}, ["x", "y"], [[1, 3], [2, 4]]),
    "rows by name": ({"a": {"x": 1}, "b": {"y": 2}}, ["", "x", "y"], [["a", 1, ""], ["b", "", 2]]),
    "keys": ({"x": 1, "y": [2]}, ["", ""], [["x", 1], ["y", [2]]]),
    "named fields": (STRUCTURED, ["x", "y"], [[1, 0.5]]),
    "an array": (np.array([[1, 2]]), ["", ""], [[1, 2]]),
    "a frame that counts its rows": (Frame([(1, 2)], ["x", "y"]), ["x", "y"], [[1, 2]]),
    "a frame that names its rows": (Frame([(1, 2)], ["x", ("y", "z")], ["a"]), ["", "x", "y / z"], [["a", 1, 2]]),
    "a frame without an index": (Columns([(1, 0.5)]), ["epoch", "loss"], [[1, 0.5]]),
    "nothing in it": ([], [], []),
}


@pytest.mark.parametrize("value, columns, rows", VALUES.values(), ids=VALUES)
def test_values_that_are_tables(value, columns, rows):
    made = tabled(value)
    assert (made.columns, made.rows) == (columns, rows)


@pytest.mark.parametrize("value", [3, "text", b"bytes", None, object(), [1, 2], ["a"], np.arange(3)])
def test_values_that_are_no_tables(value):
    with pytest.raises(CannotShowError, match=r"returns .*\|$"):
        tabled(value)


@pytest.mark.parametrize("value", [Frame([], []), Columns([]), STRUCTURED, table([[1]])])
def test_a_frame_is_a_table_without_being_asked(value):
    assert is_frame(value)


@pytest.mark.parametrize("value", [[{"x": 1}], {"x": [1]}, np.eye(2), Frame, Point(1, 2), Row(1, "a"), "text", 3])
def test_what_is_text_to_others_is_asked_for(value):
    assert not is_frame(value)


LONG = {
    "with an index": lambda count: Frame([(k,) for k in range(count)], ["x"]),
    "without one": lambda count: Columns([(k, k) for k in range(count)]),
}


@pytest.mark.parametrize("make", LONG.values(), ids=LONG)
def test_of_a_long_frame_only_the_ends_are_taken(make):
    made = tabled(make(5000))
    assert (made.count, len(made.rows), made.rows[-1][0]) == (5000, 16, 4999)
    assert "[5000 rows" in str(made)


def test_the_sums_of_a_long_frame_are_those_of_all_its_rows():
    assert "| 4950 |" in str(table(Frame([("a", k) for k in range(100)], ["", "k"]), total=True))


ROWS = [("conv1", 156, 0.0025), ("fc1", 48120, 0.78)]
NAMES = ("layer", "size", "share")


def test_numbers_have_the_format_that_their_author_gives():
    made = table(ROWS, NAMES, formats={"size": ",", 2: ".1%"}, total="all")
    assert str(made).splitlines() == [
        "| layer |   size | share |",
        "| :---- | -----: | ----: |",
        "| conv1 |    156 |  0.2% |",
        "| fc1   | 48,120 | 78.0% |",
        "| ===== | ====== | ===== |",
        "| all   | 48,276 | 78.2% |",
    ]
    assert "48,120" in str(table(ROWS, NAMES, formats=","))


def test_a_column_may_have_bars():
    assert str(table(ROWS, NAMES, bars=["share"])).splitlines()[1] == "| :---- | ----: | ~~~~~: |"
    assert str(table(ROWS, NAMES, bars="size")).splitlines()[1] == "| :---- | ~~~~: | -----: |"
    assert str(table([("a", None)], ("n", "x"), bars=[-1])).splitlines()[1] == "| :--- | :--- |"


WRONG = {
    "no such column": ({"bars": ["sizes"]}, r"no column 'sizes', but 'layer', 'size', 'share'\|columns"),
    "no column of that number": ({"formats": {3: ","}}, r"no column 3, .*\|columns"),
    "bars of words": ({"bars": ["layer"]}, r"bars in 'layer', where not all are numbers\|columns"),
    "no format": ({"formats": "wide"}, r"156 in the format 'wide': .*\|format"),
    "a format of whole numbers": ({"formats": {"share": "d"}}, r"0.0025 in the format 'd': .*\|format"),
}


@pytest.mark.parametrize("given, words", WRONG.values(), ids=WRONG)
def test_what_a_table_cannot_do_is_told(given, words):
    with pytest.raises(CannotShowError, match=words):
        str(table(ROWS, NAMES, **given))
