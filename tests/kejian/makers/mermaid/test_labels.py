"""Labels in HTML as text."""

from xml.etree import ElementTree as ET

import pytest

from kejian.makers.mermaid.labels import as_text, name

HTML = 'xmlns="http://www.w3.org/1999/xhtml"'


def texts(inside, ruler):
    root = ET.fromstring(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>')
    as_text(root, ruler)
    assert not [one for one in root.iter() if name(one) in {"foreignObject", "div", "switch"}]
    return [one for one in root.iter() if name(one) == "text"], root


def box(words, style="white-space: nowrap", kind="", place='width="60" height="24"'):
    return f'<foreignObject {place}><div {HTML} class="{kind}" style="{style}">{words}</div></foreignObject>'


@pytest.mark.parametrize(
    "words, lines",
    [
        ("<span><p>卷积</p></span>", ["卷积"]),
        ("<p>a<br/>b</p>", ["a", "b"]),
        ("<p>a</p><p>b</p>", ["a", "b"]),
        ("<p>a <strong>b</strong>\n c</p>", ["a b c"]),
        ("<p>one two three four five</p>", ["one two three four five"]),
    ],
)
def test_words_become_lines_in_the_middle(words, lines, ruler):
    (text,), _ = texts(box(words), ruler)
    assert [part.text for part in text] == lines
    assert text.get("text-anchor") == "middle"
    assert {part.get("x") for part in text} == {"30"}


def test_what_may_break_is_broken_at_the_box_s_width(ruler):
    (text,), _ = texts(box("<p>one two three</p>", "white-space: break-spaces"), ruler)
    assert [part.text for part in text] == ["one two", "three"]


def test_a_label_keeps_its_weight_its_side_and_its_place(ruler):
    (bold,), _ = texts(box("<b>a</b>"), ruler)
    assert bold.get("font-weight") == "bold"
    (left,), root = texts(box("a", "text-align: left", place='x="5" y="7" width="60" height="24"'), ruler)
    assert left.get("text-anchor") == "start"
    assert root[0].get("transform") == "translate(5,7)"


def test_a_label_on_a_line_covers_it(ruler):
    _, root = texts(box("是", kind="edgeLabel"), ruler)
    assert [name(one) for one in root[0]] == ["rect", "text"]


def test_an_empty_label_is_nothing(ruler):
    found, root = texts(box("<span></span>", kind="edgeLabel"), ruler)
    assert found == []
    assert list(root[0]) == []


def test_of_a_switch_the_text_is_kept(ruler):
    found, _ = texts(f"<switch>{box('<p>a</p>')}<text>a</text></switch>", ruler)
    assert len(found) == 1
