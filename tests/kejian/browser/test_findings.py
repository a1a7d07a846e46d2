"""Findings of a browser as diagnostics of a deck, at the slide they are about."""

import re
from pathlib import Path

from kejian.attributes import parse
from kejian.browser.findings import CHECKS, CODES, Finding, judge, places
from kejian.diagnostics import Severity, Span
from kejian.model import Deck, Slide

SCRIPT = Path(__file__).parents[3] / "templates" / "browser" / "checks.js"
NOTHING = Slide("", Span("a.md"))
SLIDES = (
    Slide("", Span("a.md", 1)),
    Slide("", Span("a.md", 5), parse('data-accept="overlap: meant"'), vertical=True),
    Slide("", Span("a.md", 9)),
)
DECK = Deck("a.md", "A", NOTHING, SLIDES, {}, {})


def test_slides_are_found_by_column_and_row():
    assert {place: slide.span.line for place, slide in places(DECK).items()} == {(0, 0): 1, (0, 1): 5, (1, 0): 9}


def test_a_finding_is_a_warning_at_the_slide_with_what_to_do():
    found = judge(DECK, [Finding("overflow", "too tall", (1, 0))])
    assert [(d.code, d.severity, d.span.line, d.message) for d in found.diagnostics if d.code == "overflow"] == [
        ("overflow", Severity.WARNING, 9, "too tall")
    ]
    assert all(d.hint for d in found.diagnostics)


def test_an_accepted_finding_is_counted():
    found = judge(DECK, [Finding("overlap", "a lies upon b", (0, 1))])
    assert (found.diagnostics, found.accepted) == ((), 1)


def test_an_acceptance_that_nothing_needs_is_a_finding():
    assert [(d.code, d.span.line) for d in judge(DECK, []).diagnostics] == [("accepts-nothing", 5)]


def test_what_is_about_no_slide_is_about_the_first():
    found = judge(DECK, [Finding("console-error", "x is not defined", (7, 7))])
    assert ("console-error", 1) in [(d.code, d.span.line) for d in found.diagnostics]


def test_the_table_names_each_check_of_the_script_once():
    table = re.search(r"const CHECKS = \{(.*?)\n  \};", SCRIPT.read_text("utf-8"), re.DOTALL)
    names = re.findall(r'^    "?([\w-]+)"?[,:]', table[1], re.MULTILINE)
    assert len(set(CODES)) == len(CODES)
    assert {check.code for check in CHECKS if check.by == "slide"} == {
        {"smallType": "small-type", "duplicateId": "duplicate-id"}.get(name, name) for name in names
    }
