"""Filling: each distinct hole once, misses in one batch, failures never kept, a kind with a filler of its own."""

from contextlib import contextmanager

import pytest

from kejian.core.diagnostics import Span, warning
from kejian.core.disk.store import Store
from kejian.core.model import Artifact, Diagram, Formula, Icon
from kejian.pipeline.fill import Fill, HoleFiller, LateFiller


class Upper:
    """A real maker of a simple kind: upper-cases what it is given; refuses what is empty."""

    def __init__(self):
        self.batches = []

    def key(self, hole):
        return getattr(hole, "tex", None) or hole.name

    @contextmanager
    def make(self, holes):
        self.batches.append(list(holes))
        yield ((hole, self.upper(hole)) for hole in holes)

    def upper(self, hole):
        text = self.key(hole)
        bad = warning("bad", hole.span, "refused")
        return bad if text.startswith("!") else Artifact(html=text.upper(), glyphs=(("g", "<path/>"),))


def formula(tex, line=1):
    return Formula(tex, display=False, span=Span("a.md", line))


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path)


def filling(store, maker):
    return HoleFiller(store=store, makers={Formula: maker, Icon: maker}, progress=lambda words: None)


def test_each_distinct_hole_is_made_once_in_one_batch(store):
    maker = Upper()
    fill = filling(store, maker)
    holes = [formula("a"), formula("b"), formula("a", line=9), Icon("i", Span("a.md"))]
    fill.prepare(holes)
    assert len(maker.batches) == 1
    assert (fill.made, fill.reused) == (3, 0)
    assert fill.filled(holes)[formula("a")] == Artifact(html="A", glyphs=(("g", "<path/>"),))


def test_stored_artifact_is_not_made_again(store):
    filling(store, Upper()).prepare([formula("a")])
    maker = Upper()
    fill = filling(store, maker)
    fill.prepare([formula("a"), formula("b")])
    assert maker.batches == [[formula("b")]]
    assert (fill.made, fill.reused) == (1, 1)


def test_a_failure_is_answered_but_never_stored(store):
    fill = filling(store, Upper())
    fill.prepare([formula("!x", line=7)])
    assert fill.filled([formula("!x")])[formula("!x")].problem == warning("bad", Span("a.md", 7), "refused")
    maker = Upper()
    filling(store, maker).prepare([formula("!x")])
    assert maker.batches == [[formula("!x")]]


def test_a_damaged_entry_is_made_again(store):
    fill = filling(store, Upper())
    fill.prepare([formula("a")])
    (entry,) = store.root.glob("??/*")
    entry.write_bytes(b"flipped")
    assert fill.filled([formula("a")])[formula("a")].html == "A"


def test_an_unknown_kind_of_hole_is_a_mistake_of_the_program(store):
    with pytest.raises(KeyError):
        filling(store, Upper()).prepare([Diagram("", "dot", "dot", Span("a.md"))])


class Doubled:
    """A filler of its own for one kind: what it shows holds the same formula twice."""

    made = 1

    def __init__(self):
        self.prepared = []

    def prepare(self, holes):
        self.prepared += holes
        return [hole for diagram in holes for hole in self.within(diagram)]

    def filled(self, holes):
        return {hole: Artifact(html="two", holes=self.within(hole)) for hole in holes}

    def within(self, diagram):
        return (formula(diagram.source), formula(diagram.source.upper()))


def test_a_kind_with_a_filler_of_its_own_is_filled_by_it_and_what_stands_within_by_makers(store):
    maker, own = Upper(), Doubled()
    fill = Fill(filling(store, maker), {Diagram: own})
    holes = [formula("a"), diagram := Diagram("x", "dot", "dot", Span("a.md"))]
    fill.prepare(holes)
    assert own.prepared == [diagram]
    assert maker.batches == [[formula("a")], [formula("x"), formula("X")]]
    assert fill.made == 4
    filled = fill.filled(holes)
    assert {hole: artifact.html for hole, artifact in filled.items()} == {
        formula("a"): "A",
        diagram: "two",
        formula("x"): "X",
        formula("X"): "X",
    }


def test_a_late_filler_begins_with_its_first_hole(store):
    begun = []

    def begin():
        begun.append(filling(store, Upper()))
        return begun[-1]

    late = LateFiller(begin)
    assert (late.prepare([]), late.filled([]), late.made, begun) == ((), {}, 0, [])
    late.prepare([formula("a")])
    late.prepare([formula("b")])
    assert (late.made, len(begun)) == (2, 1)
    assert late.filled([formula("b")])[formula("b")].html == "B"
