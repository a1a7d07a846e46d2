"""An engine's colours as the page's."""

import pytest

from kejian.makers.mermaid.colours import GROUND, Paint, is_dark, written

PAINT = Paint(written("style a fill:#f9f,stroke:Red\n classDef b color:rgb(1, 2, 3)"))


@pytest.mark.parametrize(
    "colour, page",
    [
        ("#ffffff", GROUND),
        ("#000", "currentColor"),
        ("#222222", "color-mix(in srgb, currentColor 87%, var(--ground, Canvas))"),
        ("rgb(242, 242, 242)", "color-mix(in srgb, currentColor 5%, var(--ground, Canvas))"),
        ("hsl(0, 0%, 50%)", "color-mix(in srgb, currentColor 50%, var(--ground, Canvas))"),
        ("hsl(-120, 50%, 80%)", "color-mix(in srgb, var(--violet, #b3b3e6) 20%, var(--ground, Canvas))"),
        ("#b8d4ee", "color-mix(in srgb, var(--blue, #b8d4ee) 21%, var(--ground, Canvas))"),
        ("#c00000", "color-mix(in srgb, var(--red, #c00000) 100%, var(--ground, Canvas))"),
        ("transparent", "none"),
        ("rgba(1, 2, 3, 0)", "none"),
        ("none", "none"),
        ("currentColor", "currentColor"),
        ("url(#gradient)", "url(#gradient)"),
        ("no colour", "no colour"),
    ],
)
def test_a_theme_s_colour_becomes_a_share_of_the_page_s(colour, page):
    assert PAINT.of(colour) == page.replace(
        "color-mix(in srgb, var(--red, #c00000) 100%, var(--ground, Canvas))", "var(--red, #c00000)"
    )


@pytest.mark.parametrize(
    "colour, kept", [("#ff99ff", "#ff99ff"), ("#f9f", "#ff99ff"), ("red", "#ff0000"), ("rgb(1,2,3)", "#010203")]
)
def test_an_author_s_colour_stays(colour, kept):
    assert PAINT.of(colour) == kept
    assert PAINT.is_written(colour)


def test_words_that_are_no_colours_are_none():
    assert written("graph LR\n 甲[some words] --> b(#12 #zzz)") == frozenset()


def test_letters_on_dark_are_light():
    assert [is_dark(colour) for colour in ("#000", "#345", "#eee", "gold", "none")] == [True, True, False, False, False]
