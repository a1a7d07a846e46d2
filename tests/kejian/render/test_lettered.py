"""Drawings that bring the letters of the font that they name."""

from kejian.render.lettered import lettered


def letters(used, weight):
    """What a font would be, in words."""
    return "U+0", f"{weight}:{used}"


def drawing(attributes, text="训练 &lt;1"):
    return f'<?xml version="1.0"?><svg width="9"><text {attributes}>{text}</text></svg>'.encode()


def test_a_drawing_brings_the_letters_that_it_shows():
    found = lettered(drawing('font-family="Noto Sans SC"'), letters).decode()
    assert found.startswith('<?xml version="1.0"?><svg width="9"><style>@font-face{font-family:"Noto Sans SC"')
    assert 'base64,400: 1<练训"' in found
    assert "700" not in found


def test_bold_letters_are_another_font():
    found = lettered(drawing('font-family="Noto Sans SC" font-weight="bold"'), letters).decode()
    assert found.count("@font-face") == 2


def test_other_drawings_are_as_they_are():
    for data in (drawing('font-family="serif"'), b"\x89PNG", b""):
        assert lettered(data, letters) == data


def test_without_a_font_nothing_is_added():
    data = drawing('font-family="Noto Sans SC"')
    assert lettered(data, lambda used, weight: ("", "")) == data
