"""The commands, as a person types them."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from kejian.cli.main import main

ROOT = Path(__file__).parents[3]


@pytest.fixture
def course(tmp_path):
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides" / "a.md").write_text("<!-- slide -->\n# 一\n![x](no.png)\n", encoding="utf-8")
    return tmp_path


def test_a_build_says_what_is_wrong_and_what_it_did(course, capsys):
    assert main([str(course)]) == 0
    said = capsys.readouterr().err
    assert "slides/a.md:3:6: warning[missing-picture]: the picture no.png is missing\n" in said
    assert "    ![x](no.png)\n         ^\n" in said
    assert "1 deck, 0 pages, 1 slide; 0 parts made, 0 reused, 0 examples run; 0 errors, 1 warning;" in said


def test_json_is_all_that_stands_on_standard_output(course, capsys):
    assert main(["build", str(course), "--format", "json"]) == 0
    said = capsys.readouterr()
    assert [found["code"] for found in json.loads(said.out)] == ["missing-picture"]
    assert said.err == ""


def test_strict_fails_and_publishes_nothing(course, capsys):
    assert main([str(course), "--strict"]) == 1
    assert "nothing published" in capsys.readouterr().err
    assert not (course / "site").exists()


def test_out_names_another_folder(course, tmp_path):
    assert main([str(course), "--out", str(tmp_path / "public"), "--quiet"]) == 0
    assert (tmp_path / "public" / "slides" / "a.html").exists()


@pytest.mark.parametrize("words", [["--no-such-option"], ["build", "a", "b"], ["--format", "xml"]])
def test_wrong_use(words, capsys):
    with pytest.raises(SystemExit) as e:
        main(words)
    assert e.value.code == 2
    assert "usage:" in capsys.readouterr().err


NEAR = {"biuld": "did you mean `build`?", "serv": "did you mean `serve`?"}


@pytest.mark.parametrize("word, meant", NEAR.items())
def test_a_command_that_was_perhaps_meant(word, meant, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main([word]) == 2
    assert f"there is neither a command nor a folder {word}; {meant}" in capsys.readouterr().err
    (tmp_path / word).mkdir()
    assert main([word]) == 1
    assert f"{word} holds no deck" in capsys.readouterr().err


def test_an_option_that_was_perhaps_meant(capsys):
    with pytest.raises(SystemExit):
        main(["check", "--strcit"])
    assert "unrecognized arguments: --strcit; did you mean --strict?" in capsys.readouterr().err


def test_the_course_around_is_built(course, capsys, monkeypatch):
    monkeypatch.chdir(course / "slides")
    assert main([]) == 0
    assert "kejian: the course is ..\n" in capsys.readouterr().err
    assert (course / "site" / "slides" / "a.html").exists()


@pytest.mark.parametrize("words", [["build"], ["check"], ["check", "--no-exec"]])
def test_a_folder_without_decks_is_an_error(words, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(words) == 1
    said = capsys.readouterr().err
    assert "error[no-decks]: . holds no deck" in said
    assert "new course`" in said


@pytest.mark.parametrize("words, said", [(["--port", "99999"], "error[no-port]"), (["nowhere"], "error[no-course]")])
def test_a_preview_that_cannot_be_says_so_in_one_line(words, said, capsys):
    assert main(["serve", *words]) == 1
    assert capsys.readouterr().err.startswith(f"kejian: {said}")


def test_help_and_version(capsys):
    for words in (["--help"], ["--version"], ["-V"]):
        with pytest.raises(SystemExit) as e:
            main(words)
        assert e.value.code == 0
    assert "build" in capsys.readouterr().out


def test_the_front_door_says_what_to_type_when_packages_are_missing(course):
    bare = subprocess.run(
        [sys.executable, "-S", "-I", ROOT / "build.py", course], capture_output=True, text=True, check=False
    )
    assert bare.returncode == 1
    assert "make site" in bare.stderr
    assert "Traceback" not in bare.stderr


def test_a_file_in_the_way_of_the_cache_is_an_error_that_names_it(course, capsys):
    (course / ".kejian").write_text("in the way")
    assert main([str(course)]) == 1
    said = capsys.readouterr().err
    assert "error[in-the-way]: " in said
    assert f"rm {course / '.kejian'}" in said
    assert not (course / "site").exists()


@pytest.mark.slow
def test_ctrl_c_leaves_the_site_as_it_was(tmp_path):
    (tmp_path / "slides").mkdir()
    deck = tmp_path / "slides" / "a.md"
    deck.write_text("<!-- slide -->\nold\n")
    main([str(tmp_path), "--quiet"])
    before = (tmp_path / "site" / "slides" / "a.html").read_bytes()
    deck.write_text("<!-- slide -->\n" + "".join(f"$x_{{{n}}}$ " for n in range(4000)))
    build = subprocess.Popen(
        [sys.executable, ROOT / "build.py", tmp_path], stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    while not psutil.Process(build.pid).children():  # Node, which typesets
        time.sleep(0.05)
    os.killpg(build.pid, signal.SIGINT)
    said = build.communicate(timeout=60)[1]
    assert build.returncode == 1
    assert "interrupted: the site is as it was" in said
    assert "Traceback" not in said
    assert (tmp_path / "site" / "slides" / "a.html").read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == [".kejian", "site", "slides"]


def test_keep_going_publishes_what_it_can_and_fails_all_the_same(course, capsys):
    (course / "slides/a.md").write_text("<!-- slide -->\n# Still here\n\n$$\\frac{1$$\n", "utf-8")
    assert main([str(course), "--strict", "--keep-going"]) == 1
    assert "published with errors" in capsys.readouterr().err
    text = (course / "site/slides/a.html").read_text("utf-8")
    assert "Still here" in text
    assert 'class="problem' in text


def test_keep_going_publishes_nothing_where_the_course_itself_is_wrong(course, capsys):
    (course / "kejian.toml").write_text('logo = "none.png"\n', "utf-8")
    assert main([str(course), "--keep-going"]) == 1
    assert "nothing published" in capsys.readouterr().err
