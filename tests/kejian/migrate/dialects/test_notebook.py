"""Notebooks as decks: cells, slide types, outputs, pictures."""

import json

import pytest

from kejian.migrate.dialects import translated

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def cell(source, kind="markdown", slide="", outputs=()):
    about = {"slideshow": {"slide_type": slide}} if slide else {}
    return {"cell_type": kind, "source": source, "metadata": about, "outputs": list(outputs)}


def deck(*cells):
    text = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    return translated(text, "slides/talk.ipynb")


def words(found):
    return [one.message.partition(": ")[2] for one in found.diagnostics]


def test_slide_types_part_slides():
    found = deck(
        cell("# One", slide="slide"),
        cell("Text", slide="-"),
        cell("Below", slide="subslide"),
        cell("Later", slide="fragment"),
        cell(["Say ", "this"], slide="notes"),
        cell("Not shown", slide="skip"),
    )
    assert found.text == (
        "<!-- slide -->\n\n# One\n\nText\n\n<!-- slide vertical=true -->\n\nBelow\n\n"
        "::: {.fragment}\n\nLater\n\n:::\n\n::: notes\nSay this\n:::\n"
    )
    assert words(found) == ["a cell that slides skip has no counterpart here"]


def test_headings_part_slides_where_no_cell_says_so():
    found = deck(cell("# One"), cell("Text"), cell("## Two"), cell("### Within"))
    assert found.text.count("<!-- slide -->") == 2


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ({"output_type": "stream", "text": ["a\n", "b\n"]}, "```\na\nb\n```"),
        ({"output_type": "execute_result", "data": {"text/plain": "42"}}, "```\n42\n```"),
        ({"output_type": "execute_result", "data": {"text/latex": "$y$", "text/plain": "y"}}, "$y$"),
        ({"output_type": "display_data", "data": {"text/markdown": "**b**"}}, "**b**"),
        (
            {"output_type": "error", "traceback": ["x", "\x1b[0;31mZeroDivisionError\x1b[0m: no"]},
            "```\nZeroDivisionError: no\n```",
        ),
    ],
)
def test_what_a_cell_has_shown_stands_below_it(output, expected):
    found = deck(cell("f()", "code", outputs=[output]))
    assert found.text == f"<!-- slide -->\n\n```python\nf()\n```\n\n{expected}\n"


def test_pictures_become_files_beside_the_deck():
    drawn = {"output_type": "display_data", "data": {"image/png": PNG, "text/plain": "<Figure>"}}
    svg = {"output_type": "display_data", "data": {"image/svg+xml": ["<svg>", "</svg>"]}}
    found = deck(cell("plot()", "code", outputs=[drawn, svg]))
    assert sorted(found.files) == ["slides/talk-pictures/1-1.png", "slides/talk-pictures/1-2.svg"]
    assert found.files["slides/talk-pictures/1-1.png"].startswith(b"\x89PNG")
    assert "![](./talk-pictures/1-1.png)" in found.text


def test_what_has_no_counterpart_is_a_finding():
    damaged = {"output_type": "display_data", "data": {"image/png": "%%%="}}
    found = deck(cell("%time f()", "code", outputs=[damaged]), cell("raw", "raw"))
    assert words(found) == [
        "a magic command has no counterpart here",
        "the picture 1-1.png, which is damaged has no counterpart here",
        "a raw cell has no counterpart here",
    ]


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"cells": 1}', '{"cells": [{"source": ""}]}'])
def test_what_is_no_notebook_is_refused(text):
    with pytest.raises(ValueError, match="not a notebook"):
        translated(text, "slides/talk.ipynb")
