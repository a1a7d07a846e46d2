"""A build after which nothing has changed does nothing; every change that a build would see, makes it one."""

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from kejian import glance as glance_module
from kejian import pipeline
from kejian.cli import main
from kejian.glance import glance

ROOT = Path(__file__).parents[2]
DECK = """---
title: 一
---
<!-- slide -->
# 一
![点](dot.svg)

@import "../parts/part.md"

[二](../extra/two.md)
"""
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="3"/></svg>'


@pytest.fixture
def course(tmp_path):
    files = {
        "slides/a.md": DECK,
        "parts/part.md": "引入\n",
        "slides/dot.svg": DOT,
        "extra/two.md": "# 二\n",
        "kejian.toml": 'title = "课"\n',
        "templates/macros/NOTE.html": "{# NOTE words #}<p>{{ words }}</p>\n",
        "unused.txt": "无关\n",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    return tmp_path


@pytest.fixture
def built(course, monkeypatch, capsys):
    """Builds the course, and says whether the pipeline was asked."""
    asked = []
    real = pipeline.build
    monkeypatch.setattr(pipeline, "build", lambda options: asked.append(options) or real(options))

    def build(*words):
        asked.clear()
        status = main(["build", str(course), *words])
        said = capsys.readouterr()
        return len(asked), status, said.err + said.out

    return build


def test_the_second_build_says_the_same_and_does_nothing(built):
    first = built()
    second = built()
    assert (first[0], second[0]) == (1, 0)
    assert second[2].startswith(first[2].split("kejian: ")[0])
    assert "1 deck, 1 page, 1 slide; 0 holes filled" in second[2]
    assert "0 files new" in second[2]


def test_findings_are_told_again(built, course):
    (course / "parts/part.md").write_text("![](gone.png)\n")
    first, second = built("--format", "json"), built("--format", "json")
    assert (first[0], second[0]) == (1, 0)
    assert [found["code"] for found in json.loads(second[2])] == ["missing-picture"]
    assert "parts/part.md:1:5" in built()[2]


CHANGES = {
    "a deck": lambda c: (c / "slides/a.md").write_text(DECK + "\n新\n"),
    "an import": lambda c: (c / "parts/part.md").write_text("另\n"),
    "a picture": lambda c: (c / "slides/dot.svg").write_text(DOT.replace("3", "4")),
    "a picture gone": lambda c: (c / "slides/dot.svg").unlink(),
    "a linked page": lambda c: (c / "extra/two.md").write_text("# 2\n"),
    "a new deck": lambda c: (c / "slides/b.md").write_text("<!-- slide -->\nx\n"),
    "a deck with another name": lambda c: (c / "slides/a.md").rename(c / "slides/c.md"),
    "the settings": lambda c: (c / "kejian.toml").write_text('title = "另"\n'),
    "a template": lambda c: (c / "templates/macros/NOTE.html").write_text("{# NOTE words #}<b>{{ words }}</b>\n"),
    "a new template": lambda c: (c / "templates/page.html").write_text("<html></html>"),
    "macros that were not there": lambda c: (c / "macros.json").write_text("{}"),
    "a page of the site gone": lambda c: (c / "site/slides/a.html").unlink(),
    "a page of the site cut": lambda c: os.truncate(c / "site/slides/a.html", 9),
    "the site gone": lambda c: (c / "site").rename(c / "elsewhere"),
    "a link turned": lambda c: (
        (c / "slides/dot.svg").rename(c / "x.svg") and (c / "slides/dot.svg").symlink_to("../x.svg")
    ),
    "a note of another version": lambda c: _older(next((c / ".kejian/seen").iterdir())),
    "the note damaged": lambda c: _flip(next((c / ".kejian/seen").iterdir())),
    "the note cut": lambda c: os.truncate(next((c / ".kejian/seen").iterdir()), 70),
}


def _older(file):
    """The note as a version wrote it that knew less: whole, and without one of its parts."""
    kept = json.loads(file.read_bytes().partition(b"\n")[2])
    del kept["large"]
    text = json.dumps(kept).encode()
    file.write_bytes(sha256(text).hexdigest().encode() + b"\n" + text)


def _flip(file):
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen(change, built, course):
    built()
    assert built()[0] == 0
    CHANGES[change](course)
    assert built()[0] == 1
    assert built()[0] == 0


def test_a_change_is_seen_whatever_the_clock_says(built, course):
    """Same size, same time: contents decide."""
    deck = course / "slides/a.md"
    built()
    before = deck.stat()
    deck.write_text(DECK.replace("title: 一", "title: 二"), "utf-8")
    os.utime(deck, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert built()[0] == 1


def test_a_large_file_is_known_by_its_times_unless_it_is_new(course):
    """Hashing a data set in every build would cost more than the rest; the time of its last change cannot be set."""
    large = course / "slides/large.bin"
    large.write_bytes(bytes(glance_module.LARGE))
    reads = {"slides/large.bin": sha256(large.read_bytes()).hexdigest()}
    said = glance_module.Said("", "", "nothing")
    main([str(course), "--quiet"])
    for age in (0, 10**10):  # written while the build ran; long before
        seen = glance(course, course / "site")
        seen._replace(began=seen.began + age).remember(said, reads)
        kept = json.loads(seen.note.read_bytes().partition(b"\n")[2])["large"]
        assert list(kept) == (["slides/large.bin"] if age else [])
        assert glance(course, course / "site").recall("2026-01-01") == said
    before = large.stat()
    with large.open("r+b") as file:
        file.write(b"other")
    os.utime(large, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert glance(course, course / "site").recall("2026-01-01") is None


def test_what_no_build_reads_changes_nothing(built, course):
    built()
    (course / "unused.txt").write_text("另一个\n")
    (course / ".git").mkdir()
    (course / ".git/HEAD").write_text("x")
    assert built()[0] == 0


def test_another_wish_is_another_build(built, course):
    (course / "parts/part.md").write_text("![](gone.png)\n")
    built()
    assert built("--strict")[:2] == (1, 1)
    assert built("--strict")[:2] == (1, 1)
    public = str(course / "public")
    assert built("--out", public)[0] == 1
    assert built()[0] == 1  # there is a folder more in the course
    assert [built()[0], built("--out", public)[0], built()[0]] == [0, 0, 0]


def test_a_failed_build_is_not_taken_for_done(built, course):
    built()
    (course / "kejian.toml").write_text("title = [")
    assert built()[:2] == (1, 1)
    assert built()[:2] == (1, 1)


def test_a_build_that_runs_nothing_leaves_the_rest_to_the_next(demo, capsys):
    main([str(demo), "--no-exec"])
    assert "not-verified" in capsys.readouterr().err
    assert main([str(demo)]) == 0
    assert "0 examples run" not in capsys.readouterr().err


def test_nothing_that_builds_is_imported(course):
    main([str(course), "--quiet"])
    script = (
        "import sys; from kejian.cli import main; status = main(sys.argv[1:]); "
        "heavy = {'markdown_it', 'jinja2', 'msgspec', 'pygments', 'kejian.pipeline', 'dataclasses'}; "
        "loaded = heavy & set(sys.modules); "
        "sys.exit(f'{status} {loaded}' if status or loaded else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, course, "--quiet"], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_two_sites_of_a_course_are_not_mixed_up(course):
    one, other = glance(course, course / "site"), glance(course, course / "public")
    assert one.note != other.note
