"""What lets a reader see the first slide early."""

from pathlib import Path

import pytest

from kejian.core import templates, toolchain
from kejian.core.disk.store import Store
from kejian.render import first_paint, fonts

SLIDES = """<section class="present stack">
<section class="present slide" data-number="1"><h1>卷积 &amp; x</h1>
<div class="footer" data-number="1 / 2"></div><aside class="notes">备注</aside></section>
<section class="slide"><p>汇聚</p></section>
</section>"""


def test_the_letters_are_those_of_the_first_slide():
    assert set("卷积&x1/2") <= set(first_paint.characters(SLIDES))
    assert not set("备注汇聚<") & set(first_paint.characters(SLIDES))
    assert first_paint.characters("") == ""


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<img src="a.png" alt="">', '<img loading=lazy src="a.png" alt="">'),
        ('<img loading="eager" src="a.png">', '<img loading="eager" src="a.png">'),
        ("<p>&lt;img </p><imgx>", "<p>&lt;img </p><imgx>"),
        ('<p title="<img x">', '<p title="<img loading=lazy x">'),  # no quotes: the attribute stays whole
    ],
)
def test_pictures_of_later_slides_wait(html, expected):
    assert first_paint.waiting(html) == expected


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({"width": 1244, "height": 700, "margin": 0.04}, "1244 700 0.04"),
        ({"width": "100%", "height": 700, "margin": 0.1}, ""),
        ({}, ""),
    ],
)
def test_a_size_in_numbers(config, expected):
    assert first_paint.size(config) == expected


def test_the_hashes_are_of_the_scripts():
    found = first_paint.scripts(templates.environment())
    assert found.hashes.count("'sha256-") == len(first_paint.IN_PLACE)
    assert "</" not in found.theme + found.view  # they stand in HTML


def test_letters_are_cut_once(tmp_path: Path, monkeypatch):
    tools, store = toolchain.locate(), Store(tmp_path)
    first = fonts.remembered(tools, store)("卷积")
    assert first == fonts.letters(tools, "卷积")
    monkeypatch.setattr(fonts, "letters", None)
    assert fonts.remembered(tools, store)("卷积") == first


@pytest.mark.parametrize(
    ("size", "expected"),
    [((1280, 720), 1), ((1244, 700), 0.9722), ((960, 700), 0.9722), ((700, 1400), 0.7292), (("100%", 700), 1)],
)
def test_sizes_of_the_theme_follow_those_of_the_slides(size, expected):
    assert first_paint.unit({"width": size[0], "height": size[1]}, (1280, 720)) == expected
