"""PyTorch's files are read for their numbers, and nothing in them is run."""

import pickle
from collections import OrderedDict

import numpy as np
import pytest

from cnn_examples.errors import ArgumentError
from cnn_examples.torch_weights import MAGIC, Part, read


class Storage:
    """Pickles as a persistent id, as PyTorch's storages do."""

    def __init__(self, kind, key, length):
        self.id = ("storage", kind, key, "cpu", length, None)


class Named:
    """Pickles as a name in a module that need not be there."""

    def __init__(self, module, name):
        self.text = f"c{module}\n{name}\n".encode()


class Pickler(pickle._Pickler):
    """Writes what PyTorch writes, with PyTorch's names."""

    def persistent_id(self, value):
        return value.id if isinstance(value, Storage) else None

    def save(self, value, save_persistent_id=True):
        if isinstance(value, Named):
            self.write(value.text)
        else:
            super().save(value, save_persistent_id)


class Tensor:
    """A view of a storage."""

    def __init__(self, storage, offset, shape, strides):
        self.parts = storage, offset, shape, strides


def reduced(pickler, tensor):
    pickler.save(Named("torch._utils", "_rebuild_tensor_v2"))
    pickler.save((*tensor.parts, False, OrderedDict()))
    pickler.write(pickle.REDUCE)


Pickler.dispatch = {**pickle._Pickler.dispatch, Tensor: reduced}


def write(path, arrays, numbers, magic=MAGIC, length=None):
    storage = Storage(Named("torch", "FloatStorage"), "7", len(numbers))
    with path.open("wb") as stream:
        for value in (
            magic, 1001, {"little_endian": True},
            OrderedDict((name, Tensor(storage, *view)) for name, view in arrays.items()), ["7"],
        ):  # fmt: skip
            Pickler(stream, 2).dump(value)
        stream.write((len(numbers) if length is None else length).to_bytes(8, "little"))
        stream.write(np.asarray(numbers, "<f4").tobytes())
    return path


def test_arrays_are_views_of_their_storage(tmp_path):
    views = {"all": (0, (2, 3), (3, 1)), "turned": (0, (3, 2), (1, 3)), "tail": (4, (2,), (1,)), "one": (5, (), ())}
    arrays = read(write(tmp_path / "w.pth", views, range(6)))
    assert arrays["all"].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert arrays["turned"].tolist() == [[0, 3], [1, 4], [2, 5]]
    assert arrays["tail"].tolist() == [4, 5]
    assert arrays["one"] == 5
    assert arrays["all"].dtype == np.float32


@pytest.mark.parametrize("view", [(0, (2, 4), (3, 1)), (5, (2,), (1,)), (-1, (2,), (1,)), (0, (2,), (-1,))])
def test_a_view_beyond_its_storage_is_refused(view, tmp_path):
    with pytest.raises(ArgumentError, match="file: got an array"):
        read(write(tmp_path / "w.pth", {"a": view}, range(6)))


def test_another_kind_of_file_is_refused(tmp_path):
    with pytest.raises(ArgumentError, match=r"file: got w\.pth, expected one of PyTorch's first kind"):
        read(write(tmp_path / "w.pth", {}, [], magic=1))


def test_a_storage_of_another_length_is_refused(tmp_path):
    with pytest.raises(ArgumentError, match="file: got 5 numbers in storage 7, expected 6"):
        read(write(tmp_path / "w.pth", {"a": (0, (6,), (1,))}, range(6), length=5))


def test_what_a_pickle_wants_to_run_is_not_run(tmp_path):
    class Evil:
        def __reduce__(self):
            return print, ("gotcha",)

    file = tmp_path / "w.pth"
    file.write_bytes(pickle.dumps(Evil(), 2))
    with pytest.raises(pickle.UnpicklingError, match=r"the file asks for .*print, which weights do not need"):
        read(file)


def test_a_storage_type_is_a_name_and_nothing_to_call(tmp_path):
    file = tmp_path / "w.pth"
    file.write_bytes(b"\x80\x02ctorch\nFloatStorage\n)R.")
    with pytest.raises((ArgumentError, TypeError)):
        read(file)


def test_sizes_of_no_numbers_are_refused():
    with pytest.raises(ArgumentError, match="one with positive sizes and steps"):
        Part(("7", np.dtype("<f4"), 4), 0, (0,), (1,)).of(np.zeros(4, "<f4"))
