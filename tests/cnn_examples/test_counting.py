"""The numbers that the slides print."""

import pytest

from cnn_examples import counting, counting_examples
from cnn_examples.errors import ArgumentError
from cnn_examples.layers import Convolution, Pooling, table


def test_the_fully_connected_network_of_the_slide():
    assert counting.fully_connected_parameters() == (50_176 + 1_000) * 10_000 == 511_760_000
    assert counting.fully_connected_parameters(biases=True) == 511_771_000
    assert counting.fully_connected_parameters(channels=3) == 1_515_280_000


def test_the_fully_connected_network_in_numbers():
    assert counting.fully_connected() == {"side": 224, "inputs": 50_176, "hidden": 10_000, "outputs": 1_000}


def test_a_layer_in_numbers():
    assert counting.layer("alexnet", 1) == {
        "side": 224, "padded": 230, "output": 55, "size": 11, "stride": 4, "padding": 3,
        "kernels": 96, "group": 96, "channels": 3, "parameters": 11 * 11 * 3 * 96 + 96,
    }  # fmt: skip
    second = counting.layer("alexnet", 3)
    assert (second["channels"], second["group"], second["kernels"]) == (48, 128, 256)
    assert counting.layer("alexnet", 2) == {
        "side": 55, "padded": 55, "output": 27, "size": 3, "stride": 2, "padding": 0,
    }  # fmt: skip


@pytest.mark.parametrize("network", counting.NETWORKS)
def test_the_numbers_of_a_layer_fit_the_formula_and_the_table(network):
    layers, shape = counting.NETWORKS[network]
    for number, row in enumerate(table(layers, shape), 1):
        if not isinstance(row.layer, Convolution | Pooling):
            continue
        one = counting.layer(network, number)
        assert one["output"] == row.shape[0]
        if isinstance(row.layer, Convolution):
            assert one["output"] == (one["side"] - one["size"] + 2 * one["padding"]) // one["stride"] + 1
            assert one["parameters"] == row.parameters


def test_only_convolution_and_pooling_layers_have_such_numbers():
    with pytest.raises(ArgumentError, match="number: got 6, expected that of a convolution or pooling layer of lenet"):
        counting.layer("lenet", 6)
    with pytest.raises(ArgumentError, match="kind: got 'dropout', expected one of convolution, pooling, dense, incep"):
        counting.count("lenet", "dropout")


@pytest.mark.parametrize("network, convolutions, poolings, dense, modules", [
    ("lenet", 3, 2, 2, 0), ("alexnet", 5, 3, 3, 0), ("googlenet", 3, 5, 1, 9),
])  # fmt: skip
def test_layers_are_counted_by_kind(network, convolutions, poolings, dense, modules):
    kinds = "convolution", "pooling", "dense", "inception"
    assert [counting.count(network, kind) for kind in kinds] == [convolutions, poolings, dense, modules]


def test_lenet_layer_by_layer():
    rows = [row.parameters for row in table(counting.LENET, (28, 28, 1)) if row.parameters]
    assert rows == [156, 2_416, 48_120, 10_164, 850]
    assert counting.lenet_parameters() == 61_706


def test_alexnet_layer_by_layer():
    rows = list(table(counting.ALEXNET, (224, 224, 3)))
    assert [row.shape for row in rows if isinstance(row.layer, Pooling)] == [(27, 27, 96), (13, 13, 256), (6, 6, 256)]
    assert counting.alexnet_parameters() == 60_965_224
    assert counting.dense_share("alexnet") == pytest.approx(0.9617, abs=1e-4)


def test_inception_3a():
    assert counting.inception_input() == {"side": 28, "channels": 192}
    assert counting.inception_parameters() == 163_696


def test_googlenet():
    rows = list(table(counting.GOOGLENET, (224, 224, 3)))
    assert [row.shape for row in rows][-3:] == [(7, 7, 1024), (1, 1, 1024), (1000,)]
    assert counting.googlenet_parameters() == 6_998_552
    assert counting.googlenet_depth() == 22
    assert counting.dense_share("googlenet") == pytest.approx(1_025_000 / 6_998_552)


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
