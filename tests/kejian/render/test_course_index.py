"""The start page's entries in their parts."""

from kejian.core.start_page import Section
from kejian.render.course_index import IndexEntry, parts

A, B, C = (IndexEntry(path=f"slides/{name}.md", title=name, slides=1) for name in "abc")


def test_entries_are_in_the_parts_that_name_them_and_the_rest_is_left():
    (first,), rest = parts([A, B, C], [Section(title="First", decks=("slides/b.md", "slides/a.md"))])
    assert (first.section.title, first.entries, rest) == ("First", (B, A), [C])


def test_a_part_without_entries_is_left_out():
    assert parts([A], [Section(title="Later")]) == ([], [A])


def test_an_entry_leads_to_its_page():
    assert IndexEntry(path="x/说明.md", title="", slides=0).href == "x/%E8%AF%B4%E6%98%8E.html"
