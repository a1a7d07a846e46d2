"""Networks that others have trained, put to use: classify, extract features, take them out in the middle."""

from __future__ import annotations

import numpy as np
from keras import Model
from keras.applications import inception_v3, resnet50, vgg16, vgg19
from keras.layers import Conv2D, Dense

from cnn_examples import imagenet
from cnn_examples.arrays import Array
from cnn_examples.efficientnet import lite0, preprocess_input
from cnn_examples.errors import refuse
from cnn_examples.filters import portrait
from cnn_examples.published import published


def picture() -> Array:
    """The portrait as networks for 224 × 224 take it: (1, 224, 224, 3), from 0 to 255."""
    return np.asarray(portrait().resize((224, 224)), "float32")[None]


def predictions() -> Array:
    """What EfficientNet-Lite0 gives each of the thousand classes on the portrait: (1, 1000)."""
    x = preprocess_input(picture())
    return np.asarray(lite0().predict(x, verbose=0))


def classify() -> None:
    """What EfficientNet-Lite0 sees on the portrait."""
    model = lite0()
    x = preprocess_input(picture())  # (x - 127) / 128
    preds = model.predict(x, verbose=0)  # (1, 1000)
    imagenet.show(preds, 5)


def classify_resnet50() -> None:
    """What ResNet50 sees on the portrait, where Keras' weights are on the machine."""
    weights = published("resnet50")  # 联网时可写 "imagenet"
    model = resnet50.ResNet50(weights=weights)
    x = resnet50.preprocess_input(picture())  # RGB → BGR，中心化
    preds = model.predict(x, verbose=0)  # (1, 1000)
    imagenet.show(preds, 5)


NETWORKS = {
    "resnet50": resnet50.ResNet50, "vgg16": vgg16.VGG16, "vgg19": vgg19.VGG19, "inception_v3": inception_v3.InceptionV3,
}  # fmt: skip


def about(network: str) -> dict[str, int]:
    """A network of `NETWORKS` as Keras has it: `side` of its input in pixels, `classes`, `parameters`."""
    model = NETWORKS[network](weights=None)
    size = {"side": int(model.input_shape[1]), "classes": int(model.output_shape[1])}
    return size | {"parameters": int(model.count_params())}


def depth(network: str) -> int:
    """Convolution and dense layers from input to output, those in shortcuts left out: 50, 16 and 19.

    The layers of InceptionV3 stand side by side, so that counting them says nothing of its depth.
    """
    if network == "inception_v3":
        refuse("network", repr(network), "one whose layers follow one another")
    layers = NETWORKS[network](weights=None).layers
    return sum(isinstance(one, Conv2D | Dense) and not one.name.endswith("_0_conv") for one in layers)


def parameters(network: str, layer: str) -> int:
    """Weights and biases of one layer of a network."""
    return int(NETWORKS[network](weights=None).get_layer(layer).count_params())


def share(network: str, layer: str) -> float:
    """The share of a network's parameters that one of its layers holds."""
    model = NETWORKS[network](weights=None)
    return float(model.get_layer(layer).count_params() / model.count_params())


def vgg16_features(weights: str | None = None) -> None:
    """The size of what VGG16 makes of a picture before its dense layers; random `weights` give the same size."""
    model = vgg16.VGG16(weights=weights, include_top=False)
    x = vgg16.preprocess_input(picture())  # RGB → BGR，中心化
    feat = model.predict(x, verbose=0)
    print(feat.shape)


def vgg19_inner_features(weights: str | None = None) -> None:
    """The size of what VGG19 has made of a picture after its fourth block; random `weights` give the same size."""
    base_model = vgg19.VGG19(weights=weights, include_top=False)
    model = Model(
        inputs=base_model.input,
        outputs=base_model.get_layer("block4_pool").output,
    )
    x = vgg19.preprocess_input(picture())  # RGB → BGR，中心化
    feat = model.predict(x, verbose=0)
    print(feat.shape)
