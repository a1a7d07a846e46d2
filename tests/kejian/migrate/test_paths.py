"""Paths that only some systems find."""

import pytest

from kejian.migrate.paths import PathCorrection, names, respelled

FILES = frozenset({"img/A.png", "img/twin.png", "img/TWIN.png", "img/两 个.png", "slides/b.md"})


def found(line, deck="slides/a.md"):
    return [(one.written, one.meant) for one in respelled(line, deck, FILES, names(FILES))]


@pytest.mark.parametrize(
    "line, expected",
    [
        ("![](../img/A.png)", []),
        ("![](../img/a.png)", [("../img/a.png", "../img/A.png")]),
        (r"<img src='..\img\A.png'>", [(r"..\img\A.png", "../img/A.png")]),
        (r"@import \"..\IMG\a.png\"".replace('\\"', '"'), [(r"..\IMG\a.png", "../img/A.png")]),
        ('<img src="/IMG/A.png">', [("/IMG/A.png", "/img/A.png")]),
        ("[x](B.md#here) [y](b.md)", [("B.md#here", "b.md#here")]),
        ('<!-- slide data-background-image="../img/a.png" -->', [("../img/a.png", "../img/A.png")]),
        ("![](../img/%E4%B8%A4%20个.PNG)", [("../img/%E4%B8%A4%20个.PNG", "../img/%E4%B8%A4%20%E4%B8%AA.png")]),
        ("![](../img/Twin.png)", []),  # two files: ambiguous
        ("![](../img/gone.png)", []),
        ("![](https://a.org/IMG/A.png) [x](#B) [y](mailto:B.md) ![](data:image/png;base64,A)", []),
        ('<img src="">', []),
    ],
)
def test_what_is_meant(line, expected):
    assert found(line) == expected


def test_the_column_of_a_path():
    line = "文 ![](../img/a.png)"
    assert list(respelled(line, "slides/a.md", FILES, names(FILES))) == [
        PathCorrection(7, "../img/a.png", "../img/A.png")
    ]
