"""Where a formula ends."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kejian.core.diagnostics import Span
from kejian.parse.markdown.render_state import FileScope, RenderState
from kejian.parse.markdown.tex import find_closer, find_once, trimmed


@pytest.mark.parametrize(
    "text, closer, at",
    [("a$b", "$", 1), (r"a\$b$", "$", 4), (r"a\\$", "$", 3), ("a", "$", -1), (r"\\)\)", r"\)", 3), ("a$b$$", "$$", 3)],
)
def test_a_closer_is_not_behind_a_backslash(text, closer, at):
    assert find_closer(text, closer, 0, len(text)) == at


def nowhere(_line, _snippet):
    return Span("")


@given(st.text(alphabet=r"\$a)"), st.integers(0, 9), st.integers(0, 9))
def test_remembering_a_search_in_vain_changes_nothing(text, first, second):
    """A search begins after a delimiter, so never behind a backslash."""
    assume("\\" not in (text[first - 1 : first], text[second - 1 : second]))
    found = RenderState(locate=nowhere, shared=FileScope())
    for start in (first, second):
        assert find_once(found, text, "$", start, len(text)) == find_closer(text, "$", start, len(text))


@pytest.mark.parametrize("tex, bare", [(" a ", "a"), (r"a\ ", "a\\ "), ("a\\\\ ", "a\\\\"), (r"\,", r"\,")])
def test_blanks_go_but_not_the_one_of_a_command(tex, bare):
    assert trimmed(tex) == bare
