"""Mermaid as it is drawn: whole, or refused with the line."""

import json
import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejian.core import toolchain
from kejian.makers.mermaid import draw
from kejian.makers.mermaid.counted import drawn
from kejian.makers.mermaid.measure import FONTS
from tests.kejian.makers.mermaid.sources import WHOLE

REFUSED = {
    "an open bracket": ("graph TD\n  A[未闭合 --> B", "line 2 cannot be read: Unterminated", 2),
    "a line that is none": ("flowchart TD\n  A --> B\n  ??? !!\n  B --> C", "line 3 cannot be read", 3),
    "a message that is none": ("sequenceDiagram\n  A->>B: x\n  nonsense here\n  B->>A: y", "cannot be read", 3),
    "a task that is none": ("gantt\n  section S\n  a :a1, 2026-01-01, 5d\n  什么都不是", "什么都不是", 4),
    "a date that is none": ("gantt\n dateFormat YYYY-MM-DD\n section S\n  a :a1, zzz, 5d", "zzz", 4),
    "a slice without a colon": ('pie\n  "a" : 3\n  b 4', "line 3 cannot be read", 3),
    "an open node of a mind map": ("mindmap\n  root\n    a((x", "line 3 cannot be read", 3),
    "a word that is misspelt": ("gitGraph\n commit\n comit", "Unknown statement: comit", 3),
    "a point outside": ("quadrantChart\n a: [0.3, 2.6]", "coordinate", 2),
    "a formula": ("flowchart LR\n A[$$x$$] --> B", "math", 0),
    "no kind": ("foo\n a", "Mermaid diagram", 0),
    "nothing": ("", "no Mermaid diagram", 0),
    "a kind alone": ("flowchart LR", "it draws nothing", 0),
    "too much": ("flowchart LR\n" + "a --> b & c & d & e\n" * 20_000, "", 0),
}


TAGS = frozenset(
    "svg g a text tspan title defs marker clipPath linearGradient radialGradient stop path rect circle ellipse line "
    "polygon polyline".split()
)


@pytest.fixture(scope="module")
def made(merman):  # noqa: ARG001 -- it must be there
    """All sources, drawn by one process."""
    sources = [*WHOLE.values(), *(source for source, _, _ in REFUSED.values())]
    return dict(zip(sources, draw.drawings(sources, toolchain.locate()), strict=True))


@pytest.mark.parametrize("name", WHOLE)
def test_a_source_is_drawn_whole(name, made):
    found = made[WHOLE[name]]
    assert "error" not in found, found
    ET.fromstring(found["html"])
    assert not re.search(
        r"<(?:style|script|foreignObject|image|use)\b|\son\w+=|javascript:|url\((?!#\ue000)", found["html"]
    )
    assert drawn(found["html"]).texts


@pytest.mark.parametrize("name", REFUSED)
def test_a_source_is_refused_with_its_line(name, made):
    source, words, line = REFUSED[name]
    found = made[source]
    assert found is None or (words in found["error"] and "\n" not in found["error"])
    assert found is None or found["line"] == (line or found["line"])


def test_a_chinese_label_is_inside_its_box(made):
    html = made[WHOLE["long label"]]["html"]
    box = re.search(r'<rect x="(-?[\d.]+)"[^>]*width="([\d.]+)"', html)
    lines = re.findall(r">([\u4e00-\u9fff，]+)</tspan>", html)
    assert len(lines) > 1
    assert max(map(len, lines)) * 16 < float(box[2])


def test_the_same_source_is_the_same_drawing(made):
    source = next(iter(WHOLE.values()))
    assert next(draw.drawings([source], toolchain.locate())) == made[source]


def test_without_an_engine_a_source_is_refused(monkeypatch):
    monkeypatch.setattr(draw, "_engine", lambda fonts: None)
    assert json.loads(draw.drawing(("graph LR\n a", "")))["error"] == draw.NONE


@pytest.mark.parametrize(
    "source",
    [
        'flowchart LR\n a["<script>x</script><img src=http://a.b/c onerror=x> hi"] --> b',
        'flowchart LR\n a --> b\n click a "javascript:alert(1)"\n click b call f()',
        'flowchart LR\n a@{ img: "http://a.b/c.png", label: "i" }',
        "flowchart LR\n a --> b\n style a fill:url(http://a.b/c),stroke:red;}*{x:y",
        "flowchart LR\n a --> b\n classDef x fill:#f00,background:url(http://a.b)\n class a x",
        '%%{init: {"themeCSS": "@import url(//a.b)", "securityLevel": "loose"}}%%\nflowchart LR\n a["<b onx=x>c"]',
        'sequenceDiagram\n participant A\n link A: x @ javascript:alert(1)\n A->>A: "><script>x</script>',
        'pie\n "\\"><script>x</script>" : 3\n',
        'mindmap\n r["<iframe src=x></iframe>t"]',
        'C4Context\n Person(a, "x", $link="javascript:x", $sprite="http://a.b/c.png")',
    ],
)
def test_nothing_that_runs_or_fetches_is_drawn(source):
    (found,) = draw.drawings([source], toolchain.locate())
    html = str((found or {}).get("html", ""))
    for element in ET.fromstring(html).iter() if html else ():
        assert element.tag in TAGS
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert "://" not in value
            assert "script:" not in value


@given(
    st.text(max_size=80), st.sampled_from(("flowchart LR\n", "sequenceDiagram\n", "mindmap\n", "gantt\n", "pie\n", ""))
)
def test_any_text_is_drawn_or_refused(text, kind):
    found = json.loads(draw.drawing((kind + text, str(toolchain.locate().module(FONTS)))))
    assert ("html" in found) != ("error" in found)
