"""What Node says, line by line; whole builds with a broken one are in tests/faults/test_broken_node.py."""

import io
import json

import pytest

from kejian.makers import worker_answers
from kejian.makers.worker_answers import NoAnswerError, answers

JOBS = {0: "tex", 1: "dot"}
TEX = {"id": 0, "svg": "<svg/>", "mathml": "<math/>", "glyphs": [["a", "<path/>"]]}
DOT = {"id": 1, "svg": "<svg/>"}


def said(*lines):
    text = b"".join((line if isinstance(line, bytes) else json.dumps(line).encode()) + b"\n" for line in lines)
    return list(answers(io.BytesIO(text), JOBS))


def test_a_drawing_and_what_is_wrong():
    assert [answer["svg"] for _, answer in said(TEX, DOT)] == ["<svg/>"] * 2
    assert said({"id": 1, "error": "no", "line": 3}) == [(1, {"id": 1, "error": "no", "line": 3})]


@pytest.mark.parametrize("line", [None, -1, 0, 1e300, 2.5])
def test_a_line_that_is_none_is_none(line):
    ((_, answer),) = said({"id": 1, "error": "x" * 9000, "line": line})
    assert answer["line"] == (2 if line == 2.5 else 0)
    assert len(answer["error"]) == 2000


def test_a_line_that_was_cut_off_is_no_answer():
    assert list(answers(io.BytesIO(json.dumps(DOT).encode()), JOBS)) == []


@pytest.mark.parametrize(
    "lines, words",
    [
        ([b"oh"], "it says 'oh' where an answer belongs"),
        ([b""], "it says '' where an answer belongs"),
        ([[1]], r"it says '\[1\]' where"),
        ([b"[" * 100_000], r"it says '\[\[\["),
        ([b"\xff\x1b"], r"it says '\\ufffd\\x1b' where"),
        ([{"id": "0"}], "where an answer belongs"),
        ([{"id": 0.5, "svg": ""}], "where an answer belongs"),
        ([DOT | {"svg": 5}], "where an answer belongs"),
        ([TEX | {"glyphs": [["a"]]}], "where an answer belongs"),
        ([DOT, DOT], "it answers job 1, which was not asked or has its answer"),
        ([DOT | {"id": 2}], "it answers job 2, which was not asked"),
        ([{"id": 1}], "it answers job 1 with neither a drawing nor what is wrong"),
        ([{"id": 0, "svg": "<svg/>"}], "it answers job 0 with neither"),
    ],
)
def test_invalid_answer_is_quoted(lines, words):
    with pytest.raises(NoAnswerError, match=words):
        said(*lines)


def test_a_line_has_a_bound(monkeypatch):
    monkeypatch.setattr(worker_answers, "LONGEST", 1 << 20)
    with pytest.raises(NoAnswerError, match="it says a line of more than 1 MiB"):
        said(b"x" * (1 << 21))
