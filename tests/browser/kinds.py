"""Courses of other people, in short: a deck of each theme of reveal.js, and decks in five languages."""

from __future__ import annotations

from pathlib import Path

from kejian.core.themes import REVEAL

TITLES = {"en": "Convolution", "fr": "Théorie", "ja": "畳み込み", "ko": "합성곱", "zh-CN": "卷积"}
WORDS = {
    "en": "Convolution slides a kernel over an image, and adds.",
    "fr": "La convolution fait glisser un noyau sur une image : « voilà ».",
    "ja": "畳み込みは画像の上で核を滑らせ、足し合わせる。",
    "ko": "합성곱은 이미지 위로 커널을 움직이며 더한다.",
    "zh-CN": "卷积让核在图片上滑动，再相加。",
}
BODY = """
<!-- slide -->

# {title}

- {words}
- $z_{{ij}} = \\sum_{{u,v}} w_{{uv}} a_{{i+u,j+v}}$

<!-- slide -->

| a | b |
|---|--:|
| {words} | 1 |

<!-- slide -->

## {title}

```python
def layer(x, w):
    return conv2d(x, w, stride=1) + 1
```

> {words}

$$
\\begin{{align*}} a &= b + c \\\\ &= d \\end{{align*}}
$$
"""


def write(root: Path) -> None:
    """Write the decks below `root`; those in a language have no front matter."""
    (root / "slides").mkdir(parents=True)
    for theme in (*REVEAL, "kejian"):
        front = f"---\npresentation:\n  theme: {theme}.css\n---\n"
        text = front + BODY.format(words=WORDS["en"], title=TITLES["en"])
        (root / "slides" / f"theme-{theme}.md").write_text(text, "utf-8")
    for language, words in WORDS.items():
        (root / "slides" / f"{language}.md").write_text(BODY.format(words=words, title=TITLES[language]), "utf-8")
