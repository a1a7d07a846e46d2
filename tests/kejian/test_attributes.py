"""The attribute grammar: what each form means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejian.attributes import Attributes, parse, printed


@pytest.mark.parametrize(
    "text, expected",
    [
        ("", {}),
        ("{}", {}),
        ("vertical=true", {"vertical": True}),
        ("vertical=TRUE center=False", {"vertical": True, "center": False}),
        ("vertical", {"vertical": True}),
        ('vertical="false"', {"vertical": "false"}),
        ("n=007 x=1.50 y=-3", {"n": 7, "x": 1.5, "y": -3}),
        ("{.red .big #me}", {"class": "red big", "id": "me"}),
        ('.red class="blue" .big', {"class": "blue big"}),
        ("#a id=b", {"id": "b"}),
        ("{a=1, b=2}", {"a": 1, "b": 2}),
        ('highlight=[1, "3-5", x]', {"highlight": (1, "3-5", "x")}),
        ("highlight=2-3,5", {"highlight": "2-3", "5": True}),
        ("t='it is' u=`x y` v=“中文 字”", {"t": "it is", "u": "x y", "v": "中文 字"}),
        (r'q="a \"b\" \sigma \\"', {"q": 'a "b" \\sigma \\'}),
        ('data-notes="两行\n<br>x"', {"data-notes": "两行\n<br>x"}),
        ('vertical=truedata-notes=""', {"vertical": "truedata-notes"}),
        ("{.python .line-numbers}", {"class": "python line-numbers"}),
    ],
)
def test_form(text, expected):
    assert dict(parse(text).items) == expected


@pytest.mark.parametrize(
    "text, offset, words",
    [
        ("a: b", 0, "no meaning with a colon"),
        (".x a='open", 3, "never closed"),
        ("k=[1, 2", 0, "never closed"),
    ],
)
def test_problem(text, offset, words):
    (found,) = parse(text).problems
    assert found[0] == offset
    assert words in found[1]


@pytest.mark.parametrize(
    "text, truthy",
    [
        ("vertical", True),
        ('vertical="false"', True),
        ("vertical=2", True),
        ("vertical=false", False),
        ("vertical=0", False),
        ('vertical=""', False),
        ("", False),
    ],
)
def test_truth_of_vertical(text, truthy):
    assert parse(text).truthy("vertical") is truthy


def test_html_is_escaped_and_leaves_false_out():
    attributes = parse('a="x\\"><b>" off=false on=true')
    assert attributes.html() == ' a="x&quot;&gt;&lt;b&gt;" on=""'


def test_html_leaves_out_names_that_html_cannot_spell():
    assert Attributes((("a/b", "1"), ("ok", "2"))).html() == ' ok="2"'


def test_updated_and_without():
    attributes = parse(".a k=1").updated(data_x="2").without("k")
    assert attributes.items == (("class", "a"), ("data-x", "2"))


@given(st.text())
def test_any_text_is_attributes(text):
    assert isinstance(parse(text), Attributes)


@given(st.dictionaries(st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True).filter(lambda k: k != "class"), st.text()))
def test_quoted_values_come_back(values):
    """Law: what is written in quotes, with quotes and backslashes escaped, is what is read."""
    written = " ".join(f'{k}="' + v.replace("\\", "\\\\").replace('"', '\\"') + '"' for k, v in values.items())
    assert dict(parse("{" + written + "}").items) == values


def test_a_deep_list_is_read_without_recursion():
    assert printed(parse("k=" + "[" * 100_000).get("k")).startswith("[")
