"""Comparison of printed outputs, case by case (`tests/fixtures/compare.md`), and its laws."""

import random
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it.utils import read_fixture_file

from kejian.examples.record import normalise, tolerance
from kejian.examples.record.compare_text import compare
from kejian.examples.record.tolerance import Tolerance, shown

CASES = read_fixture_file(Path(__file__).parents[3] / "fixtures" / "compare.md")


def settings(text):
    """The leading `tol=` and `normalise=` lines of a case, and the rest."""
    found = {"tol": "", "normalise": ""}
    while (line := text.partition("\n"))[0].startswith(("tol=", "normalise=")):
        key, _, found[key] = line[0].partition("=")
        text = line[2]
    return tolerance.read(found["tol"]), normalise.read(found["normalise"]), text.replace("␍", "\r")


def summary(piece):
    old, new = (f"[{t}]" if t and not t.strip() else t for t in (piece.old, piece.new))
    return f"{old} → {new} ({shown(piece.needed)})" if piece.kind == "number" else f"{old} ~ {new}".lstrip()


def described(found):
    if found.agrees:
        return "agrees\n" + ("" if found.exact else f"needed {shown(found.needed)}\n")
    lines = [
        f"{c.line or c.new_line}: {'; '.join(summary(p) for p in c.pieces if not p.agrees)}".rstrip(" ")
        for c in found.changes
    ]
    return "".join(f"{line}\n" for line in lines) + f"needed {shown(found.needed)}\n"


@pytest.mark.parametrize("line, title, text, expected", CASES, ids=[case[1] for case in CASES])
def test_case(line, title, text, expected):
    tol, rules, outputs = settings(text)
    old, _, new = outputs.partition("---\n")
    wanted = "".join(f"{row.rstrip(' ')}\n" for row in expected.splitlines())
    assert described(compare(old, new, tol, rules)) == wanted, f"tests/fixtures/compare.md:{line}: {title}"


def test_a_newline_at_the_very_end_does_not_count():
    assert compare("61,706", "61,706\n").agrees
    assert not compare("61,706", "61,706\n\n").agrees


WORDS = st.sampled_from(
    ["acc:", "loss", "|", "[", "]", "conv2d_1", "准确率", "----", "━━━", "=", "nan", "-inf", "\r", "."]
)
NUMBERS = st.decimals(-1000, 1000, places=3).map(str) | st.integers(-(10**7), 10**7).map("{:,}".format)
TEXTS = st.lists(st.lists(WORDS | NUMBERS | st.text(max_size=3), max_size=6).map(" ".join), max_size=6).map("\n".join)
TOLERANCES = st.sampled_from(["", "0", "0.01", "5", "1%", "50% integers", "0.5 10%"]).map(tolerance.read)


@given(TEXTS, TOLERANCES)
def test_every_text_agrees_with_itself(text, tol):
    found = compare(text, text, tol)
    assert found.agrees
    assert found.exact


@given(TEXTS, TEXTS, TOLERANCES)
def test_comparing_is_symmetric(old, new, tol):
    there, back = compare(old, new, tol), compare(new, old, tol)
    assert (there.agrees, there.needed, there.exact) == (back.agrees, back.needed, back.exact)


@given(TEXTS, TEXTS, TOLERANCES)
def test_pieces_are_the_lines(old, new, tol):
    """Law: every change names its line, and its pieces joined are that line, before and after."""
    lines, fresh = old.removesuffix("\n").split("\n"), new.removesuffix("\n").split("\n")
    for change in compare(old, new, tol).changes:
        assert change.old == (lines[change.line - 1] if change.line else "")
        assert change.new == (fresh[change.new_line - 1] if change.new_line else "")
        assert change.line or change.new_line
        assert not all(piece.agrees for piece in change.pieces)


@given(TEXTS, TEXTS)
def test_only_equal_texts_agree_without_a_tolerance(old, new):
    assert compare(old, new).agrees == (old.removesuffix("\n") == new.removesuffix("\n"))


@given(TEXTS, NUMBERS, NUMBERS, TEXTS, TOLERANCES)
def test_a_number_beyond_the_tolerance_is_always_found(before, a, b, after, tol):
    assume(not tol.declared or not tol.accepts(tol.needed(a, b)))
    assume(a != b)
    assert not compare(f"{before}\n{a}\n{after}", f"{before}\n{b}\n{after}", tol).agrees


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=5), st.sampled_from(["absolute", "relative"]))
def test_the_needed_tolerance_suffices_and_is_the_smallest(pairs, kind):
    old, new = (" x ".join(numbers) for numbers in zip(*pairs, strict=True))
    needed = compare(old, new, Tolerance(**{kind: Decimal(0)}, integers=True)).needed
    assert needed.is_finite()
    assert compare(old, new, Tolerance(**{kind: needed}, integers=True)).agrees
    if needed:
        less = needed * Decimal("0.999999")
        assert not compare(old, new, Tolerance(**{kind: less}, integers=True)).agrees


@given(st.text(), st.text(), TOLERANCES, st.sets(st.sampled_from(list(normalise.RULES))))
def test_any_text_can_be_compared(old, new, tol, rules):
    assert compare(old, new, tol, rules).agrees == compare(new, old, tol, rules).agrees
    assert compare(old, old, tol, rules).agrees


HOSTILE = [
    "1",
    "1,",
    "1,234",
    "1.",
    "1.2.",
    "1:",
    "1:2",
    "-",
    "=",
    "[=",
    "━",
    "_",
    "a.",
    "0x",
    "9 ",
    "1/",
    "1/9 ",
    "%|",
    "1%|",
    "e1",
    "\x1b[",
    "\r",
    "<",
]


@pytest.mark.parametrize("part", HOSTILE)
def test_work_is_linear_on_hostile_text(part, counted):
    def work(n):
        text = part * n
        return counted(lambda: compare(text + "a", text + "b", tolerance.read("1"), tuple(normalise.RULES)))

    assert work(2_000) < 5 * max(work(500), 1_000)


@pytest.mark.slow
def test_work_on_large_outputs_is_linear(counted):
    def work(n):
        rng = random.Random(1)
        lines = [f"{rng.choice('abc')} loss {rng.random():.4f}" for _ in range(n)]
        other = [line for line in lines if rng.random() > 0.01]
        return counted(lambda: compare("\n".join(lines), "\n".join(other), tolerance.read("0.01")))

    assert work(8_000) < 6 * work(2_000)
