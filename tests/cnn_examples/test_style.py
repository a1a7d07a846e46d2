"""Figures: the same bytes each time, no ground, no date."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from cnn_examples import style


def drawn():
    with style.settings():
        figure, axes = style.sheet(4, 3)
        style.picture(axes, np.arange(6).reshape(2, 3), "感受野")
    return figure


def test_the_same_figure_is_the_same_bytes():
    assert style.svg(drawn()) == style.svg(drawn())


def test_an_svg_says_nothing_about_when_and_by_what_it_was_made():
    text = style.svg(drawn()).decode()
    assert "<dc:date>" not in text
    assert "Matplotlib v" not in text.split("<svg")[1]
    assert "<text" not in text


def test_a_sheet_is_measured_in_cells_from_the_upper_left_within_its_margin():
    figure, axes = style.sheet(4, 3, unit=0.5)
    assert isinstance(figure, Figure)
    assert figure.get_size_inches().tolist() == [2 + 2 * style.MARGIN, 1.5 + 2 * style.MARGIN]
    corners = axes.transData.transform([(0, 0), (4, 3)]) / figure.dpi
    assert np.allclose(corners, [(style.MARGIN, 1.5 + style.MARGIN), (2 + style.MARGIN, style.MARGIN)])


@pytest.mark.parametrize("limits, expected", [(None, (0, 5)), ((-9.0, 9.0), (-9, 9))])
def test_pictures_are_coloured_over_their_range_or_over_limits(limits, expected):
    _, axes = style.sheet(4, 3)
    style.picture(axes, np.arange(6).reshape(2, 3), limits=limits)
    assert axes.images[0].get_clim() == expected
