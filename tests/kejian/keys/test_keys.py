"""What a difference between two keys means, in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejian.keys import keys
from kejian.keys.keys import Part, changes

OLD = Part("code", "function a.f", "1", "nets/a.py:1")


@pytest.mark.parametrize(
    "old, new, words",
    [
        (
            Part("code", "function a.g", "1"),
            Part("code", "function a.g", "2", "nets/a.py:9"),
            "function a.g changed (nets/a.py:9)",
        ),
        (None, Part("code", "constant a.N", "1", "nets/a.py:9"), "now also uses constant a.N (nets/a.py:9)"),
        (Part("code", "class a.C", "1"), None, "no longer uses class a.C"),
        (Part("package", "numpy", "2.4.5"), Part("package", "numpy", "2.4.6"), "package numpy 2.4.5 → 2.4.6"),
        (Part("package", "numpy", ""), Part("package", "numpy", "2.4.6"), "package numpy (none) → 2.4.6"),
        (None, Part("package", "scipy", "1.0", "nets/a.py:1"), "now also imports package scipy 1.0 (nets/a.py:1)"),
        (None, Part("package", "scipy", ""), "now also imports package scipy (not installed)"),
        (Part("package", "scipy", "1.0"), None, "no longer imports package scipy"),
        (Part("data", "a.txt", "1"), Part("data", "a.txt", "2"), "data file a.txt changed"),
        (Part("data", "a.txt", ""), Part("data", "a.txt", "2"), "data file a.txt is new"),
        (Part("data", "a.txt", "1"), Part("data", "a.txt", ""), "data file a.txt is gone"),
        (None, Part("data", "a.txt", "1"), "now also reads data file a.txt"),
        (Part("data", "a.txt", "1"), None, "no longer reads data file a.txt"),
        (Part("python", "Python", "3.11"), Part("python", "Python", "3.12"), "Python 3.11 → 3.12"),
        (Part("setting", "seed", "0"), Part("setting", "seed", "1"), "setting seed 0 → 1"),
        (None, Part("setting", "seed", "1"), "setting seed (none) → 1"),
        (Part("setting", "seed", "0"), None, "no longer depends on setting seed"),
    ],
)
def test_each_difference_has_its_words(old, new, words):
    assert changes([OLD, *([old] if old else [])], [OLD, *([new] if new else [])]) == [words]


def test_without_a_record_it_never_ran():
    assert changes([], [OLD]) == ["never ran"]


TEXT = st.text(max_size=3)
PARTS = st.lists(
    st.builds(Part, st.sampled_from(["code", "package", "data", "python", "setting"]), TEXT, TEXT, TEXT),
    min_size=1,
    unique_by=lambda part: (part.kind, part.name),
)


@given(PARTS, PARTS)
def test_a_key_differs_exactly_where_something_is_said(old, new):
    same_example = old[0].name == new[0].name
    assert (keys.of(old).digest == keys.of(new).digest) == (same_example and changes(old, new) == [])


@given(PARTS, st.randoms(use_true_random=False))
def test_neither_order_nor_places_are_part_of_a_key(parts, order):
    moved = [Part(p.kind, p.name, p.value, "elsewhere") for p in parts[1:]]
    order.shuffle(moved)
    assert keys.of([parts[0], *moved]).digest == keys.of(parts).digest
