"""The numbers that the slides print."""

import pytest

from cnn_examples import counting, counting_examples
from cnn_examples.layers import Pooling, table


def test_the_fully_connected_network_of_the_slide():
    assert counting.fully_connected_parameters() == (50_176 + 1_000) * 10_000 == 511_760_000
    assert counting.fully_connected_parameters(biases=True) == 511_771_000
    assert counting.fully_connected_parameters(channels=3) == 1_515_280_000


def test_a_convolution_layer_has_as_many_parameters_whatever_the_picture():
    assert counting.convolutional_parameters() == 11 * 11 * 3 * 96 + 96 == 34_944


def test_lenet_layer_by_layer():
    rows = [row.parameters for row in table(counting.LENET, (28, 28, 1)) if row.parameters]
    assert rows == [156, 2_416, 48_120, 10_164, 850]
    assert counting.lenet_parameters() == 61_706


def test_alexnet_layer_by_layer():
    rows = list(table(counting.ALEXNET, (224, 224, 3)))
    assert [row.shape for row in rows if isinstance(row.layer, Pooling)] == [(27, 27, 96), (13, 13, 256), (6, 6, 256)]
    assert counting.alexnet_parameters() == 60_965_224
    assert counting.alexnet_dense_share() == pytest.approx(0.9617, abs=1e-4)


def test_inception_3a():
    assert counting.inception_parameters() == 163_696


def test_googlenet():
    rows = list(table(counting.GOOGLENET, (224, 224, 3)))
    assert [row.shape for row in rows][-3:] == [(7, 7, 1024), (1, 1, 1024), (1000,)]
    assert counting.googlenet_parameters() == 6_998_552
    assert (counting.googlenet_modules(), counting.googlenet_poolings(), counting.googlenet_depth()) == (9, 5, 22)


@pytest.mark.parametrize("example, first, last", [
    ("connections", "全连接    2,517,630,976", "权值共享              9"),
    ("lenet", "      28×28×1              输入", "           10         850  全连接 10"),
    ("alexnet", "    224×224×3              输入", "共 60,965,224"),
    ("inception", "   12,352  卷积 1×1 64 个", "  393,472  若无 1×1 降维"),
    ("googlenet", "    224×224×3              输入", "共 6,998,552"),
    ("one_by_one", "(1, 28, 28, 64)", "True"),
])  # fmt: skip
def test_what_the_tables_print(example, first, last, capsys):
    getattr(counting_examples, example)()
    lines = capsys.readouterr().out.splitlines()
    assert (lines[0], lines[-1]) == (first, last)
