"""What a child answers as the outputs of a record: their kinds, their forms and their order."""

import pytest

from kejian.examples.answers import Answer, Displayed
from kejian.examples.run.shown import shown


def outputs(answer, form=""):
    return [(one.kind, one.suffix, one.text) for one in shown(answer, form, aside=True)]


def test_what_is_displayed_parts_what_is_printed():
    answer = Answer(
        printed="a\nb\n",
        value="v",
        pictures=(("png", b"PNG", b""),),
        displayed=(
            Displayed(2, "t", "table", (), ""),
            Displayed(2, None, "", (("svg", b"<svg/>", b"TWIN"),), ""),
            Displayed(99, "<b>", "html", (), ""),
        ),
        said="s\n",
    )
    assert outputs(answer) == [
        ("text", "txt", "a\n"),
        ("table", "txt", "t"),
        ("picture", "svg", "<svg/>"),
        ("text", "txt", "b\n"),
        ("value", "html", "<b>"),
        ("stderr", "txt", "s\n"),
        ("value", "txt", "v"),
        ("picture", "png", "PNG"),
    ]


@pytest.mark.parametrize("form, suffix", [("html", "html"), ("markdown", "md"), ("latex", "tex"), ("table", "txt")])
def test_what_is_printed_has_the_form_that_is_asked_for_where_nothing_is_returned(form, suffix):
    assert outputs(Answer(printed="a"), form) == [("text", suffix, "a")]
    assert outputs(Answer(printed="a", value="b", form="html"), form) == [("text", "txt", "a"), ("value", "html", "b")]
