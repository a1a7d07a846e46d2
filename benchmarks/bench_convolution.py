"""The fast convolution against scipy and TensorFlow, on one core, as ratios of the times of one call."""
# ruff: noqa: E402  # the number of threads is read when numpy is imported

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import statistics
import time
from collections.abc import Callable

import measure
import numpy as np
import tensorflow as tf
from scipy import signal

from cnn_examples.channels import conv2d, conv2d_definition

tf.config.threading.set_intra_op_parallelism_threads(1)
tf.config.threading.set_inter_op_parallelism_threads(1)

CASES = (
    ("a photograph, 3 × 3", (1, 256, 256, 1), (3, 3, 1, 1)),
    ("LeNet-5, second layer, 32 pictures", (32, 14, 14, 6), (5, 5, 6, 16)),
    ("AlexNet, first layer", (1, 224, 224, 3), (11, 11, 3, 96)),
    ("VGG, fourth block", (1, 28, 28, 256), (3, 3, 256, 512)),
)


def by_scipy(x: np.ndarray, w: np.ndarray) -> np.ndarray:
    """`signal.correlate2d` for each picture, input channel and kernel; the channels added."""
    return np.stack([
        np.stack([
            sum(signal.correlate2d(picture[..., i], w[..., i, o], "valid") for i in range(w.shape[2]))
            for o in range(w.shape[3])
        ], axis=-1)
        for picture in x
    ])  # fmt: skip


def seconds(call: Callable[[], object], budget: float = 1.0) -> float:
    """The median of as many calls as fit into `budget` seconds, at least one."""
    call()
    times: list[float] = []
    while not times or sum(times) < budget:
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    rows = []
    for name, pictures, kernels in CASES:
        rng = np.random.default_rng(0)
        x, w = rng.normal(size=pictures).astype(np.float32), rng.normal(size=kernels).astype(np.float32)
        a, b = tf.constant(x), tf.constant(w)
        assert np.allclose(conv2d(x, w), tf.nn.conv2d(a, b, 1, "VALID"), atol=0.05)
        ours = seconds(lambda x=x, w=w: conv2d(x, w))
        theirs = seconds(lambda a=a, b=b: tf.nn.conv2d(a, b, 1, "VALID").numpy())
        share = min(kernels[3], 4)  # a few kernels stand for all: scipy takes the same time for each
        scipys = seconds(lambda x=x, w=w, n=share: by_scipy(x, w[..., :n])) * kernels[3] / share
        rows.append((name, f"{ours * 1e3:.2f}", scipys / ours, theirs / ours))
    measure.table("conv2d: how many times its time the others take", ("case", "ms", "scipy", "tf.nn.conv2d"), rows)

    x, w = np.ones((1, 24, 24, 2)), np.ones((3, 3, 2, 2))
    slow, fast = seconds(lambda: conv2d_definition(x, w)), seconds(lambda: conv2d(x, w))
    print(f"\nThe definition takes {slow / fast:.0f} times as long on 24 × 24 × 2.")


if __name__ == "__main__":
    main()
