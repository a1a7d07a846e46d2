"""HTML that a program has written, case by case (`tests/fixtures/contained.md`)."""

import re
from pathlib import Path

import pytest
from markdown_it.utils import read_fixture_file

from kejian.parse.html.contained import contained

CASES = [case[1:] for case in read_fixture_file(Path(__file__).parents[3] / "fixtures" / "contained.md")]


@pytest.mark.parametrize("_title, text, expected", CASES, ids=[case[0] for case in CASES])
def test_contained_html_stays_within_its_box(_title, text, expected):
    found = contained(text)
    told = "".join(f"\n- {words}" for words in found.left_out)
    assert (found.html.strip("\n") + told).strip() == expected.strip()


@pytest.mark.parametrize("text", [case[1] for case in CASES], ids=[case[0] for case in CASES])
def test_permitted_html_is_unchanged(text):
    once = contained(text).html
    assert contained(once).html == once


def test_a_style_sheet_is_applied_up_to_a_bound():
    found = contained("<style>" + "p{color:red}" * 3000 + "</style>" + "<p>x</p>" * 3000).html
    assert found.count("color: red") <= 20_000


def test_what_is_nested_too_deep_is_told():
    assert contained("<div>" * 500).left_out == ("what is nested too deep",)


def test_slots_that_a_text_writes_in_attributes_stay_text():
    assert re.search("<kj-hole", contained('<p title="<kj-hole n=0></kj-hole>">x</p>').html) is None
