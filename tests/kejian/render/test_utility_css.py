"""Utility classes: rules for what a page uses, and for nothing else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejian.render import utility_css


@pytest.mark.parametrize(
    ("name", "declaration"),
    [
        ("top4", "margin-top: 4%"),
        ("bottom15", "margin-bottom: 15%"),
        ("left-2", "margin-left: -2%"),
        ("right6", "margin-right: 6%"),
        ("bottom0", "margin-bottom: 0%"),
        ("width75", "width: 75%"),
        ("height100", "height: 100%"),
        ("red", "color: var(--red)"),
        ("base01", "color: var(--base01)"),
        ("center", "text-align: center"),
        ("multi_column", "display: flex"),
    ],
)
def test_a_utility_has_its_rule(name, declaration):
    css = utility_css.css([name])
    assert f".{name} {{" in css.replace(f".{name}.", "")
    assert declaration in css


@pytest.mark.parametrize("name", ["", "slide", "topping", "top", "width-5", "top4px", "top1000", "left--2", "tops4"])
def test_other_classes_have_none(name):
    assert utility_css.css([name]) == ""


def test_rules_stay_inside_slides_and_pages():
    """reveal.js uses `center` for its own element; ours must not reach it."""
    for rule in re.findall(r"[^{}]+(?=\{)", utility_css.css(["center", "red", "top4", "threeline"])):
        assert rule.strip().startswith(":is(.slides, .page) ")


def test_class_names_are_read_from_html():
    html = """<p class="top4 red"><img class='center'><i class=blue> class="no" is text too</i>"""
    assert {"top4", "red", "center", "blue"} <= utility_css.used(html)


@given(st.lists(st.sampled_from(["top4", "left-2", "red", "center", "nothing"])))
def test_order_and_repetition_do_not_matter(classes):
    assert utility_css.css(classes) == utility_css.css(reversed(classes)) == utility_css.css(set(classes))


@given(st.text(alphabet="clas=\"'<> \n", max_size=300))
def test_any_text_is_read(text):
    assert all(name.strip() for name in utility_css.used(text))
