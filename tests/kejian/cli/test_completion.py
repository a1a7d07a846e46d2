"""Completion as shells do it: bash is asked, the others' scripts are looked at."""

import subprocess

import pytest

from kejian.cli.main import COMMANDS, main

ASK = """
set -e
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
made=$(complete -p kejian | sed 's/.*-F \\([^ ]*\\).*/\\1/')
$made
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture
def completed(tmp_path, capsys):
    """What bash offers for the last of these words."""
    assert main(["completion", "bash"]) == 0
    (tmp_path / "kejian.bash").write_text(capsys.readouterr().out, "utf-8")

    def ask(*words):
        command = ["bash", "--norc", "-c", ASK, "bash", "./kejian.bash", "kejian", *words]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
        return set(done.stdout.split())

    return ask


def test_commands(completed):
    assert completed("") >= set(COMMANDS)
    assert completed("ex") == {"export", "explain"}


def test_options_and_their_words(completed):
    assert completed("build", "--no") == {"--no-exec"}
    assert completed("pdf", "--paper", "") >= {"a4", "letter"}
    assert completed("completion", "") >= {"bash", "zsh", "fish"}


def test_paths_are_files_or_folders(completed, tmp_path):
    (tmp_path / "slides").mkdir()
    (tmp_path / "slideshow.ipynb").touch()
    assert completed("build", "sli") == {"slides"}
    assert completed("import", "sli") == {"slides", "slideshow.ipynb"}


@pytest.mark.parametrize(("shell", "begins"), [("zsh", "#compdef kejian"), ("fish", "#")])
def test_other_shells(shell, begins, capsys):
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert script.startswith(begins)
    assert "single-file" in script
