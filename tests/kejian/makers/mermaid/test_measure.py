"""Labels measured in the page's font."""

import pytest

from kejian.makers.mermaid.measure import Ruler


@pytest.mark.parametrize(
    "text, em",
    [
        ("中", 1),
        ("卷积层", 3),
        ("，", 1),
        ("", 0),
        ("é中", 1.56),
        ("α", 0.7),
        ("\u0301", 0),
        ("a\nbb\n中中", 2),
        ("Ж", 0.7),
        ("—", 1),
    ],
)
def test_widths_in_em(text, em, ruler):
    assert ruler.width(text, 10) == pytest.approx(10 * em, abs=0.5)


def test_latin_letters_are_measured_with_their_kerning_and_bold_ones_are_wider(ruler):
    assert ruler.width("AVAVAV", 100) < 6 * ruler.width("A", 100)
    assert ruler.width("Animal", 16, "bolder") > ruler.width("Animal", 16)
    assert ruler.width("iiii", 16) < ruler.width("MMMM", 16) / 2


def test_lines_break_between_words_and_beside_chinese(ruler):
    assert ruler.lines("very long label", 10, 60) == ["very long", "label"]
    assert ruler.lines("卷积神经网络", 10, 35) == ["卷积神", "经网络"]
    assert ruler.lines("a\nb", 10, 999) == ["a", "b"]


@pytest.mark.parametrize("text", ["unbreakableandverylong", "", " ", "中"])
def test_what_cannot_be_broken_is_a_line(text, ruler):
    assert ruler.lines(text, 10, 1) == [text.strip()]


def test_no_character_is_lost_in_breaking(ruler):
    text = "这是 a very long 标签，里面有 many words，需要换行才能放得下"
    assert "".join(ruler.lines(text, 16, 100)).replace(" ", "") == text.replace(" ", "")


def test_a_long_text_is_measured_in_pieces():
    assert Ruler("/nowhere").width("中" * 9000, 1) == 9000
