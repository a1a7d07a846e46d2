"""What the pages say, in the course's language."""

import re
from pathlib import Path

import pytest

from kejian.core.messages import words

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    "language, home",
    [
        ("zh-CN", "课程目录"),
        ("zh", "课程目录"),
        ("ZH-Hant-TW", "课程目录"),
        ("en-GB", "All lectures"),
        ("de", "All lectures"),
        ("zhx", "All lectures"),
        ("", "All lectures"),
    ],
)
def test_chinese_for_chinese_courses_english_for_all_others(language, home):
    assert words(language)["home"] == home


def test_both_languages_say_the_same():
    chinese, english = words("zh"), words("en")
    assert list(chinese) == list(english)
    assert all(chinese[name].count("%") == english[name].count("%") for name in chinese)


def test_the_templates_use_no_word_that_is_not_there():
    texts = "".join(path.read_text("utf-8") for path in sorted((ROOT / "templates").rglob("*.html")))
    used = set(re.findall(r"\bwords\.(\w+)", texts))
    assert used
    assert used <= set(words("zh"))
