"""Charts, where the package that draws them is installed."""

import json

import pytest

from kejian.core.diagnostics import Span
from kejian.core.model import Diagram
from kejian.makers import svg, vega
from tests.kejian.makers.filled import filled

BAR = {
    "data": {"values": [{"a": "甲", "url": 3}, {"a": "乙", "url": 5}]},
    "mark": "bar",
    "encoding": {"x": {"field": "a", "type": "nominal"}, "y": {"field": "url", "type": "quantitative"}},
}


@pytest.mark.parametrize(
    "source, words, line",
    [
        ('{\n "data": ', "line 2 is no JSON", 2),
        ("[1]", "an object of JSON", 1),
        ('{\n"data": {"url": "http://a.b/c.csv"}}', "loads 'http://a.b/c.csv'", 2),
        ('{"layer": [{"data": {"url": "/etc/passwd"}}]}', "loads '/etc/passwd'", 1),
        ("[" * 100_000, "", 0),
    ],
)
def test_what_is_refused(source, words, line):
    found = json.loads(vega.drawing((source, "vega-lite")))
    assert words in found["error"]
    assert found["line"] == line or not line
    assert vega.hint(found["error"])


@pytest.mark.slow
def test_a_chart_is_drawn():
    pytest.importorskip("vl_convert", reason="pip install vl-convert-python to test charts")
    made = list(vega.drawings([(json.dumps(BAR), "vega-lite"), ('{"mark": "no such"}', "vega-lite")]))
    html = svg.inline(made[0]["svg"])
    assert ">甲</text>" in html
    assert html.startswith('<svg class="diagram"')
    assert "error" in made[1]


def test_what_is_wrong_is_reported_at_its_line(typeset):
    pytest.importorskip("vl_convert", reason="pip install vl-convert-python to test charts")
    hole = Diagram('{"mark": "bar",\n"data": {"url": "c.csv"}}', "vega-lite", "", Span("a.md", 3))
    found = filled(typeset, [hole])[hole]
    assert (found.code, found.span.line) == ("bad-vega-lite", 4)
    assert '"data": {"values": […]}' in found.hint


def test_without_the_package_the_source_is_shown_and_a_hint_has_its_name(typeset, monkeypatch):
    monkeypatch.setattr(vega, "available", lambda: False)
    hole = Diagram(json.dumps(BAR), "vega-lite", "", Span("a.md", 3))
    found = filled(typeset, [hole])[hole]
    assert (found.code, found.span.line) == ("diagram-not-drawn", 3)
    assert "`pip install vl-convert-python`" in found.hint
