"""The ImageNet weights that Keras publishes its networks with: where they must lie, and whether they are the real ones.

They are taken from the course's folder `weights`, or from where Keras keeps what it has downloaded (KERAS_HOME, or
~/.keras, under `models`). Keras would download what it misses; an example asks first: no build opens the network.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from cnn_examples.errors import UnavailableError, refuse, unavailable
from cnn_examples.mnist import keras_home

DATA = ("weights/resnet50_weights_tf_dim_ordering_tf_kernels.h5",)
"""What is read here, from the project's folder: a build sees when it comes, and runs what waits for it."""
WEIGHTS = Path(__file__).parents[1] / "weights"
_KERNELS = "_weights_tf_dim_ordering_tf_kernels"
DIGESTS = {
    "resnet50": ("2cb95161c43110f7111970584f804107", "4d473c1dd8becc155b73f8504c6f6626"),
    "vgg16": ("64373286793e3c8b2b4e3219cbf3544b", "6d6bbae143d832006294945121d1f1fc"),
    "vgg19": ("cbe5617147190e668d6c5d5026f83318", "253f8cb515780f3b799900260a226db6"),
    "inception_v3": ("9a0d58056eeedaa3f26cb7ebd46da564", "bcbd6486424b2319ff4ef7d526e38f63"),
}
"""MD5 of each network's weights with and without its last layers, as in the source of `keras.applications`."""


def published(network: str, include_top: bool = True) -> Path:
    """The file of the weights of `network`, or an `UnavailableError` that says where to put it."""
    if network not in DIGESTS:
        refuse("network", repr(network), f"one of {', '.join(DIGESTS)}")
    name = f"{network}{_KERNELS}{'' if include_top else '_notop'}.h5"
    here = [folder / name for folder in (WEIGHTS, keras_home() / "models") if (folder / name).is_file()]
    if not here:
        raise _missing(network, name)
    file = here[0]
    if (found := _md5(file)) != DIGESTS[network][0 if include_top else 1]:
        words = f"{name} is not the file that Keras publishes (MD5 {found}); fetch it again"
        raise unavailable(words, f"`{name}` 不是 Keras 发布的那个文件，请重新取一份")
    return file


def _missing(network: str, name: str) -> UnavailableError:
    return unavailable(
        f"the ImageNet weights of {network} are not on this machine: put Keras' own {name} into the folder weights "
        "beside cnn_examples",
        f"缺少 {network} 在 ImageNet 上训练好的权重，即 Keras 发布的 `{name}`",
        "把它放进课程的 `weights/` 文件夹，再运行 `python build.py`",
    )


def _md5(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
