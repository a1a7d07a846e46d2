"""Findings of a browser as diagnostics of a deck, at the slide they are about."""

import re
from pathlib import Path

from kejian.browser.findings import BrowserFinding, judge, places
from kejian.checks.browser_codes import CHECKS, CODES
from kejian.core.attributes import parse
from kejian.core.diagnostics import Severity, Span
from kejian.core.model import Deck, Slide

SCRIPT = Path(__file__).parents[3] / "templates" / "browser" / "checks.js"
NOTHING = Slide(html="", span=Span("a.md"))
SLIDES = (
    Slide(html="", span=Span("a.md", 1)),
    Slide(html="", span=Span("a.md", 5), attributes=parse('data-accept="overlap: meant"'), vertical=True),
    Slide(html="", span=Span("a.md", 9)),
)
DECK = Deck(path="a.md", title="A", preface=NOTHING, slides=SLIDES, reveal={}, front={})


def test_slides_are_found_by_column_and_row():
    assert {place: slide.span.line for place, slide in places(DECK).items()} == {(0, 0): 1, (0, 1): 5, (1, 0): 9}


def test_a_finding_is_a_warning_at_the_slide_with_what_to_do():
    found = judge(DECK, [BrowserFinding("overflow", "too tall", (1, 0))])
    assert [(d.code, d.severity, d.span.line, d.message) for d in found.diagnostics if d.code == "overflow"] == [
        ("overflow", Severity.WARNING, 9, "too tall")
    ]
    assert all(d.hint for d in found.diagnostics)


def test_an_accepted_finding_is_counted():
    found = judge(DECK, [BrowserFinding("overlap", "a lies upon b", (0, 1))])
    assert (found.diagnostics, found.accepted) == ((), 1)


def test_an_acceptance_that_nothing_needs_is_a_finding():
    assert [(d.code, d.span.line) for d in judge(DECK, []).diagnostics] == [("accepts-nothing", 5)]


def test_finding_without_a_slide_is_placed_at_the_first():
    found = judge(DECK, [BrowserFinding("console-error", "x is not defined", (7, 7))])
    assert ("console-error", 1) in [(d.code, d.span.line) for d in found.diagnostics]


def test_the_table_names_each_check_of_the_script_once():
    table = re.search(r"const CHECKS = \{(.*?)\n  \};", SCRIPT.read_text("utf-8"), re.DOTALL)
    names = re.findall(r'^    "?([\w-]+)"?[,:]', table[1], re.MULTILINE)
    assert len(set(CODES)) == len(CODES)
    assert {check.code for check in CHECKS if check.by == "slide"} == {
        {"smallType": "small-type", "duplicateId": "duplicate-id"}.get(name, name) for name in names
    }
