"""A course of any size that looks like a real one: headers, formulas, lists, code, tables, footers."""

from __future__ import annotations

from pathlib import Path

SLIDES_PER_DECK = 50

_SLIDE = """
<!-- slide vertical={vertical} data-notes="第 {n} 页的备注" -->

HEADER 第 {n} 页 卷积与汇聚

设$\\Zv_{{{n}}} = \\Av \\otimes \\Wv + b_{{{n}}}$，步长$s = {stride}$，补零$p = {padding}$，则有

$$
\\begin{{align*}}
    z_{{ij}} = \\sum_{{u,v}} w_{{uv}} a_{{i+u-{stride}, j+v-{padding}}} + b_{{{n}}}
\\end{{align*}}
$$

- 输入 {n} × {n}，卷积核 {kernel} × {kernel}
- 输出长度为 **{out}**，参数量为 {parameters}
- 见 <span class="blue">感受野</span> (receptive field)

| 层 | 大小 | 步长 |
|---|---|---|
| {n} | {kernel} | {stride} |

```python {{.line-numbers}}
def layer_{n}(x, w):
    return conv2d(x, w, stride={stride}, padding={padding}) + {n}
```

FOOTER3 图神经网络导论 卷积神经网络 someone@example.org
"""


def slide(n: int) -> str:
    """The n-th slide. Formulas repeat between slides as they do in a lecture: about one of three is new."""
    kernel, stride, padding = 1 + n % 7, 1 + n % 3, n % 4
    return _SLIDE.format(
        n=n // 3 * 3,
        vertical=str(n % SLIDES_PER_DECK % 4 != 0).lower(),
        kernel=kernel,
        stride=stride,
        padding=padding,
        out=(n - kernel + 2 * padding) // stride + 1,
        parameters=f"{kernel * kernel * n:,}",
    )


def deck(numbers: range) -> str:
    """The text of a deck of these slides."""
    return "---\npresentation:\n  margin: 0\n  enableSpeakerNotes: true\n---\n" + "".join(map(slide, numbers))


def write(root: Path, slides: int) -> int:
    """Write a course of so many slides below `root`; returns the characters of its decks."""
    (root / "slides").mkdir(parents=True, exist_ok=True)
    total = 0
    for start in range(0, slides, SLIDES_PER_DECK):
        numbers = range(start, min(start + SLIDES_PER_DECK, slides))
        text = deck(numbers)
        (root / "slides" / f"{start // SLIDES_PER_DECK:04d}.md").write_text(text, encoding="utf-8")
        total += len(text)
    return total
