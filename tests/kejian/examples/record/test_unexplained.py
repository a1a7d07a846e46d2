"""What can be seen in two outputs of why they differ although nothing has changed."""

import pytest

from kejian.examples.record import tolerance
from kejian.examples.record.compare_outputs import agree
from kejian.examples.record.outputs import Output
from kejian.examples.record.unexplained import NOTHING, RunFacts, seen


def text(data):
    return Output(kind="text", name="", suffix="txt", data=data.encode())


def looked(old, new, tol="", rules=(), **more):
    bound = tolerance.read(tol)
    return seen(agree([text(old)], [text(new)], bound, rules), bound, rules, **more)


@pytest.mark.parametrize(
    "old, new, tol, rules, cause, hint",
    [
        ("<a.M object at 0x7f10>", "<a.M object at 0x7f20>", "", (), "an address", 'normalise="addresses"'),
        ("at 0x7f10 in 3 ms", "at 0x7f20 in 4 ms", "", ("durations",), "an address", 'normalise="durations addresses"'),
        ("at 0x7f10 in 3 ms", "at 0x7f20 in 4 ms", "", (), "took", 'normalise="durations addresses"'),
        ("took 0.12 s", "took 0.15 s", "", (), "how long", 'normalise="durations"'),
        ("2026-11-24 10:00", "2026-11-25 09:00", "", (), "a date", "a fixed one"),
        ("Tue Nov 24 10:00:00 2026", "Wed Nov 25 10:00:01 2026", "", (), "a date", "a fixed one"),
        ("loss 0.123456", "loss 0.123457", "", (), "last digits", "write tol=0.000001 on"),
        ("loss 0.1234 12", "loss 0.12345678 12", "", (), "last digits", "write tol=0.000057 on"),
        ("loss 0.5000", "loss 0.5001", "0.01%", (), "last digits", "write tol=0.02% on"),
        ("0.25", "0.75", "", (), "random", "a seed"),
        ("12", "13", "", (), "random", "a seed"),
        ("a cat", "a dog", "", (), "another machine", ""),
        ("a\nb", "a", "", (), "another machine", ""),
        ("0.5 a", "0.7 b", "", (), "another machine", ""),
    ],
)
def test_unexplained_differences_are_found(old, new, tol, rules, cause, hint):
    found = looked(old, new, tol, rules)
    assert found.cause.startswith(NOTHING)
    assert cause in found.cause
    assert hint in found.hint
    assert bool(found.hint) == bool(hint)


DRAWN = ": `time.time` asks the time (m.py:3)"


@pytest.mark.parametrize(
    "old, new, facts, cause, hint",
    [
        ("1784000001", "1784000002", RunFacts(here=True, drawn=DRAWN), f"a measurement{DRAWN}", "a seed"),
        ("0.123456", "0.123457", RunFacts(here=True), "at once adds in another order", "write tol=0.000001 on"),
        ("0.123456", "0.123457", RunFacts(drawn=DRAWN), "another build of a library", "write tol=0.000001 on"),
        ("a cat", "a dog", RunFacts(here=True, drawn=DRAWN), f": something is not pinned{DRAWN}", ""),
    ],
)
def test_what_is_known_of_the_run_counts(old, new, facts, cause, hint):
    found = looked(old, new, facts=facts)
    assert found.cause.endswith(cause)
    assert hint in found.hint


@pytest.mark.parametrize("old, new", [("0x7f10", "0x7f20"), ("0.123456", "0.123457")])
def test_a_value_in_prose_takes_no_setting(old, new):
    assert looked(old, new).hint
    assert looked(old, new, settable=False).hint == ""
    assert "what differs is" in looked(old, new, settable=False).cause


@pytest.mark.parametrize("old, new", [("0.123456", "0.123457"), ("0.99999999", "1.0"), ("-1.5e-9", "-1.5001e-9")])
def test_the_tolerance_that_is_named_is_enough(old, new):
    word = looked(old, new).hint.partition("tol=")[2].partition(" on")[0].strip('"')
    assert agree([text(old)], [text(new)], tolerance.read(word)).agrees


def test_pictures_and_outputs_that_are_gone_show_nothing():
    picture = Output(kind="picture", name="", suffix="svg", data=b"<svg><text>1</text></svg>")
    other = Output(kind="picture", name="", suffix="svg", data=b"<svg><text>2</text></svg>")
    for old, new in (([picture], [other]), ([text("1")], []), ([text("1"), picture], [picture, text("1")])):
        found = seen(agree(old, new), tolerance.DEFAULT, ())
        assert "another machine" in found.cause
        assert found.hint == ""
