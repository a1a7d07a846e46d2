"""What the guide shows of each kind of output."""

import pytest

from cnn_examples import counting, guide


def test_the_table_adds_up():
    made = guide.parameters()
    assert sum(row[2] for row in made.rows) == made.total[2] == counting.lenet_parameters()
    assert "| 合计 all" in str(made)
    assert f"{counting.lenet_parameters():,}" in str(made)
    assert "~:" in str(made)


def test_the_chart_holds_its_data():
    spec = guide.shares().to_dict()
    (rows,) = spec["datasets"].values()
    assert [row["占比"] for row in rows if row["层"] == "全连接"] == [*map(counting.dense_share, guide.NAMES)]
    assert sum(row["占比"] for row in rows) == pytest.approx(3)


def test_the_formula_is_what_was_computed():
    assert guide.equation() == r"X \otimes W = \begin{bmatrix} 0 & -2 & -1 \\ 2 & 2 & 4 \\ -1 & 0 & 0 \end{bmatrix}"


def test_what_keeps_its_size_is_green(capsys):
    guide.checked()
    lines = capsys.readouterr().out.splitlines()
    assert ["\033[1;32m" in line for line in lines] == [True, False, True, True]


def test_a_step_brings_a_line_and_its_name():
    ids = [one.get_gid() for one in guide.strides().findobj() if one.get_gid()]
    assert sorted(ids) == ["step-1", "step-1", "step-2", "step-2", "step-3", "step-3"]
