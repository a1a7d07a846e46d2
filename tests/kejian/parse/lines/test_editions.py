"""What is left out of an edition, line by line."""

import pytest

from kejian.parse.lines.editions import EVERY, Edition

KNOWN = ("teacher", "ta")


def lines(text, name="", solutions=("teacher",)):
    written = text.split("\n")
    kept = Edition(name, KNOWN, solutions).lines(written)
    assert len(kept) == len(written), "each line keeps its number"
    assert all(line in ("", was) for line, was in zip(kept, written, strict=True))
    return "\n".join(line for line in kept if line)


ONLY = 'a\n::: {.only edition="teacher"}\nb\n:::\nc'
EXCEPT = 'a\n::: {.except edition="teacher ta"}\nb\n:::\nc'
SLIDE = '<!-- slide -->\na\n<!-- slide edition="teacher" -->\nb\n<!-- slide -->\nc'


@pytest.mark.parametrize(
    ("text", "name", "gone"),
    [
        (ONLY, "", True),
        (ONLY, "ta", True),
        (ONLY, "teacher", False),
        (ONLY, EVERY, False),
        (EXCEPT, "", False),
        (EXCEPT, "ta", True),
        (EXCEPT, EVERY, False),
        (SLIDE, "", True),
        (SLIDE, "teacher", False),
        ("a\n::: solution\nb\n:::\nc", "", True),
        ("a\n::: solution\nb\n:::\nc", "ta", True),
        ("a\n::: {.solution #sol-a}\nb\n:::\nc", "teacher", False),
        ('a\n> ::: {.only edition="teacher"}\n> b\n> :::\n\nc', "", True),
        ('- a\n  ::: {.only edition="teacher"}\n  b\n  :::\n\nc', "", True),
        ('a\n- ::: {.only edition="teacher"}\n  b\n  :::\n\nc', "", True),
        ('a\n::: {.only edition="teacher"}\n::: note\nb\n:::\n```\n:::\n```\nb\n:::\nc', "", True),
        ('a\n:::: {.only edition="teacher"}\nb\n::::\nc', "", True),
        ('a\n::: {.only edition="teacher"}\nb\n<!-- slide -->\nc', "", True),
        ('<!-- slide\n  edition="teacher" -->\nb\n```\n<!-- slide -->\nb\n```\n<!-- slide -->\na\nc', "", True),
        ('::: note\na\n::: {.only edition="teacher"}\nb\n:::\nc\n:::', "", True),
        ('a\n```\n::: {.only edition="teacher"}\nb\n:::\n```\nc', "", False),
    ],
)
def test_what_another_edition_holds_is_left_out(text, name, gone):
    kept = lines(text, name)
    assert ("b" not in kept.split()) == gone
    assert "a" in kept.replace("- a", "a").split()
    assert "c" in kept.split()


def test_without_editions_every_site_shows_solutions():
    written = ["::: solution", "b", ":::"]
    assert Edition().lines(written) == written


def test_an_edition_that_is_not_listed_is_a_finding():
    written = ["", '::: {.only edition="techer"}', ":::", '<!-- slide edition="ta" -->', "edition"]
    (found,) = Edition("", KNOWN).findings(written, "a.md", 11)
    assert (found.code, found.span.line) == ("unknown-edition", 12)
    assert found.hint == 'write editions = ["techer"] in kejian.toml'


@pytest.mark.parametrize(
    ("opening", "words", "hint"),
    [
        ("::: only", "`.only` names no edition", 'write edition="teacher"'),
        ('::: {.only edtion="teacher"}', "`edtion` is not `edition`", 'write edition="teacher"'),
        ("::: {.except}", "`.except` names no edition", 'write edition="teacher"'),
        ('<!-- slide editon="teacher" -->', "`editon` is not `edition`", 'write edition="teacher"'),
    ],
)
def test_text_whose_edition_is_not_clear_is_in_no_site_and_a_finding(opening, words, hint):
    written = ["a", opening, "b", ":::"]
    for name in ("", *KNOWN):
        assert "b" not in Edition(name, KNOWN).lines(written)
    assert "b" in Edition(EVERY, KNOWN).lines(written)
    (found,) = Edition("", KNOWN).findings(written, "a.md", 11)
    assert (found.code, found.span.line, found.hint) == ("unknown-edition", 12, hint)
    assert found.message.startswith(words)


def test_in_a_course_without_editions_a_class_of_that_name_is_the_author_s_own():
    written = ["::: only", "b", ":::"]
    assert Edition().lines(written) == written
    assert list(Edition().findings(written, "a.md")) == []
