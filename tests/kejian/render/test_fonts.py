"""Fonts cut to the characters of a course."""

import base64
import re
from dataclasses import replace
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from kejian.core import toolchain
from kejian.render import fonts


@pytest.fixture(scope="module")
def tools():
    return toolchain.locate()


@pytest.fixture(scope="module")
def faces(tools):
    """Each `@font-face` of a small course: family, weight, range, font."""
    sheet = fonts.css(tools, "卷积网络 Conv2D α→①", "积，")
    found = re.findall(
        r'"(Kejian \w+)";font-weight:(\d+);font-display:block;(?:unicode-range:([^;]+);)?(?:size-adjust:120%;)?'
        r'src:url\("([^"]+)"\)',
        sheet,
    )
    assert len(found) == sheet.count("@font-face")
    return [(family, int(weight), spread, _font(data)) for family, weight, spread, data in found]


def _font(url):
    return TTFont(BytesIO(base64.b64decode(url.removeprefix("data:font/woff2;base64,"))))


def _chars(font):
    return set(map(chr, font.getBestCmap()))


def test_both_families_in_their_weights(faces):
    assert {(family, weight) for family, weight, *_ in faces} == {
        ("Kejian Sans", 400),
        ("Kejian Sans", 700),
        ("Kejian Mono", 400),
        ("Kejian Wide", 400),
    }


def test_what_is_aligned_is_as_wide_as_two_letters(faces):
    """A letter of Mono is 0.6 em; the rule makes the other 1.2 em of 1 em."""
    wide = {char: font for family, _, _, font in faces if family == "Kejian Wide" for char in _chars(font)}
    mono = next(font for family, _, spread, font in faces if family == "Kejian Mono" and not spread)
    assert set(wide) == set("积，")
    for char, font in wide.items():
        advance = font["hmtx"][font.getBestCmap()[ord(char)]][0] / font["head"].unitsPerEm
        letter = mono["hmtx"][mono.getBestCmap()[ord("C")]][0] / mono["head"].unitsPerEm
        assert advance * 1.2 == pytest.approx(2 * letter)


def test_without_such_characters_there_is_no_such_face(tools):
    assert "Kejian Wide" not in fonts.css(tools, "卷积 Conv2D")


def test_the_first_face_of_a_family_holds_what_it_can_and_no_more(faces):
    assert _chars(faces[0][3]) == set("卷积网络 Conv2D")
    mono = next(font for family, _, spread, font in faces if family == "Kejian Mono" and not spread)
    assert _chars(mono) == set(" Conv2D")


def test_rarer_characters_come_from_further_faces_with_their_range(faces):
    further = {
        spread: font for family, weight, spread, font in faces if family == "Kejian Sans" and weight == 400 and spread
    }
    assert {"U+3B1", "U+2192"} <= set(further)
    assert _chars(further["U+2192"]) == {"→"}


def test_nothing_is_left_out(faces):
    sans = [font for family, weight, _, font in faces if (family, weight) == ("Kejian Sans", 700)]
    assert set().union(*map(_chars, sans)) == set("卷积网络 Conv2Dα→①")


def test_the_same_characters_give_the_same_bytes(tools):
    assert fonts.css(tools, "卷积") == fonts.css(tools, ["积", "卷", "卷", "\n", "\ue000"])


def test_no_characters(tools):
    assert fonts.css(tools, "").count("@font-face") == 3


def test_missing(tools):
    assert fonts.missing(tools, "卷A α龘\n\u200b\ue000😀ℝ") == {"😀", "ℝ"}


@pytest.mark.slow
def test_unpacking_is_done_once_and_equals_the_package(tools, tmp_path):
    (tmp_path / "node_modules").symlink_to(tools.folder / "node_modules")
    apart = replace(tools, folder=tmp_path)
    said = []
    fonts.unpack(apart, said.append)
    kept = [file.read_bytes()[32:] for file in (apart.cache / "unpacked").glob("??/*")]
    fonts.unpack(apart, said.append)
    assert said == ["unpacking fonts: 2"]
    assert len(kept) == 2
    assert all("中" in _chars(TTFont(BytesIO(font))) for font in kept)


def test_the_letters_that_a_page_shows_first_are_a_font_of_their_own(tools):
    spread, data = fonts.letters(tools, "卷积网络\n\U00020000")
    assert spread == ",".join(f"U+{ord(char):X}" for char in sorted("卷积网络"))
    assert _chars(_font(f"data:font/woff2;base64,{data}")) == set("卷积网络")
    assert len(data) < 4000
    assert fonts.letters(tools, "") == fonts.letters(tools, "\n") == ("", "")
