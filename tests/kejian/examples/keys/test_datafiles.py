"""The content of declared data files."""

import os
from hashlib import sha256

import pytest

from kejian.core.disk.files import LIMIT, Folder
from kejian.examples.keys import datafiles


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "course" / "data" / "deep").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("secret")
    for name in ("a.txt", "b.txt", "deep/c.txt", "d.png"):
        (tmp_path / "course" / "data" / name).write_text(name)
    return Folder(tmp_path / "course")


@pytest.mark.parametrize(
    "pattern, names",
    [
        ("data/a.txt", ["data/a.txt"]),
        ("data/*.txt", ["data/a.txt", "data/b.txt"]),
        ("data/**/*.txt", ["data/a.txt", "data/b.txt", "data/deep/c.txt"]),
        ("data/[ab].*", ["data/a.txt", "data/b.txt"]),
    ],
)
def test_a_pattern_means_its_files_with_the_digests_of_their_content(folder, pattern, names):
    found = datafiles.digests(folder, pattern)
    assert found == {name: sha256(name.removeprefix("data/").encode()).hexdigest() for name in names}
    assert found.items() <= folder.reads.items()


@pytest.mark.parametrize(
    "pattern", ["data/x.txt", "data/*.gif", "../secret.txt", "../*.txt", "/etc/host*", "", "**a", "a\0"]
)
def test_a_pattern_without_files_of_the_course_has_no_digest(folder, pattern):
    assert datafiles.digests(folder, pattern) == {pattern: ""}


def test_a_link_that_leads_out_has_no_digest(folder):
    os.symlink(folder.root.parent / "secret.txt", folder.root / "data" / "link.txt")
    assert datafiles.digests(folder, "data/l*.txt") == {"data/link.txt": ""}


def test_a_file_too_large_for_memory_still_counts(folder):
    with (folder.root / "weights.bin").open("wb") as file:
        file.truncate(LIMIT + 1)
    before = datafiles.digests(folder, "weights.bin")["weights.bin"]
    with (folder.root / "weights.bin").open("r+b") as file:
        file.write(b"1")
    assert before != datafiles.digests(folder, "weights.bin")["weights.bin"] != ""
