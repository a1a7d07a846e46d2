"""Marks of emphasis that found no partner; more cases are in `leftovers.md`."""

import pytest


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("** 加粗 **后", "write **加粗**"),
        ("这是** 加粗**的", "write **加粗**"),
        ("**加粗 **，的", "write **加粗**"),
        ("[a ** 加粗 ** b](u)", "write **加粗**"),
        ("**(note)**then", "<b>(note)</b>"),
        ("~~ 删除 ~~", "write ~~删除~~"),
    ],
)
def test_meant(shown, written, hint):
    assert hint in shown(written)


@pytest.mark.parametrize(
    "written",
    ["**bold**", "a**b", "2 ** 3 ** 4", "f(**kw, **options)", "x == y == z", "** a. b **", "***", "a ** b ** c"],
)
def test_not_meant(shown, written):
    assert "markup-as-text" not in shown(written)
