"""Each figure is drawn without a missing glyph, the same each time, from the arrays that the code computes."""

import types

import numpy as np
import pytest
from matplotlib.colors import to_hex

from cnn_examples import (
    counting,
    counting_examples,
    figures_1d,
    figures_2d,
    figures_channels,
    figures_laplacian,
    figures_lenet,
    figures_networks,
    figures_photo,
    filters,
    style,
)
from cnn_examples.convolution import correlate1d, correlate2d
from cnn_examples.convolution_examples import INPUT, KERNEL, convolution_matrix
from cnn_examples.filters import DIAGONAL, LAPLACIAN, photograph
from cnn_examples.pooling import SPOTS, max_pool

FIGURES = [
    figures_1d.shared_weights, figures_1d.stride, figures_1d.padding, figures_1d.narrow_wide_same,
    figures_1d.fractional_stride, figures_1d.fractional_rows, figures_1d.dilation, figures_2d.kernel_steps,
    figures_2d.dilation, figures_2d.matrix_and_transpose, figures_channels.nested_fields, figures_2d.three_shifts,
    figures_channels.channel_stack, figures_2d.pooling, figures_2d.pooling_back, figures_photo.smoothing,
    figures_photo.directional_edges, figures_photo.laplacian_edges, figures_photo.correlation_or_convolution,
    figures_laplacian.coefficients, figures_laplacian.slope, figures_lenet.pipeline, figures_networks.alexnet,
    figures_networks.googlenet, figures_networks.three, figures_networks.inception,
]  # fmt: skip


def drawn(example):
    """The figures of an example, which may come in steps."""
    shown = example()
    return list(shown) if isinstance(shown, types.GeneratorType) else [shown]


def texts(figure):
    return [text.get_text() for axes in figure.axes for text in axes.texts]


@pytest.mark.parametrize("figure", FIGURES, ids=lambda f: f"{f.__module__.split('.')[1]}-{f.__name__}")
def test_a_figure_is_the_same_bytes_each_time(figure):
    data = [style.svg(one) for one in drawn(figure)]
    assert data == [style.svg(one) for one in drawn(figure)]
    assert max(map(len, data)) < 260_000  # a page of all of them is to open quickly


@pytest.mark.parametrize("figure", FIGURES, ids=lambda f: f"{f.__module__.split('.')[1]}-{f.__name__}")
def test_nothing_lies_outside_and_letters_are_large_where_it_is_drawn(figure):
    for one in drawn(figure):
        width, height = one.get_size_inches()
        box = one.get_tightbbox()
        assert min(box.x0, box.y0, width - box.x1, height - box.y1) > -0.02
        assert width <= 12.1  # 1152 pixels, the width of a slide within its margins
        sizes = [text.get_fontsize() / 0.75 for axes in one.axes for text in axes.texts if text.get_text()]
        assert min(sizes, default=18) >= 18


def test_one_dimensional_figures_show_computed_outputs():
    assert texts(drawn(figures_1d.stride)[-1])[:3] == ["$2$", "$-3$", "$3$"]
    assert texts(drawn(figures_1d.padding)[-1])[:5] == ["$-1$", "$2$", "$0$", "$-3$", "$1$"]
    assert texts(figures_1d.fractional_stride())[:7] == ["$-1$", "$2$", "$-1$", "$4$", "$-1$", "$6$", "$3$"]


def test_a_window_step_shows_the_outputs_so_far_and_the_sum_of_its_own():
    steps = drawn(figures_1d.stride)
    assert len(steps) == 3
    assert texts(steps[1])[:3] == ["$2$", "$-3$", ""]
    assert texts(steps[1])[-1] == r"$(-1) \times 1 + 2 \times (-1) = -3$"
    assert len(drawn(figures_1d.padding)) == 5


def test_narrow_wide_and_same_count_what_the_convolution_gives():
    x, w = figures_1d.NINE, figures_1d.THREE
    counts = [t for t in texts(figures_1d.narrow_wide_same()) if "→" in t]
    assert counts == [f"9 → {len(correlate1d(x, w, padding=p))}" for p in (0, 2, 1)]


def test_the_rows_of_a_fractional_step_are_its_input_its_zeros_and_its_sums():
    shown = [t.strip("$") for t in texts(figures_1d.fractional_rows()) if t.startswith("$")]
    assert [*map(int, shown)] == [1, 2, 3, 0, 0, 1, 0, 2, 0, 3, 0, 0, 1, 1, 3, 2, 5, 3, 3]


def test_shared_weights_have_one_line_for_each_weight_of_each_output():
    figure = figures_1d.shared_weights()
    colours = [line.get_color() for line in figure.axes[0].lines]
    assert colours == list(figures_1d.WEIGHTS) * 4


def test_the_kernel_stands_in_nine_places_and_the_result_fills_up():
    z = correlate2d(INPUT, KERNEL)
    steps = drawn(figures_2d.kernel_steps)
    assert len(steps) == z.size
    for count, step in enumerate(steps, 1):
        shown = texts(step)
        at = shown.index("$=$") + 1
        assert [int(t.strip("$")) for t in shown[at : at + count]] == z.ravel()[:count].tolist()
        assert shown[-1].endswith(f"= {z.ravel()[count - 1]}$")
        shaded = [p for p in step.axes[0].patches if _hex(p) == style.SHADE]
        assert len(shaded) == KERNEL.size + np.count_nonzero(KERNEL) + 1


def test_the_matrix_of_a_convolution_and_its_transpose_have_the_same_weights():
    matrix, _ = convolution_matrix()
    shown = [int(t.strip("$")) for t in texts(figures_2d.matrix_and_transpose()) if t.strip("$").isdigit()]
    assert shown == [*matrix[matrix != 0], *matrix.T[matrix.T != 0]]


def test_nested_fields_are_drawn_to_scale():
    widths = sorted(p.get_width() for p in figures_channels.nested_fields().axes[0].patches)
    assert np.allclose(np.array(widths) / widths[-1] * 15, [3, 5, 6, 15])


def test_a_shift_within_the_regions_does_not_show_and_a_larger_one_does():
    assert np.array_equal(max_pool(SPOTS), max_pool(np.roll(SPOTS, 1, axis=1)))
    said = [t for t in texts(figures_2d.three_shifts()) if t in ("不变", "变了")]
    assert said == ["不变", "变了"]


def test_channels_are_as_many_as_lenet_has():
    size = counting.layer("lenet", 3)
    squares = figures_channels.channel_stack().axes[0].patches
    assert len(squares) >= 2 * (size["channels"] * 4 + size["kernels"])
    assert "14 × 14 × 6" in texts(figures_channels.channel_stack())


def test_dilation_marks_nine_weights_in_each_panel():
    marked = [p for p in figures_2d.dilation().axes[0].patches if _hex(p) == style.NOW]
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


def test_the_coefficients_take_their_places_in_the_kernel():
    steps = drawn(figures_laplacian.coefficients)
    assert len(steps) == np.count_nonzero(LAPLACIAN)
    placed = {at: LAPLACIAN[at] for _, at, _ in figures_laplacian.TERMS}
    assert sum(placed.values()) == 0
    assert np.count_nonzero(LAPLACIAN) == len(placed)


def test_the_slope_is_drawn_through_the_computed_errors():
    plot = figures_laplacian.slope().axes[1]
    assert np.allclose(plot.lines[0].get_ydata(), filters.laplacian_errors())
    assert "斜率 2.00" in [t.get_text() for t in plot.texts]


@pytest.mark.parametrize("network", ["alexnet", "googlenet"])
def test_bars_are_as_long_as_layers_have_parameters(network):
    rows = [row.parameters for row in counting_examples.table(*counting.NETWORKS[network]) if row.parameters]
    bars = getattr(figures_networks, network)().axes[0].patches
    dense = [bar for bar in bars if _hex(bar) == style.NOW]
    assert len(dense) == counting.count(network, "dense")
    long = [(bar.get_width(), count) for bar, count in zip(bars, rows, strict=True) if bar.get_width() > 2]
    assert len({round(width / count * 1e6, 3) for width, count in long}) == 1


def test_three_networks_stand_on_one_scale():
    bars = [p for p in figures_networks.three().axes[0].patches if p.get_height() == 60]
    widths = np.array([bar.get_width() for bar in bars]).reshape(3, 2)
    totals = [counting.parameters(*counting.NETWORKS[name]) for name in figures_networks.NAMES]
    assert np.allclose(widths.sum(axis=1) / totals, widths.sum() / sum(totals))
    assert np.allclose(widths[:, 1] / widths.sum(axis=1), [counting.dense_share(n) for n in figures_networks.NAMES])


def _hex(patch):
    return to_hex(patch.get_facecolor())
