"""The tables of the slides on parameters and on the classic networks."""

from __future__ import annotations

from cnn_examples.counting import ALEXNET, GOOGLENET, INCEPTION_3A, LENET, alexnet_parameters, googlenet_parameters
from cnn_examples.layers import Convolution, Dense, Layer, Pooling, Shape, table


def connections() -> None:
    """From 224 × 224 neurons to as many: connected to all, to 3 × 3, and to 3 × 3 with the same weights."""
    n = 224 * 224
    print(f"全连接    {n * n:13,}")
    print(f"局部连接  {n * 9:13,}")
    print(f"权值共享  {9:13,}")


def describe(layer: Layer) -> str:
    """A layer in a few words."""
    match layer:
        case Convolution(c, k, s, p, groups):
            halves = " 分两组" if groups > 1 else ""
            step, zeros = f" s={s}" if s > 1 else "", f" p={p}" if p else ""
            return f"卷积 {c}×{c} {k} 个{step}{zeros}{halves}"
        case Pooling(c, s):
            return f"汇聚 {c}×{c} s={s}"
        case Dense(neurons):
            return f"全连接 {neurons}"
    return "Inception v1"


def show(layers: tuple[Layer, ...], shape: Shape) -> None:
    """Print a network: the size after each layer, its parameters, what it is."""
    print(f"{sized(shape):>13} {'':>11}  输入")
    for row in table(layers, shape):
        print(f"{sized(row.shape):>13} {row.parameters:11,}  {describe(row.layer)}")


def sized(shape: Shape) -> str:
    """A shape as a slide writes it."""
    return "×".join(map(str, shape))


def lenet() -> None:
    """LeNet-5, layer by layer."""
    show(LENET, (28, 28, 1))


def alexnet() -> None:
    """AlexNet, layer by layer: 96 % of its parameters are in its three dense layers."""
    show(ALEXNET, (224, 224, 3))
    print(f"共 {alexnet_parameters():,}")


def inception() -> None:
    """Inception 3a, branch by branch; the last line does without the 1 × 1 convolutions before 3 × 3 and 5 × 5."""
    shape = (28, 28, 192)
    for branch in INCEPTION_3A.branches():
        total = sum(row.parameters for row in table(branch, shape))
        print(f"{total:9,}  {'，'.join(map(describe, branch))}")
    total = INCEPTION_3A.parameters(shape)
    output = INCEPTION_3A.output(shape)
    print(f"{total:9,}  输出 {sized(output)}")

    sizes = (1, 64), (3, 128), (5, 32), (1, 32)
    total = sum(Convolution(c, k).parameters(shape) for c, k in sizes)
    print(f"{total:9,}  若无 1×1 降维")


def googlenet() -> None:
    """GoogLeNet, layer by layer."""
    show(GOOGLENET, (224, 224, 3))
    print(f"共 {googlenet_parameters():,}")


def one_by_one() -> None:
    """A 1 × 1 convolution is a matrix product over the channels: each output is a weighted sum of them."""
    import numpy as np

    from cnn_examples.channels import conv2d

    x = np.random.default_rng(0).normal(size=(1, 28, 28, 192))
    w = np.random.default_rng(1).normal(size=(1, 1, 192, 64))
    print(conv2d(x, w).shape)
    print(np.allclose(conv2d(x, w), x @ w[0, 0]))
