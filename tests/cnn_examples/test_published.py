"""Published weights are asked for before Keras would download them."""

import hashlib
import inspect

import pytest
from keras.src.applications import inception_v3, resnet, vgg16, vgg19

from cnn_examples import published
from cnn_examples.errors import ArgumentError, UnavailableError


@pytest.mark.parametrize("network, module", [
    ("resnet50", resnet), ("vgg16", vgg16), ("vgg19", vgg19), ("inception_v3", inception_v3),
])  # fmt: skip
def test_names_and_hashes_are_those_in_keras(network, module):
    source = inspect.getsource(module)
    assert "_weights_tf_dim_ordering_tf_kernels" in source
    assert all(f'"{digest}"' in source for digest in published.DIGESTS[network])


@pytest.fixture(autouse=True)
def nowhere(tmp_path, monkeypatch):
    """Neither the course's nor Keras' folder holds weights."""
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.setattr(published, "WEIGHTS", tmp_path / "weights")


def test_missing_weights_are_one_sentence_with_the_files_name_and_notes_for_the_slide():
    with pytest.raises(UnavailableError) as caught:
        published.published("vgg16", include_top=False)
    name = "vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5"
    assert str(caught.value) == (
        f"the ImageNet weights of vgg16 are not on this machine: put Keras' own {name} into the folder weights "
        "beside cnn_examples"
    )
    assert caught.value.__notes__ == [
        f"缺少 vgg16 在 ImageNet 上训练好的权重，即 Keras 发布的 `{name}`",
        "把它放进课程的 `weights/` 文件夹，再运行 `python build.py`",
    ]


@pytest.mark.parametrize("folder", ["weights", "models"])
def test_the_file_must_be_the_published_one(folder, tmp_path, monkeypatch):
    file = tmp_path / folder / "resnet50_weights_tf_dim_ordering_tf_kernels.h5"
    file.parent.mkdir()
    file.write_bytes(b"weights")
    with pytest.raises(UnavailableError, match=r"is not the file that Keras publishes \(MD5 63f4f1e9b725370f"):
        published.published("resnet50")
    monkeypatch.setitem(published.DIGESTS, "resnet50", (hashlib.md5(b"weights").hexdigest(), ""))
    assert published.published("resnet50") == file


def test_an_unknown_network_is_refused_by_name():
    with pytest.raises(ArgumentError, match="network: got 'resnet', expected one of resnet50, vgg16, vgg19, inception"):
        published.published("resnet")
