"""`build.py pdf`: a slide a page, or a handout with the notes; and what it refuses to write."""

import pytest

from kejian.browser import chromium
from kejian.browser.chromium import executable
from kejian.browser.pdf import printing
from kejian.cli.main import main
from tests.browser.paper_sizes import FRONTS, HOUSE, written_in

pytest.importorskip("playwright.sync_api", reason="pip install playwright to print decks")
pdfium = pytest.importorskip("pypdfium2", reason="pip install pypdfium2 to look at what is printed")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("pdf"),
    pytest.mark.skipif(not executable(), reason="no Chromium on PATH; apt-get install chromium to print decks"),
]

DECK = """---
presentation: {margin: 0}
---
<!-- slide data-notes="先讲**直觉**：卷积是什么" -->

HEADER 卷积

设 $x^2$，文字可以选中

<!-- slide vertical=true -->

# 代码

```python
layer = conv(x, 5)
```

<p class="fragment">第一步</p>

<p class="fragment">第二步</p>

<!-- slide data-visibility="hidden" -->

藏起来的

<!-- slide data-notes="NOTES" -->

最后
"""
A4 = (595, 842)
LETTER = (612, 792)
FOOTER = ("课程", "第一讲", "someone@example.org")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return written(tmp_path_factory.mktemp("course"), DECK.replace("NOTES", "很长的讲稿。" * 600))


def written(folder, text, name="a"):
    (folder / "slides").mkdir(parents=True, exist_ok=True)
    (folder / "slides" / f"{name}.md").write_text(text, "utf-8")
    return folder


def silent(_):
    pass


@pytest.fixture(scope="module")
def slides(course):
    return printing(course, silent)


@pytest.fixture(scope="module")
def handout(course):
    return printing(course, silent, kind="handout")


def document(printed, name):
    return pdfium.PdfDocument(printed.files[name])


def texts(document):
    return [page.get_textpage().get_text_bounded() for page in document]


def height(text, words):
    index, _ = text.search(words).get_next()
    return text.get_charbox(index)[1]


def test_a_slide_is_a_page_of_its_size_whatever_its_steps(slides):
    pages = document(slides, "slides/a.pdf")
    assert slides.diagnostics == ()
    assert len(pages) == slides.pages == 3
    assert {tuple(round(side / 10) for side in page.get_size()) for page in pages} == {(96, 54)}


def test_a_step_may_be_a_page_of_its_own(course, slides):
    printed = printing(course, silent, kind="steps")
    assert printed.diagnostics == ()
    pages = texts(document(printed, "slides/a.pdf"))
    assert len(pages) == printed.pages > slides.pages
    firsts = [page for page in pages if "第一步" in page]
    assert ["第二步" in page for page in firsts] == [False, True]


def test_text_can_be_selected_and_every_step_is_there(slides):
    first, second, third = texts(document(slides, "slides/a.pdf"))
    assert "文字可以选中" in first
    assert "先讲" not in first
    assert "layer=conv(x,5)" in second.replace(" ", "")
    assert "第一步" in second
    assert "第二步" in second
    assert "最后" in third


def test_headings_are_the_outline_and_readers_are_told_the_structure(slides):
    pages = document(slides, "slides/a.pdf")
    assert [entry.get_title() for entry in pages.get_toc()] == ["卷积", "代码"]
    assert pages.is_tagged()


def test_the_same_course_gives_the_same_bytes(slides, course):
    assert printing(course, silent).files == slides.files
    assert document(slides, "slides/a.pdf").get_metadata_value("CreationDate") == "D:20000101000000+00'00'"


def test_a_handout_has_the_slide_above_and_the_notes_below(handout):
    pages = document(handout, "slides/a-handout.pdf")
    assert {tuple(map(round, page.get_size())) for page in pages} == {A4}
    first = pages[0].get_textpage()
    assert 0 <= first.get_text_bounded().index("文字可以选中") < first.get_text_bounded().index("直觉")
    assert height(first, "直觉") < height(first, "文字可以选中"), "in points from the bottom"


def test_a_slide_of_a_handout_is_white_and_has_a_line_around_it(handout):
    page = document(handout, "slides/a-handout.pdf")[0]
    picture = page.render(scale=4).to_pil().convert("L")
    white = [[picture.getpixel((x, y)) > 250 for x in range(picture.width)] for y in range(picture.height // 2)]
    lines = [y for y, row in enumerate(white) if row.count(False) > 0.8 * picture.width]
    sides = [x for x in range(picture.width) if sum(not row[x] for row in white) > 0.6 * len(white)]
    assert len(lines) in range(2, 11)
    assert lines[-1] - lines[0] == pytest.approx(9 / 16 * (sides[-1] - sides[0]), rel=0.01)
    assert sides[0] == pytest.approx(picture.width - sides[-1], abs=8)


def test_with_notes_each_slide_has_a_sheet_of_its_own_whether_it_has_notes_or_not(course):
    said = texts(document(printing(course, silent, kind="notes"), "slides/a-notes.pdf"))
    assert [("文字可以选中" in page, "layer" in page) for page in said[:2]] == [(True, False), (False, True)]
    assert "直觉" in said[0]


def test_long_notes_go_on_over_the_page(handout):
    said = texts(document(handout, "slides/a-handout.pdf"))
    assert len(said) > 3
    assert "".join(said).replace("\r", "").replace("\n", "").count("很长的讲稿。") == 600


def test_a_page_that_would_be_blank_is_refused(tmp_path, capsys):
    course = written(tmp_path, "<!-- slide -->\n\n字\n\n<!-- slide -->\n\n&nbsp;\n")
    assert main(["pdf", str(course)]) == 1
    assert "slides/a.md:5:1: error[blank-page]: page 2 of 2 would be blank" in capsys.readouterr().err
    assert not (course / "pdf").exists()


def test_a_blank_slide_can_be_meant(tmp_path):
    course = written(tmp_path, '<!-- slide -->\n\n字\n\n<!-- slide data-accept="blank-page: 休息" -->\n')
    assert main(["pdf", str(course)]) == 0
    assert [file.name for file in (course / "pdf/slides").iterdir()] == ["a.pdf"]


def test_a_wrong_number_of_pages_is_refused(tmp_path, capsys):
    course = written(tmp_path, '@import "tall.css"\n\n<!-- slide -->\n\n字\n\n<!-- slide -->\n\n词\n')
    style = "html.reveal-print .pdf-page { height: 1500px !important; }"
    (course / "slides/tall.css").write_text(style, "utf-8")
    assert main(["pdf", str(course)]) == 1
    assert "error[page-count]: 2 slides became" in capsys.readouterr().err


def test_a_course_that_cannot_be_built_is_not_printed(tmp_path, capsys):
    assert main(["pdf", str(tmp_path / "nowhere")]) == 1
    assert "there is no folder" in capsys.readouterr().err


def test_a_deck_that_keeps_the_browser_busy_is_not_printed(tmp_path, monkeypatch):
    """The course has scripts, and one never ends: the command does."""
    monkeypatch.setattr(chromium, "LONGEST", 4)
    (tmp_path / "kejian.toml").write_text("scripts = true")
    printed = printing(written(tmp_path, "<!-- slide -->\n\n字\n\n<script>for (;;);</script>\n"), silent)
    assert printed.files == {}
    (found,) = (one for one in printed.diagnostics if one.code == "not-printed")
    assert (found.span.path, "busy for more than 4 s" in found.message) == ("slides/a.md", True)
    assert "kejian check --browser" in found.hint


@pytest.fixture(scope="module")
def sizes(tmp_path_factory):
    return written_in(tmp_path_factory.mktemp("sizes"))


@pytest.fixture(scope="module")
def in_sizes(sizes):
    found = printing(sizes, silent)
    assert not found.failed
    return found


@pytest.fixture(scope="module", params=[("a4", A4), ("letter", LETTER)], ids=["a4", "letter"])
def on_paper(sizes, request):
    paper, size = request.param
    return printing(sizes, silent, kind="handout", paper=paper), size


@pytest.mark.parametrize("name", FRONTS)
@pytest.mark.parametrize("kind", ["", "-plain"])
def test_a_page_is_as_large_as_a_slide_and_its_margin_with_everything_on_it(in_sizes, name, kind):
    width, height, margin = FRONTS[name][1] if kind else HOUSE.get(name, FRONTS[name][1])
    pages = document(in_sizes, f"slides/{name}{kind}.pdf")
    assert len(pages) == 2
    points = tuple(side * 96 / 72 for side in pages[0].get_size())
    assert points == pytest.approx((width * (1 + margin), height * (1 + margin)), abs=3)
    text = "".join(texts(pages))
    wanted = ["右边看得见吗", "没有页脚", *([] if kind else FOOTER)]
    assert [words for words in wanted if words not in text] == []
    all_on_it(pages[0])


@pytest.mark.parametrize("name", FRONTS)
def test_a_handout_shows_the_whole_slide_on_either_paper(on_paper, name):
    printed, size = on_paper
    pages = document(printed, f"slides/{name}-handout.pdf")
    assert {tuple(map(round, page.get_size())) for page in pages} == {size}
    first = "".join(texts(pages)[0].split())
    assert [words for words in (*FOOTER, "右边看得见吗", "讲稿") if words not in first] == []
    all_on_it(pages[0])


def all_on_it(page):
    """Every letter is on the paper."""
    width, height = page.get_size()
    text = page.get_textpage()
    for number in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(number)
        assert (left >= 0, bottom >= 0, right <= width, top <= height) == (True,) * 4, text.get_text_range(number, 1)


def test_a_teacher_s_text_is_in_no_byte_and_no_word_of_the_students_pdf(tmp_path):
    only = '::: {.only edition="teacher"}\nzebra one $x_{zebra}$\n:::\n\n::: solution\nzebra two\n:::\n'
    teacher = '<!-- slide edition="teacher" data-notes="zebra three" -->\n\n# Zebra four\n'
    course = written(tmp_path, f"<!-- slide data-notes=said -->\n\n# All\n\n{only}\n{teacher}")
    (course / "kejian.toml").write_text('editions = ["teacher"]\nsolutions = ["teacher"]\n', "utf-8")
    for edition, found in ((), False), (("--edition", "teacher"), True):
        for kind in ("slides", "handout"):
            out = tmp_path / f"{kind}{found}"
            options = ["--handout"] if kind == "handout" else []
            assert main(["pdf", str(course), "--out", str(out), *options, *edition]) == 0
            (file,) = out.rglob("*.pdf")
            document = pdfium.PdfDocument(file)
            words = "".join("".join(page.get_textpage().get_text_range() for page in document).lower().split())
            assert ("zebra" in words) == found
            assert (
                "zebra" in str(document.get_metadata_dict()).lower() or b"zebra" in file.read_bytes().lower()
            ) <= found
