"""The lecture's kernels: what they do to noise, to edges, and how the Laplacian follows from differences."""

from itertools import pairwise

import numpy as np
import pytest

from cnn_examples import filters
from cnn_examples.convolution import convolve2d, correlate2d


def test_the_photograph_ships_with_matplotlib():
    photo = filters.photograph()
    assert photo.shape == (192, 192)
    assert 0 <= photo.min() < photo.max() <= 255
    assert filters.portrait().size == (512, 600)


def test_noise_is_reproducible_and_stays_a_picture():
    photo = filters.photograph()
    noisy = filters.noisy(photo)
    assert np.array_equal(noisy, filters.noisy(photo))
    assert not np.array_equal(noisy, filters.noisy(photo, seed=1))
    assert noisy.min() == 0
    assert noisy.max() == 255


def test_smoothing_brings_a_noisy_photograph_closer_to_the_clean_one():
    photo = filters.photograph()
    noisy = filters.noisy(photo)
    smooth = correlate2d(noisy, filters.MEAN)
    assert np.abs(smooth - photo[1:-1, 1:-1]).mean() < np.abs(noisy - photo).mean() * 0.6


def test_the_mean_of_nine_has_a_third_of_the_noise(capsys):
    filters.smoothing()
    before, after = map(float, capsys.readouterr().out.split())
    assert before / after == pytest.approx(3, rel=0.02)


def test_the_directional_kernel_answers_to_one_diagonal_only():
    x = np.arange(5)
    rising = -x[:, None] + x[None, :]  # towards the upper right
    assert (correlate2d(rising, filters.DIAGONAL) == 8).all()
    assert (correlate2d(x[:, None] + x[None, :], filters.DIAGONAL) == 0).all()


def test_for_the_directional_kernel_convolution_is_minus_correlation():
    photo = filters.photograph()[:20, :20]
    assert np.array_equal(convolve2d(photo, filters.DIAGONAL), -correlate2d(photo, filters.DIAGONAL))


def test_flat_ground_has_no_edges():
    for kernel in filters.DIAGONAL, filters.LAPLACIAN:
        assert (correlate2d(np.full((4, 4), 7), kernel) == 0).all()


def test_the_laplacian_is_two_differences_in_each_direction():
    f = np.random.default_rng(0).normal(size=(3, 3))
    by_differences = (f[2, 1] - f[1, 1]) - (f[1, 1] - f[0, 1]) + (f[1, 2] - f[1, 1]) - (f[1, 1] - f[1, 0])
    assert correlate2d(f, filters.LAPLACIAN)[0, 0] == pytest.approx(by_differences)


def test_the_laplacian_of_a_parabola_is_exact(capsys):
    filters.laplacian_of_a_parabola()
    assert capsys.readouterr().out == "[[8 8 8]\n [8 8 8]\n [8 8 8]]\n"


def test_half_the_distance_is_a_quarter_of_the_error():
    for coarse, fine in pairwise(filters.laplacian_errors()):
        assert coarse / fine == pytest.approx(4, rel=0.02)


def test_noise_in_numbers():
    noise = filters.noise()
    assert noise["before"] == pytest.approx(filters.NOISE, rel=0.01)
    assert noise["before"] / noise["after"] == pytest.approx(3, rel=0.01)


def test_the_errors_lie_on_a_line_of_slope_two():
    assert filters.convergence() == pytest.approx(2, abs=0.01)
