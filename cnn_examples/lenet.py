"""LeNet-5 on MNIST, as the lecture builds it: ReLU, mean pooling, a softmax of ten.

In the paper (LeCun et al., 1998) pooling has weights of its own and the second convolution sees only some of the six
maps; here 28 × 28 with two zeros on either side stands for its 32 × 32. The lecture's source imports `Dropout` and
`numpy`'s `expand_dims` for what an index does.
"""

from __future__ import annotations

from dataclasses import dataclass

import keras
from keras import Input, Sequential
from keras.layers import AveragePooling2D, Conv2D, Dense, Flatten
from keras.optimizers import Adam

from cnn_examples import summary as tables
from cnn_examples.arrays import Array
from cnn_examples.determinism import reproducible
from cnn_examples.mnist import load_mnist


@dataclass(frozen=True)
class Trained:
    """A trained model, loss and accuracy of each epoch, and loss and accuracy on the test pictures."""

    model: keras.Model
    history: dict[str, list[float]]
    test: tuple[float, float]

    def lines(self) -> list[str]:
        """What training printed, without times."""
        losses, accuracies = self.history["loss"], self.history["accuracy"]
        epochs = [
            f"第 {i} 轮  损失 {loss:.4f}  准确率 {accuracy:.4f}"
            for i, (loss, accuracy) in enumerate(zip(losses, accuracies, strict=True), 1)
        ]
        return [*epochs, f"测试    损失 {self.test[0]:.4f}  准确率 {self.test[1]:.4f}"]


def lenet5() -> keras.Model:
    """The network: three convolutions, two poolings between them, two dense layers."""
    return Sequential([
        Input((28, 28, 1)),
        Conv2D(6, 5, padding="same", activation="relu"),
        AveragePooling2D(2),
        Conv2D(16, 5, activation="relu"),
        AveragePooling2D(2),
        Conv2D(120, 5, activation="relu"),
        Flatten(),
        Dense(84, activation="relu"),
        Dense(10, activation="softmax"),
    ])  # fmt: skip


def parameter_count() -> int:
    """61,706."""
    return int(lenet5().count_params())


def summary() -> None:
    """The network's layers, the size after each, and their parameters."""
    tables.show(lenet5(), names=False)


def fit(epochs: int = 5, train: int = 60_000) -> Trained:
    """Train on the first `train` pictures, `epochs` times each, and test."""
    reproducible(seed=0)
    (x_train, y_train), (x_test, y_test) = load_mnist()
    x_train, x_test = scaled(x_train[:train]), scaled(x_test)

    model = lenet5()
    model.compile(
        optimizer=Adam(0.001),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    history = model.fit(x_train, y_train[:train], epochs=epochs, verbose=0)
    loss, accuracy = model.evaluate(x_test, y_test, verbose=0)
    return Trained(model, history.history, (loss, accuracy))


def scaled(x: Array) -> Array:
    """Pictures (n, 28, 28) from 0 to 255 as (n, 28, 28, 1) from 0 to 1."""
    return x[..., None].astype("float32") / 255
