"""Child processes: real ones, with their limits."""

import pytest

from kejian.examples.answers import Limits
from kejian.examples.environment import SEED
from kejian.examples.run.subprocesses import ChildCall, run

MODULE = "demo_examples.shown"


@pytest.fixture
def answer(demo, tmp_path_factory):
    cache = tmp_path_factory.mktemp("cache")

    def one(name, *arguments, limits=None, **rest):
        return run(
            demo, [ChildCall(module=MODULE, name=name, positional=arguments, **rest)], [], cache, limits or Limits()
        )[0]

    return one


def test_what_is_printed_and_what_is_returned(answer):
    assert answer("text").printed == "accuracy: 0.5000\nloss: 0.1000\n"
    assert answer("value").value == "[0, 2, 4]"
    assert answer("count", 7).value == "7"
    assert answer("count", format=",").value == "61,706"
    assert answer("value", path=(2,)).value == "4"


def test_calls_of_one_child_are_answered_in_order(demo, tmp_path):
    names = ["value", "fails", "count"]
    answers = run(demo, [ChildCall(module=MODULE, name=name) for name in names], [], tmp_path / "cache", Limits())
    assert [a.value for a in answers] == ["[0, 2, 4]", None, "61706"]


def test_an_error_is_told_with_the_course_s_own_frames(answer):
    error = answer("fails").error
    assert (error["type"], error["message"]) == ("ValueError", "a kernel of 5 does not fit into 3")
    assert error["types"][:2] == ["ValueError", "Exception"]
    (line, source) = error["trace"].splitlines()
    assert line.strip().startswith("demo_examples/shown.py:")
    assert "raise ValueError" in source


@pytest.mark.parametrize(
    "code, words",
    [
        ("import socket; socket.create_connection(('127.0.0.1', 9))", "may not use the network"),
        ("import socket; socket.getaddrinfo('localhost', 80)", "may not use the network"),
        ("import os; os.system('true')", "may not use a shell"),
        ("import subprocess; subprocess.run(['true'])", "may not use another program"),
        ("import os; os.execv('/bin/true', ['true'])", "may not use another program"),
    ],
)
def test_the_network_and_other_programs_are_out_of_reach(answer, demo, code, words):
    with (demo / "demo_examples" / "shown.py").open("a") as file:
        file.write(f"\n\ndef out():\n    {code}\n")
    assert words in answer("out").error["message"]


def test_reads_are_noted_but_for_code_and_the_system(answer, demo):
    assert answer("undeclared").reads == (str((demo / "secret.txt").resolve()),)
    assert answer("text").reads == ()


def test_random_numbers_are_seeded(answer):
    assert answer("random_numbers").printed == answer("random_numbers").printed


def test_the_environment_is_pinned(answer, demo, monkeypatch):
    monkeypatch.setenv("SECRET_TOKEN", "x")
    with (demo / "demo_examples" / "shown.py").open("a") as file:
        file.write("\n\ndef env():\n    import os\n    return sorted(os.environ)\n")
    names = answer("env").value
    assert "PYTHONHASHSEED" in names
    assert "SECRET_TOKEN" not in names


def test_a_child_that_takes_too_long_is_stopped(answer):
    assert "ran longer than 0.5 s" in answer("slow", limits=Limits(seconds=0.5)).error["message"]


def test_a_child_that_takes_too_much_memory_is_stopped(answer, demo):
    with (demo / "demo_examples" / "shown.py").open("a") as file:
        file.write("\n\ndef grows():\n    kept = []\n    while True:\n        kept.append(bytearray(1 << 24))\n")
    assert "GiB of memory" in answer("grows", limits=Limits(memory=300 << 20)).error["message"]


def test_a_child_that_is_killed_says_so(answer, demo):
    with (demo / "demo_examples" / "shown.py").open("a") as file:
        file.write("\n\ndef dies():\n    import os, signal\n    os.kill(os.getpid(), signal.SIGKILL)\n")
    assert "ended with status -9" in answer("dies").error["message"]


def test_a_child_that_ignores_being_asked_is_killed(answer, demo):
    with (demo / "demo_examples" / "shown.py").open("a") as file:
        file.write(
            "\n\ndef deaf():\n    import signal, time\n    signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
            "    time.sleep(60)\n"
        )
    assert "ran longer" in answer("deaf", limits=Limits(seconds=0.5)).error["message"]


def test_leaving_the_interpreter_is_an_error_of_the_example(answer, demo):
    with (demo / "demo_examples" / "shown.py").open("a") as file:
        file.write("\n\ndef leaves():\n    raise SystemExit(3)\n")
    assert answer("leaves").error["type"] == "SystemExit"


def test_the_seed_is_a_number_that_numpy_takes():
    assert 0 <= SEED < 2**32
