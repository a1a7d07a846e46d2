"""Bars and words on a canvas of the slide's pixels."""

import pytest

from cnn_examples import style
from cnn_examples.charts import Bar, Layout, box, canvas, chart, line, write

ROWS = Bar("甲", 50, "50 个"), Bar("乙", 0, "0 个"), Bar("丙", 100, "100 个", style.NOW, "注")


def test_a_canvas_is_measured_in_the_pixels_of_a_slide():
    figure, axes = canvas(960, 480)
    assert figure.get_size_inches().tolist() == [10, 5]
    assert (axes.get_xlim(), axes.get_ylim()) == ((0, 960), (480, 0))


def test_letters_are_as_large_as_they_are_drawn():
    _, axes = canvas(100, 100)
    write(axes, 1, 2, "字", size=24)
    assert axes.texts[0].get_fontsize() == pytest.approx(18)  # points, of which 72 are 96 pixels


@pytest.mark.parametrize("most, lengths", [(0, [200, 400]), (200, [100, 200])])
def test_bars_share_a_scale_and_nothing_has_none(most, lengths):
    _, axes = canvas(1000, 200)
    chart(axes, ROWS, Layout(names=200, full=400), most=most)
    assert [bar.get_width() for bar in axes.patches] == lengths
    assert "0 个" not in [text.get_text() for text in axes.texts]


def test_lines_and_boxes_are_in_pixels():
    _, axes = canvas(100, 100)
    line(axes, (0, 10), (0, 0), width=4)
    box(axes, 1, 2, 3, 4, style.SHADE)
    assert axes.lines[0].get_linewidth() == pytest.approx(3)
    assert axes.patches[0].get_bbox().bounds == (1, 2, 3, 4)
