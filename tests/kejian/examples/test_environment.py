"""What a course's settings let examples have: in the key, and in a child."""

import pytest

from kejian.core import config
from kejian.core.disk.files import Folder
from kejian.examples.answers import Limits
from kejian.examples.environment import PINNED, ExampleEnvironment
from kejian.examples.run.subprocesses import ChildCall, run
from kejian.pipeline.build import build
from kejian.pipeline.report import Options

TODAY = {"environment": "249f7da2bc31", "runner": "2", "seed": "20261124"}


def limits(text):
    course, wrong = config.read(text)
    assert wrong == ()
    return Limits.of(course)


def test_the_defaults_are_in_each_key_as_they_always_were():
    assert ExampleEnvironment().settings() == limits("").around.settings() == TODAY
    assert ExampleEnvironment().environment() == PINNED
    assert limits("") == Limits()


@pytest.mark.parametrize(
    "text, more",
    [
        ("threads = 4", {"threads": "4"}),
        ("gpu = true", {"gpu": "true"}),
        ("environment = {KERAS_BACKEND = 'torch'}", {"environment KERAS_BACKEND": None}),
        ("[environment]\nTZ = 'Asia/Shanghai'", {"environment TZ": None}),
    ],
)
def test_what_changes_outputs_is_in_each_key(text, more):
    found = limits(text).around.settings()
    assert found.keys() == TODAY.keys() | more.keys()
    assert found["environment"] != TODAY["environment"]
    assert all(found[name] == value for name, value in more.items() if value)


def test_what_does_not_change_outputs_is_not():
    found = limits("seconds = 5\nmemory = 512\noutput_limit = 2000")
    assert (found.seconds, found.memory, found.text) == (5, 512 << 20, 2000)
    assert found.around.settings() == TODAY


def test_an_example_finds_what_the_settings_say(tmp_path, monkeypatch):
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "7")
    (tmp_path / "shown.py").write_text("import os\n\ndef seen(*names):\n    return [*map(os.environ.get, names)]\n")
    names = ("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "CUDA_VISIBLE_DEVICES", "GREETING", "TZ", "LANG")

    def seen(text):
        (found,) = run(
            tmp_path, [ChildCall(module="shown", name="seen", positional=names)], [], tmp_path / "cache", limits(text)
        )
        return found.value

    assert seen("") == "['1', '1', '-1', None, 'UTC', 'C.UTF-8']"
    text = "threads = 4\ngpu = true\nenvironment = {GREETING = '你好', TZ = 'Asia/Shanghai', TMPDIR = '/tmp'}"
    assert seen(text) == "['4', '4', '7', '你好', 'Asia/Shanghai', 'C.UTF-8']"


def test_only_a_course_that_is_trusted_sets_the_environment(tmp_path):
    (tmp_path / "kejian.toml").write_text("title = 'x'\nthreads = 2\n\n[environment]\nA = 'b'\n")
    folder = Folder(tmp_path)
    course, (found,) = config.untrusted(folder, config.load(folder)[0])
    assert (course.environment, course.threads) == ({}, 2)
    assert (found.code, found.span.line) == ("setting-not-trusted", 4)


def test_a_limit_of_the_course_counts_where_the_import_names_none(tmp_path):
    deck = '<!-- slide -->\n# {0}\n@import "../demo_examples/m.py" {{symbol=slow cmd=true {1}}}\n'
    (tmp_path / "slides").mkdir()
    (tmp_path / "demo_examples").mkdir()
    (tmp_path / "demo_examples" / "__init__.py").write_text("")
    (tmp_path / "demo_examples" / "m.py").write_text("import time\n\ndef slow():\n    time.sleep(3)\n    return 1\n")
    (tmp_path / "kejian.toml").write_text("seconds = 0.5\n")
    (tmp_path / "slides" / "a.md").write_text(deck.format("A", ""))
    (found,) = build(Options(course=tmp_path, out=tmp_path / "site", today="2026-11-24")).diagnostics
    assert "it ran longer than 0.5 s; raise `timeout=` on the import or `seconds` in kejian.toml" in found.message
    (tmp_path / "slides" / "a.md").write_text(deck.format("A", "timeout=60"))
    assert build(Options(course=tmp_path, out=tmp_path / "site", today="2026-11-24")).diagnostics == ()
