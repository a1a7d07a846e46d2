"""Networks that others have trained, put to use: classify, extract features, take them out in the middle."""

from __future__ import annotations

import numpy as np
from keras import Model
from keras.applications import resnet50, vgg16, vgg19

from cnn_examples import imagenet
from cnn_examples.arrays import Array
from cnn_examples.filters import portrait
from cnn_examples.published import published
from cnn_examples.summary import show


def picture() -> Array:
    """The portrait as networks for 224 × 224 take it: (1, 224, 224, 3), from 0 to 255."""
    return np.asarray(portrait().resize((224, 224)), "float32")[None]


def classify() -> None:
    """What EfficientNet-Lite0 sees on the portrait."""
    from cnn_examples.efficientnet import lite0, preprocess_input

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


def resnet50_parameters() -> int:
    """25,636,712."""
    return int(resnet50.ResNet50(weights=None).count_params())


def vgg16_summary() -> None:
    """The last layers of VGG16; its first dense layer alone has over a hundred million parameters."""
    model = vgg16.VGG16(weights=None)
    show(model, first=1, last=6)


def vgg16_features(weights: str | None = None) -> None:
    """The size of what VGG16 makes of a picture before its dense layers; random `weights` give the same size."""
    model = vgg16.VGG16(weights=weights, include_top=False)
    x = vgg16.preprocess_input(picture())  # RGB → BGR，中心化
    feat = model.predict(x, verbose=0)
    print(feat.shape)


def vgg19_summary() -> None:
    """The layers of VGG19 from the end of its fourth block on."""
    model = vgg19.VGG19(weights=None)
    show(model, first=1, last=11)


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
