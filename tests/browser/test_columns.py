"""Columns that a program aligns are aligned in a browser: a Chinese character is as wide as two letters."""

import pytest

from kejian.pipeline.build import Options, build

pytestmark = pytest.mark.slow

LINES = ("（一），「二」。、；：《》！？", "卷积神经网络", "ab卷c积|", "12345678901234567890")
DECK = "<!-- slide -->\n\n# 对齐\n\n```python\n" + "\n".join(f"# {line}" for line in LINES) + "\n```\n"
WIDTHS = """() => [...document.querySelectorAll("pre .line")].map((line) => {
  const range = document.createRange();
  range.selectNodeContents(line);
  return Math.max(...[...range.getClientRects()].map((box) => box.right)) - line.getBoundingClientRect().left;
})"""


@pytest.mark.parametrize("look", ["kejian", "white", ""])
def test_a_chinese_character_is_two_letters_wide(visit, tmp_path, look):
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides" / "a.md").write_text(DECK, "utf-8")
    (tmp_path / "kejian.toml").write_text(f'theme = "{look}"\n' if look else "", "utf-8")
    assert not build(Options(course=tmp_path, out=tmp_path / "site")).failed
    widths = visit("slides/a.html", tmp_path / "site").evaluate(WIDTHS)
    cells = [2 + sum(2 if char > "\u2fff" else 1 for char in line) for line in LINES]
    letter = widths[-1] / cells[-1]
    assert [width / letter for width in widths] == pytest.approx(cells, abs=0.05)
