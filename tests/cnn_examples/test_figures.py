"""Each figure is drawn without a missing glyph, the same each time, from the arrays that the code computes."""

import re

import numpy as np
import pytest

from cnn_examples import figures_1d, figures_2d, figures_lenet, figures_photo, style
from cnn_examples.convolution import correlate2d
from cnn_examples.convolution_examples import INPUT, KERNEL
from cnn_examples.filters import DIAGONAL, photograph

FIGURES = [
    figures_1d.shared_weights, figures_1d.stride, figures_1d.padding, figures_1d.fractional_stride,
    figures_1d.dilation, figures_2d.receptive_field, figures_2d.dilation, figures_2d.pooling,
    figures_2d.pooling_back, figures_photo.smoothing, figures_photo.directional_edges,
    figures_photo.laplacian_edges, figures_photo.correlation_or_convolution, figures_lenet.pipeline,
]  # fmt: skip


def texts(figure):
    return [text.get_text() for axes in figure.axes for text in axes.texts]


@pytest.mark.parametrize("figure", FIGURES, ids=lambda f: f"{f.__module__.split('.')[1]}-{f.__name__}")
def test_a_figure_is_the_same_bytes_each_time(figure):
    data = style.svg(figure())
    assert data == style.svg(figure())
    assert len(data) < 200_000  # a page of all of them is to open quickly


def test_the_portrait_in_colour_is_the_same_bytes_each_time():
    assert style.svg(figures_photo.classified()) == style.svg(figures_photo.classified())


def test_one_dimensional_figures_show_computed_outputs():
    assert texts(figures_1d.stride())[:3] == ["$2$", "$-3$", "$3$"]
    assert texts(figures_1d.padding())[:5] == ["$-1$", "$2$", "$0$", "$-3$", "$1$"]
    assert texts(figures_1d.fractional_stride())[:7] == ["$-1$", "$2$", "$-1$", "$4$", "$-1$", "$6$", "$3$"]


def test_shared_weights_have_one_line_for_each_weight_of_each_output():
    figure = figures_1d.shared_weights()
    colours = [line.get_color() for line in figure.axes[0].lines]
    assert colours == list(figures_1d.WEIGHTS) * 4


def test_the_receptive_field_is_shaded_with_the_output_it_belongs_to():
    for at in (0, 0), (2, 1):
        figure = figures_2d.receptive_field(at)
        shaded = [p for p in figure.axes[0].patches if re.fullmatch(style.SHADE, _hex(p), re.IGNORECASE)]
        assert len(shaded) == KERNEL.size + 1
    outputs = [int(t.strip("$")) for t in texts(figure)[-9:]]
    assert np.array_equal(np.reshape(outputs, (3, 3)), correlate2d(INPUT, KERNEL))


def test_dilation_marks_nine_weights_in_each_panel():
    marked = [p for p in figures_2d.dilation().axes[0].patches if _hex(p) == style.MAGENTA]
    assert len(marked) == 3 * 9


def test_pictures_show_what_the_definition_computes():
    photo = photograph()
    shown = figures_photo.directional_edges().axes[2].images[0].get_array()
    assert shown.shape == (190, 190)
    assert np.allclose(shown[:30, :30], correlate2d(photo[:32, :32], DIAGONAL))
    total = figures_photo.correlation_or_convolution().axes[3].images[0].get_array()
    assert not total.any()


def test_lenet_shows_sizes_and_parameters():
    shown = texts(figures_lenet.pipeline())
    for text in "28×28", "×16", "48,120", "10,164", "850":
        assert text in shown


def _hex(patch):
    from matplotlib.colors import to_hex

    return to_hex(patch.get_facecolor())
