"""What was read against what was drawn."""

import pytest

from kejian.makers.mermaid.counted import DrawingContent, bare, drawn, missing

FLOW = {
    "type": "flowchart-v2",
    "nodes": [{"id": "a", "label": "甲 x"}, {"id": "b", "label": "B<br/>c"}],
    "edges": [{"label": "是"}, {"label": "是"}],
}
HTML = (
    '<svg><g class="node"><text><tspan>甲 x</tspan></text></g>'
    '<g class="node"><text><tspan>B</tspan><tspan>c</tspan></text></g>{}</svg>'
)
EDGES = '<path class="edge"/><path class="edge"/><text>是</text><text>是</text>'


def test_all_is_there():
    assert missing(FLOW, drawn(HTML.format(EDGES))) == ""


@pytest.mark.parametrize(
    "old, new, words",
    [
        ("甲 x", "甲", "leaves out `甲x`"),
        ("<text>是</text><text>是", "<text>是", "leaves out `是`, 1 of 2 times drawn"),
        ('<path class="edge"/><path', "<path", "1 of the 2 connections"),
        ('<g class="node">', "<g>", "0 of the 2 nodes"),
    ],
)
def test_what_is_missing_is_named(old, new, words):
    assert words in missing(FLOW, drawn(HTML.format(EDGES).replace(old, new)))


NO_NODES = [{"shape": "stateStart", "label": "root_start"}, {"shape": "noteGroup", "label": "甲"}]
NO_TEXTS = [{"type": 22, "message": "rgb(1,2,3)"}, {"type": 2, "from": "a", "to": "b", "message": "甲"}]
GROUP = {
    "type": "flowchart-v2",
    "nodes": [{"id": "s", "label": "s"}],
    "edges": [{"stroke": "invisible"}],
    "subgraphs": [{"id": "s", "title": "甲"}],
}


@pytest.mark.parametrize(
    "model",
    [
        GROUP,
        {"type": "stateDiagram", "nodes": NO_NODES},
        {"type": "sequence", "messages": NO_TEXTS},
        {"type": "unheard of", "nodes": [{"label": "x"}]},
        {"type": "er", "entities": None},
        {},
    ],
)
def test_what_is_not_drawn_by_design_is_not_missed(model):
    assert missing(model, DrawingContent(("甲",), 1, 0)) == ""


@pytest.mark.parametrize(
    "text, plain",
    [("a <b>B</b>", "ab"), ("**粗** _x_", "粗x"), ("fa:fa-car 车", "车"), ("ﬂ°°59¶ß &amp;", ";&"), ('"引"', "引")],
)
def test_labels_are_compared_without_markup(text, plain):
    assert bare(text) == plain


def test_a_label_may_be_drawn_in_several_texts():
    assert missing({"type": "pie", "title": "一二三四"}, DrawingContent(("一二", "三四"), 0, 0)) == ""
