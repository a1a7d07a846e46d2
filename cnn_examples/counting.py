"""Parameters by arithmetic: why networks for pictures are convolutional, and what the classic ones are made of.

Where the lecture's source differs: 14,197,122 are all pictures of ImageNet (21,841 classes); the 1,000 classes of the
competition have 1,281,167 to train with. 224 × 224 = 50,176 counts one channel; a colour picture has 150,528 numbers.
Its 511,760,000 leaves out the 11,000 biases. AlexNet's three dense layers end in its output layer, which is no layer
more. A 1 × 1 convolution does not simply add the channels up: each output is a *weighted* sum of them.
"""

from __future__ import annotations

from cnn_examples.layers import Convolution, Dense, Inception, Layer, Pooling, Shape, table

TRAINING_PICTURES = 1_281_167
"""ILSVRC 2012: pictures to train with, in 1,000 classes; 50,000 to validate and 100,000 to test."""

LENET: tuple[Layer, ...] = (
    Convolution(5, 6, padding=2),
    Pooling(2, 2),
    Convolution(5, 16),
    Pooling(2, 2),
    Convolution(5, 120),
    Dense(84),
    Dense(10),
)
"""LeNet-5 as the lecture builds it, for 28 × 28; the paper of 1998 connects its second convolution only in part."""

ALEXNET: tuple[Layer, ...] = (
    Convolution(11, 96, stride=4, padding=3),
    Pooling(3, 2),
    Convolution(5, 256, padding=2, groups=2),
    Pooling(3, 2),
    Convolution(3, 384, padding=1),
    Convolution(3, 384, padding=1, groups=2),
    Convolution(3, 256, padding=1, groups=2),
    Pooling(3, 2),
    Dense(4096),
    Dense(4096),
    Dense(1000),
)
"""AlexNet for 224 × 224 × 3. The first convolution sees all three channels, so its two halves are simply 96 kernels."""

INCEPTION_3A = Inception(64, 96, 128, 16, 32, 32)

GOOGLENET: tuple[Layer, ...] = (
    Convolution(7, 64, stride=2, padding=3),
    Pooling(3, 2, ceiling=True),
    Convolution(1, 64),
    Convolution(3, 192, padding=1),
    Pooling(3, 2, ceiling=True),
    INCEPTION_3A,
    Inception(128, 128, 192, 32, 96, 64),
    Pooling(3, 2, ceiling=True),
    Inception(192, 96, 208, 16, 48, 64),
    Inception(160, 112, 224, 24, 64, 64),
    Inception(128, 128, 256, 24, 64, 64),
    Inception(112, 144, 288, 32, 64, 64),
    Inception(256, 160, 320, 32, 128, 128),
    Pooling(3, 2, ceiling=True),
    Inception(256, 160, 320, 32, 128, 128),
    Inception(384, 192, 384, 48, 128, 128),
    Pooling(7, 1),
    Dense(1000),
)
"""GoogLeNet for 224 × 224 × 3, without the two auxiliary classifiers that only help to train it."""


def fully_connected_parameters(
    *, inputs: int = 224 * 224, hidden: int = 10_000, outputs: int = 1_000, channels: int = 1, biases: bool = False
) -> int:
    """Parameters with one hidden layer: 511,760,000 on the slide, which counts neither colour nor biases."""
    weights = (channels * inputs + outputs) * hidden
    return weights + hidden + outputs if biases else weights


def convolutional_parameters(*, size: int = 11, channels: int = 3, kernels: int = 96) -> int:
    """Weights and biases of one convolution layer, whatever the size of the pictures; here AlexNet's first, 34,944."""
    return Convolution(size, kernels).parameters((size, size, channels))


def parameters(layers: tuple[Layer, ...], shape: Shape) -> int:
    """Parameters of a whole network for inputs of `shape`."""
    return sum(row.parameters for row in table(layers, shape))


def lenet_parameters() -> int:
    """61,706."""
    return parameters(LENET, (28, 28, 1))


def alexnet_parameters() -> int:
    """60,965,224."""
    return parameters(ALEXNET, (224, 224, 3))


def alexnet_dense_share() -> float:
    """The share of AlexNet's parameters that its three dense layers hold."""
    rows = list(table(ALEXNET, (224, 224, 3)))
    dense = [row for row in rows if isinstance(row.layer, Dense)]
    return sum(row.parameters for row in dense) / alexnet_parameters()


def inception_parameters() -> int:
    """Inception 3a on its 28 × 28 × 192 input: 163,696."""
    return INCEPTION_3A.parameters((28, 28, 192))


def googlenet_parameters() -> int:
    """6,998,552: a ninth of AlexNet's."""
    return parameters(GOOGLENET, (224, 224, 3))


def googlenet_depth() -> int:
    """Layers with parameters from input to output, an Inception module counting as its two: 22."""
    depths: dict[type[Layer], int] = {Inception: 2, Pooling: 0}
    return sum(depths.get(type(layer), 1) for layer in GOOGLENET)


def googlenet_poolings() -> int:
    """Pooling layers outside the modules: 5."""
    return sum(isinstance(layer, Pooling) for layer in GOOGLENET)


def googlenet_modules() -> int:
    """Inception modules: 9."""
    return sum(isinstance(layer, Inception) for layer in GOOGLENET)
