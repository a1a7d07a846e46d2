"""The engine in Rust."""

import re

import pytest

from kejian.makers.mermaid.engine import EngineError


def test_a_drawing_and_a_reading(merman):
    assert merman.svg("graph LR\n 甲-->乙").startswith("<svg")
    assert [one["id"] for one in merman.model("graph LR\n 甲-->乙")["nodes"]] == ["甲", "乙"]


def test_an_error_has_its_line(merman):
    with pytest.raises(EngineError) as refused:
        merman.svg('pie\n "a" : 1\n b 2')
    assert refused.value.line == 3
    assert "\n" not in str(refused.value)


def test_boxes_are_as_wide_as_the_page_s_letters(merman, ruler):
    svg = merman.svg("classDiagram\n class 卷积神经网络的输出\n class MMMMMMMMMMMM")
    widths = [float(width) for width in re.findall(r'<foreignObject width="([\d.]+)"', svg)]
    labels = ("卷积神经网络的输出", "MMMMMMMMMMMM")
    assert widths == [pytest.approx(ruler.width(label, 16, "bolder"), abs=0.1) for label in labels]
