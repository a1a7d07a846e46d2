"""A trained network on new classes, in two stages: first a new head alone, then the upper layers as well.

The lecture's source says that `model.layers[:249]` locks 前 250 层; they are 249, numbers 0 to 248, the last of them
`mixed8`. Its second stage trains with `rmsprop` at its usual rate, which can undo what the layers know; Keras' own
guide takes a small step there, and so does this. It also leaves batch normalization as it is: the means of a few
hundred new pictures are worse than those of a million.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from keras.applications.inception_v3 import InceptionV3
from keras.layers import BatchNormalization, Dense, GlobalAveragePooling2D
from keras.models import Model
from keras.optimizers import SGD, Adam
from keras.utils import clear_session
from PIL import Image

from cnn_examples.arrays import Array
from cnn_examples.determinism import reproducible
from cnn_examples.efficientnet import lite0, preprocess_input
from cnn_examples.mnist import Split, load_mnist
from cnn_examples.summary import trainable


def inception_layers() -> list[str]:
    """The layers of InceptionV3 without its head, in order."""
    clear_session()  # 层的编号从头开始
    base_model = InceptionV3(weights=None, include_top=False)
    return [layer.name for layer in base_model.layers]


def with_head(base_model: Model, classes: int) -> Model:
    """A network whose last layer is replaced by two for new classes."""
    x = GlobalAveragePooling2D()(base_model.output)
    x = Dense(1024, activation="relu")(x)
    predictions = Dense(classes, activation="softmax")(x)
    return Model(base_model.input, predictions)


def inception_two_stages(weights: str | None = None) -> list[dict[str, int]]:
    """InceptionV3 for 200 new classes: how many parameters each stage trains."""
    base_model = InceptionV3(weights=weights, include_top=False)
    model = with_head(base_model, classes=200)

    base_model.trainable = False  # 锁住所有 InceptionV3 的层
    model.compile("rmsprop", loss="categorical_crossentropy")
    head = trainable(model)

    for i, layer in enumerate(model.layers):
        layer.trainable = i >= 249  # 锁住前 249 层，0 到 248
    model.compile(SGD(1e-4, momentum=0.9), loss="categorical_crossentropy")
    upper = trainable(model)
    return [{"新加的层": head, "第 249 层起": upper}]


def frozen_layers() -> int:
    """How many layers `model.layers[:249]` are: 249."""
    return len(InceptionV3(weights=None, include_top=False).layers[:249])


def number(name: str) -> int:
    """The number, from 0, of a layer of InceptionV3 without its head."""
    names = [layer.name for layer in InceptionV3(weights=None, include_top=False).layers]
    return names.index(name)


TRAIN, RELEASED = 500, 77
"""Pictures to fine-tune with, and the first layer of EfficientNet-Lite0 that the second stage trains."""


def about() -> dict[str, int]:
    """The fine-tuning in numbers: `pictures` to train with, `blocks` of the network that its second stage trains."""
    names = [layer.name for layer in lite0(64, weights=False).layers[RELEASED:]]
    blocks = {name.split(".")[1] for name in names if name.startswith("_blocks.")}
    return {"pictures": TRAIN, "blocks": len(blocks)}


class Stage(NamedTuple):
    """What a stage trained: how many parameters, and how many of the test pictures were right in the end."""

    parameters: int
    accuracy: float


def fine_tune(train: int = TRAIN, epochs: int = 5) -> list[Stage]:
    """EfficientNet-Lite0, which knows photographs, learns handwritten digits from 500 of them."""
    reproducible(seed=0)
    data = digits(train, 500)
    base_model = lite0(64)
    output = Dense(10, activation="softmax")(base_model.layers[-2].output)
    model = Model(base_model.input, output)

    base_model.trainable = False  # 只训练新加的一层
    head = learn(model, Adam(1e-3), data, epochs)
    for layer in model.layers[RELEASED:]:  # 最后七块，批归一化除外
        layer.trainable = not isinstance(layer, BatchNormalization)
    upper = learn(model, Adam(3e-4), data, epochs)
    return [head, upper]


def learn(model: Model, optimizer: Adam, data: tuple[Split, Split], epochs: int) -> Stage:
    """Train on the first part of the data, so many times, and test on the second."""
    (x, y), (x_test, y_test) = data
    model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(x, y, epochs=epochs, verbose=0)
    return Stage(trainable(model), model.evaluate(x_test, y_test, verbose=0)[1])


def digits(train: int, test: int) -> tuple[Split, Split]:
    """The first digits of MNIST as photographs are: (n, 64, 64, 3), from -1 to 1."""
    (x_train, y_train), (x_test, y_test) = load_mnist()
    return (enlarged(x_train[:train]), y_train[:train]), (enlarged(x_test[:test]), y_test[:test])


def enlarged(x: Array) -> Array:
    """Pictures (n, 28, 28) of grey values as (n, 64, 64, 3)."""
    large = [np.asarray(Image.fromarray(picture).resize((64, 64))) for picture in x]
    return preprocess_input(np.repeat(np.stack(large)[..., None], 3, axis=-1))
