"""What a difference between two keys means, in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejian.examples.keys import key
from kejian.examples.keys.key import KeyPart, changes, only_around

OLD = KeyPart("code", "function a.f", "1", "nets/a.py:1")


@pytest.mark.parametrize(
    "old, new, words",
    [
        (
            KeyPart("code", "function a.g", "1"),
            KeyPart("code", "function a.g", "2", "nets/a.py:9"),
            "function a.g changed (nets/a.py:9)",
        ),
        (None, KeyPart("code", "constant a.N", "1", "nets/a.py:9"), "now also uses constant a.N (nets/a.py:9)"),
        (KeyPart("code", "class a.C", "1"), None, "no longer uses class a.C"),
        (KeyPart("package", "numpy", "2.4.5"), KeyPart("package", "numpy", "2.4.6"), "package numpy 2.4.5 → 2.4.6"),
        (KeyPart("package", "numpy", ""), KeyPart("package", "numpy", "2.4.6"), "package numpy (none) → 2.4.6"),
        (None, KeyPart("package", "scipy", "1.0", "nets/a.py:1"), "now also imports package scipy 1.0 (nets/a.py:1)"),
        (None, KeyPart("package", "scipy", ""), "now also imports package scipy (not installed)"),
        (KeyPart("package", "scipy", "1.0"), None, "no longer imports package scipy"),
        (KeyPart("data", "a.txt", "1"), KeyPart("data", "a.txt", "2"), "data file a.txt changed"),
        (KeyPart("data", "a.txt", ""), KeyPart("data", "a.txt", "2"), "data file a.txt is new"),
        (KeyPart("data", "a.txt", "1"), KeyPart("data", "a.txt", ""), "data file a.txt is gone"),
        (None, KeyPart("data", "a.txt", "1"), "now also reads data file a.txt"),
        (KeyPart("data", "a.txt", "1"), None, "no longer reads data file a.txt"),
        (KeyPart("python", "Python", "3.11"), KeyPart("python", "Python", "3.12"), "Python 3.11 → 3.12"),
        (KeyPart("setting", "seed", "0"), KeyPart("setting", "seed", "1"), "setting seed 0 → 1"),
        (None, KeyPart("setting", "seed", "1"), "setting seed (none) → 1"),
        (KeyPart("setting", "seed", "0"), None, "no longer depends on setting seed"),
    ],
)
def test_each_difference_has_its_words(old, new, words):
    assert changes([OLD, *([old] if old else [])], [OLD, *([new] if new else [])]) == [words]


def test_without_a_record_it_never_ran():
    assert changes([], [OLD]) == ["never ran"]


TEXT = st.text(max_size=3)
PARTS = st.lists(
    st.builds(KeyPart, st.sampled_from(["code", "package", "data", "python", "setting"]), TEXT, TEXT, TEXT),
    min_size=1,
    unique_by=lambda part: (part.kind, part.name),
)


@given(PARTS, PARTS)
def test_a_key_differs_exactly_where_something_is_said(old, new):
    same_example = old[0].name == new[0].name
    assert (key.of(old).digest == key.of(new).digest) == (same_example and changes(old, new) == [])


@given(PARTS, st.randoms(use_true_random=False))
def test_neither_order_nor_places_are_part_of_a_key(parts, order):
    moved = [KeyPart(p.kind, p.name, p.value, "elsewhere") for p in parts[1:]]
    order.shuffle(moved)
    assert key.of([parts[0], *moved]).digest == key.of(parts).digest


@pytest.mark.parametrize(
    "old, new, only",
    [
        ([KeyPart("package", "wrapt", "1")], [KeyPart("package", "wrapt", "1")], False),
        ([], [KeyPart("package", "wrapt", "1")], True),
        ([KeyPart("package", "wrapt", "1")], [KeyPart("package", "wrapt", "2")], True),
        ([KeyPart("environment", "HOME", "a")], [KeyPart("environment", "HOME", "b")], True),
        ([KeyPart("package", "numpy", "1", "a.py:1")], [KeyPart("package", "numpy", "2", "a.py:1")], False),
        ([KeyPart("data", "a.csv", "a")], [KeyPart("data", "a.csv", "b")], False),
        (
            [KeyPart("package", "wrapt", "1"), KeyPart("code", "function a.f", "a")],
            [KeyPart("code", "function a.f", "b")],
            False,
        ),
    ],
)
def test_what_is_around_the_code_is_no_news_where_outputs_agree(old, new, only):
    assert only_around(old, new) is only
