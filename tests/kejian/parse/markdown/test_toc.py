"""Tables of contents, case by case."""

from kejian.parse.markdown import FileRenderer

CASES = "toc.md"


def test_case(case, shown):
    assert shown(case.text) == case.expected


def test_many_long_tables_of_contents_are_refused_from_some_point_on(body):
    scope = FileRenderer()
    slides = [[f"# 节 {n}" for n in range(300)], *(["# 目录", "", "[TOC]"] for _ in range(100))]
    scope.collect(slides)
    found = [one for lines in slides for one in body(lines, scope).diagnostics]
    assert found
    assert {one.code for one in found} == {"too-many-toc"}
    assert found[0].span.line == 3
