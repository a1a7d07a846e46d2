"""Variables: what is filled in, and what stays as it is written."""

import datetime

import pytest

from kejian.core.diagnostics import Span
from kejian.parse.lines.variables import Variables, variables

HERE = Span("a.md", 3)
VALUES = variables(
    {"title": "卷积", "week": 3, "draft": False, "on": datetime.date(2026, 11, 30), "presentation": {"width": 1}},
    {"term": "2026 年秋", "title": "课程"},
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HEADER {{title}}", "HEADER 卷积"),
        ("# {{ title }}，{{term}}", "# 卷积，2026 年秋"),
        ("week {{week}}, {{on}}, {{draft}}", "week 3, 2026-11-30, false"),
        ("`{{title}}` and ``a ` {{title}}`` {{title}}", "`{{title}}` and ``a ` {{title}}`` 卷积"),
        (
            "$a_{{title}}$, $$ {{title}} $$, \\({{title}}\\), {{title}}",
            "$a_{{title}}$, $$ {{title}} $$, \\({{title}}\\), 卷积",
        ),
        ("{{presentation}} {{unknown}} {{}} {{a b}} {title}", "{{presentation}} {{unknown}} {{}} {{a b}} {title}"),
        ("a ` b {{title}}", "a ` b 卷积"),
        ("costs 5$ {{title}}", "costs 5$ 卷积"),
    ],
)
def test_a_value_stands_for_its_name_outside_of_code_and_formulas(text, expected):
    assert VALUES.filled(text) == expected


def test_in_the_lines_of_a_file_listings_and_formulas_stay():
    written = ["{{title}}", "```", "{{title}}", "```", "$$", "{{title}}", "$$", "{{term}}"]
    assert VALUES.lines(written) == ["卷积", *written[1:7], "2026 年秋"]


def test_a_name_that_is_nearly_a_value_s_is_a_finding():
    (found,) = VALUES.unknown("a {{titel}} `{{titel}}` {{nothing}} {{title}}", HERE)
    assert (found.code, found.span.line, found.span.column) == ("unknown-variable", 3, 3)
    assert found.hint == "did you mean {{title}}?"


def test_without_values_nothing_is_filled_or_found():
    text = "{{title}} of a template that MPE shows as text"
    assert Variables().filled(text) == text
    assert list(Variables().unknown(text, HERE)) == []


def test_a_value_of_several_lines_is_one_line():
    assert variables({"abstract": "a\nb\n"}, {}).filled("{{abstract}}") == "a b"
