"""Tables that Keras and pandas have printed, read again."""

import pytest

from kejian.migrate.tables import markdown, read, recorded

KERAS = """
Model: "sequential_1"
┏━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━┓
┃ Layer (type)    ┃ Output Shape      ┃  Param # ┃
┡━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━┩
│ conv2d (Conv2D) │ (None, 24, 24, 6) │      156 │
├─────────────────┼───────────────────┼──────────┤
│ max_pooling2d   │ (None, 12, 12, 6) │        0 │
│ (MaxPooling2D)  │                   │          │
└─────────────────┴───────────────────┴──────────┘
 Total params: 156 (624.00 B)
 Trainable params: 156 (624.00 B)
"""
OLDER = """
Model: "lenet"
_________________________________________________________________
 Layer (type)                Output Shape              Param #
=================================================================
 conv2d (Conv2D)             (None, 24, 24, 6)         156

 max_pooling2d (MaxPooling2  (None, 12, 12, 6)         0
 D)

=================================================================
Total params: 156
_________________________________________________________________
"""
FRAME = """
   layer   size  share of all
0  conv1    156         0.003
1    fc1  48120         0.997
"""
NAMED = """
       size  share
conv1   156   0.25
fc1     468   0.75

[2 rows x 2 columns]
"""


def test_a_summary_of_keras_is_a_table_with_its_first_and_last_lines():
    assert markdown(read(KERAS)) == [
        'Model: "sequential\\_1"',
        "",
        "| Layer (type) | Output Shape | Param # |",
        "| :-- | :-- | --: |",
        "| conv2d (Conv2D) | (None, 24, 24, 6) | 156 |",
        "| max\\_pooling2d (MaxPooling2D) | (None, 12, 12, 6) | 0 |",
        "",
        "Total params: 156 (624.00 B)<br>",
        "Trainable params: 156 (624.00 B)",
    ]


def test_a_summary_of_an_older_keras_is_a_table():
    made = read(OLDER)
    assert made.columns == ("Layer (type)", "Output Shape", "Param #")
    assert made.rows[0] == ("conv2d (Conv2D)", "(None, 24, 24, 6)", "156")
    assert made.rows[1] == ("max_pooling2d (MaxPooling2D)", "(None, 12, 12, 6)", "0")
    assert (made.above, made.below) == (('Model: "lenet"',), ("Total params: 156",))


def test_a_frame_that_counts_its_rows_has_columns_alone():
    made = read(FRAME)
    assert (made.columns, made.frame) == (("layer", "size", "share of all"), True)
    assert recorded(made).splitlines() == [
        "| layer |  size | share of all |",
        "| :---- | ----: | -----------: |",
        "| conv1 |   156 |        0.003 |",
        "| fc1   | 48120 |        0.997 |",
    ]


def test_a_frame_that_names_its_rows_says_how_many_there_are():
    assert markdown(read(NAMED))[0] == "| &nbsp; | size | share |"
    assert read(NAMED.replace("[2 rows", "[9 rows")) is None
    assert read(NAMED.partition("[")[0]) is None


NONE = {
    "nothing": "",
    "words": "Epoch 1/3\nloss: 0.5",
    "columns": "a  b\nc  d",
    "rows that are left out": "    x\n0   1\n..  .\n9   3",
    "rows of another length": "   x  y\n0  1",
    "code": "x = [1,  2]\ny = [3,  4]",
    "a box without layers": "│ a │\n│ b │",
    "a head alone": " Layer (type)   Output Shape   Param #\n",
}


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_what_is_no_such_table_stays_text(text):
    assert read(text) is None


def test_marks_of_markdown_are_words():
    assert "| \\*a\\* \\| b |" in markdown(read("   x\n0  *a* | b"))
