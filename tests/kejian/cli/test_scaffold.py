"""`new`: a course that builds and checks at once."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from kejian import __version__
from kejian.checks.examples import check
from kejian.cli.main import main
from kejian.cli.scaffold import FolderNotEmptyError, create
from kejian.pipeline.build import build
from kejian.pipeline.report import Options

ROOT = Path(__file__).parents[3]


@pytest.fixture
def course(tmp_path):
    create(tmp_path / "我的课")
    return tmp_path / "我的课"


def test_a_new_course_builds_and_checks_without_a_finding(course):
    report = build(Options(course=course, out=course / "site", today="2026-11-24"))
    assert (report.diagnostics, report.decks, report.slides, report.ran) == ((), 1, 2, 2)
    assert "我的课" in (course / "site" / "slides" / "first.html").read_text("utf-8")
    checked = check(course, lambda words: None, "2026-11-24")
    assert (checked.diagnostics, checked.examples) == ((), 2)


def test_new_course_has_a_test_of_its_example(course):
    subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"], cwd=course, check=True)


@pytest.fixture
def workflow(course):
    return yaml.safe_load((course / ".github" / "workflows" / "course.yml").read_text("utf-8"))


def steps(workflow, word):
    return [step[word] for job in workflow["jobs"].values() for step in job["steps"] if word in step]


def test_workflow_checks_before_it_publishes(workflow):
    runs = [step["run"] for step in workflow["jobs"]["check"]["steps"] if "run" in step]
    assert runs[-4:] == ["kejian setup", "python -m pytest -q", "kejian check", "kejian build --strict"]
    assert workflow["jobs"]["deploy"]["needs"] == "check"
    assert f"kejian=={__version__}" in " ".join(runs)


def test_workflow_has_read_permission_and_only_its_deployment_can_publish(workflow):
    assert workflow["permissions"] == {"contents": "read"}
    rights = {name: job.get("permissions") for name, job in workflow["jobs"].items()}
    assert rights == {"check": None, "deploy": {"pages": "write", "id-token": "write"}}
    assert workflow["jobs"]["deploy"]["if"] == "github.event_name == 'push' && github.ref == 'refs/heads/main'"
    assert [step for step in workflow["jobs"]["deploy"]["steps"] if "run" in step] == []
    assert set(workflow[True]) == {"push", "pull_request"}  # YAML reads `on` as a truth


def test_workflow_keeps_no_credentials_and_has_a_timeout(workflow):
    (checkout,) = [step for step in workflow["jobs"]["check"]["steps"] if "checkout" in step.get("uses", "")]
    assert checkout["with"] == {"persist-credentials": False}
    assert all(job["timeout-minutes"] <= 60 for job in workflow["jobs"].values())


def test_workflow_pins_its_actions(course, workflow):
    used = steps(workflow, "uses")
    assert len(used) == 4
    assert all(re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", one) for one in used)
    text = (course / ".github" / "workflows" / "course.yml").read_text("utf-8")
    assert len(re.findall(r"@[0-9a-f]{40} # v\d+\.\d+\.\d+$", text, re.MULTILINE)) == 4
    assert "${{ github.event." not in text.replace("github.event_name", "")
    installs = [run for run in steps(workflow, "run") if "pip install" in run]
    assert ["--require-hashes" in run or "--no-deps" in run for run in installs] == [True, True]


def test_requirements_are_those_of_the_generator_with_hashes(course):
    text = (course / "requirements.txt").read_text("utf-8")
    found = dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = {re.split(r"[>=<; ]", one)[0] for one in project["dependencies"]} | {"pytest"}
    assert wanted <= set(found)
    tested = dict(
        re.findall(r"^([\w.-]+)==(\S+)", (ROOT / "requirements" / "test.txt").read_text("utf-8"), re.MULTILINE)
    )
    assert {name: version for name, version in found.items() if tested.get(name) != version} == {}
    blocks = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in block for block in blocks)


def test_new_course_has_gitignore_and_editor_tasks(course):
    assert "site/" in (course / ".gitignore").read_text("utf-8")
    assert '"problemMatcher"' in (course / ".vscode" / "tasks.json").read_text("utf-8")


def test_existing_files_are_never_overwritten(tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(FolderNotEmptyError):
        create(tmp_path)
    assert main(["new", str(tmp_path)]) == 1
    assert "it holds mine.txt already" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_new_repository_will_do_and_what_is_there_stays(tmp_path, monkeypatch, capsys):
    for name in (".git/HEAD", "README.md", "LICENSE", ".gitignore"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("mine")
    monkeypatch.chdir(tmp_path)
    assert main(["new", "."]) == 0
    assert "  .gitignore\n" not in capsys.readouterr().err
    assert (tmp_path / "slides" / "first.md").is_file()
    assert {(tmp_path / name).read_text() for name in (".git/HEAD", "README.md", "LICENSE", ".gitignore")} == {"mine"}
    assert main(["build"]) == 0


def test_a_course_that_cannot_be_written_leaves_nothing(tmp_path, capsys):
    (tmp_path / ".vscode").write_text("no folder")
    assert main(["new", str(tmp_path)]) == 1
    assert "error[not-created]" in capsys.readouterr().err
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [".vscode"]


def test_an_empty_folder_will_do(tmp_path):
    (tmp_path / "empty").mkdir()
    assert "kejian.toml" in create(tmp_path / "empty")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["empty"]


def test_the_command_says_what_to_type_next(tmp_path, capsys):
    assert main(["new", str(tmp_path / "c")]) == 0
    assert f"serve {tmp_path / 'c'} --open`" in capsys.readouterr().err
    assert (tmp_path / "c" / "slides" / "first.md").is_file()


def test_the_files_are_read_from_the_templates():
    assert Path(__file__).parents[3].joinpath("templates", "new", "slides", "first.md").is_file()
