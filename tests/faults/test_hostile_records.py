"""A checkout whose record is beyond all bounds, or no file at all: a finding that names it, no traceback, no hang."""

import json
import os
import shutil
import socket

import pytest

from tests.faults.real_builds import is_well, run, tree

pytestmark = pytest.mark.slow

META = "slides/outputs/shown.text.json"
TEXT = "slides/outputs/shown.text.txt"


def meta(**fields):
    def changed(path):
        path.write_text(json.dumps(json.loads(path.read_text()) | fields))

    return changed


def instead(make):
    def changed(path):
        path.unlink()
        make(path)

    return changed


def bound(path):
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(path))


FILE = {"file": "shown.text.txt", "kind": "text", "digest": "0"}
SHAPES = {
    "text beyond the bound": (TEXT, lambda path: path.write_text("x" * 1_100_000), "is larger than 1,000,001 bytes"),
    "text of 70 MB": (TEXT, lambda path: os.truncate(path, 70_000_000), "is larger than 1,000,001 bytes"),
    "text without end": (TEXT, lambda path: os.truncate(path, 1 << 40), "is larger than 1,000,001 bytes"),
    "text that is a folder": (TEXT, instead(os.mkdir), "is a folder, not a file"),
    "text that is a pipe": (TEXT, instead(os.mkfifo), "is a pipe, not a file"),
    "text that is a socket": (TEXT, instead(bound), "is a socket, not a file"),
    "text that is a link": (TEXT, instead(lambda path: path.symlink_to("/etc/passwd")), "is a link, not a file"),
    "text that is a device": (TEXT, instead(lambda path: path.symlink_to("/dev/zero")), "is a link, not a file"),
    "metadata without end": (META, lambda path: os.truncate(path, 1 << 40), "is larger than 4,194,304 bytes"),
    "metadata that is a pipe": (META, instead(os.mkfifo), "is a pipe, not a file"),
    "metadata that is a folder": (META, instead(os.mkdir), "is a folder, not a file"),
    "deep metadata": (META, lambda path: path.write_text("[" * 1_000_000), "was edited"),
    "a huge number": (META, lambda path: path.write_text('{"seed": ' + "9" * 10_000 + "}"), "was edited"),
    "an infinite number": (META, lambda path: path.write_text('{"seconds": 1e999}'), "was edited"),
    "no number": (META, lambda path: path.write_text('{"seconds": NaN}'), "was edited"),
    "half a pair": (META, lambda path: path.write_text('{"call": "\\ud800"}'), "was edited"),
    "other types": (META, meta(outputs={"a": 1}, parts=5), "was edited"),
    "a million outputs": (META, meta(outputs=[FILE] * 30_000), "was edited"),
    "a call of a megabyte": (META, meta(call="x" * 1_000_000), "was edited"),
    "a negative time": (META, meta(seconds=-1e300), "was edited"),
}


@pytest.mark.parametrize("file, change, words", SHAPES.values(), ids=SHAPES)
def test_hostile_record_is_reported_and_not_shown(warm, monkeypatch, file, change, words):
    monkeypatch.chdir(warm)  # a socket's path is short
    shutil.rmtree(warm / ".kejian")
    change(warm / file)
    done = run(warm, "build", "--no-exec", timeout=120)
    assert "Traceback" not in done.stderr
    found = [line for line in done.stderr.splitlines() if "not-verified" in line]
    assert any(f"{os.path.basename(file)} {words}" in line for line in found), done.stderr
    assert all(len(data) < 5_000_000 for _, data in tree(warm / "site").values())


@pytest.mark.parametrize(
    "name", ["text beyond the bound", "text that is a pipe", "deep metadata", "metadata that is a pipe"]
)
def test_the_next_build_records_it_anew(warm, monkeypatch, name):
    monkeypatch.chdir(warm)
    file, change, _ = SHAPES[name]
    change(warm / file)
    is_well(warm)


def test_a_folder_where_a_file_belongs_is_to_be_removed(warm):
    (warm / TEXT).unlink()
    (warm / TEXT).mkdir()
    (warm / TEXT / "kept").write_text("foreign")
    before = tree(warm / "site")
    done = run(warm, "build", timeout=120)
    assert done.returncode == 1
    assert f"{TEXT}: a folder is where the record has a file: remove it" in done.stderr
    assert "Traceback" not in done.stderr
    assert (warm / TEXT / "kept").exists()
    assert tree(warm / "site") == before


def test_an_output_that_is_gone_hides_no_other_one(warm):
    """What comes after it keeps its own file."""
    outputs = warm / "slides" / "outputs"
    (outputs / "shown.text.2.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    meta(outputs=[FILE, {"file": "shown.text.2.svg", "kind": "picture", "digest": "0"}])(warm / META)
    (warm / TEXT).unlink()
    done = run(warm, "build", "--no-exec", timeout=120)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    assert b'outputs/shown.text.2.svg"' in (warm / "site" / "slides" / "a.html").read_bytes()
    assert (warm / "site" / "slides" / "outputs" / "shown.text.2.svg").is_file()


def test_check_says_it_as_well(warm):
    os.truncate(warm / TEXT, 70_000_000)
    done = run(warm, "check", timeout=120)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "because shown.text.txt is larger than 1,000,001 bytes" in done.stderr
