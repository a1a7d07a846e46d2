"""A child's answer, read as what anything may have written; real children that do are in tests/faults/."""

import json

import pytest

from kejian.examples.answers import Limits, failure, read
from kejian.examples.child.kejian_outputs import OUTPUTS

ONE = {"printed": "a", "value": None, "pictures": [], "error": None, "seconds": 1, "reads": [], "more_reads": 0}
LIMITS = Limits(seconds=9, text=1000)


@pytest.fixture
def answered(tmp_path):
    def asked(*told, count=1):
        (tmp_path / "answer.json").write_text(json.dumps(told))
        return read(tmp_path, count, LIMITS)

    return asked


def test_answer_of_a_child_is_parsed(answered, tmp_path):
    (tmp_path / "0.svg").write_bytes(b"<svg/>")
    (tmp_path / "0.png").write_bytes(b"png")
    picture = {"file": str(tmp_path / "0.svg"), "twin": str(tmp_path / "0.png")}
    (found,) = answered(ONE | {"pictures": [picture], "reads": ["/a", str(tmp_path / "own")], "more_reads": 2})
    assert (found.printed, found.pictures, found.reads) == ("a", (("svg", b"<svg/>", b"png"),), ("/a",))
    assert (found.seconds, found.more_reads, found.error) == (1, 2, None)


WRONG = {
    "no answer": [],
    "one too many": [ONE, ONE],
    "no text": [ONE | {"printed": None}],
    "a field too few": [{"printed": ""}],
    "too much text": [ONE | {"printed": "x" * 1001}],
    "too much of a value": [ONE | {"value": "七" * 400}],
    "an odd error": [ONE | {"error": {"type": 1}}],
    "too many pictures": [ONE | {"pictures": [{"file": "x.png", "twin": None}] * (OUTPUTS + 1)}],
    "a picture elsewhere": [ONE | {"pictures": [{"file": "/etc/hostname", "twin": None}]}],
    "a picture of another kind": [ONE | {"pictures": [{"file": "answer.json", "twin": None}]}],
}


@pytest.mark.parametrize("told", WRONG.values(), ids=WRONG)
def test_invalid_answer_is_a_failure(answered, told):
    (found,) = answered(*told)
    assert found.error["type"] == "BadAnswer"
    assert found.error["message"].startswith("what the process left as its answer is none: ")
    assert found.seconds == 9


def test_pictures_that_are_too_much_together(answered, tmp_path, monkeypatch):
    monkeypatch.setattr("kejian.examples.answers.PICTURES", 10)
    (tmp_path / "0.png").write_bytes(b"x" * 11)
    (found,) = answered(ONE | {"pictures": [{"file": str(tmp_path / "0.png"), "twin": None}]})
    assert (found.error["type"], found.pictures) == ("TooMuchError", ())


def test_a_failure_answers_for_all(tmp_path):
    assert [one.error["type"] for one in read(tmp_path, 3, LIMITS)] == ["BadAnswer"] * 3
    assert failure("Killed", "no", LIMITS).error["types"] == ["Killed"]
