"""The way from a token back to its line."""

from hypothesis import given
from hypothesis import strategies as st

from kejian.core.diagnostics import Span
from kejian.parse.markdown.render_state import FileScope, RenderState


def place(line, _snippet, _offset=0):
    return Span("", line + 1)


@given(st.text(alphabet="a\n"), st.lists(st.integers(0, 20)))
def test_the_line_of_a_position_in_any_order(text, positions):
    found = RenderState(locate=place, shared=FileScope())
    found.enter(7)
    for pos in positions:
        assert found.line_at(text, pos) == 7 + text[:pos].count("\n")


def test_a_second_text_begins_at_the_first_line_again():
    found = RenderState(locate=place, shared=FileScope())
    found.enter(3)
    assert found.line_at("a\nb\nc", 4) == 5
    assert found.line_at("x\ny", 2) == 4
