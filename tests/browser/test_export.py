"""`kejian export`: files to hand out, as a browser shows the slides."""

import io

import pytest

from kejian.browser.chromium import executable
from kejian.cli.main import main

pytest.importorskip("playwright.sync_api", reason="pip install playwright to draw slides")
pytest.importorskip("pypdfium2", reason="pip install pypdfium2 to draw slides")
pptx = pytest.importorskip("pptx", reason="pip install python-pptx to write PowerPoint files")
image = pytest.importorskip("PIL.Image", reason="pip install pillow to draw slides")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("pdf"),
    pytest.mark.skipif(not executable(), reason="no Chromium on PATH; apt-get install chromium to draw slides"),
]

DECK = """---
title: Lecture
presentation: {width: 800, height: 600, margin: 0}
---
<!-- slide data-notes="say this" -->

# First

[a link](https://example.org/a)

<!-- slide vertical=true data-background-color="#008000" -->

# Second

<!-- slide data-visibility="hidden" -->

# Hidden

<!-- slide edition="teacher" -->

# Answers
"""


@pytest.fixture
def course(tmp_path):
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides/a.md").write_text(DECK, "utf-8")
    (tmp_path / "kejian.toml").write_text('editions = ["teacher"]\n', "utf-8")
    return tmp_path


def test_a_powerpoint_file_has_what_the_slides_show(course):
    assert main(["export", str(course), "--pptx"]) == 0
    deck = pptx.Presentation(course / "export/slides/a.pptx")
    assert (deck.slide_width.pt, deck.slide_height.pt) == pytest.approx((600, 450), abs=1)
    first, second = deck.slides
    assert [slide.shapes.title.text_frame.text for slide in (first, second)] == ["First", "Second"]
    assert first.notes_slide.notes_text_frame.text == "say this"
    (area,) = [shape for shape in first.shapes if shape.name == "https://example.org/a"]
    assert 0 < area.left < area.left + area.width < deck.slide_width
    assert deck.slide_height / 3 < area.top < area.top + area.height < deck.slide_height
    (shown,) = [shape for shape in second.shapes if hasattr(shape, "image")]
    drawn = image.open(io.BytesIO(shown.image.blob)).convert("RGB")
    assert drawn.size == pytest.approx((1600, 1200), abs=2)
    assert drawn.getpixel((5, 5)) == (0, 128, 0)


def test_pictures_are_twice_as_large_as_the_slides_and_numbered(course):
    assert main(["export", str(course), "--png", "--out", str(course / "pictures")]) == 0
    found = sorted(path.name for path in (course / "pictures/slides/a").iterdir())
    assert found == ["001.png", "002.png"]
    with image.open(course / "pictures/slides/a/001.png") as drawn:
        assert drawn.size == pytest.approx((1600, 1200), abs=2)


def test_an_edition_has_its_own_slides(course):
    assert main(["export", str(course), "--notes", "--edition", "teacher"]) == 0
    text = (course / "dist/teacher.export/slides/a-notes.md").read_text("utf-8")
    assert text == "# Lecture\n\n## 1. First\n\nsay this\n\n## 2. Second\n\n## 3. Hidden\n\n## 4. Answers\n"
    assert main(["export", str(course), "--notes"]) == 0
    assert "Answers" not in (course / "export/slides/a-notes.md").read_text("utf-8")


def test_what_cannot_be_exported_is_said_and_nothing_is_written(course, capsys):
    assert main(["export", str(course)]) == 2
    assert "--pptx, --png, --notes, --notebook" in capsys.readouterr().err
    assert main(["export", str(course), "--notebook"]) == 1
    assert "nothing to export" in "".join(capsys.readouterr())
    assert not (course / "export").exists()
