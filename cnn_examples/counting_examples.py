"""The tables of the slides on parameters and on the classic networks."""

from __future__ import annotations

import numpy as np

from cnn_examples import counting
from cnn_examples.channels import conv2d
from cnn_examples.counting import INCEPTION_3A
from cnn_examples.layers import Convolution, Dense, Layer, Pooling, Shape, table


def connections() -> list[dict[str, str | int]]:
    """From 224 × 224 neurons to as many: connected to all, to 3 × 3, and to 3 × 3 with the same weights."""
    n = 224 * 224
    return [
        {"连接": "全连接", "权重": n * n},
        {"连接": "局部连接", "权重": n * 9},
        {"连接": "权值共享", "权重": 9},
    ]


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


def short(count: int) -> str:
    """A large number as it is said, in units of ten thousand or of a hundred million."""
    if count >= 1e8:
        return f"{count / 1e8:.1f} 亿"
    return f"{count / 1e4:,.0f} 万" if count >= 1e5 else f"{count / 1e4:.1f} 万"


def fully_connected_short() -> str:
    """The parameters of a network with one hidden layer, as they are said."""
    return short(counting.fully_connected_parameters())


def first_layer_short() -> str:
    """The parameters of AlexNet's first layer, as they are said."""
    return short(counting.layer("alexnet", 1)["parameters"])


def total_short(network: str) -> str:
    """The parameters of a whole network, as they are said."""
    return short(counting.parameters(*counting.NETWORKS[network]))


def convolutions_short(network: str) -> str:
    """The parameters of a network's convolutions, as they are said."""
    rows = table(*counting.NETWORKS[network])
    return short(sum(row.parameters for row in rows if not isinstance(row.layer, Dense)))


def sized(shape: Shape) -> str:
    """A shape as a slide writes it."""
    return "×".join(map(str, shape))


def inception() -> list[dict[str, str | int]]:
    """Inception 3a, branch by branch, each with its kernels."""
    size = counting.inception_input()
    shape = (size["side"], size["side"], size["channels"])
    return [
        {"分支": "，".join(map(describe, branch)), "参数": sum(row.parameters for row in table(branch, shape))}
        for branch in INCEPTION_3A.branches()
    ]


def without_reduction() -> int:
    """Parameters of Inception 3a if 3 × 3 and 5 × 5 saw all channels, and pooling were followed by 1 × 1 still."""
    size = counting.inception_input()
    kernels = (1, INCEPTION_3A.one), (3, INCEPTION_3A.three), (5, INCEPTION_3A.five), (1, INCEPTION_3A.pool)
    shape = (size["side"], size["side"], size["channels"])
    return sum(Convolution(side, count).parameters(shape) for side, count in kernels)


def one_by_one() -> dict[str, str]:
    """A 1 × 1 convolution is a matrix product over the channels: each output is a weighted sum of them."""
    x = np.random.default_rng(0).normal(size=(1, 28, 28, 192))
    w = np.random.default_rng(1).normal(size=(1, 1, 192, 64))
    z, product = conv2d(x, w), x @ w[0, 0]
    apart = abs(z - product).max()
    return {"输出": sized(z.shape), "最大相差": f"{apart:.0e}" if apart else "0"}
