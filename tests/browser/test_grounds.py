"""Slides with a ground of their own: what is on them stands out, whichever theme the reader has."""

import base64
import re

import pytest

from kejian.pipeline.build import Options, build
from tests.browser.conftest import until

pytestmark = pytest.mark.slow

ON_IT = """# 标题

正文 `code` [链接](https://example.org) $x^2$ **粗**

| a | b |
|---|---|
| 1 | 2 |
"""
GROUNDS = (
    ('data-background="#123456"', (0x12, 0x34, 0x56)),
    ('data-background-color="black" data-background-image="pixel.png"', (0, 0, 0)),
    ('data-background-gradient="linear-gradient(#101830, #183048)"', (0x18, 0x30, 0x48)),
    ('data-background-gradient="radial-gradient(#fff, #cde)"', (0xCC, 0xDD, 0xEE)),
    ('data-background-color="#fff4d0"', (0xFF, 0xF4, 0xD0)),
)
PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgYGAAAAAEAAH2FzhVAAAAAElFTkSuQmCC")
COLOURS = """() => {
  const texts = "section.slide.present :is(h1, p, a, code, strong, td, th, .formula)";
  return [...document.querySelectorAll(texts)].map((one) => [one.tagName, getComputedStyle(one).color]);
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    course = tmp_path_factory.mktemp("grounds")
    (course / "slides").mkdir()
    (course / "slides/pixel.png").write_bytes(PIXEL)
    for name, last in {"plain": "", "house": "\nFOOTER3 a b c\n"}.items():
        slides = [f"<!-- slide {ground} -->\n\n{ON_IT}{last}" for ground, _ in GROUNDS]
        slides.append(f'<!-- slide data-background-image="pixel.png" -->\n\n{ON_IT}{last}')
        text = "---\npresentation:\n  transition: none\n---\n" + "\n".join(slides)
        (course / f"slides/{name}.md").write_text(text, "utf-8")
    report = build(Options(course=course, out=course / "site", trusted=True, single_file=True))
    assert not report.diagnostics
    return course / "site"


def contrast(one, other):
    lights = []
    for colour in (one, other):
        parts = [part / 255 for part in colour]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        lights.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(lights) + 0.05) / (min(lights) + 0.05)


@pytest.mark.parametrize("name", ["plain", "house"])
@pytest.mark.parametrize("switched", [False, True])
def test_everything_stands_out_in_either_theme(visit, site, name, switched):
    page = visit(f"slides/{name}.html", site=site)
    if switched:
        page.keyboard.press("d")
    for number, (attributes, ground) in enumerate(GROUNDS):
        page.evaluate(f"Reveal.slide({number})")
        for tag, colour in page.evaluate(COLOURS):
            seen = tuple(float(part) for part in re.findall(r"[\d.]+", colour)[:3])
            assert contrast(seen, ground) >= 3, (attributes, tag, colour)


def test_style_sheets_find_the_class_that_reveal_has_for_it(visit, site):
    page = visit("slides/plain.html", site=site)
    classes = page.evaluate(
        "[...document.querySelectorAll('section.slide')].map((one) => one.className.match(/has-\\w+/)?.[0])"
    )
    assert classes == ["has-dark", "has-dark", "has-dark", "has-light", "has-light", None]


def test_a_picture_that_may_be_read_is_looked_at(visit, site):
    page = visit("slides/plain.single.html", site=site)
    page.evaluate(f"Reveal.slide({len(GROUNDS)})")
    until(page, "Reveal.getCurrentSlide().dataset.ground === 'dark'")


def test_a_text_to_read_has_its_own_ground_and_palette(visit, site):
    page = visit("slides/plain.html?view=reading", site=site)
    colours = page.evaluate("[...document.querySelectorAll('.slide p')].map((one) => getComputedStyle(one).color)")
    assert set(colours) == {"rgb(34, 52, 59)"}
