"""Front matter: YAML at the very start of a file."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejian.parse.lines.frontmatter import read


def test_presentation_is_handed_on():
    front = read("---\ntitle: T\npresentation:\n  margin: 0\n  controls: false\n---\nx", "a.md")
    assert front.presentation == {"margin": 0, "controls": False}
    assert (front.values["title"], front.lines, front.diagnostics) == ("T", 6, ())


@pytest.mark.parametrize("text", ["", "x\n---\na: 1\n---", "---\nno end", " ---\na: 1\n---"])
def test_no_front_matter(text):
    assert read(text, "a.md").lines == 0


@pytest.mark.parametrize("yaml", ["presentation: 3", "presentation: [1]", "", "x: y"])
def test_a_presentation_that_is_no_mapping_counts_as_empty(yaml):
    assert read(f"---\n{yaml}\n---\n", "a.md").presentation == {}


@pytest.mark.parametrize(
    "yaml, line, words",
    [
        ("a: [1\nb: 2", 3, "not YAML"),
        ("a: *b", 2, "alias"),
        ("- a\n- b", 2, "not a list of keys"),
        ("a: " + "[" * 40 + "]" * 40, 2, "nested more than"),
        ("a: " + "x" * 70_000, 2, "longer than"),
        ("\ttab: 1", 2, "not YAML"),
    ],
)
def test_bad_front_matter_is_a_warning_and_counts_as_empty(yaml, line, words):
    front = read(f"---\n{yaml}\n---\ntext", "a.md")
    (found,) = front.diagnostics
    assert front.values == {}
    assert (found.code, found.span.line) == ("bad-front-matter", line)
    assert words in found.message
    assert front.lines == yaml.count("\n") + 3


@given(st.text())
def test_any_front_matter_is_data_that_json_can_say(text):
    json.dumps(read(f"---\n{text}\n---\n", "a.md").values, allow_nan=False)


def test_dates_and_infinities_are_made_plain():
    assert read("---\nd: 2026-11-24\nn: .nan\n---", "a.md").values == {"d": "2026-11-24", "n": None}
