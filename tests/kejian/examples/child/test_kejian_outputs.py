"""The bounds of what an example shows: real children, with small bounds."""

import pytest

from kejian.examples.answers import TOO_MUCH, Limits
from kejian.examples.child.kejian_outputs import OUTPUTS, PICTURE, size
from kejian.examples.run.subprocesses import ChildCall, run

MOST = 1000
SMALL = Limits(text=MOST)


@pytest.fixture
def answers(tmp_path):
    def asked(text, *names, limits=SMALL):
        (tmp_path / "course").mkdir(exist_ok=True)
        (tmp_path / "course" / "shown.py").write_text(text, "utf-8")
        return run(
            tmp_path / "course",
            [ChildCall(module="shown", name=name) for name in names],
            [],
            tmp_path / "cache",
            limits,
        )

    return asked


def test_what_is_printed_has_a_bound_and_what_is_just_within_is_shown(answers):
    within, beyond = answers(f"def a():\n    print('x' * {MOST - 1})\n\ndef b():\n    print('x' * {MOST})\n", "a", "b")
    assert (len(within.printed), within.error) == (MOST, None)
    assert (beyond.error["type"], beyond.printed, beyond.value) == (TOO_MUCH, "", None)
    assert "it prints more than 1,000 bytes of text: 1,001 until here" in beyond.error["message"]
    assert beyond.error["trace"] == "  shown.py:5 in b\n    print('x' * 1000)"


GOES_ON = """
def quiet():
    try:
        print("x" * 2000)
    except Exception:
        pass

def bare():
    while True:
        try:
            print("x" * 2000)
        except:
            return 7

def other():
    try:
        print("x" * 2000)
    finally:
        raise ValueError("no")
"""


@pytest.mark.parametrize("name", ["quiet", "bare", "other"])
def test_no_example_can_go_on_as_if_nothing_had_been(answers, name):
    (found,) = answers(GOES_ON, name)
    assert (found.error["type"], found.printed, found.value) == (TOO_MUCH, "", None)


@pytest.mark.parametrize("value", ["'x' * 2000", "list(range(2000))", "'七' * 400"])
def test_returned_value_is_limited(answers, value):
    (found,) = answers(f"def a():\n    return {value}\n", "a")
    assert found.error["type"] == TOO_MUCH
    assert "bytes of text, more than 1,000" in found.error["message"]


def test_formatted_value_is_limited(tmp_path):
    (tmp_path / "shown.py").write_text("def a():\n    return 1\n")
    (found,) = run(
        tmp_path, [ChildCall(module="shown", name="a", format="5000d")], [], tmp_path / "cache", Limits(text=MOST)
    )
    assert "it returns 5,000 bytes of text" in found.error["message"]


def test_pictures_have_a_bound_in_number_and_in_bytes(answers):
    code = (
        "import os\nfrom PIL import Image\n\n"
        f"def many():\n    return [Image.new('L', (1, 1))] * {OUTPUTS}\n\n"
        "def large():\n    return Image.frombytes('RGB', (2400, 2400), os.urandom(2400 * 2400 * 3))\n"
    )
    many, large = answers(code, "many", "large")
    assert "it draws 100 pictures, more than 98" in many.error["message"]
    assert f"more than {PICTURE:,}" in large.error["message"]


def test_the_size_of_a_text_is_that_of_its_bytes():
    assert (size("a"), size("七"), size("\ud800")) == (1, 3, 1)


def test_half_a_pair_becomes_a_question_mark(answers):
    (found,) = answers("def a():\n    print('\\ud800')\n    return '\\udfff'\n", "a")
    assert (found.printed, found.value) == ("?\n", "?")


TRACES = """
def down(n):
    return down(n + 1)

def far():
    down(0)

def message():
    raise ValueError("x" * 100_000)

def notes():
    error = OSError("no")
    for n in range(100):
        error.add_note("y" * 10_000)
    raise error

def odd():
    class Odd(Exception):
        def __str__(self):
            raise SystemExit
    raise Odd

def named():
    raise type("N" * 1000, (Exception,), {})
"""


def test_errors_are_told_in_short(answers):
    far, message, notes, odd, named = (one.error for one in answers(TRACES, "far", "message", "notes", "odd", "named"))
    lines = far["trace"].splitlines()
    assert lines.count("  shown.py:3 in down") == 3
    assert lines[-1].startswith("  [Previous line repeated ")
    assert lines[-1].endswith(" more times]")
    assert message["message"].startswith("xxx")
    assert "96,000 more characters" in message["message"]
    assert (len(notes["notes"]), len(notes["notes"][0]) < 5000) == (20, True)
    assert odd["message"] == "(its message cannot be had: SystemExit)"
    assert len(named["type"]) < 300


def test_of_many_files_that_are_read_some_are_named_and_the_others_counted(answers, tmp_path):
    code = "def a():\n    for n in range(10_020):\n        try: open(f'{n}.txt')\n        except OSError: pass\n"
    (found,) = answers(code.replace("f'{n}.txt'", f"f'{tmp_path}/{{n}}.txt'"), "a")
    assert (len(found.reads), found.more_reads) == (10_000, 20)


def test_forked_example_is_answered_once(answers):
    code = "import os\n\ndef a():\n    os.fork()\n    print('one')\n\ndef b():\n    print('two')\n"
    found = answers(code, "a", "b")
    assert [one.printed for one in found] == ["one\n", "two\n"]


def test_answered_example_is_not_waited_for(answers):
    """Neither for threads nor for what is to be done at exit."""
    code = (
        "import atexit, threading, time\n\n"
        "def a():\n    threading.Thread(target=time.sleep, args=(600,)).start()\n"
        "    atexit.register(time.sleep, 600)\n    print('done')\n"
    )
    (found,) = answers(code, "a", limits=Limits(seconds=60))
    assert (found.printed, found.error) == ("done\n", None)
