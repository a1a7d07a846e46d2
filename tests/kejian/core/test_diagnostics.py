"""What a user is told."""

import json

import pytest

from kejian.core.diagnostics import (
    Diagnostic,
    Severity,
    Span,
    as_json,
    as_text,
    error,
    failed,
    ordered,
    strict,
    warning,
)

SPAN = Span("slides/cnn.md", 12, 3)
LONG = "".join(chr(0x4E00 + n) for n in range(200))
"""Two hundred different characters."""

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


@pytest.mark.parametrize(
    "column, shown, caret",
    [
        (61, LONG[:100], 60),  # up to here a line is shown from its beginning
        (62, LONG[1:101], 60),
        (150, LONG[89:189], 60),
        (200, LONG[139:200], 60),
    ],
)
def test_long_line_is_cut_to_100_characters_60_before_the_column(column, shown, caret):
    text = as_text([warning("x", Span("a.md", 1, column), "m")], lambda span: LONG)
    assert text.splitlines()[1:] == ["    " + shown, "    " + "  " * caret + "^"]
    assert shown[caret] == LONG[column - 1]


def test_a_span_is_one_line_unless_it_says_otherwise():
    assert Span("a.md", 3) == Span("a.md", 3, 1, 0)


def test_json_is_read_by_people_too():
    """Two blanks a level, and Chinese as it is."""
    found = error("x", Span("a.md"), "缺少")
    assert as_json([found]).startswith('[\n  {\n    "code": "x",\n')
    assert '"message": "缺少"' in as_json([found])


def test_only_errors_fail():
    hint = Diagnostic(code="x", severity=Severity.HINT, span=SPAN, message="m")
    assert [failed([one]) for one in (hint, FOUND, error("x", SPAN, "m"))] == [False, False, True]
    assert failed([FOUND, error("x", SPAN, "m"), hint])
    assert strict([hint]) == [hint]


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
