"""What is installed, what is missing, and what to type."""

import pytest

from kejian.cli.main import main
from kejian.core import toolchain
from kejian.makers.mermaid import choice


def test_each_part_has_a_line(capsys):
    assert main(["doctor"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line[8:].split("  ")[0].strip() for line in lines[:4]] == ["kejian", "Python", "Node", "page parts"]
    assert {line[:7] for line in lines} <= {"ok     ", "absent "}
    assert any(line.startswith("ok      extra examples") and "numpy 2" in line for line in lines)


def test_missing_required_part_is_an_error_with_what_to_type(capsys, monkeypatch):
    monkeypatch.setattr(toolchain, "is_complete", lambda: False)
    assert main(["doctor"]) == 1
    (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("MISSING")]
    assert line.endswith("type `kejian setup`")


@pytest.mark.parametrize("name", ["", "/no/such/chromium"])
def test_a_missing_browser_is_only_absent(capsys, monkeypatch, name):
    monkeypatch.setenv("PATH", "/no/such/folder")
    monkeypatch.setenv("PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH", name)
    assert main(["doctor"]) == 0
    (line,) = [line for line in capsys.readouterr().out.splitlines() if " Chromium " in line]
    assert line.startswith("absent ")
    assert "type " in line


def test_without_an_engine_of_mermaid_one_is_named(capsys, monkeypatch):
    monkeypatch.setattr(choice, "versions", lambda: "")
    assert main(["doctor"]) == 0
    (line,) = [line for line in capsys.readouterr().out.splitlines() if " Mermaid " in line]
    assert line.startswith("absent ")
    assert "-m pip install merman`, or mermaidx" in line
