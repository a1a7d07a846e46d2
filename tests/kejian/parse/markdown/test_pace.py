"""What comes step by step, case by case."""

from kejian.parse import markdown
from tests.kejian.parse.markdown.conftest import written

CASES = "steps.md"
PAUSE = ["a", "", ". . .", "", "b"]


def test_case(case, body):
    scope = markdown.FileRenderer(pauses=True)
    assert written(body(case.text.removesuffix("\n").split("\n"), scope)) == case.expected


def test_a_pause_is_text_where_the_deck_does_not_ask_for_pauses(body):
    assert "<p>. . .</p>" in body(PAUSE, markdown.FileRenderer()).html


def test_all_items_of_a_slide_are_steps_where_its_mark_says_so():
    lines = ["- a", "- b"]
    assert (
        markdown.render(lines, lambda *_: None, markdown.FileRenderer(), incremental=True).html.count("fragment") == 2
    )
