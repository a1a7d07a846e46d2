"""What lets a reader see the first slide early."""

from pathlib import Path

import pytest

from kejian import templates, toolchain
from kejian.page import fonts, opening
from kejian.store import Store

SLIDES = """<section class="present stack">
<section class="present slide"><h1>卷积 &amp; x</h1><aside class="notes">备注</aside></section>
<section class="slide"><p>汇聚</p></section>
</section>"""


def test_the_letters_are_those_of_the_first_slide():
    assert set("卷积&x") <= set(opening.characters(SLIDES))
    assert not set("备注汇聚<") & set(opening.characters(SLIDES))
    assert opening.characters("") == ""


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
    assert opening.waiting(html) == expected


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({"width": 1244, "height": 700, "margin": 0.04}, "1244 700 0.04"),
        ({"width": "100%", "height": 700, "margin": 0.1}, ""),
        ({}, ""),
    ],
)
def test_a_size_in_numbers(config, expected):
    assert opening.size(config) == expected


def test_the_hashes_are_of_the_scripts():
    found = opening.scripts(templates.environment())
    assert found.hashes.count("'sha256-") == len(opening.IN_PLACE)
    assert "</" not in found.theme + found.view  # they stand in HTML


def test_letters_are_cut_once(tmp_path: Path, monkeypatch):
    tools, store = toolchain.locate(), Store(tmp_path)
    first = fonts.remembered(tools, store)("卷积")
    assert first == fonts.letters(tools, "卷积")
    monkeypatch.setattr(fonts, "letters", None)
    assert fonts.remembered(tools, store)("卷积") == first
