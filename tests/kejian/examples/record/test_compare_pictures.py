"""Pictures against pictures: content, labels, pixels. Drawn by matplotlib and Pillow, as examples draw them."""

import io
import sys
from dataclasses import replace
from decimal import Decimal

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from kejian.examples.record import tolerance
from kejian.examples.record.compare_pictures import compare_pictures, labels
from kejian.examples.record.outputs import Output


def figure(values=(1, 2, 4), title="loss 0.10", fonts="path", size=(3, 2)):
    drawn = Figure(figsize=size)
    axes = drawn.subplots()
    axes.plot(values)
    axes.set_title(title)
    svg, png = io.BytesIO(), io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "kejian", "svg.fonttype": fonts}):
        drawn.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
    drawn.savefig(png, format="png", dpi=80, metadata={"Software": None})
    return Output(kind="picture", name="", suffix="svg", data=svg.getvalue(), twin=png.getvalue())


def image(array):
    data = io.BytesIO()
    Image.fromarray(np.asarray(array)).save(data, "PNG")
    return Output(kind="picture", name="", suffix="png", data=data.getvalue())


GREY = np.full((20, 30, 3), 100, np.uint8)


def test_the_same_figure_drawn_twice_is_the_same_bytes():
    found = compare_pictures(figure(), figure())
    assert found.agrees
    assert found.exact


def test_a_move_below_a_pixel_agrees():
    found = compare_pictures(figure(), figure((1, 2, 4.00001)))
    assert found.agrees
    assert not found.exact


def test_another_curve_does_not_agree():
    found = compare_pictures(figure(), figure((1, 3, 4)))
    assert not found.agrees
    assert found.needed > 1
    assert found.note == f"its pixels differ by {found.needed}/255, tolerance 0.1/255"
    assert compare_pictures(figure(), figure((1, 3, 4)), replace(tolerance.DEFAULT, levels=found.needed)).agrees


@pytest.mark.parametrize("fonts", ["path", "none"])
def test_a_label_that_reads_differently_is_named(fonts):
    found = compare_pictures(figure(fonts=fonts), figure(title="loss 0.11", fonts=fonts), tolerance.read("99/255"))
    assert not found.agrees
    assert found.note == "a label reads differently"
    assert [(p.old, p.new) for c in found.changes for p in c.pieces if not p.agrees] == [("0.10", "0.11")]


def test_labels_are_the_words_of_the_figure():
    assert "loss 0.10" in labels(figure()).split("\n")
    assert labels(figure()) == labels(figure(fonts="none"))


def test_a_drawing_whose_size_changed():
    old = Output(kind="picture", name="", suffix="svg", data=b"<svg width='30'/>", twin=image(GREY).data)
    new = Output(kind="picture", name="", suffix="svg", data=b"<svg width='20'/>", twin=image(GREY[:, :20]).data)
    assert compare_pictures(old, new).note == "its size changed from 30×20 to 20×20 pixels"


def test_images_compare_pixel_by_pixel():
    brighter = GREY + np.uint8(1)
    found = compare_pictures(image(GREY), image(brighter))
    assert not found.agrees
    assert found.needed == Decimal("0.867"), "three of four channels differ by one level"
    assert compare_pictures(image(GREY), image(brighter), tolerance.read("1/255")).agrees


def test_a_single_wrong_pixel_is_found():
    wrong = GREY.copy()
    wrong[3, 4] = 255
    assert not compare_pictures(image(GREY), image(wrong)).agrees


def test_images_of_another_size():
    found = compare_pictures(image(GREY), image(GREY[:10]))
    assert found.note == "its size changed from 30×20 to 30×10 pixels"


def test_the_same_pixels_in_other_bytes_agree():
    data = io.BytesIO()
    Image.fromarray(GREY).save(data, "PNG", compress_level=0)
    assert compare_pictures(image(GREY), Output(kind="picture", name="", suffix="png", data=data.getvalue())).agrees


@pytest.mark.parametrize(
    "other, note",
    [
        (Output(kind="picture", name="", suffix="svg", data=b"<svg/>"), "it was drawn as PNG and is SVG now"),
        (Output(kind="picture", name="", suffix="png", data=b"broken"), "it changed, and is not a PNG of eight bits"),
        (image(np.full((20, 30), 40_000, np.uint16)), "it changed, and is not a PNG of eight bits"),
        (image(np.zeros((4097, 4096), np.uint8)), "it changed, and is not a PNG of eight bits, of at most 16 million"),
    ],
)
def test_what_cannot_be_compared_by_pixels_is_drift(other, note):
    found = compare_pictures(image(GREY), other)
    assert not found.agrees
    assert found.note.startswith(note)


def test_a_drawing_without_pixels_agrees_only_with_itself():
    drawing = replace(figure(), twin=b"")
    assert compare_pictures(drawing, drawing).agrees
    assert "no PNG" in compare_pictures(drawing, replace(drawing, data=drawing.data + b" ")).note


def test_without_matplotlib_it_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib.testing.compare", None)
    found = compare_pictures(image(GREY), image(GREY + np.uint8(1)), tolerance.read("99/255"))
    assert not found.agrees
    assert "pip install 'kejian[examples]'" in found.note


def test_numbers_that_a_chart_says_of_its_marks_are_compared():
    marks = (f'<svg><path aria-label="epoch: 1; loss: {loss}" d="M0"/></svg>' for loss in ("0.50", "0.51", "0.501"))
    first, far, near = (Output(kind="picture", name="", suffix="svg", data=one.encode(), twin=b"x") for one in marks)
    assert labels(first) == "epoch: 1; loss: 0.50"
    assert compare_pictures(first, far).note == "a label reads differently"
    assert compare_pictures(first, near, tolerance.read("0.01")).agrees
