"""Tables and the data of charts."""

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from kejian.migrate.powerpoint.grids import written

PLACE = tuple(map(Inches, (1, 2, 6, 3)))


def test_a_table_has_its_first_row_as_head(talk):
    table = talk.slide("T").shapes.add_table(2, 2, *PLACE).table
    for at, text in {(0, 0): "layer", (0, 1): "n|m", (1, 0): "conv", (1, 1): "one\ntwo"}.items():
        table.cell(*at).text = text
    assert talk.text == "## T\n| layer | n\\|m |\n| --- | --- |\n| conv | one<br>two |"
    assert talk.said == []


def test_merged_cells_are_reported(talk):
    table = talk.slide().shapes.add_table(2, 2, *PLACE).table
    table.cell(0, 0).text = "a"
    table.cell(0, 0).merge(table.cell(0, 1))
    assert talk.said == ["1 a table with merged cells on slide 1 has no counterpart here"]


def test_a_chart_is_a_table_of_its_data_and_reported(talk):
    data = CategoryChartData()
    data.categories = ["a", "b"]
    data.add_series("acc|uracy", (0.5, None))
    data.add_series("loss", (1, 2))
    talk.slide("C").shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *PLACE, data)
    assert talk.text == "## C\n|  | acc\\|uracy | loss |\n| --- | --- | --- |\n| a | 0.5 | 1 |\n| b |  | 2 |"
    assert talk.said == [
        "1 a chart, of which the deck has the data as a table, on slide 1 has no counterpart here",
    ]


def test_a_chart_of_points_has_their_places(talk):
    data = XyChartData()
    series = data.add_series("s")
    series.add_data_point(1.5, 2)
    talk.slide().shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, *PLACE, data)
    assert talk.text == "|  | s |\n| --- | --- |\n| 1.5 | 2 |"


def test_an_empty_table_is_none(talk):
    talk.slide("T").shapes.add_table(2, 2, *PLACE)
    assert talk.text == "## T"
    assert written([]) == []
    assert written([["a", "b"], ["c"]])[-1] == "| c |  |"
