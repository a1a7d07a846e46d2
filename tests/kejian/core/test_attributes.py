"""The attribute grammar: what each form means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejian.core.attributes import Attributes, parse, printed

FORMS = [
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
    ("t='it is' u=`x y` v=“中文 字”", {"t": "it is", "u": "x y", "v": "中文 字"}),
    (r'q="a \"b\" \sigma \\"', {"q": 'a "b" \\sigma \\'}),
    ('data-notes="两行\n<br>x"', {"data-notes": "两行\n<br>x"}),
    ('vertical=truedata-notes=""', {"vertical": "truedata-notes"}),
    ("{.python .line-numbers}", {"class": "python line-numbers"}),
    ("k=", {"k": ""}),
    ("k=,v", {"k": "", "v": True}),
    ('k="a"b', {"k": "a", "b": True}),
    ('k="a"[b]', {"k": "a", "[b]": True}),
    ('"a" b', {"b": True}),
    ("a`b=1` c", {"a": True, "c": True}),
    ("a“b=1” c", {"a": True, "c": True}),
    ('k=["a"b]c', {"k": ("a", "b"), "c": True}),
    ("k=[]c", {"k": (), "c": True}),
    ("k=[true,,1.5;x]", {"k": (True, 1.5, "x")}),
    ("k=[a=1]", {"k": ("a", 1)}),
    (". # x", {"x": True}),
    (".=x .y", {".": "x", "class": "y"}),
    ("!x -y $z /w +v", {"!x": True, "-y": True, "$z": True, "/w": True, "+v": True}),
    (".a #b", {"class": "a", "id": "b"}),
    ("{", {"{": True}),
    ("}", {"}": True}),
    ("{a", {"{a": True}),
    ("a}", {"a}": True}),
    ("{}a}", {"}a": True}),
    ("n=1.x m=.5 o=1. p=--1", {"n": "1.x", "m": ".5", "o": "1.", "p": "--1"}),
    ("n=" + "9" * 15 + " m=" + "9" * 16, {"n": 10**15 - 1, "m": "9" * 16}),
    ("k=`a\\`b` l=“a\\”b” m='a\\'b'", {"k": "a`b", "l": "a”b", "m": "a'b"}),
]
ODD = [
    ("highlight=2-3,5", {"highlight": "2-3", "5": True}),
    ("k= v", {"k": True, "v": True}),
    ("k =v", {"k": True, "v": True}),
    ("k=\tv", {"k": True, "v": True}),
    ("vertical:true", {"vertical": True}),
    ("vertical: true", {"vertical": True}),
    ("{cmd:true width:50%}", {"cmd": True, "width": "50%"}),
    ("data-notes:\"a b\" t: 'c'", {"data-notes": "a b", "t": "c"}),
    ("x: [1, 2]", {"x": (1, 2)}),
]
"""Forms that are read, and told."""
PROBLEMS = [
    ("key: b", 0, "`key: b` has no meaning with a colon to the editor; write `key=b`"),
    ("key: .b", 0, "`key:` has no meaning with a colon; write `key=value`"),
    ("k = v", 0, "blanks beside `=` end an item, so `k` has no value; write `k=value`"),
    ("k=2-3,5", 6, '`5` names nothing; a value with commas stands in quotes, `key="1,5"`'),
    (".a . b", 3, "`.` names nothing; write `.name`"),
    ("#", 0, "`#` names nothing; write `#name`"),
    ("a: b=1", 0, "`a:` has no meaning with a colon; write `a=value`"),
    (".x a='open", 3, "the quote ' is never closed; the value runs to the end"),
    ("x 'open", 2, "the quote ' is never closed; the value runs to the end"),
    ("k=[1, 2", 0, "the list [ is never closed"),
    ("k=[", 0, "the list [ is never closed"),
    ('.x k=[1, "2]', 3, 'the quote " is never closed; the value runs to the end'),
    ("k='a\\", 0, "the quote ' is never closed; the value runs to the end"),
]


@pytest.mark.parametrize("text, expected", FORMS + ODD)
def test_form(text, expected):
    assert dict(parse(text).items) == expected


@pytest.mark.parametrize("text", [text for text, _ in ODD])
def test_parsed_attributes_and_their_problems(text):
    assert parse(text).problems


@pytest.mark.parametrize("text, offset, words", PROBLEMS)
def test_problem(text, offset, words):
    assert parse(text).problems == ((offset, words),)


@pytest.mark.parametrize("text", [form[0] for form in FORMS + PROBLEMS if form[0].strip()])
def test_parsing_does_not_depend_on_position(text):
    """Law: blanks before it change nothing but the offsets of what is odd, blanks after it nothing at all."""
    found = parse(text)
    for width in range(1, 9):
        moved = parse(" " * width + text)
        assert moved.items == found.items
        assert moved.problems == tuple((offset + width, words) for offset, words in found.problems)
        assert parse(text + "\n" * width).items == parse(text + "\n").items


@pytest.mark.parametrize("text", [form[0] for form in FORMS if form[0][0:1] != "."])
def test_meaningful_attributes_are_no_problem(text):
    assert parse(text).problems == ()


@pytest.mark.parametrize("length", [1, 300])
def test_a_list_is_closed_or_not_however_long_it_is(length):
    text = "k=[" + "1," * length
    assert parse(text).problems == ((0, "the list [ is never closed"),)
    assert parse(text + "]").problems == ()


def test_unclosed_value_at_the_end_is_kept():
    assert parse("a=1 b='open c=2").items == (("a", 1), ("b", "open c=2"))
    assert parse("k=[1, 'x").items == (("k", (1, "x")),)


def test_a_later_flag_keeps_its_place():
    assert parse("b a=1 b=2").items == (("b", 2), ("a", 1))


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


def test_html_writes_numbers_and_lists_as_they_were():
    assert parse("a=1 b=0 c=1.5 d=[1,true,x] e=[]").html() == ' a="1" b="0" c="1.5" d="1,true,x" e=""'


def test_text_is_as_it_would_be_in_html():
    attributes = parse("a=1 b c=[1, [x]")
    assert [attributes.text(key) for key in "abd"] == ["1", "true", ""]
    assert (attributes.text("d", "none"), attributes.get("d", 3), attributes.get("d")) == ("none", 3, "")


def test_html_leaves_out_names_that_html_cannot_spell():
    assert Attributes((("a/b", "1"), ("ok", "2"))).html() == ' ok="2"'


def test_updated_and_without():
    attributes = parse(".a k=1").updated(data_x="2").without("k")
    assert attributes.items == (("class", "a"), ("data-x", "2"))
    assert attributes.problems == ()
    assert parse("a: b='x").without("b").problems == parse("a: b='x").problems


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
