"""Fine-tuning in two stages: what is trained, and that it helps."""

import numpy as np
import pytest

from cnn_examples import fine_tuning, mnist


@pytest.fixture
def few(monkeypatch):
    part = mnist.from_npz(mnist.PACKAGE / "data/mnist-subset.npz")
    monkeypatch.setattr(fine_tuning, "load_mnist", lambda: part)


@pytest.mark.usefixtures("few")
def test_digits_become_pictures_of_three_channels():
    (x, y), (x_test, y_test) = fine_tuning.digits(3, 2)
    assert (x.shape, y.shape, x_test.shape, y_test.shape) == ((3, 64, 64, 3), (3,), (2, 64, 64, 3), (2,))
    assert np.array_equal(x[..., 0], x[..., 2])
    assert x.min() >= -1
    assert x.max() <= 1


@pytest.mark.slow
def test_the_layers_of_inception_have_the_numbers_of_the_slide():
    names = fine_tuning.inception_layers()
    assert names[1:3] == ["conv2d", "batch_normalization"]
    assert (names[248], names[310], len(names)) == ("mixed8", "mixed10", 311)


@pytest.mark.slow
def test_the_slice_freezes_249_layers():
    assert fine_tuning.frozen_layers() == 249
    assert fine_tuning.number("mixed8") == 248


def test_the_second_stage_begins_with_a_block():
    from cnn_examples.efficientnet import lite0

    assert fine_tuning.about() == {"pictures": 500, "blocks": 7}
    assert lite0(64, weights=False).layers[fine_tuning.RELEASED].name == "_blocks.9._expand_conv"


@pytest.mark.slow
def test_each_stage_of_inception_trains_what_it_says():
    from keras.applications.inception_v3 import InceptionV3

    (row,) = fine_tuning.inception_two_stages()
    head, upper = row.values()
    assert head == 2048 * 1024 + 1024 + 1024 * 200 + 200
    layers = InceptionV3(weights=None, include_top=False).layers
    assert upper == head + sum(int(np.prod(w.shape)) for layer in layers[249:] for w in layer.trainable_weights)


@pytest.mark.slow
def test_a_new_head_stands_on_what_the_network_has_learned():
    import keras

    pictures = keras.Input((8, 8, 3))
    base = keras.Model(pictures, keras.layers.Conv2D(4, 3)(pictures))
    model = fine_tuning.with_head(base, classes=7)
    assert model.output_shape == (None, 7)
    assert model.count_params() == base.count_params() + (4 + 1) * 1024 + (1024 + 1) * 7


@pytest.mark.slow
def test_fine_tuning_raises_the_accuracy_in_both_stages():
    head, upper = fine_tuning.fine_tune()
    assert 0.6 < head.accuracy < upper.accuracy
    assert upper.accuracy > 0.8


@pytest.mark.slow
@pytest.mark.usefixtures("few")
def test_a_cheap_setting_trains_the_same_parameters():
    assert [stage.parameters for stage in fine_tuning.fine_tune(train=32, epochs=1)] == [12_810, 2_991_850]
