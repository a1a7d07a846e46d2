"""Guesses the language of a course that does not name it, by the writing and the commonest words of its decks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice

_SAMPLE, _DECKS = 6_000, 50
"""So many letters of so many decks are looked at."""
_NOT_PROSE = re.compile(
    r"^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)|`[^`\n]*`|\$\$[^$]*\$\$|\$[^$\n]*\$|<!--.*?-->|<[^<>\n]*>"
    r"|^@import.*?$|\]\([^()\n]*\)|\w+://\S+|\\\w+|\A---\n.*?^---$",
    re.MULTILINE | re.DOTALL,
)
_SCRIPTS = {
    "kana": re.compile("[\u3041-\u30ff]"),
    "hangul": re.compile("[\uac00-\ud7a3]"),
    "han": re.compile("[\u4e00-\u9fff]"),
    "traditional": re.compile("[們個這說對學習從經時為發無過還與開關實現應該網絡訓練數據層類電腦]"),
    "ru": re.compile("[а-яёА-ЯЁ]{2,}"),
    "el": re.compile("[α-ωά-ώΑ-Ω]{3,}"),
    "ar": re.compile("[\u0620-\u064a]{2,}"),
    "he": re.compile("[\u05d0-\u05ea]{2,}"),
    "th": re.compile("[\u0e01-\u0e3a]{3,}"),
    "hi": re.compile("[\u0904-\u0939]{2,}"),
}
_WORD = re.compile(r"[^\W\d_]{1,30}")
_COMMON = {
    "en": "the of and to in is that for it with as are on be this by from an we which or not can",
    "fr": "le la les des et est une un pour dans que qui sur par avec pas ce sont du nous cette au aux",
    "de": "der die das und ist nicht ein eine mit für von den dem des auf wir sich werden auch wird zu",
    "es": "el la los las y es que una un para en con por no se del al como más este esta son",
    "it": "il lo la gli le e è che una un per in con non si del della dei come più questo sono di",
    "pt": "o a os as e é que uma um para em com por não se do da dos das como mais este são",
    "nl": "de het een en is van dat niet met voor op zijn wij wordt ook aan die bij worden om",
    "pl": "i w na jest nie się z do że to dla jak oraz są przez od po co lub",
    "vi": "và của là có các cho được trong một không với này để những khi",
    "tr": "ve bir bu için ile da de olarak olan daha çok gibi ne",
}
"""Words that stand in nearly every text of a language, by its tag."""
_FEW = 2
"""So many different ones of them tell a language."""
_ENGLISH_FROM = 5
"""Words in Latin letters from which a text without other evidence counts as English."""
USUAL = "zh-CN"
"""What is taken where decks hold next to no words."""


def guessed(texts: Iterable[str]) -> str:
    """Return the language of the decks with these texts as a BCP 47 tag."""
    prose = "\n".join(_NOT_PROSE.sub(" ", text[:_SAMPLE]) for text in islice(texts, _DECKS))
    found = {name: len(pattern.findall(prose)) for name, pattern in _SCRIPTS.items()}
    words = [word.lower() for word in _WORD.findall(prose)]
    asian = found["kana"] + found["hangul"] + found["han"]
    if asian and 5 * asian >= len(words):
        return _east_asian(found, asian)
    other = max(("ru", "el", "ar", "he", "th", "hi"), key=lambda name: found[name])
    if 2 * found[other] > len(words) > 0:
        return other
    return _latin(words)


def _east_asian(found: dict[str, int], total: int) -> str:
    if 10 * found["kana"] > total:
        return "ja"
    if 3 * found["hangul"] > total:
        return "ko"
    return "zh-TW" if 20 * found["traditional"] > total else "zh-CN"


def _latin(words: list[str]) -> str:
    counts = Counter(words)
    found = {name: [counts[word] for word in common.split() if counts[word]] for name, common in _COMMON.items()}
    best = max(found, key=lambda name: sum(found[name]))
    if len(found[best]) >= _FEW and 20 * sum(found[best]) > len(words):
        return best
    return "en" if len(words) >= _ENGLISH_FROM else USUAL
