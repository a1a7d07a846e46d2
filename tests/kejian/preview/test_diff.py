"""What an edit changed on a page, slide by slide."""

from itertools import zip_longest

import pytest

from kejian.pipeline.build import build
from kejian.pipeline.report import Options
from kejian.preview.diff import cut, patch

DECK = """
<!-- slide data-notes="先讲<section>直觉</section>" -->

HEADER 一

<section>里面的</section> 正文

<!-- slide vertical=true -->

# 二

<!-- slide class="wide" -->

$x^2$ 和 `<section data-h="0" data-v="0">`

<!-- slide -->

FOOTER3 左 中 右
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """A function that builds a deck and gives its page."""
    course = tmp_path_factory.mktemp("course")
    (course / "slides").mkdir()

    def built(text):
        (course / "slides/a.md").write_text(text, "utf-8")
        build(Options(course=course, out=course / "site"))
        return (course / "site/slides/a.html").read_text("utf-8")

    return built


def test_a_page_is_its_slides_and_what_is_around_them(page):
    """Law: put together again, they are the page."""
    text = page(DECK)
    around, slides = cut(text)
    assert list(slides) == [(0, 0), (0, 1), (1, 0), (2, 0)]
    assert "".join(a + b for a, b in zip_longest(around.split("\0"), slides.values(), fillvalue="")) == text
    assert all(one.startswith("<section") and one.endswith("</section>") for one in slides.values())


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("# 二", "# 改过", [(0, 1)]),
        ("左", "甲", [(2, 0)]),
        ("直觉", "公式", [(0, 0)]),
        ("正文", "正文", []),
    ],
)
def test_an_edit_of_words_is_a_patch_of_its_slides(page, old, new, changed):
    before, after = page(DECK), page(DECK.replace(old, new))
    found = patch(before, after)
    assert [(h, v) for h, v, _ in found] == changed
    assert all(new.strip("# ") in section for _, _, section in found)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("正文", "改过的正文"),  # the page holds the letters of its first slide
        ("# 二", "# 二\n\n<!-- slide -->\n\n# 新"),
        ("$x^2$", "$x^3$"),  # glyphs are shared by the whole page
        (DECK, "---\ntitle: 别的\n---\n" + DECK),
        ("<!-- slide vertical=true -->", "<!-- slide -->"),
    ],
)
def test_change_beyond_slides_gives_no_patch(page, old, new):
    assert patch(page(DECK), page(DECK.replace(old, new))) is None


def test_a_page_without_slides_is_never_patched(page):
    assert patch(page("# 一"), page("# 二")) is None
    assert patch("", "") is None
