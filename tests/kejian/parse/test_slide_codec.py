"""Parsed slides as bytes, and back."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejian.core.attributes import Attributes
from kejian.core.diagnostics import Span, warning
from kejian.core.model import Chunk, Example, Formula, Heading, Label, Listing, Slide
from kejian.parse.slide_codec import ParsedSlide, decoded, encoded

AT = Span("a.md", 3, 4, 5)
VALUES = st.recursive(
    st.one_of(st.text(), st.booleans(), st.integers(-(2**31), 2**31), st.floats(allow_nan=False)),
    lambda inner: st.lists(inner).map(tuple),
    max_leaves=5,
)


def parsed(**more):
    slide = Slide(html="<p>x</p>", span=AT, **more)
    found = (warning("a-code", AT, "message", "hint"),)
    return ParsedSlide(
        slide=slide, diagnostics=found, assets=("a.png",), linked=("b.md",), reads={"a": "b"}, named=(("x", "y"),)
    )


def same(one, other):
    return one == other and repr(one) == repr(other)  # spans do not count when holes are compared


def test_a_slide_is_what_it_was():
    run = Example(call="m.f()", span=AT, format=",", code=(Chunk("n", "x = 1", AT),))
    holes = (Formula("x", display=True, span=AT), run, Listing("x", "python", AT))
    known = parsed(holes=holes, headings=(Heading(1, "A", "a"),), labels=(Label("fig-a", "fig", AT),), title="A")
    assert same(decoded(encoded(known)), known)


@given(st.lists(st.tuples(st.text(), VALUES)).map(tuple))
def test_attributes_are_what_they_were(items):
    known = parsed(attributes=Attributes(items, ((1, "a problem"),)))
    assert same(decoded(encoded(known)), known)


@given(st.binary())
def test_other_bytes_are_refused(data):
    with pytest.raises((msgspec.DecodeError, UnicodeDecodeError)):
        decoded(data)


def test_holes_of_a_kind_that_there_is_no_longer_are_refused():
    known = encoded(parsed(holes=(Formula("x", display=True, span=AT),)))
    with pytest.raises(msgspec.DecodeError, match="there are no holes 'Farmula'"):
        decoded(known.replace(b"Formula", b"Farmula"))
