"""The official engine, which takes the place of the one in Rust."""

import json

import pytest

from kejian.makers.mermaid import draw
from kejian.makers.mermaid.engine import EngineError
from tests.kejian.makers.mermaid.sources import WHOLE

pytestmark = pytest.mark.slow  # a second for each drawing

STRICTER = {"comments", "sank1", "xy2"}
"""It reads no comment behind an arrow, and no Chinese without quotes in some kinds."""
SOME = ["tight", "a graph", "groups", "states", "seq1", "class1", "er1", "gantt1", "pie1", "mind1", "journey1", "time1"]


@pytest.mark.parametrize("name", [name for name in WHOLE if name in SOME])
def test_a_source_is_drawn_whole(name, official, ruler):
    found = json.loads(draw._drawn(WHOLE[name].strip("\n"), ruler, official))
    assert "error" not in found


@pytest.mark.parametrize("source", ["graph TD\n  A[未闭合 --> B", "pie\n x", "foo"])
def test_what_it_cannot_read_is_refused(source, official):
    with pytest.raises(EngineError) as refused:
        official.svg(source)
    assert "\n" not in str(refused.value)
