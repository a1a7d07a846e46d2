"""Decks in several languages, without settings: the page is in theirs, and a room sees every letter of it."""

import pytest

from kejian.browser.audit import rehearse
from kejian.core.diagnostics import Severity
from kejian.core.messages import words
from kejian.pipeline.build import Options, build

pytestmark = pytest.mark.slow

DECK = """<!-- slide -->

# {title}

{sentence}

- $x^2 + y^2$ — {sentence}
- `code`

<!-- slide -->

## {title}

| {title} | n |
|---|--:|
| {title} | 1 |

```python
print("{title}")
```
"""
TEXTS = {
    "en": ("Convolution", "The kernel slides over the image, and the sum of the products is the output."),
    "fr": (
        "La convolution",
        "Le noyau glisse sur l’image et la somme des produits est la sortie ; c’est à peu près ça.",
    ),
    "de": (
        "Die Faltung",
        "Der Kern gleitet über das Bild, und die Summe der Produkte ist die Ausgabe: größer, schöner.",
    ),
    "es": ("La convolución", "El núcleo se desliza sobre la imagen y la suma de los productos es la salida. ¿Qué más?"),
    "ja": ("畳み込み", "カーネルは画像の上を動き、積の和が出力になります。"),
    "ko": ("합성곱", "커널은 이미지 위를 움직이고 곱의 합이 출력이 된다."),
    "zh-CN": ("卷积", "核在图像上滑动，乘积之和就是输出。"),
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_deck_without_settings_is_in_its_language_and_a_room_sees_it_whole(tmp_path, language):
    title, sentence = TEXTS[language]
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides/a.md").write_text(DECK.format(title=title, sentence=sentence), "utf-8")
    report = build(Options(course=tmp_path, out=tmp_path / "site"))
    assert report.guessed == language
    assert not [one for one in report.diagnostics if one.severity is not Severity.HINT]
    html = (tmp_path / "site/slides/a.html").read_text("utf-8")
    assert f'<html lang="{language}"' in html
    assert words(language)["home"] in html
    seen = rehearse(tmp_path, lambda words: None)
    found = [one for one in seen.diagnostics if one.severity is not Severity.HINT]
    if language == "ko":  # Hangul is drawn by the fonts of this machine, which may have none
        found = [one for one in found if one.code != "tofu"]
    assert [(one.code, one.message) for one in found] == []
    assert seen.slides == 2
