"""Values that describe a picture: what is taken of them, what is drawn, and what is refused."""

import sys

import pytest

from kejian.examples.child.kejian_charts import UnavailableError, described, drawn
from kejian.examples.child.kejian_forms import chosen
from kejian.examples.child.kejian_outputs import CannotShowError

ROWS = [{"轮": 1, "loss": 0.5}, {"轮": 2, "loss": 0.25}]
SPEC = {
    "$schema": "https://vega.github.io/schema/vega-lite/v5.20.1.json",
    "data": {"values": ROWS},
    "mark": "bar",
    "encoding": {"x": {"field": "轮", "type": "ordinal"}, "y": {"field": "loss", "type": "quantitative"}},
}
VEGA = {
    "$schema": "https://vega.github.io/schema/vega/v5.json",
    "width": 40,
    "height": 20,
    "marks": [{"type": "rect", "encode": {"enter": {"width": {"value": 9}, "height": {"value": 9}}}}],
}


def of(package, bases=(), **members):
    """An object of a type of another package, such as none of the tests needs."""
    return type("Made", bases, {"__module__": f"{package}.core", **members})()


def saying(bundle):
    return of("demo", _repr_mimebundle_=lambda self: bundle)


DESCRIBED = {
    "Vega-Lite": (saying({"application/vnd.vegalite.v5+json": SPEC, "text/html": "<b>"}), ("vega", SPEC)),
    "Vega-Lite, by its minor version": (saying({"application/vnd.vegalite.v5.20.1+json": SPEC}), ("vega", SPEC)),
    "Vega": (saying({"application/vnd.vega.v5+json": VEGA}), ("vega", VEGA)),
    "a drawing of its own first": (
        saying({"application/vnd.vegalite.v5+json": SPEC, "image/svg+xml": "<svg/>"}),
        ("svg", "<svg/>"),
    ),
    "Altair": (of("altair", to_dict=lambda self: SPEC, _repr_html_=lambda self: "<b>"), ("vega", SPEC)),
    "Graphviz": (of("graphviz", source="digraph {a}", engine="dot"), ("dot", "digraph {a}")),
    "Graphviz, by another engine": (
        of("graphviz", source="graph {a}", engine="neato"),
        ("dot", "// layout: neato\ngraph {a}"),
    ),
    "pydot": (of("pydot", to_string=lambda self: "digraph {a}", prog="dot"), ("dot", "digraph {a}")),
    "no source": (of("graphviz", source=7, _repr_html_=lambda self: "<b>"), ("html", "<b>")),
    "HTML": (of("demo", source="a", _repr_html_=lambda self: "<b>"), ("html", "<b>")),
}


@pytest.mark.parametrize("value, form", DESCRIBED.values(), ids=DESCRIBED)
def test_what_is_described_comes_before_html(value, form):
    assert chosen(value, "")[:2] == form


def test_a_form_that_is_asked_for_is_taken_all_the_same():
    value = saying({"application/vnd.vegalite.v5+json": SPEC, "text/html": "<b>"})
    assert chosen(value, "html")[:2] == ("html", "<b>")


PLOTLY = {
    "by its type": of("plotly", to_plotly_json=lambda self: {}, _repr_html_=lambda self: "<script>"),
    "by what it offers": saying({"application/vnd.plotly.v1+json": {}, "text/html": "<script>"}),
}


@pytest.mark.parametrize("form", ["", "html"])
@pytest.mark.parametrize("value", PLOTLY.values(), ids=PLOTLY)
def test_a_figure_of_plotly_is_refused(value, form):
    with pytest.raises(CannotShowError, match=r"a figure of Plotly.*\|plotly"):
        chosen(value, form)


def test_plotly_may_have_drawn_a_picture():
    bundle = {"application/vnd.plotly.v1+json": {}, "image/png": "iVBORw=="}
    assert chosen(saying(bundle), "")[0] == "png"


def test_altair_says_what_is_wrong_with_a_chart():
    class Chart:
        __module__ = "altair.core"

        def to_dict(self):
            raise ValueError(f"no\nsuch column in {type(self)}")

    with pytest.raises(CannotShowError, match=r"cannot be drawn: no such column in .*\|chart"):
        described(Chart(), {})


@pytest.mark.slow
@pytest.mark.parametrize("spec", [SPEC, VEGA], ids=["Vega-Lite", "Vega"])
def test_a_chart_is_a_drawing_and_its_twin_the_same_each_time(spec, tmp_path):
    files = [drawn(spec, str(tmp_path / name)) for name in "ab"]
    first, again = ([(tmp_path / one[key]).read_bytes() for key in ("file", "twin")] for one in files)
    assert first == again
    assert first[0].startswith(b"<svg")
    assert first[1].startswith(b"\x89PNG")


@pytest.mark.slow
def test_a_chart_has_no_ground_and_letters_as_large_as_those_of_figures(tmp_path):
    svg = (tmp_path / drawn(VEGA, str(tmp_path / "a"))["file"]).read_text("utf-8")
    assert 'width="60" height="30" viewBox="0 0 40 20"' in svg
    assert 'fill="white"' not in svg


LOADS = {
    "an address": {"url": "https://example.org/a.json"},
    "a file": {"url": "data/a.csv"},
    "a file by its address": {"url": "file:///etc/passwd"},
}


@pytest.mark.parametrize("data", LOADS.values(), ids=LOADS)
@pytest.mark.parametrize("place", ["data", "layer", "lookup"])
def test_data_elsewhere_is_refused(data, place, tmp_path):
    inner = {"layer": [{"data": data, "mark": "bar"}]}
    looked = {"transform": [{"lookup": "a", "from": {"data": data, "key": "a"}}]}
    spec = {"data": {"data": data}, "layer": inner, "lookup": looked}[place]
    with pytest.raises(CannotShowError, match=r"takes its data from .*\|data"):
        drawn(SPEC | spec, str(tmp_path / "a"))


@pytest.mark.slow
def test_a_column_may_be_named_url_and_its_picture_is_refused(tmp_path):
    rows = [{"url": "https://example.org/a.png", "n": 1}]
    drawn(SPEC | {"data": {"values": rows}, "encoding": {"x": {"field": "n", "type": "ordinal"}}}, str(tmp_path / "a"))
    shown = {"mark": "image", "encoding": {"url": {"field": "url"}, "x": {"field": "n", "type": "ordinal"}}}
    with pytest.raises(CannotShowError, match=r"shows the picture 'https://example.org/a.png'.*\|data"):
        drawn(SPEC | {"data": {"values": rows}} | shown, str(tmp_path / "b"))


@pytest.mark.slow
@pytest.mark.parametrize("spec", [SPEC | {"mark": {}}, {"$schema": "/vega/v5.json", "marks": 3}, [], "x"], ids=repr)
def test_what_is_no_chart_is_refused(spec, tmp_path):
    with pytest.raises(CannotShowError, match=r"\|chart"):
        drawn(spec, str(tmp_path / "a"))


def test_what_draws_charts_may_be_missing(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(UnavailableError, match="`pip install vl-convert-python`"):
        drawn(SPEC, str(tmp_path / "a"))
