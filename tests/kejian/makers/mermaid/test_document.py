"""An engine's document made ready for a page."""

from xml.etree import ElementTree as ET

import pytest

from kejian.makers import svg
from kejian.makers.mermaid.document import prepared

HEAD = '<svg id="m" viewBox="0 0 30 20" width="100%" xmlns="http://www.w3.org/2000/svg">'


def page(inside, ruler, source="", css=""):
    root = prepared(f"{HEAD}<style>{css}</style>{inside}</svg>", source, ruler)
    return svg.inline(ET.tostring(root, encoding="unicode"))


def test_a_drawing_has_the_size_of_its_content_and_what_is_inherited(ruler):
    html = page("<path d='M0,0'/>", ruler, css="#m{font-size:14px;fill:#222}")
    assert 'width="30pt" height="20pt"' in html
    assert '<g font-size="14px" fill="color-mix(' in html
    assert "<style" not in html


def test_a_document_without_a_size_is_none(ruler):
    with pytest.raises(ValueError):
        prepared('<svg xmlns="http://www.w3.org/2000/svg"/>', "", ruler)


def test_words_between_the_parts_of_a_text_stay(ruler):
    assert "a</tspan><tspan>b</tspan>" in page("<text><tspan>a</tspan>b</text>", ruler)


def test_of_the_engine_s_classes_the_kind_of_a_part_is_left(ruler):
    html = page('<g class="node default label"><path class="flowchart-link x"/><g class="section"/></g>', ruler)
    assert html.count('class="') == 3
    assert '<g class="node">' in html
    assert '<path class="edge">' in html


def test_letters_are_the_page_s_or_its_ground_s_and_have_no_frame(ruler):
    html = page('<text fill="#333" stroke="#333">a</text><text fill="#fff">b</text>', ruler)
    assert 'fill="currentColor" stroke="none">a' in html
    assert 'fill="var(--ground, Canvas)">b' in html


def test_letters_have_not_the_colour_of_their_box(ruler):
    html = page('<text class="task task-type-0">a</text>', ruler, css=".task-type-0{fill:#eee}")
    assert '<text fill="currentColor">' in html


def test_letters_on_what_the_author_made_dark_are_light(ruler):
    box = '<rect width="9" height="9" fill="#003"/>'
    node = f'<g class="node">{box}<g class="label" stroke="#003"><text fill="#333">a</text></g></g>'
    html = page(node, ruler, "style a fill:#003")
    assert 'fill="#000033">' in html
    assert '<text fill="#ffffff">' in html
    assert "stroke" not in html


def test_an_author_s_title_and_description_are_for_readers_and_a_tooltip_is_shown(ruler):
    html = page('<title>大图</title><desc>说明</desc><g class="node" title="提示 &lt;"><text>a</text></g>', ruler)
    assert 'aria-label="大图，说明"' in html
    assert "提示 &lt;</title>" in html


def test_labels_stand_above_what_is_drawn_after_them(ruler):
    html = page('<g><g class="node-labels"><text>a</text></g><path d="M0,0"/></g>', ruler)
    assert html.index("<path") < html.index("<text")
