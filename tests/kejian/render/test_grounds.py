"""Light or dark: what a slide's own background says of the palette that it needs."""

import pytest

from kejian.core.attributes import Attributes
from kejian.render import grounds


@pytest.mark.parametrize(
    ("paint", "shade"),
    [
        ("#123456", "dark"),
        ("#eee8", "light"),
        ("navy", "dark"),
        ("White", "light"),
        ("rgb(10, 20, 30)", "dark"),
        ("hsl(200 50% 90%)", "light"),
        ("lab(20% 0 0)", "dark"),
        ("oklch(90% none 30)", "light"),
        ("color(srgb 0 0 0.4)", "dark"),
        ("linear-gradient(to bottom, #283b95, #17b2c3)", "dark"),
        ("radial-gradient(circle, rgb(250 250 250) 10%, lightblue)", "light"),
        ("transparent", None),
        ("rgba(0, 0, 0, 0.2)", None),
        ("currentcolor", None),
        ("url(x.png)", None),
        ("x.png", None),
        ("", None),
        (f"#{'1' * 9999}", None),
        ("f(" * 9999, None),
    ],
)
@pytest.mark.parametrize("name", ["data-background", "data-background-color", "data-background-gradient"])
def test_a_colour_or_a_gradient_is_light_or_dark(name, paint, shade):
    assert grounds.ground(Attributes(((name, paint),))) == shade


def test_a_picture_is_what_the_colour_with_it_is():
    picture = ("data-background-image", "night.jpg")
    assert grounds.ground(Attributes((picture,))) is None
    assert grounds.ground(Attributes((picture, ("data-background-color", "black")))) == "dark"


def test_a_class_says_it_itself():
    said = Attributes((("class", "a has-light-background"), ("data-background", "black")))
    assert grounds.marked(said).html() == ' class="a has-light-background" data-background="black" data-ground="light"'


def test_a_slide_is_marked_for_style_sheets():
    marked = grounds.marked(Attributes((("class", "slide"), ("data-background", "navy"))))
    assert marked.html() == ' class="slide" data-background="navy" data-ground="dark"'
    plain = Attributes((("class", "slide"),))
    assert grounds.marked(plain) is plain
