"""The extension for VS Code: what its manifest and its snippets promise is there."""

import json
import re
from pathlib import Path

import pytest

from kejian.editor.course import EditedCourse
from kejian.editor.findings import findings
from kejian.editor.server import COMMANDS

FOLDER = Path(__file__).parents[3] / "editors" / "vscode"
MANIFEST = json.loads((FOLDER / "package.json").read_text("utf-8"))
SOURCES = {path.name: path.read_text("utf-8") for path in sorted((FOLDER / "src").glob("*.ts"))}
SNIPPETS = json.loads((FOLDER / "snippets" / "kejian.json").read_text("utf-8"))
FILES = {
    "slides/picture.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="3"/></svg>',
    "examples/__init__.py": "",
    "examples/module.py": "def function():\n    # region name\n    return 3\n    # endregion\n",
    "kejian.toml": 'editions = ["teacher"]\n',
}


def typed(snippet):
    """A snippet as it is when its author has gone through it and changed nothing."""
    text = "\n".join(snippet["body"])
    text = re.sub(r"\$\{\d+\|([^,|]*)[^|]*\|\}", r"\1", text)
    return re.sub(r"\$0", "", re.sub(r"\$\{\d+:([^}]*)\}", r"\1", text))


@pytest.mark.parametrize("name", SNIPPETS)
def test_a_snippet_is_read_as_it_is_written(name, tmp_path):
    text = typed(SNIPPETS[name])
    head = "" if text.startswith("<!-- slide") else "# One\n\n"
    for path, content in {
        **FILES,
        "slides/deck.md": f"<!-- slide -->\n\n# A\n\n<!-- slide -->\n\n{head}{text}\n",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(content, "utf-8")
    course = EditedCourse(root=tmp_path, unsaved={})
    assert [one for one in findings(course) if one.code != "no-title"] == []
    assert SNIPPETS[name]["description"]


def test_commands_of_the_manifest_are_registered():
    declared = {one["command"] for one in MANIFEST["contributes"]["commands"]}
    registered = set(re.findall(r'registerCommand\("([\w.]+)"', SOURCES["extension.ts"]))
    assert declared == registered
    used = {one["command"] for menu in MANIFEST["contributes"]["menus"].values() for one in menu}
    assert used <= declared


def test_what_the_extension_asks_is_what_the_server_answers():
    asked = set(re.findall(r'ask\("([\w.]+)"', SOURCES["extension.ts"]))
    assert asked == set(COMMANDS)
    assert not asked & {one["command"] for one in MANIFEST["contributes"]["commands"]}


def test_settings_that_are_read_are_declared():
    read = set(re.findall(r'getConfiguration\("kejian"\)\.get(?:<[^>]*>)?\("(\w+)"', "".join(SOURCES.values())))
    assert {f"kejian.{name}" for name in read} == MANIFEST["contributes"]["configuration"]["properties"].keys()


def test_tasks_find_problems_as_those_of_a_new_course_do():
    ours = MANIFEST["contributes"]["problemMatchers"][0]
    theirs = json.loads((FOLDER.parents[1] / ".vscode" / "tasks.json").read_text("utf-8"))["tasks"][-1][
        "problemMatcher"
    ]
    assert (ours["pattern"], ours["background"]) == (theirs["pattern"], theirs["background"])


def test_lock_file_names_no_host():
    assert '"resolved"' not in (FOLDER / "package-lock.json").read_text("utf-8")
