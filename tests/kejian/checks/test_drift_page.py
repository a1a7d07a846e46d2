"""The drift report: both sides of everything, nothing that runs, nothing from elsewhere."""

import re

from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from kejian.checks.drift_page import report, rows_of
from kejian.core.diagnostics import Span
from kejian.examples.record import tolerance
from kejian.examples.record.compare_outputs import agree
from kejian.examples.record.drift import Drift
from kejian.examples.record.outputs import Output

SPAN = Span("slides/lenet.md", 12)


def text(data):
    return Output(kind="text", name="", suffix="txt", data=data.encode())


def page(old, new, tol="", **more):
    bound = tolerance.read(tol)
    drift = Drift(
        example="lenet.fit()",
        span=SPAN,
        reason="changed",
        name="lenet.fit",
        verdict=agree(old, new, bound),
        tolerance=bound,
        **more,
    )
    (data,) = report([drift]).values()
    return LexborHTMLParser(data.decode())


def words(found, selector):
    return [node.text() for node in found.css(selector)]


def test_old_and_new_stand_side_by_side_with_their_differences_marked():
    found = page([text("epoch 1\nloss: 0.50 ok")], [text("epoch 1\nloss: 0.30 ok")], "0.1")
    assert words(found, "td.old") == ["epoch 1", "loss: 0.50 ok"]
    assert words(found, "td.new") == ["epoch 1", "loss: 0.30 ok"]
    assert (words(found, "del"), words(found, "ins")) == (["0.50"], ["0.30"])
    assert words(found, ".by") == ["differs by 0.2, tolerance 0.1"]


def test_report_names_the_place_and_the_cause():
    found = page([text("a")], [text("b")], causes=("package keras 3.14 → 3.15",), also=(Span("slides/b.md", 3),))
    assert words(found, ".where") == ["slides/lenet.md, line 12; slides/b.md, line 3"]
    assert words(found, ".causes li") == ["package keras 3.14 → 3.15"]


def test_long_equal_stretches_are_cut_short():
    lines = [f"line {n}" for n in range(50)]
    found = page([text("\n".join(lines))], [text("\n".join([*lines[:25], "new", *lines[26:]]))])
    assert words(found, ".skipped td") == ["19 lines agree", "18 lines agree"]
    assert words(found, "ins") == ["new"]


def test_pictures_side_by_side_and_their_difference():
    old, new = (
        Output(kind="picture", name="", suffix="svg", data=data, twin=data)
        for data in (b"<svg>1</svg>", b"<svg>2</svg>")
    )
    found = page([old], [new])
    sources = [image.attributes["src"] for image in found.css("img")]
    assert len(sources) == 4
    assert all(source.startswith("data:image/svg+xml;base64,") for source in sources)
    assert all("alt" in image.attributes for image in found.css("img"))


def test_a_picture_that_is_gone():
    found = page([Output(kind="picture", name="", suffix="png", data=b"x")], [])
    assert words(found, ".absent") == ["nothing"]
    assert words(found, "figcaption") == ["recorded", "now"]


def test_text_that_is_gone_and_text_that_is_new():
    found = page([text("a\nb")], [Output(kind="value", name="", suffix="txt", data=b"c")])
    assert words(found, "h3") == ["lenet.fit.txt", "lenet.fit.txt"]
    assert (words(found, "del"), words(found, "ins")) == (["a", "b"], ["c"])


def test_no_drift():
    (data,) = report([]).values()
    assert LexborHTMLParser(data.decode()).css_first("h1").text() == "No drift"


HOSTILE = "<script>alert(1)</script><img src=//host onerror=x>\"'&</td>"


def test_nothing_in_it_runs_or_leaves_the_page():
    found = page(
        [text(HOSTILE), Output(kind="picture", name="", suffix="svg", data=HOSTILE.encode())],
        [text("x"), Output(kind="picture", name="", suffix="svg", data=b"<svg/>")],
        causes=(HOSTILE,),
        trace=HOSTILE,
    )
    assert words(found, "td.old")[0] == HOSTILE
    assert not found.css("script, iframe, link, [onerror]")
    assert all(image.attributes["src"].startswith("data:") for image in found.css("img"))
    policy = found.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
    assert not re.search(r"url\(|@import", found.html.partition("</style>")[0])


LINES = st.lists(st.sampled_from(["a", "b 0.5", "b 0.7", "", "c"]), max_size=12).map("\n".join)


@given(LINES, LINES, st.sampled_from(["", "0.3"]))
def test_rows_show_every_line_once_and_in_order(old, new, tol):
    """Law: apart from stretches cut short, the rows of a difference are all lines of both sides."""
    bound = tolerance.read(tol)
    (pair,) = agree([text(old)], [text(new)], bound).pairs
    rows = list(rows_of(pair, bound))
    if any(row.skipped for row in rows):
        return
    shown = [[(row.number, "".join(t for t, _ in row.old)) for row in rows if row.number]]
    shown += [[(row.new_number, "".join(t for t, _ in row.new)) for row in rows if row.new_number]]
    expected = [list(enumerate(side.removesuffix("\n").split("\n"), 1)) for side in (old, new)]
    assert shown == expected
