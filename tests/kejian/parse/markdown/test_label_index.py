"""Labels of abbreviations in text."""

import re

from hypothesis import given
from hypothesis import strategies as st

from kejian.parse.markdown.label_index import Labels

ALPHABET = st.text(alphabet="aAB1_ 中.", max_size=30)


def labels(*words):
    found = Labels()
    for number, word in enumerate(words):
        found.add(word, str(number))
    return found


def test_the_first_meaning_of_a_label_counts():
    assert labels("A", "A").meanings == {"A": "0"}


def test_the_longer_label_counts():
    assert list(labels("A", "A B", "A B C").find("A B C, A B")) == [(0, "A B C"), (7, "A B")]


def test_a_part_of_a_latin_word_is_no_label_and_a_part_of_a_chinese_one_is():
    assert list(labels("CNN", "卷积").find("CNNs 的CNN、卷积核")) == [(6, "CNN"), (10, "卷积")]


@given(st.lists(ALPHABET.filter(bool), min_size=1, max_size=6), ALPHABET)
def test_as_an_alternation_would_find_them(words, text):
    longest = sorted(set(words), key=lambda word: (-len(word), word))
    pattern = rf"(?<![A-Za-z0-9_])(?:{'|'.join(map(re.escape, longest))})(?![A-Za-z0-9_])"
    assert list(labels(*words).find(text)) == [(m.start(), m[0]) for m in re.finditer(pattern, text)]
