"""Sizes and parameters by arithmetic, against Keras."""

import keras
import pytest

from cnn_examples.errors import ArgumentError
from cnn_examples.layers import Convolution, Dense, Inception, Pooling, picture, table


@pytest.mark.parametrize("size, kernels, stride, groups", [(3, 8, 1, 1), (5, 6, 2, 1), (3, 8, 1, 2), (1, 4, 3, 2)])
def test_a_convolution_has_keras_size_and_parameters(size, kernels, stride, groups):
    layer = keras.layers.Conv2D(kernels, size, strides=stride, groups=groups)
    layer.build((None, 11, 13, 4))
    ours = Convolution(size, kernels, stride, groups=groups)
    assert ours.parameters((11, 13, 4)) == layer.count_params()
    assert ours.output((11, 13, 4)) == layer.compute_output_shape((None, 11, 13, 4))[1:]


def test_padding_p_is_added_on_either_side():
    assert Convolution(11, 96, stride=4, padding=3).output((224, 224, 3)) == (55, 55, 96)


def test_a_pooling_layer_may_count_the_region_that_the_border_cuts_off():
    assert Pooling(3, 2).output((112, 112, 64)) == (55, 55, 64)
    assert Pooling(3, 2, ceiling=True).output((112, 112, 64)) == (56, 56, 64)
    assert Pooling(3, 2, ceiling=True).output((113, 113, 64)) == (56, 56, 64)
    assert Pooling(3, 2).parameters((8, 8, 2)) == 0


def test_a_dense_layer_sees_everything_before_it():
    assert Dense(84).parameters((1, 1, 120)) == Dense(84).parameters((120,)) == 10_164
    assert Dense(84).output((1, 1, 120)) == (84,)


def test_an_inception_module_stacks_the_channels_of_its_branches():
    module = Inception(64, 96, 128, 16, 32, 32)
    ends = [list(table(branch, (28, 28, 192)))[-1].shape for branch in module.branches()]
    assert ends == [(28, 28, 64), (28, 28, 128), (28, 28, 32), (28, 28, 32)]
    assert module.output((28, 28, 192)) == (28, 28, sum(end[2] for end in ends))


def test_only_pictures_can_be_convolved():
    with pytest.raises(ArgumentError, match=r"shape: got \(10,\), expected \(height, width, channels\)"):
        picture((10,))
    with pytest.raises(ArgumentError, match="groups: got 2, expected a divisor of 3 channels and 4 kernels"):
        Convolution(3, 4, groups=2).output((8, 8, 3))
