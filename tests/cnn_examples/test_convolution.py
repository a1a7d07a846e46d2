"""Convolution by its definition against scipy, and the lecture's formulas for sizes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import signal

from cnn_examples.convolution import (
    convolve1d,
    convolve2d,
    correlate1d,
    correlate2d,
    output_size,
    padding_of,
    rotate,
    spanned,
)
from cnn_examples.errors import ArgumentError

small = st.integers(-9, 9)
kernels = st.lists(small, min_size=1, max_size=4)


def matrices(least, most):
    sizes = st.tuples(st.integers(least, most), st.integers(least, most))
    return sizes.flatmap(
        lambda size: st.lists(small, min_size=size[0] * size[1], max_size=size[0] * size[1]).map(
            lambda numbers: np.array(numbers).reshape(size)
        )
    )


@given(x=st.lists(small, min_size=4, max_size=12), w=kernels)
def test_correlate1d_is_scipys_correlation(x, w):
    assert correlate1d(x, w).tolist() == signal.correlate(x, w, "valid").tolist()


@given(x=matrices(3, 6), w=matrices(1, 3))
def test_correlate2d_is_scipys_correlation(x, w):
    assert correlate2d(x, w).tolist() == signal.correlate2d(x, w, "valid").tolist()


@given(f=st.lists(small, min_size=1, max_size=8), g=st.lists(small, min_size=1, max_size=8))
def test_convolve1d_is_the_convolution_of_signal_processing(f, g):
    assert convolve1d(f, g).tolist() == np.convolve(f, g).tolist()


@given(f=st.lists(small, min_size=1, max_size=8), g=st.lists(small, min_size=1, max_size=8))
def test_convolution_commutes(f, g):
    assert convolve1d(f, g).tolist() == convolve1d(g, f).tolist()


@given(x=matrices(3, 6), w=matrices(1, 3))
def test_convolve2d_is_scipys_convolution(x, w):
    assert convolve2d(x, w).tolist() == signal.convolve2d(x, w, "valid").tolist()


@given(x=st.lists(small, min_size=4, max_size=12), w=kernels)
def test_a_wide_correlation_with_the_reversed_kernel_is_the_convolution(x, w):
    wide = correlate1d(x, w[::-1], padding=padding_of("wide", len(w)))
    assert wide.tolist() == convolve1d(x, w).tolist()


@given(
    n=st.integers(1, 30), c=st.integers(1, 6), s=st.integers(1, 4), p=st.integers(0, 4), d=st.integers(1, 3)
)  # fmt: skip
def test_output_size_is_the_lectures_formula_rounded_down(n, c, s, p, d):
    if d * (c - 1) + 1 > n + 2 * p:
        with pytest.raises(ArgumentError, match="w: got a kernel that spans"):
            output_size(n, c, s, p, d)
        return
    size = output_size(n, c, s, p, d)
    assert size == int((n - spanned(c, d) + 2 * p) / s + 1)
    assert correlate1d(np.ones(n), np.ones(c), s, p, d).shape == (size,)


@given(n=st.integers(5, 20), c=st.integers(1, 5))
def test_narrow_wide_and_same_have_the_lengths_of_the_slide(n, c):
    lengths = {mode: output_size(n, c, p=padding_of(mode, c)) for mode in ("narrow", "wide")}
    assert lengths == {"narrow": n - c + 1, "wide": n + c - 1}
    if c % 2:
        assert output_size(n, c, p=padding_of("same", c)) == n


def test_only_odd_kernels_have_a_same_convolution():
    with pytest.raises(ArgumentError, match="c: got 4, expected an odd size"):
        padding_of("same", 4)


def test_an_unknown_mode_is_refused_by_name():
    with pytest.raises(ArgumentError, match="mode: got 'full', expected 'narrow', 'wide' or 'same'"):
        padding_of("full", 3)


def test_rows_and_columns_may_differ_in_step_padding_and_dilation():
    x, w = np.arange(42).reshape(6, 7), np.arange(4).reshape(2, 2)
    z = correlate2d(x, w, stride=(1, 2), padding=(1, 0), dilation=(2, 3))
    padded = np.pad(x, ((1, 1), (0, 0)))
    spread = np.zeros((3, 4), int)
    spread[::2, ::3] = w
    assert z.tolist() == signal.correlate2d(padded, spread, "valid")[:, ::2].tolist()


def test_rotating_twice_changes_nothing():
    w = np.arange(6).reshape(2, 3)
    assert rotate(w).tolist() == [[5, 4, 3], [2, 1, 0]]
    assert np.array_equal(rotate(rotate(w)), w)


@pytest.mark.parametrize(
    "settings, message",
    [
        ({"stride": 0}, "stride: got 0, expected at least 1"),
        ({"padding": -1}, "padding: got -1, expected at least 0"),
        ({"dilation": 0}, "dilation: got 0, expected at least 1"),
        ({"dilation": 3}, r"w: got a kernel that spans 7, expected at most the input's 5 \+ 2 × 0 padding"),
    ],
)
def test_wrong_settings_are_refused_by_name(settings, message):
    with pytest.raises(ArgumentError, match=message):
        correlate1d(np.ones(5), np.ones(3), **settings)


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda: correlate1d(np.ones((2, 2)), np.ones(2)), r"x: got an array of shape \(2, 2\), expected a vector"),
        (lambda: correlate2d(np.ones((2, 2)), np.ones(2)), r"w: got an array of shape \(2,\), expected a matrix"),
        (lambda: correlate1d(np.ones(2), []), r"w: got an array of shape \(0,\), expected a vector"),
        (lambda: output_size(3, 0), "size: got 0, expected at least 1"),
    ],
)
def test_a_wrong_rank_is_refused_by_name_and_shape(call, message):
    with pytest.raises(ArgumentError, match=message):
        call()
