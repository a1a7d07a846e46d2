"""Decks of another program, before and after: see `tests/fixtures/dialects/reveal_md.md`."""

import pytest

from tests.kejian.migrate.dialects.cases import cases, rewritten, words_lost


@pytest.mark.parametrize("case", cases("reveal_md"))
def test_deck_is_rewritten(case):
    assert rewritten(case) == case.expected


@pytest.mark.parametrize("case", cases("reveal_md"))
def test_no_word_of_a_slide_is_lost_in_silence(case):
    assert words_lost(case) == set()
