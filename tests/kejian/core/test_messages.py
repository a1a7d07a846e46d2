"""What the pages say, in the course's language."""

import re
from pathlib import Path

import pytest

from kejian.core.messages import languages, speaker_words, words

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    "language, home",
    [
        ("zh-CN", "课程目录"),
        ("zh", "课程目录"),
        ("ZH-Hant-TW", "课程目录"),
        ("en-GB", "All lectures"),
        ("de", "Alle Vorlesungen"),
        ("fr-CH", "Tous les cours"),
        ("ko", "모든 강의"),
        ("sv", "All lectures"),
        ("zhx", "All lectures"),
        ("../en", "All lectures"),
        ("", "All lectures"),
    ],
)
def test_a_course_is_told_in_its_language_or_else_in_english(language, home):
    assert words(language)["home"] == home


@pytest.mark.parametrize("language", languages())
def test_each_language_says_the_same(language):
    own, english = words(language), words("en")
    assert list(own) == list(english)
    assert all(own[name].count("%") == english[name].count("%") for name in own)
    assert all(own.values())


@pytest.mark.parametrize("language", [one for one in languages() if one != "en"])
def test_the_speaker_s_window_is_told_in_it_too(language):
    assert list(speaker_words(language)) == list(speaker_words("zh"))
    assert speaker_words("en") == {}


def test_the_templates_use_no_word_that_is_not_there():
    texts = "".join(path.read_text("utf-8") for path in sorted((ROOT / "templates").rglob("*.html")))
    used = set(re.findall(r"\bwords\.(\w+)", texts))
    assert used
    assert used <= set(words("zh"))
