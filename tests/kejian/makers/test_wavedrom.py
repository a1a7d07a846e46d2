"""Timing diagrams, registers and gates, through the real engine."""

import re
from xml.etree import ElementTree as ET

import pytest

from kejian.core.diagnostics import Diagnostic, Span
from kejian.core.model import Diagram
from kejian.makers.mermaid.counted import drawn
from tests.kejian.makers.filled import filled

WHOLE = {
    "signals": """{ signal: [
        { name: 'clk', wave: 'p.....|...' },
        { name: '数据', wave: 'x.345x|=.x', data: ['头', 'body', 'tail', 'data'] },
        ['组', { name: 'req', wave: '0.1..0|1.0', node: '..a..b' }, {}],
        ], edge: ['a~>b 边'], head: { text: '标题' }, foot: { text: 'end', tock: 9 }, config: { hscale: 2 } }""",
    "data as words": "{signal: [{name: 'a', wave: 'x34x', data: '甲 乙'}]}",
    "a register": '{"reg": [{"bits": 7, "name": "opcode"}, {"bits": 5, "name": "目的"}, {"bits": 20}]}',
    "gates": "{assign: [['out', ['|', ['&', ['~', 'a'], 'b'], ['&', ['~', 'b'], 'a']]]]}",
}
REFUSED = {
    "no JSON": ("{signal: [\n  {name: 'a', wave: 'p'\n", "invalid end of input", 3),
    "no object": ("3", "an object", 1),
    "nothing": ("{}", "", 0),
    "a label too many": ("{signal: [{name: 'a', wave: 'x3x', data: ['甲', '乙']}]}", "leaves out `乙`", 0),
    "too much": ("{signal: [" + "{name: 'a', wave: 'x3x3x3x3', data: 'a b c d'}," * 9000 + "]}", "too large", 0),
    "too many bricks": ("{signal: [{name: 'a', wave: 'p" + "." * 30_000 + "'}]}", "too large", 0),
    "gates that are none": ("{assign: 3}", "", 0),
}


@pytest.fixture(scope="module")
def made(typeset):
    sources = [*WHOLE.values(), *(source for source, _, _ in REFUSED.values())]
    holes = {source: Diagram(source, "wavedrom", "", Span("a.md", 5)) for source in sources}
    found = filled(typeset, list(holes.values()))
    return {source: found[hole] for source, hole in holes.items()}


@pytest.mark.parametrize("name", WHOLE)
def test_a_source_is_drawn_whole(name, made):
    found = made[WHOLE[name]]
    assert not isinstance(found, Diagnostic), found
    tags = {element.tag for element in ET.fromstring(found.html).iter()}
    assert tags <= set("svg g a text tspan defs marker path rect circle line".split())
    assert not re.search(r" style=|url\((?!#\ue000)", found.html)
    assert drawn(found.html).texts


@pytest.mark.parametrize("name", REFUSED)
def test_a_source_is_refused(name, made):
    source, words, line = REFUSED[name]
    found = made[source]
    assert isinstance(found, Diagnostic)
    assert found.code == "bad-wavedrom"
    assert words in found.message
    assert found.span.line == (4 + line if line else 5)
    assert found.hint


def test_colours_are_the_page_s(made):
    html = made[WHOLE["signals"]].html
    assert 'stroke="currentColor"' in html
    assert "var(--ground, Canvas)" in html
    assert not re.search(r'(?:fill|stroke)="(?:#|white|black|rgb)', html)
