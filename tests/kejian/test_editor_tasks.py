"""VS Code's tasks: their problem matchers read what the commands really print."""

import json
import re
from pathlib import Path

import pytest

from kejian.cli import serve
from kejian.cli.main import main
from kejian.core.diagnostics import Span, warning
from kejian.preview.rebuild import Preview

ROOT = Path(__file__).parents[2]
FILES = [ROOT / ".vscode" / "tasks.json", ROOT / "templates" / "new" / "dot-vscode" / "tasks.json"]
DECK = """<!-- slide -->

# 一

![图](gone.png)

@import "../demo_examples/shown.py" {symbol="gone" cmd=true}

<!-- slide -->

[x](#gone)
"""


@pytest.fixture(params=FILES, ids=["this repository", "a new course"])
def tasks(request):
    """The tasks of a file by their labels."""
    return {task["label"]: task for task in json.loads(request.param.read_text("utf-8"))["tasks"]}


def problems(task, said):
    """What VS Code would list: the groups that the matcher names, for each line that it matches."""
    pattern = task["problemMatcher"]["pattern"]
    groups = ("file", "line", "column", "severity", "code")
    found = (re.search(pattern["regexp"], line, re.ASCII) for line in said.splitlines())
    return [tuple(one[pattern[group]] for group in groups) for one in found if one]


@pytest.fixture
def course(demo):
    (demo / "slides" / "deck.md").write_text(DECK, "utf-8")
    return demo


def test_what_a_build_prints(tasks, course, capsys):
    assert main(["build", str(course)]) == 1
    assert problems(tasks["build"], capsys.readouterr().err) == [
        ("slides/deck.md", "5", "6", "warning", "missing-picture"),
        ("slides/deck.md", "7", "1", "error", "symbol-missing"),
    ]


def test_what_a_check_prints(tasks, course, capsys):
    main(["check", str(course)])
    assert problems(tasks["check"], capsys.readouterr().err) == [
        ("slides/deck.md", "5", "6", "warning", "missing-picture"),
        ("slides/deck.md", "7", "1", "error", "symbol-missing"),
        ("slides/deck.md", "9", "1", "hint", "no-title"),
        ("slides/deck.md", "11", "5", "warning", "missing-anchor"),
    ]


def test_drift_is_matched_as_well(tasks, demo, capsys):
    (demo / "slides" / "deck.md").write_text("<!-- slide -->\n\n# 一\n\n`{python} shown.count()`\n", "utf-8")
    main(["check", str(demo)])
    assert problems(tasks["check"], capsys.readouterr().err) == [("slides/deck.md", "5", "11", "error", "drift")]


def test_a_message_is_matched_to_its_end(tasks):
    pattern = tasks["build"]["problemMatcher"]["pattern"]
    found = re.search(pattern["regexp"], "a b/课.md:903:1: hint[no-title]: `x`: 1:2: error[y]: z")
    assert (found[pattern["file"]], found[pattern["message"]]) == ("a b/课.md", "`x`: 1:2: error[y]: z")


def test_serve_says_where_a_build_begins_and_ends(tasks, course, capsys):
    preview = Preview(
        course=course,
        emit=lambda event, data: None,
        today=lambda: "2026-11-24",
        on_findings=serve.findings_printer(course),
    )
    preview.rebuild()
    lines = capsys.readouterr().err.splitlines()
    background = tasks["serve"]["problemMatcher"]["background"]
    begins = [n for n, line in enumerate(lines) if re.search(background["beginsPattern"], line)]
    ends = [n for n, line in enumerate(lines) if re.search(background["endsPattern"], line)]
    assert (begins, ends) == ([0], [len(lines) - 1])
    assert [found[4] for found in problems(tasks["serve"], "\n".join(lines))] == ["missing-picture", "symbol-missing"]
    assert tasks["serve"]["isBackground"]


def test_the_commands_that_tasks_run_are_there(tasks):
    for task in tasks.values():
        words = [word for word in task["args"] if word != "build.py"]
        with pytest.raises(SystemExit) as ended:
            main([*words, "--help"])
        assert ended.value.code == 0
    assert all(file.read_text("utf-8").endswith("}\n") for file in FILES)


def test_the_line_of_a_finding_is_what_the_matcher_reads(tasks, capsys, tmp_path):
    serve.findings_printer(tmp_path)([warning("code", Span("a.md", 2, 3), "words", "hint")])
    assert problems(tasks["serve"], capsys.readouterr().err) == [("a.md", "2", "3", "warning", "code")]
