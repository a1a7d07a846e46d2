"""Tables of models agree with Keras' own summary."""

import re

import keras
import pytest

from cnn_examples import summary
from cnn_examples.lenet import lenet5


def keras_rows(model):
    lines = []
    model.summary(print_fn=lines.append, line_length=200)
    cells = [[cell.strip() for cell in re.split("[│┃]", line)[1:4]] for line in "\n".join(lines).splitlines()]
    return [row for row in cells if len(row) == 3 and row[2].replace(",", "").isdigit()]


def test_rows_are_those_of_keras_summary(monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")  # Keras cuts its table off where the terminal ends
    model = lenet5()
    ours = list(summary.rows(model))
    theirs = keras_rows(model)
    assert [name for name, _, _ in ours] == [name for name, _, _ in theirs]
    assert [f"(None, {size.replace('×', ', ')})" for _, size, _ in ours] == [shape for _, shape, _ in theirs]
    assert [f"{n:,}" for _, _, n in ours] == [n for _, _, n in theirs]


def test_the_middle_can_be_left_out(capsys):
    summary.show(lenet5(), first=1, last=2)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines][1] == "……"
    assert lines[1] == "…… 略去 5 层 ……"
    assert lines[-2].split()[-2:] == ["10", "850"]
    assert len(lines) == 5


def test_nothing_is_left_out_of_a_short_model(capsys):
    summary.show(lenet5(), first=4, last=4)
    assert "略去" not in capsys.readouterr().out


def test_frozen_parameters_are_told_apart(capsys):
    model = lenet5()
    model.layers[0].trainable = False
    assert summary.trainable(model) == 61_706 - 156
    summary.show(model)
    assert capsys.readouterr().out.splitlines()[-1] == "参数 61,706，其中可训练 61,550"


def test_an_open_size_is_a_question_mark():
    model = keras.Sequential([keras.Input((None, None, 3)), keras.layers.Conv2D(4, 1)])
    assert next(summary.rows(model))[1] == "?×?×4"


@pytest.mark.parametrize("first, last", [(0, 0), (0, 8), (3, 1)])
def test_first_and_last_are_counted_from_the_ends(first, last, capsys):
    summary.show(lenet5(), first, last)
    shown = [line for line in capsys.readouterr().out.splitlines()[:-1] if "略去" not in line]
    assert len(shown) == first + last


def test_without_names_each_layer_is_what_it_is(capsys):
    summary.show(lenet5(), names=False)
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["Conv2D             28×28×6     156", "AveragePooling2D   14×14×6       0"]


def test_lenet_as_a_table_ends_in_its_sum():
    *layers, total = summary.lenet()
    assert [row["参数"] for row in layers if row["参数"]] == [156, 2_416, 48_120, 10_164, 850]
    assert total == {"层": "共", "输出": "", "参数": 61_706}
