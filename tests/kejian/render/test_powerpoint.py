"""Presentations for PowerPoint, read again by the package that others read them with."""

import sys
from io import BytesIO
from zipfile import ZipFile

import pytest

from kejian.render import powerpoint
from kejian.render.powerpoint import About, ClickArea, NoOfficeError, PictureSlide

pptx = pytest.importorskip("pptx", reason="pip install python-pptx to write presentations")
image = pytest.importorskip("PIL.Image", reason="pip install pillow to draw the pictures of slides")

ABOUT = About("卷积", "张腾", "zh-CN")


def png(colour):
    saved = BytesIO()
    image.new("RGB", (32, 18), colour).save(saved, "png")
    return saved.getvalue()


RED, BLUE = png("red"), png("blue")
SLIDES = (
    PictureSlide(
        picture=RED,
        title="直觉",
        words="直觉 an image",
        notes="first\nthen",
        links=(ClickArea((128, 72, 64, 36), "https://example.org/?a=1&b=2"), ClickArea((0, 0, 10, 10), slide=1)),
    ),
    PictureSlide(picture=BLUE, title="代码", words="layer"),
)


def read(data):
    return pptx.Presentation(BytesIO(data))


@pytest.fixture(scope="module")
def slides():
    return list(read(powerpoint.presentation(ABOUT, (1280, 720), SLIDES)).slides)


def words(shape):
    return shape.element.find(".//{*}cNvPr").get("descr")


@pytest.mark.parametrize(("size", "inches"), [((1280, 720), (13 + 1 / 3, 7.5)), ((960, 720), (10, 7.5))])
def test_a_slide_has_the_size_of_the_deck_and_so_have_the_layouts(size, inches):
    made = read(powerpoint.presentation(ABOUT, size, SLIDES))
    assert (made.slide_width.inches, made.slide_height.inches) == pytest.approx(inches)
    title = made.slide_layouts[5].placeholders[0]
    assert title.left + title.width / 2 == pytest.approx(made.slide_width / 2, rel=0.001)


def test_a_slide_is_its_picture_from_edge_to_edge(slides):
    pictures = [shape for slide in slides for shape in slide.shapes if hasattr(shape, "image")]
    assert [one.image.blob for one in pictures] == [RED, BLUE]
    assert (pictures[0].left, pictures[0].top) == (0, 0)
    assert (pictures[0].width.inches, pictures[0].height.inches) == pytest.approx((13 + 1 / 3, 7.5))


def test_titles_are_placeholders_above_the_slide(slides):
    titles = [slide.shapes.title for slide in slides]
    assert [one.text_frame.text for one in titles] == ["直觉", "代码"]
    assert all(one.top + one.height <= 0 for one in titles)


def test_pictures_are_described_by_the_title_and_the_words(slides):
    assert [words(shape) for slide in slides for shape in slide.shapes if hasattr(shape, "image")] == [
        "直觉 an image",
        "代码\nlayer",
    ]


def test_notes_are_the_speaker_s(slides):
    assert slides[0].notes_slide.notes_text_frame.text == "first\nthen"
    assert not slides[1].has_notes_slide


def test_links_lie_over_the_picture_and_are_clear_but_not_empty(slides):
    outside, inside = (shape for shape in slides[0].shapes if shape.name == "link")
    assert (outside.left.inches, outside.width.inches) == pytest.approx((4 / 3, 2 / 3))
    assert outside.click_action.hyperlink.address == words(outside) == "https://example.org/?a=1&b=2"
    assert inside.click_action.target_slide.shapes.title.text_frame.text == words(inside) == "代码"
    assert outside.element.find(".//{*}solidFill//{*}alpha").get("val") == "0"


def test_the_file_says_what_it_is_and_no_one_else():
    made = read(powerpoint.presentation(ABOUT, (1280, 720), SLIDES)).core_properties
    assert (made.title, made.author, made.language, made.last_modified_by) == ("卷积", "张腾", "zh-CN", "")


def test_the_same_slides_give_the_same_bytes_without_a_foreign_thumbnail():
    data = powerpoint.presentation(ABOUT, (1280, 720), SLIDES)
    assert powerpoint.presentation(ABOUT, (1280, 720), SLIDES) == data
    with ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert not [name for name in archive.namelist() if "thumbnail" in name]
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_without_the_package_it_is_said_what_to_type(monkeypatch):
    monkeypatch.setitem(sys.modules, "pptx", None)
    with pytest.raises(NoOfficeError, match=r"pip install 'kejian\[office\]'"):
        powerpoint.presentation(ABOUT, (1280, 720), SLIDES)
