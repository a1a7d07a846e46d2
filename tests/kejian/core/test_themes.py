"""Names of themes: as front matter writes them, and whether they are light or dark."""

from typing import get_args

import pytest

from kejian.core import themes


@pytest.mark.parametrize(
    ("written", "name"),
    [("black.css", "black"), ("Moon", "moon"), (" night ", "night"), ("css/theme/sky.css", "sky"), ("", ""), (1, "")],
)
def test_a_theme_is_named_with_or_without_the_ending_of_its_file(written, name):
    assert themes.named(written) == name


@pytest.mark.parametrize(
    ("name", "shade"), [("moon", "dark"), ("solarized", "light"), ("dark", "dark"), ("kejian", "light"), ("x", "light")]
)
def test_a_theme_is_light_or_dark(name, shade):
    assert themes.shade(name) == shade


def test_the_settings_take_each_of_them():
    assert set(get_args(themes.ThemeSetting)) == {"", *themes.HOUSE, *themes.REVEAL}
