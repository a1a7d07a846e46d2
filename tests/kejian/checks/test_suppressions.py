"""`data-accept`: which findings a slide accepts, and what an acceptance owes."""

import pytest

from kejian.checks.suppressions import accepted, apply_suppressions
from kejian.core.attributes import parse
from kejian.core.diagnostics import Span, warning
from kejian.core.model import Slide

CODES = ("overflow", "axe", "overlap")
SPAN = Span("slides/a.md", 3)


def slide(text):
    return Slide(html="", span=SPAN, attributes=parse(f'data-accept="{text}"') if text is not None else parse(""))


def found(*codes):
    return [warning(code, SPAN, "…") for code in codes]


@pytest.mark.parametrize(
    "text, expected",
    [
        (None, {}),
        ("", {}),
        ("overflow: meant to scroll", {"overflow": "meant to scroll"}),
        ("overflow: a: b; axe: c", {"overflow": "a: b", "axe": "c"}),
        ("overflow: 要滚动；axe: 演示", {"overflow": "要滚动", "axe": "演示"}),
        (" ; overflow ;", {"overflow": ""}),
    ],
)
def test_codes_with_their_reasons(text, expected):
    assert accepted(slide(text)) == expected


@pytest.mark.parametrize(
    "text, codes, standing, meant",
    [
        (None, ["overflow"], ["overflow"], 0),
        ("overflow: why", ["overflow", "overflow", "axe"], ["axe"], 2),
        ("overflow", ["overflow"], ["overflow", "accepts-without-reason"], 0),
        ("overflow: why", [], ["accepts-nothing"], 0),
        ("overflow", [], ["accepts-nothing"], 0),
        ("overfull: why", ["overflow"], ["overflow", "accepts-unknown"], 0),
    ],
)
def test_remaining_findings_and_number_of_suppressed_ones(text, codes, standing, meant):
    diagnostics, count = apply_suppressions(slide(text), found(*codes), CODES)
    assert [one.code for one in diagnostics] == standing
    assert count == meant
