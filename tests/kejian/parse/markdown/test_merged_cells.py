"""Merged cells of pipe tables, which a setting turns on, case by case."""

import re

CASES = "merged_cells.md"


def test_case(case, shown):
    assert shown(case.text, extended_tables=True) == case.expected


def test_a_merged_table_covers_every_cell_once(shown):
    """Laid out as a browser does, no table of these signs has a hole or an overlap."""
    for number in range(3**6):
        signs = [("^", ">", "")[number // 3**i % 3] for i in range(6)]
        rows = [["a", "b", "c"], ["1", *signs[:2]], [signs[2], "2", signs[3]], [*signs[4:], "3"]]
        source = "\n".join("|" + "|".join(row) + "|" for row in [rows[0], ["-"] * 3, *rows[1:]])
        assert laid_out(shown(source, extended_tables=True)) == {
            (row, column) for row in range(4) for column in range(3)
        }, source


def laid_out(html):
    taken = set()
    for row, text in enumerate(re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)):
        column = 0
        for attributes in re.findall(r"<t[hd]([^>]*)>", text):
            while (row, column) in taken:
                column += 1
            spans = {k: int(v) for k, v in re.findall(r'(rowspan|colspan)="(\d+)"', attributes)}
            for down in range(spans.get("rowspan", 1)):
                for right in range(spans.get("colspan", 1)):
                    assert (row + down, column + right) not in taken, html
                    taken.add((row + down, column + right))
    return taken
