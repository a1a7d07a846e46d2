"""A PowerPoint file of pictures, read again."""

import io

import pytest

from kejian.browser.pdf_slides import PageLink
from kejian.browser.powerpoint import NoPowerPointError, powerpoint
from kejian.browser.slide_texts import SlideText

pptx = pytest.importorskip("pptx", reason="pip install python-pptx to write PowerPoint files")
image = pytest.importorskip("PIL.Image", reason="pip install pillow to draw slides")


def picture():
    file = io.BytesIO()
    image.new("RGB", (32, 18), "teal").save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def read():
    texts = [SlideText((0, 0), "第一页", "讲稿\n第二段"), SlideText((0, 1), "", "")]
    links = [[PageLink((10, 20, 30, 40), "https://example.org/")], []]
    return pptx.Presentation(io.BytesIO(powerpoint((960, 540), [picture()] * 2, texts, links)))


def test_slides_are_as_large_as_the_deck_s(read):
    assert (read.slide_width.pt, read.slide_height.pt) == (960, 540)
    assert len(read.slides) == 2


def test_a_slide_is_a_picture_with_a_real_title_and_notes(read):
    first, second = read.slides
    assert first.shapes.title.text_frame.text == "第一页"
    assert first.shapes.title.top + first.shapes.title.height <= 0, "above the slide, so that the picture is not hidden"
    (shown,) = [shape for shape in first.shapes if shape.shape_type == pptx.enum.shapes.MSO_SHAPE_TYPE.PICTURE]
    assert (shown.left, shown.top, shown.width, shown.height) == (0, 0, read.slide_width, read.slide_height)
    assert shown._element.nvPicPr.cNvPr.get("descr") == "第一页"
    assert first.notes_slide.notes_text_frame.text == "讲稿\n第二段"
    assert not second.has_notes_slide


def test_a_link_is_where_it_is_on_the_slide(read):
    (area,) = [shape for shape in read.slides[0].shapes if shape.name == "https://example.org/"]
    assert area.click_action.hyperlink.address == "https://example.org/"
    assert [length.pt for length in (area.left, area.top, area.width, area.height)] == [10, 20, 30, 40]


def test_without_its_library_the_error_says_what_to_type(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pptx", None)
    with pytest.raises(NoPowerPointError, match=r"pip install 'kejian\[office\]'"):
        powerpoint((960, 540), [], [], [])
