"""Trained networks: shapes and counts, which do not depend on the weights, and Keras' real loading."""

import hashlib

import pytest

from cnn_examples import imagenet, published, transfer
from cnn_examples.errors import ArgumentError, UnavailableError


def test_the_picture_is_a_batch_of_one():
    x = transfer.picture()
    assert (x.shape, x.dtype) == ((1, 224, 224, 3), "float32")
    assert 0 <= x.min() < x.max() <= 255


def test_without_weights_resnet50_is_unavailable_before_anything_is_built(tmp_path, monkeypatch):
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.setattr(published, "WEIGHTS", tmp_path)
    with pytest.raises(UnavailableError, match="the ImageNet weights of resnet50 are not on this machine"):
        transfer.classify_resnet50()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # Keras' writer of its old format
def test_resnet50_loads_the_published_weights(tmp_path, monkeypatch, capsys):
    """Random weights in Keras' own format, in the course's folder, through its own loading; nothing is downloaded."""
    import h5py
    import keras
    from keras.src.applications import resnet
    from keras.src.legacy.saving import legacy_h5_format
    from keras.src.utils import file_utils

    file = tmp_path / "resnet50_weights_tf_dim_ordering_tf_kernels.h5"
    keras.utils.set_random_seed(0)
    model = resnet.ResNet50(weights=None)
    with h5py.File(file, "w") as stream:
        legacy_h5_format.save_weights_to_hdf5_group(stream, model)
    digest = hashlib.md5(file.read_bytes()).hexdigest()
    monkeypatch.setattr(published, "WEIGHTS", tmp_path)
    monkeypatch.setattr(file_utils, "urlretrieve", lambda *_: pytest.fail("it went to the network"))
    monkeypatch.setitem(published.DIGESTS, "resnet50", (digest, ""))

    transfer.classify_resnet50()
    x = resnet.preprocess_input(transfer.picture())
    printed = capsys.readouterr().out
    imagenet.show(model.predict(x, verbose=0))
    assert printed == capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.parametrize("network, side, parameters, depth", [
    ("resnet50", 224, 25_636_712, 50), ("vgg16", 224, 138_357_544, 16), ("vgg19", 224, 143_667_240, 19),
])  # fmt: skip
def test_networks_in_numbers(network, side, parameters, depth):
    assert transfer.about(network) == {"side": side, "classes": 1000, "parameters": parameters}
    assert transfer.depth(network) == depth


@pytest.mark.slow
def test_the_layers_of_inception_are_not_counted_one_after_the_other():
    assert transfer.about("inception_v3")["side"] == 299
    with pytest.raises(ArgumentError, match="network: got 'inception_v3', expected one whose layers follow"):
        transfer.depth("inception_v3")


@pytest.mark.slow
def test_the_first_dense_layer_of_vgg16_holds_most_parameters():
    assert transfer.parameters("vgg16", "fc1") == (7 * 7 * 512 + 1) * 4096
    assert transfer.share("vgg16", "fc1") == pytest.approx(102_764_544 / 138_357_544)


@pytest.mark.slow
@pytest.mark.parametrize("example, shape", [
    (transfer.vgg16_features, "(1, 7, 7, 512)"), (transfer.vgg19_inner_features, "(1, 14, 14, 512)"),
])  # fmt: skip
def test_features_have_the_sizes_of_the_slides(example, shape, capsys):
    example()
    assert capsys.readouterr().out == f"{shape}\n"


@pytest.mark.slow
def test_the_portrait_is_taken_for_a_uniform():
    p = transfer.predictions()
    assert p.shape == (1, 1000)
    assert p.sum() == pytest.approx(1, abs=1e-4)
    assert next(imagenet.best(p))[0].english == "military_uniform"
