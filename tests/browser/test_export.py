"""`kejian export`: what is written of a deck, where, and what it refuses to write over."""

from io import BytesIO

import pytest

from kejian.browser.chromium import executable
from kejian.browser.export import ExportChoice, exporting
from kejian.cli.main import main
from kejian.render.speaker_notes import MARK

pytest.importorskip("playwright.sync_api", reason="pip install playwright to draw slides")
pptx = pytest.importorskip("pptx", reason="pip install python-pptx to write presentations")
image = pytest.importorskip("PIL.Image", reason="pip install pillow to look at pictures")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("export"),
    pytest.mark.skipif(not executable(), reason="no Chromium on PATH; apt-get install chromium to draw slides"),
]

DECK = """---
title: 卷积
presentation: {width: 1280, height: 720}
---
<!-- slide data-notes="先讲**直觉**" -->

HEADER 直觉

设 $x^2$，见 [书](https://example.org/book)、[第三页](#/2)、[别处](b.md)

<!-- slide -->

# 代码

<p class="fragment">第一步</p>

<p class="fragment">第二步</p>

::: notes
说 $\\alpha_1$

- 其一
:::

<!-- slide data-visibility="hidden" -->

藏起来的

<!-- slide id="last" -->

最后，回到[代码](#代码)

::: {.only edition="teacher"}
答案
:::
"""
SETTINGS = 'editions = ["teacher"]\n'


def silent(_):
    pass


def write(root, path, text):
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, "utf-8")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    root = tmp_path_factory.mktemp("course")
    write(root, "slides/a.md", DECK)
    write(root, "slides/b.md", "---\npresentation: {width: 960, height: 720, margin: 0}\n---\n<!-- slide -->\n\n# B\n")
    write(root, "kejian.toml", SETTINGS)
    return root


@pytest.fixture(scope="module")
def exported(course):
    return exporting(course, ExportChoice(pptx=True, png=True, notes=True), silent)


@pytest.fixture(scope="module")
def slides(exported):
    return list(pptx.Presentation(BytesIO(exported.files["slides/a.pptx"])).slides)


def links(slide):
    return [shape for shape in slide.shapes if shape.name == "link"]


def test_each_deck_is_a_presentation_and_each_slide_a_picture(exported):
    assert exported.diagnostics == ()
    assert list(exported.files) == [
        *(f"slides/a/0{n}.png" for n in (1, 2, 3)),
        "slides/a.pptx",
        "slides/b/01.png",
        "slides/b.pptx",
    ]


def test_pictures_have_two_pixels_for_one_and_the_deck_s_form(exported):
    wide, high = (image.open(BytesIO(exported.files[f"slides/{name}/01.png"])).size for name in "ab")
    assert wide[0] / wide[1] == pytest.approx(16 / 9, rel=0.01)
    assert wide[0] >= 2560
    assert high == pytest.approx((1920, 1440), abs=2)


def test_pictures_show_the_slides(exported):
    pictures = [image.open(BytesIO(exported.files[f"slides/a/0{n}.png"])).convert("L") for n in (1, 2, 3)]
    assert [len(one.getcolors(256)) > 20 for one in pictures] == [True] * 3


def test_titles_notes_and_words_are_real(slides):
    assert [slide.shapes.title.text_frame.text for slide in slides] == ["直觉", "代码", "卷积 · 3"]
    assert slides[0].notes_slide.notes_text_frame.text == "先讲**直觉**"
    assert slides[1].notes_slide.notes_text_frame.text == "说 $\\alpha_1$\n其一"
    picture = next(shape for shape in slides[1].shapes if hasattr(shape, "image"))
    assert "第二步" in picture.element.find(".//{*}cNvPr").get("descr")


def test_links_lead_out_or_to_a_slide_and_those_to_files_are_left_out(slides):
    book, third = links(slides[0])
    assert book.click_action.hyperlink.address == "https://example.org/book"
    assert third.click_action.target_slide == slides[2]
    (back,) = links(slides[2])
    assert back.click_action.target_slide == slides[1]


def test_a_link_lies_where_the_picture_has_it(exported, slides):
    picture = image.open(BytesIO(exported.files["slides/a/01.png"])).convert("RGB")
    scale = picture.width / slides[0].part.package.presentation_part.presentation.slide_width
    book = links(slides[0])[0]
    box = [round(scale * side) for side in (book.left, book.top, book.left + book.width, book.top + book.height)]
    assert len(picture.crop(tuple(box)).getcolors(1 << 16)) > 10


def test_a_step_may_be_a_slide_of_its_own(course):
    made = exporting(course, ExportChoice(pptx=True, steps=True), silent)
    slides = pptx.Presentation(BytesIO(made.files["slides/a.pptx"])).slides
    assert [slide.shapes.title.text_frame.text for slide in slides] == ["直觉", "代码", "代码", "代码", "卷积 · 3"]


def test_an_edition_has_its_own_words(course):
    made = exporting(course, ExportChoice(pptx=True), silent, edition="teacher")
    last = pptx.Presentation(BytesIO(made.files["slides/a.pptx"])).slides[2]
    assert "答案" in next(s for s in last.shapes if hasattr(s, "image")).element.find(".//{*}cNvPr").get("descr")


def test_the_command_writes_and_removes_pictures_of_former_slides(course, tmp_path, capsys):
    write(tmp_path, "slides/b/07.png", "of a slide that was")
    write(tmp_path, "slides/b/own.png", "of an author")
    assert main(["export", str(course), "--png", "--out", str(tmp_path)]) == 0
    assert sorted(path.name for path in (tmp_path / "slides" / "b").iterdir()) == ["01.png", "own.png"]
    assert "4 files" in capsys.readouterr().err


def test_nothing_is_written_of_a_course_with_an_error(tmp_path, capsys):
    write(tmp_path, "slides/a.md", "<!-- slide -->\n\n# A\n")
    write(tmp_path, "kejian.toml", "title = 1\n")
    assert main(["export", str(tmp_path), "--png", "--notes", str(tmp_path / "n.md")]) == 1
    assert "nothing written" in capsys.readouterr().err
    assert not (tmp_path / "n.md").exists()


def test_the_file_of_notes_starts_with_its_mark(exported):
    assert exported.notes.startswith(f"{MARK}\n\n# 卷积\n\n`slides/a.md`\n\n## 1. 直觉\n\n先讲**直觉**\n\n## 2. 代码\n")


def test_the_first_slide_becomes_the_picture_of_link_previews(course, capsys):
    """It is written anew, never over a picture of the author's, and what it says to write is all that is needed."""
    cover = course / "slides" / "cover.png"
    words = ["export", str(course), "--picture", str(cover)]
    assert main(words) == 0
    said = capsys.readouterr().err
    assert "1 file\n" in said
    assert 'picture = "slides/cover.png"' in said
    width, height = image.open(BytesIO(cover.read_bytes())).size
    assert width / height == pytest.approx(16 / 9, rel=0.01)
    assert 1280 <= width < 1500
    assert len(image.open(BytesIO(cover.read_bytes())).convert("L").getcolors(256)) > 20
    write(course, "kejian.toml", f'{SETTINGS}picture = "slides/cover.png"\nurl = "https://example.org/course"\n')
    assert main(words) == 0
    assert "link previews" not in capsys.readouterr().err
    write(course, "kejian.toml", SETTINGS)
    image.new("RGB", (9, 9)).save(cover)
    assert main(words) == 2
    assert image.open(BytesIO(cover.read_bytes())).size == (9, 9)
    cover.unlink()
