"""Parameters by arithmetic: why networks for pictures are convolutional, and what the classic ones are made of.

Where the lecture's source differs: 14,197,122 are all pictures of ImageNet, not those to train with (see
`imagenet.about`). 224 × 224 = 50,176 counts one channel; a colour picture has 150,528 numbers. Its 511,760,000 leaves
out the 11,000 biases. AlexNet's three dense layers end in its output layer, which is no layer more. A 1 × 1 convolution
does not simply add the channels up: each output is a *weighted* sum of them.
"""

from __future__ import annotations

from cnn_examples import imagenet
from cnn_examples.errors import refuse
from cnn_examples.layers import Convolution, Dense, Inception, Layer, Pooling, Shape, table

SIDE, HIDDEN = 224, 10_000
"""Pixels along an edge of a picture, and the neurons of the one hidden layer that the slide imagines."""

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


def fully_connected() -> dict[str, int]:
    """A network with one hidden layer for ImageNet: `side` of a picture in pixels, neurons of each layer.

    inputs: those of one channel. The outputs are the classes of the competition.
    """
    outputs = len(imagenet.classes())
    return {"side": SIDE, "inputs": SIDE**2, "hidden": HIDDEN, "outputs": outputs}


def fully_connected_parameters(*, channels: int = 1, biases: bool = False) -> int:
    """Parameters of that network: 511,760,000 on the slide, which counts neither colour nor biases."""
    size = fully_connected()
    weights = (channels * size["inputs"] + size["outputs"]) * size["hidden"]
    return weights + size["hidden"] + size["outputs"] if biases else weights


NETWORKS: dict[str, tuple[tuple[Layer, ...], Shape]] = {
    "lenet": (LENET, (28, 28, 1)),
    "alexnet": (ALEXNET, (SIDE, SIDE, 3)),
    "googlenet": (GOOGLENET, (SIDE, SIDE, 3)),
}
"""The layers of each network, and its input as height, width and channels."""


def parameters(layers: tuple[Layer, ...], shape: Shape) -> int:
    """Parameters of a whole network for inputs of `shape`."""
    return sum(row.parameters for row in table(layers, shape))


def lenet_parameters() -> int:
    """61,706."""
    return parameters(*NETWORKS["lenet"])


def alexnet_parameters() -> int:
    """60,965,224."""
    return parameters(*NETWORKS["alexnet"])


def layer(network: str, number: int) -> dict[str, int]:
    """A convolution or pooling layer of a network in `NETWORKS`, counted from 1 with the pooling layers, in numbers.

    side, output: pixels along an edge before and after it; `padded` with the zeros at both ends. size, stride, padding:
    its own. Of a convolution also `kernels` and the `channels` that each of them sees, the kernels of one `group`, and
    its `parameters`.
    """
    layers, shape = NETWORKS[network]
    shapes = [shape, *(row.shape for row in table(layers, shape))]
    one, before, after = layers[number - 1], shapes[number - 1], shapes[number]
    if not isinstance(one, Convolution | Pooling):
        refuse("number", number, f"that of a convolution or pooling layer of {network}")
    found = {"side": before[0], "output": after[0], "size": one.size, "stride": one.stride, "padding": one.padding}
    found["padded"] = before[0] + 2 * one.padding
    if isinstance(one, Convolution):
        found |= {"kernels": one.kernels, "group": one.kernels // one.groups, "channels": before[2] // one.groups}
        found["parameters"] = one.parameters(before)
    return found


def count(network: str, kind: str) -> int:
    """How many layers of a network in `NETWORKS` are of a `kind`: convolution, pooling, dense or inception."""
    kinds = {"convolution": Convolution, "pooling": Pooling, "dense": Dense, "inception": Inception}
    if kind not in kinds:
        refuse("kind", repr(kind), f"one of {', '.join(kinds)}")
    return sum(isinstance(one, kinds[kind]) for one in NETWORKS[network][0])


def dense_share(network: str) -> float:
    """The share of a network's parameters that its dense layers hold."""
    rows = list(table(*NETWORKS[network]))
    dense = [row for row in rows if isinstance(row.layer, Dense)]
    return sum(row.parameters for row in dense) / sum(row.parameters for row in rows)


def inception_input() -> dict[str, int]:
    """What comes to GoogLeNet's first module, Inception 3a: 28 pixels along an edge (`side`), 192 `channels`."""
    before = GOOGLENET[: GOOGLENET.index(INCEPTION_3A)]
    *_, last = table(before, NETWORKS["googlenet"][1])
    return {"side": last.shape[0], "channels": last.shape[2]}


def inception_parameters() -> int:
    """Inception 3a on its 28 × 28 × 192 input: 163,696."""
    size = inception_input()
    return INCEPTION_3A.parameters((size["side"], size["side"], size["channels"]))


def googlenet_parameters() -> int:
    """6,998,552: a ninth of AlexNet's."""
    return parameters(*NETWORKS["googlenet"])


def googlenet_depth() -> int:
    """Layers with parameters from input to output, an Inception module counting as its two: 22."""
    depths: dict[type[Layer], int] = {Inception: 2, Pooling: 0}
    return sum(depths.get(type(layer), 1) for layer in GOOGLENET)
