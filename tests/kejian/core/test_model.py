"""The values that flow through a build."""

import dataclasses

import pytest

from kejian.core import attributes, diagnostics, model
from kejian.core.attributes import Attributes
from kejian.core.diagnostics import Span
from kejian.core.model import Chunk, Deck, Diagram, Example, Formula, Icon, Listing, Slide

HERE, THERE = Span("a.md", 1), Span("b.md", 9)
VALUES = {
    kind
    for module in (attributes, diagnostics, model)
    for kind in vars(module).values()
    if isinstance(kind, type) and kind.__module__ == module.__name__ and kind is not diagnostics.Severity
}


@pytest.mark.parametrize("kind", sorted(VALUES, key=lambda kind: kind.__name__))
def test_a_value_is_frozen_and_takes_no_other_field(kind):
    """A misspelled field is an error where it is written, and no stage can change what another one was given."""
    value = object.__new__(kind)
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(value, dataclasses.fields(kind)[0].name, "other")
    assert not hasattr(value, "__dict__")


@pytest.mark.parametrize(
    "hole",
    [
        lambda span: Formula("x", display=True, span=span),
        lambda span: Diagram("digraph {}", "dot", "dot", span),
        lambda span: Listing("x = 1", "python", span),
        lambda span: Icon("check", span),
        lambda span: Example(call="lenet.summary()", span=span),
        lambda span: Example(call="cnn.a", span=span, code=(Chunk("cnn.a", "1", span),)),
    ],
)
def test_holes_of_the_same_content_are_one_wherever_they_stand(hole):
    """So each formula, graph and example is made once."""
    assert len({hole(HERE), hole(THERE)}) == 1


def test_display_and_inline_are_two_formulas():
    assert Formula("x", display=True, span=HERE) != Formula("x", display=False, span=HERE)


def test_an_example_is_shown_whole_and_exactly_unless_it_says_otherwise():
    plain = Example(call="a.b()", span=HERE)
    said = (plain.format, plain.output, plain.tolerance, plain.normalise, plain.raises, plain.timeout, plain.alt)
    assert (*said, plain.code) == (None, "", "", "", "", 0, "", ())


def test_a_slide_stands_beside_the_one_before_and_bears_nothing_unless_it_says_so():
    slide = Slide(html="<p>x</p>", span=HERE)
    assert (slide.attributes, slide.holes, slide.headings, slide.title) == (Attributes(), (), (), "")
    assert slide.vertical is False


def test_a_heading_is_listed_unless_it_says_otherwise():
    assert model.Heading(1, "一", "one").listed is True


def test_the_holes_of_a_deck_are_those_of_its_preface_and_its_slides_in_order():
    formula, example, icon = (
        Formula("x", display=False, span=HERE),
        Example(call="a.b()", span=HERE),
        Icon("check", HERE),
    )
    slides = (Slide(html="", span=HERE, holes=(example,)), Slide(html="", span=HERE, holes=(icon,)))
    deck = Deck(
        path="a.md", title="", preface=Slide(html="", span=HERE, holes=(formula,)), slides=slides, reveal={}, front={}
    )
    assert deck.holes == (formula, example, icon)
    assert deck.examples == (example,)


def test_a_chunk_is_told_by_its_name():
    assert str(Chunk("cnn.figure", "1 + 1", HERE)) == "cnn.figure"
