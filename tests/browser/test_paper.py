"""`?view=print`: each slide stands in the middle of its page, whatever its size and margin."""

import pytest

from kejian.pipeline.build import Options, build
from tests.browser.conftest import until
from tests.browser.paper_sizes import FRONTS, HOUSE, written_in

pytestmark = pytest.mark.slow

ON_PAPER = """() => [...document.querySelectorAll(".pdf-page")].map((page) => {
  const outer = page.getBoundingClientRect();
  const box = (one) => {
    const { left, top, width, height } = one.getBoundingClientRect();
    return [left - outer.left, top - outer.top, width, height];
  };
  const parts = [...page.querySelectorAll(".footer h6, pre, h1, .title")];
  return { page: [outer.width, outer.height], slide: box(page.querySelector("section")), parts: parts.map(box) };
})"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    course = written_in(tmp_path_factory.mktemp("sizes"))
    assert not build(Options(course=course, out=course / "site", trusted=True)).failed
    return course / "site"


@pytest.mark.parametrize("name", FRONTS)
@pytest.mark.parametrize("kind", ["", "-plain"])
def test_a_slide_stands_in_the_middle_of_its_page_and_all_of_it_is_there(visit, site, name, kind):
    width, height, margin = FRONTS[name][1] if kind else HOUSE.get(name, FRONTS[name][1])
    page = visit(f"slides/{name}{kind}.html?view=print", site=site)
    until(page, "document.querySelectorAll('.pdf-page').length === 2")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    for one in page.evaluate(ON_PAPER):
        left, top, wide, high = one["slide"]
        assert one["page"] == pytest.approx([int(width * (1 + margin)), int(height * (1 + margin))], abs=2)
        assert (left, wide) == pytest.approx((width * margin / 2, width), abs=2)
        if not kind:
            assert (top, high) == pytest.approx((height * margin / 2, height), abs=2)
        elif name != "dark":
            assert top + high / 2 == pytest.approx(one["page"][1] / 2, abs=2)
        for x, y, w, h in one["parts"]:
            assert (x >= left - 1, x + w <= left + width + 1) == (True, True)
            assert (y >= -1, y + h <= one["page"][1] + 1) == (True, True)


def test_an_author_s_own_gaps_are_on_paper_too(visit, tmp_path):
    (tmp_path / "slides").mkdir()
    style = "<style>.reveal .slides section { padding: 30px 5%; }</style>"
    (tmp_path / "slides/a.md").write_text(f"<!-- slide -->\n\n{style}\n\n# Title\n", "utf-8")
    assert not build(Options(course=tmp_path, out=tmp_path / "site", trusted=True)).failed
    page = visit("slides/a.html?view=print", site=tmp_path / "site")
    until(page, "document.querySelector('.pdf-page')")
    assert page.evaluate("getComputedStyle(document.querySelector('section.slide')).padding") == "30px 48px"


@pytest.mark.parametrize("settings", ['theme = "kejian"\n', ""], ids=["house", "plain"])
def test_a_line_of_code_wider_than_the_paper_goes_on_in_the_next(visit, tmp_path, settings):
    (tmp_path / "slides").mkdir()
    (tmp_path / "kejian.toml").write_text(settings, "utf-8")
    code = "```python\nshort = 1\n" + "x = " + " + ".join(f"name_{n}" for n in range(40)) + "\n```"
    (tmp_path / "slides/a.md").write_text(f"<!-- slide -->\n\n{code}\n", "utf-8")
    assert not build(Options(course=tmp_path, out=tmp_path / "site")).failed
    page = visit("slides/a.html?view=print", site=tmp_path / "site")
    until(page, "document.querySelector('.pdf-page')")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    shown = "(pre) => [pre.scrollWidth <= pre.clientWidth + 1, pre.textContent.includes('name_39')]"
    assert page.evaluate(f"({shown})(document.querySelector('pre'))") == [True, True]
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('pre')).fontSize)") > 15
