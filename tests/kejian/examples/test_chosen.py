"""Examples that a person names, of a real course."""

import pytest

from kejian.examples.chosen import NotQuotedError, chosen
from kejian.pipeline.analysis import survey

DECK = """<!-- slide -->

# One

@import "../demo_examples/a.py" {symbol="first" cmd=true}

@import "../demo_examples/a.py" {symbol="second" cmd=true}

`{python} a.first(2)` and `{python} a.missing()`
"""


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    root = tmp_path_factory.mktemp("chosen")
    for path, text in {
        "demo_examples/__init__.py": "",
        "demo_examples/a.py": "def first(n=1):\n    print(n)\n\n\ndef second():\n    print(2)\n",
        "slides/a.md": DECK,
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    course = survey(root)
    return [*course.jobs, *course.refused]


NAMED = {"a.second": 1, "demo_examples.a.second": 1, "a.first": 2, "a.first(2)": 1, "all": 3}


@pytest.mark.parametrize("name, number", NAMED.items(), ids=NAMED)
def test_a_function_its_call_or_all_are_names(planned, name, number):
    assert len(chosen(planned, [name])) == number


def test_several_names_add_up(planned):
    assert chosen(planned, ["a.second", "a.first(2)"]) == chosen(planned, ["a.second"]) | chosen(
        planned, ["a.first(2)"]
    )


HINTS = {"a.secnd": "did you mean `a.second`", "b.first": "`a.first`", "zzz": "decks quote `a.first`, `a.second`"}


@pytest.mark.parametrize("name, hint", HINTS.items(), ids=HINTS)
def test_what_no_deck_quotes_is_an_error_with_near_names(planned, name, hint):
    with pytest.raises(NotQuotedError, match=f"no deck quotes `{name}`") as raised:
        chosen(planned, [name])
    assert hint in raised.value.hint


def test_without_examples_the_hint_says_so():
    with pytest.raises(NotQuotedError) as raised:
        chosen([], ["a.first"])
    assert raised.value.hint == "no deck quotes any example"
