"""Text macros: a template's first comment is its usage."""

import pytest

from kejian.parse.lines.text_macros import Macros, macro, table


def draw(values):
    return "\n".join(f"[{key}={value}]" for key, value in values.items()) or "!"


@pytest.mark.parametrize(
    "template, fields, rest",
    [
        ("{# HEADER title... #}\n<div>", ("title",), True),
        ("{#- FOOTER3 left center right... -#}", ("left", "center", "right"), True),
        ("{# PAIR a b #}", ("a", "b"), False),
        ("{# 我的批注 #}", (), False),
    ],
)
def test_usage(template, fields, rest):
    found = macro(template, draw)
    assert (found.fields, found.rest) == (fields, rest)


@pytest.mark.parametrize("template", ["", "<div>", "<div>{# X #}", "{##}", "{# X ... #}", "{# X ... a #}"])
def test_a_template_without_usage_is_no_macro(template):
    assert macro(template, draw) is None


@pytest.fixture
def macros():
    return table([macro(f"{{# {usage} #}}", draw) for usage in ("PAIR a b...", "FOOTER2 left right...", "注")])


@pytest.mark.parametrize(
    "line, expected, problem",
    [
        ("PAIR 1 2 3", "[a=1] [b=2 3]", ""),
        ("PAIR  1   2", "[a=1] [b=2]", ""),
        ("PAIR 1", "[a=1] [b=]", "PAIR lacks b"),
        ("PAIR", "[a=] [b=]", "PAIR lacks a, b"),
        ("PAIRS 1 2", "PAIRS 1 2", ""),
        ("x 注 y 注", "x ! y !", ""),
        ("`注` 注 `", "`注` ! `", ""),
        ("PAIR <b>x</b> $a$", "[a=<b>x</b>] [b=$a$]", ""),
    ],
)
def test_expand(macros, line, expected, problem):
    assert macros.expand(line) == (expected, problem)


def test_an_empty_footer_takes_the_course_s_cells(macros):
    assert macros.expand("FOOTER2", ["课程", "地址"]) == ("[left=课程] [right=地址]", "")


def test_the_later_of_two_macros_with_one_name_holds():
    first, second = (macro("{# A x #}", lambda values, w=w: w) for w in "12")
    assert table([first, second]).expand("A 0") == ("2", "")


def test_no_macros():
    assert Macros({}, {}).expand("HEADER x") == ("HEADER x", "")
