"""The files that fonts are cut from."""

from dataclasses import replace
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from kejian.core import toolchain
from kejian.render import font_files
from kejian.render.font_files import MONO, SANS


@pytest.fixture(scope="module")
def tools():
    return toolchain.locate()


def _covers(font, char):
    return ord(char) in TTFont(font).getBestCmap()


@pytest.mark.parametrize(
    "char, part",
    [("中", "chinese-simplified"), ("龘", "noto-sans-sc-"), ("합", "noto-sans-kr-"), ("α", "jetbrains-mono")],
)
def test_a_character_is_taken_from_the_file_that_draws_it(tools, char, part):
    (file,) = [file for file, used in font_files.shares(tools, SANS, 400, frozenset(char)) if used == {char}]
    assert part in file
    assert _covers(BytesIO(font_files.sfnt(tools, file)), char)


def test_mono_has_no_chinese_and_no_korean(tools):
    assert next(used for _, used in font_files.shares(tools, MONO, 400, frozenset("中합a"))) == {"a"}


@pytest.mark.slow
def test_unpacking_is_done_once_and_equals_the_package(tools, tmp_path):
    (tmp_path / "node_modules").symlink_to(tools.folder / "node_modules")
    apart = replace(tools, folder=tmp_path)
    said = []
    font_files.unpack(apart, said.append)
    kept = [file.read_bytes()[32:] for file in (apart.cache / "unpacked").glob("??/*")]
    font_files.unpack(apart, said.append)
    assert said == ["unpacking fonts: 2"]
    assert len(kept) == 2
    assert all(_covers(BytesIO(font), "中") for font in kept)
