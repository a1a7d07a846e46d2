"""LeNet-5: its size, and that it learns."""

import numpy as np
import pytest

from cnn_examples import counting, lenet
from cnn_examples.layers import table


def test_the_network_has_the_layers_that_counting_counts():
    rows = [(row.shape, row.parameters) for row in table(counting.LENET, (28, 28, 1))]
    layers = [layer for layer in lenet.lenet5().layers if "Flatten" not in str(type(layer))]
    assert rows == [(tuple(layer.output.shape[1:]), layer.count_params()) for layer in layers]
    assert lenet.parameter_count() == counting.lenet_parameters() == 61_706


def test_the_summary_is_the_lectures(capsys):
    lenet.summary()
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[-1] for line in lines[:-1]] == ["156", "0", "2,416", "0", "48,120", "0", "10,164", "850"]
    assert lines[-1] == "参数 61,706"


def test_pictures_are_scaled_to_one():
    x = lenet.scaled(np.full((2, 28, 28), 255, np.uint8))
    assert (x.shape, x.dtype, x.max()) == ((2, 28, 28, 1), np.float32, 1)


def test_a_log_line_is_one_epoch():
    result = lenet.Trained(None, {"loss": [0.5, 0.25], "accuracy": [0.9, 0.95]}, (0.3, 0.94))
    assert result.lines() == [
        "第 1 轮  损失 0.5000  准确率 0.9000", "第 2 轮  损失 0.2500  准确率 0.9500",
        "测试    损失 0.3000  准确率 0.9400",
    ]  # fmt: skip


@pytest.mark.slow
def test_two_runs_with_few_digits_are_the_same_bit_by_bit():
    one, two = (lenet.fit(epochs=1, train=640) for _ in range(2))
    assert one.history == two.history
    assert one.test == two.test
