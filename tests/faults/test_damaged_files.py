"""Flipped bits, cut and emptied files, in all that a build keeps and in the site: the next build equals a clean one."""

import os
import random
import shutil
import socket

import pytest

from kejian.core.disk.store import Store
from tests.faults.real_builds import ROUNDS, built, clean, is_well, tree

pytestmark = pytest.mark.slow

CHANCE = random.Random(int.from_bytes(os.urandom(4)))


def flipped(data):
    place = CHANCE.randrange(len(data))
    return data[:place] + bytes([data[place] ^ 1 << CHANCE.randrange(8)]) + data[place + 1 :]


DAMAGE = {
    "a bit flipped": flipped,
    "cut": lambda data: data[: CHANCE.randrange(len(data))],
    "emptied": lambda data: b"",
    "longer": lambda data: data + b"\0",
    "something else": lambda data: b'{"files": [1]}',
}


def harm(files, *damages):
    """Damage files in one of these ways each, or in any."""
    for file in files:
        if file.is_file() and not file.is_symlink() and file.stat().st_size:
            damage = CHANCE.choice(damages or [*DAMAGE.values()])
            file.write_bytes(damage(file.read_bytes()))


@ROUNDS
def test_all_that_is_kept_is_damaged(warm):
    harm((warm / ".kejian").rglob("*"))
    is_well(warm)
    harm((warm / ".kejian").rglob("*"))
    shutil.rmtree(warm / "site")
    is_well(warm)


@ROUNDS
def test_all_of_the_site_is_damaged(warm):
    """But for the manifest, without which the folder would count as foreign."""
    harm(path for path in (warm / "site").rglob("*") if path.name != "manifest.json")
    is_well(warm)
    harm((warm / "site").rglob("*.html"))
    harm((warm / ".kejian").rglob("*"))
    is_well(warm)


@ROUNDS
def test_some_of_all_is_damaged_and_some_is_gone(warm):
    files = [file for folder in (".kejian", "site") for file in sorted((warm / folder).rglob("*")) if file.is_file()]
    files = [file for file in files if file.name != "manifest.json"]
    harm(CHANCE.sample(files, len(files) // 3))
    for file in CHANCE.sample(files, len(files) // 5):
        file.unlink()
    is_well(warm)


def test_the_record_is_damaged(warm):
    """An output that was changed runs again; what it says now is what the code shows."""
    harm((warm / "slides" / "outputs").iterdir(), DAMAGE["cut"])
    is_well(warm)


def test_a_damaged_cache_is_not_relied_on_for_one_file(warm):
    built(warm, "--single-file")
    harm((warm / ".kejian").rglob("*"), flipped)
    shutil.rmtree(warm / "site")
    assert built(warm, "--single-file") == clean(warm, "--single-file")


def test_file_modes_of_a_damaged_site_are_restored(warm):
    (warm / "slides" / "b.md").write_text("<!-- slide -->\n\n# 新\n")
    for path in (warm / "site").rglob("*"):
        path.chmod(0o700)
    assert built(warm) == clean(warm)
    assert {mode for mode, _ in tree(warm / "site").values()} == {"0o644", "0o755"}


def entries(course):
    """The files of the course's cache."""
    return sorted(path for path in (course / ".kejian" / "cache").rglob("*") if path.is_file())


def bound(path):
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(path))


def sealed(path):
    """What is no content of any kind, kept as if it were."""
    folder = path.parent.parent
    path.unlink()
    Store(folder).put(path.parent.name + path.name, CHANCE.randbytes(40))


def replaced(make):
    def shape(path):
        path.unlink()
        make(path)

    return shape


SHAPES = {
    "a folder": replaced(os.mkdir),
    "a folder with files": replaced(lambda path: shutil.copytree(path.parent, path)),
    "a pipe": replaced(os.mkfifo),
    "a socket": replaced(bound),
    "a link to nothing": replaced(lambda path: path.symlink_to("nowhere")),
    "a link to what never ends": replaced(lambda path: path.symlink_to("/dev/zero")),
    "a link to itself": replaced(lambda path: path.symlink_to(path.name)),
    "unreadable": lambda path: path.chmod(0),
    "emptied": lambda path: path.write_bytes(b""),
    "far too large": lambda path: os.truncate(path, 1 << 40),
    "what is no content, with its seal": sealed,
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_entries_of_any_shape_are_made_anew(warm, monkeypatch, shape):
    monkeypatch.chdir(warm)  # a socket's path is short
    for path in entries(warm):
        shape(path)
    is_well(warm)
    (warm / "slides" / "b.md").write_text("<!-- slide -->\n\n# 二\n\n$x^2 + y^2$ [一](a.md) 新\n", "utf-8")
    shutil.rmtree(warm / "site")
    is_well(warm)
    assert not [path for path in (warm / ".kejian" / "cache").rglob("*") if path.is_symlink() or path.is_fifo()]


def test_entries_in_each_other_s_place_are_made_anew(warm):
    """Each is whole, and some are even of the same kind: a formula where another one belongs."""
    files = entries(warm)
    contents = [path.read_bytes() for path in files]
    for path, content in zip(files, [*contents[1:], contents[0]], strict=True):
        path.write_bytes(content)
    is_well(warm)
