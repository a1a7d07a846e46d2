"""LeNet-5 is trained once for all the examples that look at it, and kept: by its source, its settings and its versions.

What is kept is what training would give again on this machine. It lies in Keras' own folder (KERAS_HOME, or ~/.keras),
under `cnn_examples`; an empty KERAS_HOME makes every example start from nothing.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from cnn_examples.arrays import Array
from cnn_examples.determinism import reproducible
from cnn_examples.errors import unavailable
from cnn_examples.lenet import Trained, fit, lenet5, scaled
from cnn_examples.mnist import keras_home, load_mnist

SOURCES = ("trained.py", "lenet.py", "mnist.py", "determinism.py")


def trained(epochs: int = 5, train: int = 60_000) -> Trained:
    """`lenet.fit` with these settings, or what it gave before; a file that is damaged is made anew."""
    name = f"lenet5-{key(epochs, train)}.npz"
    file = keras_home() / "cnn_examples" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    with locked(file.with_suffix(".lock")):
        if (result := kept(file)) is None:
            keep(fit(epochs, train), file)
            result = kept(file)
    if result is None:
        raise unavailable(f"{file} cannot be read back: look after the disk", f"`{name}` 写入后读不回来，请检查磁盘")
    return result


def key(epochs: int, train: int) -> str:
    """A name for all that the result depends on: sources, settings, data, threads, versions of TensorFlow and Keras."""
    (x_train, _), _ = load_mnist()
    reproducible()
    threads = tf.config.threading.get_intra_op_parallelism_threads()
    settings = f"{epochs} {train} {len(x_train)} {threads} {tf.__version__} {keras.__version__}"
    texts = [(Path(__file__).parent / name).read_bytes() for name in SOURCES]
    return hashlib.sha256(b"\0".join([*texts, settings.encode()])).hexdigest()[:16]


def keep(result: Trained, file: Path) -> None:
    """Write `result`, after the SHA-256 of what follows, so that a reader finds all of it or nothing."""
    content = io.BytesIO()
    weights = {f"weight{i}": weight for i, weight in enumerate(result.model.get_weights())}
    np.savez(content, note=json.dumps([result.history, result.test]), **weights)
    aside = file.with_suffix(f".{os.getpid()}")
    aside.write_bytes(hashlib.sha256(content.getbuffer()).digest() + content.getbuffer())
    aside.replace(file)


def kept(file: Path) -> Trained | None:
    """What `keep` wrote; nothing where there is no such file, or it is damaged."""
    data = file.read_bytes() if file.is_file() else b""
    digest, content = data[:32], data[32:]
    if hashlib.sha256(content).digest() != digest:
        return None
    model = lenet5()
    with np.load(io.BytesIO(content)) as arrays:
        history, test = json.loads(str(arrays["note"]))
        model.set_weights([arrays[f"weight{i}"] for i in range(len(model.weights))])
    return Trained(model, history, (test[0], test[1]))


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Let one process at a time in, so that of many examples at once only the first one trains."""
    try:
        import fcntl
    except ImportError:  # Windows: each trains on its own, and the last one's file stays
        yield
        return
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def probabilities(result: Trained) -> tuple[Array, Array, Array]:
    """The test pictures (n, 28, 28), their digits (n,), and what the network says of them (n, 10)."""
    _, (x, y) = load_mnist()
    return x, y, np.asarray(result.model.predict(scaled(x), verbose=0))


def confusion(result: Trained) -> Array:
    """How many pictures of the digit in each row were taken for the digit in each column: (10, 10)."""
    _, y, p = probabilities(result)
    counts = np.zeros((10, 10), int)
    np.add.at(counts, (y, p.argmax(axis=1)), 1)
    return counts


def training(epochs: int = 5, train: int = 60_000) -> None:
    """What each epoch reached, and the test."""
    for line in trained(epochs, train).lines():
        print(line)


def evaluate(epochs: int = 5, train: int = 60_000) -> None:
    """How often the network is wrong on pictures that it has never seen."""
    counts = confusion(trained(epochs, train))
    total, right = counts.sum(), counts.trace()
    print(f"{total:,} 张测试图片，{total - right} 张错，准确率 {right / total:.4f}")


def rounds(epochs: int = 5, train: int = 60_000) -> int:
    """How often the training has gone through its pictures."""
    return len(trained(epochs, train).history["loss"])


def accuracy(epochs: int = 5, train: int = 60_000) -> float:
    """The share of test pictures that are classified right."""
    return trained(epochs, train).test[1]
