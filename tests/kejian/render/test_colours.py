"""What is drawn in light colours has dark ones beside them."""

import re

import pytest

from kejian.core import templates
from kejian.render import colours

TWINS = colours.twins(templates.environment())


def luminance(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def palette(theme):
    block = re.search(
        rf'\[data-theme="{theme}"\][^{{}}]*\{{([^{{}}]*)\}}',
        templates.text(templates.environment(), "theme/palette.css"),
    )
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})\b", block[1]))


@pytest.mark.parametrize(
    "name", "ink strong faint accent now red green blue yellow orange magenta violet cyan comment".split()
)
def test_text_stands_out_in_either_theme(name):
    light, dark = palette("light"), palette("dark")
    assert contrast(light[name], light["ground"]) >= 4.5
    assert contrast(dark[name], dark["ground"]) >= (4.5 if name == "now" else 7)


def test_a_colour_of_the_palette_has_its_own_twin():
    light, dark = palette("light"), palette("dark")
    assert TWINS.of(light["accent"]) == dark["accent"]
    assert TWINS.of(light["ground"].upper()) == dark["ground"]


@pytest.mark.parametrize("dark_line", ["#586e75", "black", "#d0302c", "#333", "#657a00"])
@pytest.mark.parametrize("light_ground", ["#eee8d5", "white", "#d2e4ee", "#dbe8cf", "#f7d9cf"])
def test_what_stood_out_in_the_light_does_in_the_dark(dark_line, light_ground):
    assert contrast(TWINS.of(dark_line), TWINS.of(light_ground)) >= 4.5


def test_a_drawing_follows_what_shows_it():
    svg = b'<?xml version="1.0"?><svg width="9"><path style="fill: #586e75; stroke: none"/><g fill="white"/></svg>'
    found = TWINS.picture(svg).decode()
    assert '<svg style="color-scheme: light dark; fill: light-dark(#000000,' in found
    assert f"fill: light-dark(#586e75, {TWINS.of('#586e75')}); stroke: none" in found
    assert f'fill="light-dark(white, {TWINS.of("white")})"' in found


def test_only_the_diagrams_of_a_page_change():
    drawing = '<path fill="#eee8d5"/></svg>'
    page = f'<p style="color:#000000">x</p><svg class="diagram">{drawing}<svg>{drawing}'
    assert TWINS.page(page).count("light-dark") == 1
