"""Drift has a way out: `build --rerun` runs what is named although nothing has changed, `check --accept` takes it."""

import json

import pytest

from kejian.cli.main import main
from tests.conftest import copied
from tests.kejian.built import TODAY, built, checked, record

pytestmark = pytest.mark.slow  # each starts processes

PACKAGE = """
import os


def same():
    return 1


def moves(start=0):
    return start + len(os.environ.get("LANG", ""))


def fails():
    raise KeyError("no")
"""
DECK = """<!-- slide -->

# One

@import "../demo_examples/m.py" {symbol="same" cmd=true}

@import "../demo_examples/m.py" {symbol="moves" cmd=true}

It is `{python} m.moves(1):,`.
"""


@pytest.fixture(scope="session")
def recorded(tmp_path_factory):
    """A course of which an output is recorded that no run gives, under a key that still holds."""
    root = tmp_path_factory.mktemp("rerun") / "course"
    for path, text in {"demo_examples/__init__.py": "", "demo_examples/m.py": PACKAGE, "slides/a.md": DECK}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    assert built(root)[0].ran == 3
    return root


@pytest.fixture
def course(recorded, tmp_path):
    copied(recorded, tmp_path / "course")
    return tmp_path / "course"


def elsewhere(root, name="m.moves", text="elsewhere"):
    """Make the record say what another machine showed: nothing but the output is another one."""
    from dataclasses import replace

    from kejian.examples.record.record import RecordFolder

    outputs = RecordFolder(root / "slides" / "outputs")
    known = outputs.read(name)
    outputs.write(replace(known, outputs=(replace(known.outputs[0], data=text.encode()),)))
    return outputs.read(name)


def ran(said):
    return {words.split(":")[0].removeprefix("running ").partition("~")[0] for words in said if "running" in words}


def test_what_drifted_without_a_change_is_run_by_rerun_alone(course):
    elsewhere(course)
    assert built(course)[0].ran == 0
    (found,) = checked(course).drifts
    assert found.causes == ("nothing it is made from has changed: another machine, or something is not pinned",)
    assert "`kejian check --accept m.moves`" in found.hint
    report, said = built(course, rerun=("m.moves",))
    assert ran(said) == {"m.moves"}
    assert [(d.code, str(d.severity)) for d in report.diagnostics] == [("drift", "warning")]
    assert not checked(course).failed


@pytest.mark.parametrize(
    "names, expected",
    [
        (("all",), {"m.same", "m.moves"}),
        (("m.same",), {"m.same"}),
        (("demo_examples.m.same",), {"m.same"}),
        (("m.same()",), {"m.same"}),
        (("m.moves(1)", "m.same"), {"m.same", "m.moves"}),
    ],
)
def test_names_mean_examples_and_what_agrees_stays(course, names, expected):
    before = record(course)
    report, said = built(course, rerun=names)
    assert ran(said) == expected
    assert record(course) == before
    assert report.diagnostics == ()
    assert report.written == 0


def test_a_name_in_the_record_means_one_call(course):
    name = next(name.removesuffix(".json") for name in record(course) if name.startswith("m.moves~"))
    assert built(course, rerun=(name,))[0].ran == 1


def test_what_is_stale_runs_beside_what_is_named(course):
    file = course / "demo_examples" / "m.py"
    file.write_text(file.read_text().replace("return 1", "return 1 + 0"))
    assert ran(built(course, rerun=("m.moves(1)",))[1]) == {"m.same", "m.moves"}


@pytest.mark.parametrize(
    "name, hint",
    [
        ("m.mvoes", "did you mean `m.moves`?"),
        ("n.same", "did you mean `m.same`?"),
        ("?", "decks quote `m.moves`, `m.same`"),
    ],
)
def test_a_name_that_no_deck_quotes_is_an_error_and_nothing_runs(course, name, hint):
    before = record(course)
    report, said = built(course, rerun=("m.same", name))
    found = checked(course, accept=(name,))
    for one in (report, found):
        assert [(d.code, d.hint) for d in one.diagnostics] == [("not-quoted", hint)]
        assert one.failed
    assert (said, found.examples, record(course)) == ([], 0, before)


def test_a_course_without_examples_has_nothing_to_rerun(tmp_path):
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides" / "a.md").write_text("<!-- slide -->\n# One\n")
    assert built(tmp_path, rerun=("all",))[0].diagnostics == ()
    (found,) = built(tmp_path, rerun=("m.same",))[0].diagnostics
    assert (found.code, found.hint) == ("not-quoted", "no deck quotes any example")


def test_check_accepts_what_is_named_and_only_that(course):
    before = elsewhere(course)
    other = next(name.removesuffix(".json") for name in record(course) if name.startswith("m.moves~"))
    elsewhere(course, other)
    result = checked(course, accept=("m.moves()",))
    assert [one.name for one in result.drifts] == [other]
    assert [(one.name, one.accepted) for one in result.written] == [("m.moves", True)]
    assert sorted((d.code, str(d.severity)) for d in result.diagnostics) == [("accepted", "hint"), ("drift", "error")]
    assert "1 drifted, 1 written into the record" in result.summary()
    assert record(course)["m.moves.txt"] != before.outputs[0].data
    result = checked(course, accept=("all",), strictly=True)
    assert (result.failed, len(result.written)) == (False, 1)
    assert checked(course).diagnostics == ()
    assert built(course)[0].diagnostics == ()


def test_check_accepts_what_has_no_record_and_what_is_stale(course):
    for path in (course / "slides" / "outputs").glob("m.same.*"):
        path.unlink()
    file = course / "slides" / "outputs" / "m.moves.json"
    file.write_text(file.read_text().replace('"key": "', '"key": "0'))
    result = checked(course, accept=("all",))
    assert sorted(one.reason for one in result.written) == ["missing", "stale"]
    assert not result.failed
    assert checked(course).diagnostics == ()
    assert built(course)[0].ran == 0


def test_a_failure_cannot_be_accepted(course):
    (course / "slides" / "a.md").write_text(DECK + '\n@import "../demo_examples/m.py" {symbol="fails" cmd=true}\n')
    before = record(course)
    result = checked(course, accept=("all",))
    assert [one.reason for one in result.drifts] == ["failed"]
    assert (result.written, record(course)) == ((), before)


def test_the_commands_take_names_and_a_course(course, capsys, monkeypatch):
    elsewhere(course)
    assert main(["check", str(course)]) == 1
    assert f"`kejian check {course} --accept m.moves`" in capsys.readouterr().err
    assert main(["check", "--accept", "m.moves", str(course), "--format", "json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["code"], found["severity"]) == ("accepted", "hint")
    assert main(["build", str(course), "--rerun", "m.same", "--rerun", "m.moves(1)"]) == 0
    assert "2 examples run" in capsys.readouterr().err
    assert main(["--rerun", "--", str(course)]) == 0
    assert "3 examples run" in capsys.readouterr().err
    monkeypatch.chdir(course)
    assert main(["--rerun"]) == 0
    assert "3 examples run" in capsys.readouterr().err
    assert main(["."]) == 0
    assert "0 examples run" in capsys.readouterr().err


def test_a_check_that_accepts_shows_the_difference(course, capsys):
    elsewhere(course)
    assert main(["check", str(course), "--accept"]) == 0
    said = capsys.readouterr().err
    assert "slides/a.md:7:1: hint[accepted]: m.moves() no longer shows what the record says\n" in said
    assert "    m.moves.txt:1: elsewhere → " in said
    assert "hint: it is in the record now" in said


@pytest.mark.parametrize(
    "words, other",
    [
        (["build", "--rerun", "--no-exec"], "--no-exec"),
        (["check", "--accept", "--no-exec"], "--no-exec"),
        (["check", "--accept", "a.b", "--browser"], "--browser"),
    ],
)
def test_what_runs_nothing_accepts_nothing(words, other, course, capsys, monkeypatch):
    monkeypatch.chdir(course)
    assert main(words) == 2
    assert f"{other} runs none: leave out one of them" in capsys.readouterr().err


def test_what_changed_since_is_said_of_a_failure_and_where(course):
    file = course / "demo_examples" / "m.py"
    text = "VALUE = {}\n" + file.read_text().replace("return 1\n", 'return VALUE["a"]\n')
    file.write_text(text)
    (found,) = (d for d in built(course)[0].diagnostics if d.code == "example-failed")
    first = found.message.split("\n")[0]
    assert f"KeyError: 'a'; since it was recorded on {TODAY}: function m.same changed (demo_examples/m.py:6)" in first
    assert "now also uses constant m.VALUE (demo_examples/m.py:1)" in first
    assert found.hint.startswith("fix demo_examples/m.py:6")


def test_a_failure_although_nothing_changed_says_so(course):
    file = course / "demo_examples" / "m.py"
    file.write_text(file.read_text().replace("return 1\n", 'return open("/nowhere/at/all")\n'))
    deck = course / "slides" / "a.md"
    deck.write_text(DECK.replace('symbol="same"', 'symbol="same" raises="FileNotFoundError"'))
    assert not built(course)[0].failed
    deck.write_text(DECK)
    (found,) = (d for d in built(course, rerun=("all",))[0].diagnostics if d.code == "example-failed")
    assert f"; nothing it is made from has changed since it was recorded on {TODAY}" in found.message


ADDRESS = """
class Model:
    pass


def model():
    print(Model())


def value():
    return 0.25
"""


def test_no_drift_without_a_change_is_a_dead_end(tmp_path, capsys, monkeypatch):
    """Two outputs that are others than in the record, neither by a change: an address, and what was run elsewhere."""
    imports = "\n\n".join(
        f'@import "../demo_examples/m.py" {{symbol="{name}" cmd=true}}' for name in ("model", "value")
    )
    texts = {
        "demo_examples/__init__.py": "",
        "demo_examples/m.py": ADDRESS,
        "slides/a.md": f"<!-- slide -->\n{imports}\n",
    }
    for path, text in texts.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["build"]) == 0
    elsewhere(tmp_path, "m.value", "0.75")
    assert main(["clean"]) == 0
    capsys.readouterr()
    assert main(["build"]) == 0
    assert "0 examples run" in capsys.readouterr().err
    assert main(["check"]) == 1
    said = capsys.readouterr().err
    assert 'what differs is an address in memory, another in each run\n    hint: write normalise="addresses"' in said
    assert "`kejian check --accept m.value`" in said
    assert main(["check", "--accept", "m.value"]) == 1
    deck = tmp_path / "slides" / "a.md"
    deck.write_text(deck.read_text().replace("cmd=true}", 'cmd=true normalise="addresses"}', 1))
    assert main(["check"]) == 0
