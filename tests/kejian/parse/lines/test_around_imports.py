"""What stands around imports; `tests/fixtures/lines.md` has what becomes of it."""

import pytest

from kejian.parse.lines.around_imports import meant, stored_end


@pytest.mark.parametrize(
    "text, kept",
    [
        ("    @import", False),
        ("\t@import", False),
        ("   @import", True),
        ("- item\n\n    @import", True),
        ("12. item\n    more\n    @import", True),
        ("> - item\n    @import", True),
        ("- item\n\ntext\n\n    @import", False),
        ("-no item\n    @import", False),
    ],
)
def test_blanks_before_an_import_stay_where_a_list_needs_them(text, kept):
    lines = text.split("\n")
    assert meant(lines, len(lines) - 1) == (lines[-1] if kept else "@import")


@pytest.mark.parametrize(
    "text, end",
    [
        ('@import "[TOC]"\n\n<!-- code_chunk_output -->\n- a\n<!-- /code_chunk_output -->\nb', 5),
        ('<!-- @import "[toc]" {cmd="toc"} -->\n\n<!-- code_chunk_output -->\n- a\n<!-- /code_chunk_output -->', 5),
        ('@import "[TOC]"\n\n<!-- code_chunk_output -->\nnever closed', 2),
        ('@import "a.md"\n\n<!-- code_chunk_output -->\n1\n<!-- /code_chunk_output -->', 2),
    ],
)
def test_only_stored_contents_are_passed_over(text, end):
    assert stored_end(text.split("\n"), 2) == end
