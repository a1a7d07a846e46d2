"""Hints name the command that was used, for the course that was named."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kejian.core import command_name

ROOT = Path(__file__).parents[3]
HINT = "run `kejian build`, or `kejian check --accept a.b`; not `kejian.toml` or `kejian`"


@pytest.mark.parametrize(
    "words, started",
    [
        (["python3", "build.py", "check"], "python3 build.py"),
        ([".venv/bin/python", "-X", "dev", "build.py"], ".venv/bin/python build.py"),
        (["python", "/a course/build.py"], "python '/a course/build.py'"),
        (["python", "/lib/kejian/__main__.py"], "python -m kejian"),
        (["python", "/lib/other/__main__.py"], "kejian"),
        (["python", "/nowhere/bin/kejian", "check"], "/nowhere/bin/kejian"),
        (["python", "/bin/pytest"], "kejian"),
        (["python", "-c"], "kejian"),
    ],
)
def test_the_command_that_was_used(words, started, monkeypatch):
    monkeypatch.setattr(sys, "orig_argv", words)
    monkeypatch.setattr(sys, "argv", [next(w for w in words[1:] if w == "-c" or "/" in w or w.endswith(".py"))])
    assert command_name.started() == started


def test_a_program_on_the_path_is_called_by_its_name(tmp_path, monkeypatch):
    (tmp_path / "kejian").write_text("#!/bin/sh\n")
    (tmp_path / "kejian").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "argv", [str(tmp_path / "kejian")])
    assert command_name.started() == "kejian"


@pytest.mark.parametrize(
    "course, started, said",
    [
        (".", "kejian", "run `kejian build`, or `kejian check --accept a.b`"),
        (".", "python build.py", "run `python build.py`, or `python build.py check --accept a.b`"),
        ("b", "python build.py", "run `python build.py build b`, or `python build.py check b --accept a.b`"),
        ("my course", "kejian", "run `kejian build 'my course'`, or `kejian check 'my course' --accept a.b`"),
    ],
)
def test_hints_name_it_and_the_course(course, started, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(command_name, "started", lambda: started)
    assert command_name.spoken(HINT, Path(course)) == f"{said}; not `kejian.toml` or `kejian`"


@pytest.mark.slow
def test_a_module_that_is_run_says_so(demo):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    words = [sys.executable, "-m", "kejian", "check", "--no-exec", "--codes"]
    said = subprocess.run(words, cwd=demo, env=environment, capture_output=True, text=True, check=True).stdout
    assert f"remove it with `{sys.executable} -m kejian clean --outputs`" in said


def test_no_module_names_a_command_in_another_way():
    own = [path for path in (ROOT / "kejian").rglob("*.py") if path.name not in ("command_name.py", "main.py")]
    assert [path.name for path in own if "python build.py" in path.read_text("utf-8")] == []
