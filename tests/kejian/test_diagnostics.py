"""What a user is told."""

import json

from kejian.diagnostics import Severity, Span, as_json, as_text, error, failed, ordered, strict, warning

SPAN = Span("slides/cnn.md", 12, 3)
FOUND = warning("missing-picture", SPAN, "the picture a.png is missing", "check the path")


def test_text_shows_the_line_and_points_at_the_column():
    assert as_text([FOUND], lambda span: "x <img src=a.png>") == (
        "slides/cnn.md:12:3: warning[missing-picture]: the picture a.png is missing\n"
        "    x <img src=a.png>\n"
        "      ^\n"
        "    hint: check the path\n"
    )


def test_text_without_line_and_hint():
    assert as_text([error("x", Span("a.md"), "m")], lambda span: "") == "a.md:1:1: error[x]: m\n"


def test_a_very_long_line_is_cut_around_the_column():
    text = as_text([warning("x", Span("a.md", 1, 500_001), "m")], lambda span: "a" * 500_000 + "b" * 500_000)
    assert len(text) < 300
    assert "^" in text
    shown, caret = text.splitlines()[1:3]
    assert shown[caret.index("^")] == "b"


def test_json_has_a_stable_shape():
    assert json.loads(as_json([FOUND])) == [
        {
            "code": "missing-picture",
            "severity": "warning",
            "path": "slides/cnn.md",
            "line": 12,
            "column": 3,
            "message": "the picture a.png is missing",
            "hint": "check the path",
        }
    ]


def test_order_is_that_of_the_files_and_each_finding_comes_once():
    first = warning("a", Span("a.md", 2), "m")
    assert ordered([FOUND, first, FOUND]) == [first, FOUND]


def test_strict_turns_warnings_into_errors():
    assert not failed([FOUND])
    (found,) = strict([FOUND])
    assert found.severity is Severity.ERROR
    assert failed([found])
