"""A Chinese font from npm, else from the machine, else one clear sentence."""

import pytest
from matplotlib import font_manager

from cnn_examples import font
from cnn_examples.errors import UnavailableError


def test_the_shipped_font_comes_first_and_dejavu_fills_its_gaps():
    assert font.families()[-1] == "DejaVu Sans"
    assert font.families()[0] in font_manager.get_font_names()


def test_without_npm_there_is_nothing_to_ship(tmp_path):
    assert font.shipped(tmp_path) is None


def test_the_best_installed_font_is_taken(monkeypatch):
    monkeypatch.setattr(font_manager, "get_font_names", lambda: ["SimHei", "Arial", "PingFang SC"])
    assert font.installed() == "PingFang SC"


def test_without_any_font_the_sentence_says_what_to_type(monkeypatch):
    monkeypatch.setattr(font_manager, "get_font_names", lambda: ["Arial"])
    with pytest.raises(UnavailableError, match="type `npm ci` in the project, or install Noto Sans CJK SC"):
        font.installed()


@pytest.mark.slow
def test_font_is_unpacked_once(tmp_path, monkeypatch):
    root = font.Path(font.__file__).parents[1]
    if not (root / font.SHIPPED).is_file():
        pytest.skip(reason="the font is not here: npm ci")
    monkeypatch.setattr(font.mpl, "get_cachedir", lambda: str(tmp_path))
    assert font.shipped(root).startswith("Noto Sans SC")
    (file,) = tmp_path.iterdir()
    first = file.stat().st_mtime_ns
    font.shipped(root)
    assert file.stat().st_mtime_ns == first
