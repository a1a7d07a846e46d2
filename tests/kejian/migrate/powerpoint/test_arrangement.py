"""What stands side by side is in columns."""

from kejian.migrate.powerpoint.arrangement import PlacedLines, arranged


def block(name, left, top, width, height, size=""):
    return PlacedLines((name,), (left, top, width, height), size)


def lines(*blocks):
    return [line for line in arranged(blocks) if line]


def test_from_top_to_bottom():
    assert lines(block("b", 0, 50, 90, 40), block("a", 0, 0, 90, 40)) == ["a", "b"]


def test_side_by_side_with_their_shares():
    assert lines(block("right", 60, 2, 20, 40), block("left", 0, 5, 60, 40)) == [
        ":::: columns",
        "::: {.column width=75%}",
        "left",
        ":::",
        "::: {.column width=25%}",
        "right",
        ":::",
        "::::",
    ]


def test_what_stands_below_one_of_them_is_in_its_column():
    found = lines(block("text", 0, 0, 50, 90), block("above", 50, 0, 50, 40), block("below", 50, 50, 50, 40))
    assert found[4:8] == ["::: {.column width=50%}", "above", "below", ":::"]


def test_what_stands_below_all_of_them_is_below_the_columns():
    assert lines(block("a", 0, 0, 50, 40), block("b", 50, 0, 50, 40), block("c", 0, 45, 100, 40))[-2:] == ["::::", "c"]


def test_a_picture_has_a_size_where_it_is_alone():
    picture = block("![](a.png)", 10, 0, 40, 40, "{width=40%}")
    assert lines(picture) == ["![](a.png){width=40%}"]
    assert "![](a.png)" in lines(picture, block("text", 60, 0, 30, 40))
