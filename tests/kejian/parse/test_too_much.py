"""A slide that holds too much for a browser is told where it begins, with what is too much."""

import pytest

from kejian.core.config import Course
from kejian.core.disk.files import Folder
from kejian.core.model import Source
from kejian.parse.deck import parse
from kejian.pipeline.context import prepare


@pytest.fixture(scope="module")
def around(tmp_path_factory):
    return prepare(Folder(tmp_path_factory.mktemp("course")), Course()).around


def listing(count):
    return "```python\n" + "x = 1\n" * count + "```\n"


def formulas(count):
    return "".join(f"$x_{{{n}}}$ " for n in range(count)) + "\n"


def table(count):
    return "|a|\n|-|\n" + "|1|\n" * (count - 1)


@pytest.mark.parametrize(
    "much, most, words",
    [(listing, 2000, "lines of code"), (formulas, 500, "formulas"), (table, 1000, "rows of tables")],
)
def test_one_more_than_the_bound_is_told(around, much, most, words):
    def found(count):
        deck = parse(Source("slides/a.md", f"<!-- slide -->\n\n一\n\n<!-- slide -->\n\n{much(count)}"), around)
        return [(str(one.span), one.message) for one in deck.diagnostics if one.code == "too-much"]

    assert found(most) == []
    assert found(most + 1) == [
        ("slides/a.md:5:1", f"the slide holds {most + 1:,} {words}, more than {most:,}: it opens in parts")
    ]


def test_slides_are_counted_each_by_itself(around):
    deck = parse(Source("slides/a.md", f"<!-- slide -->\n\n{formulas(400)}\n<!-- slide -->\n\n{formulas(400)}"), around)
    assert [one.code for one in deck.diagnostics] == []
