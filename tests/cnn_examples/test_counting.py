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


def test_connections_are_saved_first_and_then_weights():
    assert [row["权重"] for row in counting_examples.connections()] == [50_176**2, 50_176 * 9, 9]


def test_the_branches_of_inception_add_up():
    rows = counting_examples.inception()
    assert rows[0] == {"分支": "卷积 1×1 64 个", "参数": 12_352}
    assert sum(row["参数"] for row in rows) == counting.inception_parameters()
    assert counting_examples.without_reduction() == 393_472


def test_a_one_by_one_convolution_is_a_matrix_product():
    row = counting_examples.one_by_one()
    assert row["输出"] == "1×28×28×64"
    assert float(row["最大相差"]) < 1e-9


@pytest.mark.parametrize("count, said", [
    (511_760_000, "5.1 亿"), (102_764_544, "1.0 亿"), (60_965_224, "6,097 万"), (34_944, "3.5 万"), (61_706, "6.2 万"),
])  # fmt: skip
def test_large_numbers_are_said_in_ten_thousands_and_hundred_millions(count, said):
    assert counting_examples.short(count) == said


def test_numbers_of_the_statements():
    assert counting_examples.fully_connected_short() == "5.1 亿"
    assert counting_examples.first_layer_short() == "3.5 万"
    assert counting_examples.total_short("googlenet") == "700 万"
    assert counting_examples.convolutions_short("alexnet") == "233 万"
