"""Arrays as grids of numbers and as pictures."""

import numpy as np
import pytest
from PIL import Image

from kejian.examples.child.kejian_matrices import matrix, picture
from kejian.examples.child.kejian_outputs import CannotShowError

GRIDS = {
    "whole numbers": ([[1, -2], [30, 4]], " 1  -2\n30   4\n"),
    "digits that all need": (np.array([[0.5, 1], [-1.25, 0]]), " 0.50  1.00\n-1.25  0.00\n"),
    "four digits at most": ([[1 / 3, 2 / 3]], "0.3333  0.6667\n"),
    "small numbers": ([[1e-9, 1.0]], "1e-09  1\n"),
    "truth": (np.array([[True, False]]), "1  0\n"),
    "one row": (np.array([1.5, 2]), "1.5  2.0\n"),
    "what is no number": ([[float("nan"), 1.0]], "nan  1\n"),
}


@pytest.mark.parametrize("value, text", GRIDS.values(), ids=GRIDS)
def test_an_array_is_a_grid(value, text):
    assert str(matrix(value)) == text


def test_a_cell_may_be_marked():
    assert str(matrix([[1, 2], [3, 4]], marked=[(1, 0)])) == "  1  2\n[3]  4\n"


def test_of_a_large_grid_the_ends_are_shown_and_its_size():
    lines = str(matrix(np.zeros((40, 3), int))).split("\n")
    assert len(lines) == 14
    assert lines[6].split() == ["…"] * 3
    assert lines[-2] == "[40 × 3]"


@pytest.mark.parametrize("value", [np.zeros((2, 2, 2)), "text", 3, None, [], [["a"]], np.array([["a"]])])
def test_values_that_are_no_grids(value):
    with pytest.raises(CannotShowError, match=r"which is no .*\|$"):
        matrix(value)


@pytest.mark.parametrize("mode", "1 L LA P RGB RGBA CMYK YCbCr HSV LAB F I I;16 RGBX La RGBa PA".split())
def test_an_image_of_any_mode_can_be_written(mode, tmp_path):
    picture(Image.new(mode, (3, 2))).save(tmp_path / "x.png")
    with Image.open(tmp_path / "x.png") as found:
        assert found.size == (3, 2)


@pytest.mark.parametrize(
    "array, mode, corner",
    [
        (np.eye(4), "L", 255),
        (np.eye(4) > 0, "L", 255),
        (np.full((4, 4), 7.0), "L", 0),
        (np.full((4, 4), 7, np.uint8), "L", 7),
        (np.full((4, 4, 3), 0.5), "RGB", (128, 128, 128)),
        (np.full((4, 4, 4), 9, np.uint8), "RGBA", (9, 9, 9, 9)),
        (np.eye(4)[..., None], "L", 255),
    ],
)
def test_an_array_is_a_picture_of_large_pixels(array, mode, corner):
    image = picture(array)
    assert (image.mode, image.size, image.getpixel((0, 0))) == (mode, (240, 240), corner)


@pytest.mark.parametrize("value", [np.zeros(3), np.zeros((2, 2, 2)), np.array([["a"]]), None, "text"])
def test_values_that_are_no_pictures(value):
    with pytest.raises(CannotShowError, match=r"which is no picture\|$"):
        picture(value)
