"""The same sources give the same bytes, with the same modes: for every folder, user, locale, core count and umask."""

import os
import shutil
import subprocess

import pytest

from tests.faults.real_builds import command, tree

pytestmark = pytest.mark.slow

UID = 65534
"""A user who owns nothing."""


def locales():
    """The locales that this machine has, of those that have been trouble elsewhere: `tr_TR` for its letter i."""
    listed = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False).stdout.split()
    return ["C", *(name for name in listed if name.startswith(("C.", "zh_CN", "tr_TR", "de_DE")))]


NOBODY = {"HOME": "/nonexistent", "USER": "张三", "LOGNAME": "张三", "HOSTNAME": "甲"}
MACHINES = {
    "one core, a narrow umask, a hash seed of 0, far east": {
        "cores": {min(os.sched_getaffinity(0))} if hasattr(os, "sched_getaffinity") else None,
        "umask": 0o077,
        "env": {"PYTHONHASHSEED": "0", "TZ": "Pacific/Kiritimati"},
    },
    "another home and name, a wide umask, a hash seed of 1, far west": {
        "umask": 0o002,
        "env": {"PYTHONHASHSEED": "1", "TZ": "Etc/GMT+12", "SOURCE_DATE_EPOCH": "1", **NOBODY},
    },
    "another user": {"uid": UID},
}
"""Each in a folder of its own, too."""
MACHINES |= {f"locale {name}": {"env": {"LC_ALL": name, "LANG": name, "LANGUAGE": name[:2]}} for name in locales()}


def as_user(uid):
    """Become a user who may read what root may, since a checkout and its Python may be root's, and write nothing."""
    reads = ["--inh-caps", "+dac_read_search", "--ambient-caps", "+dac_read_search"]
    return ["setpriv", "--reuid", str(uid), "--regid", str(uid), "--clear-groups", *reads]


def made(root, umask=-1, env=None, cores=None, uid=0):
    """What a machine makes of the course: the site, each deck as one file, notebooks and the index of the search."""
    before = os.umask(0o022 if umask < 0 else umask)
    try:
        words = command(root, "build", "--single-file")
        if cores:
            words = ["taskset", "-c", ",".join(map(str, cores)), *words]
        inherited = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
        done = subprocess.run(
            [*(as_user(uid) if uid else ()), *words],
            env=inherited | (env or {}),
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        os.umask(before)
    assert done.returncode == 0, done.stderr
    return {"/": (oct(root.joinpath("site").stat().st_mode & 0o777), b""), **tree(root / "site")}


@pytest.fixture(scope="module")
def first(built_course, tmp_path_factory):
    """A course with its record, and what a first machine makes of it."""
    root = fresh(built_course, tmp_path_factory.mktemp("first") / "course")
    return root, made(root)


def fresh(course, folder):
    """The course with its record as a new checkout."""
    return shutil.copytree(course, folder, ignore=shutil.ignore_patterns(".kejian", "site"))


@pytest.mark.parametrize("machine", MACHINES.values(), ids=MACHINES)
def test_every_machine_makes_the_same(first, tmp_path, machine):
    course, site = first
    root = fresh(course, tmp_path / "一个 longer folder" / "with another name")
    if machine.get("uid"):
        if os.getuid() or not shutil.which("setpriv"):
            pytest.skip(reason="only root can be another user")
        for path in [tmp_path, *tmp_path.rglob("*")]:
            os.chown(path, UID, UID)
    other = made(root, **machine)
    assert other.keys() == site.keys()
    assert [path for path in site if site[path] != other[path]] == []


def test_published_files_are_world_readable(first):
    _, site = first
    assert {mode for mode, _ in site.values()} == {"0o644", "0o755"}
    assert {"slides/a.html", "slides/a.single.html", "slides/a.ipynb", "_kejian/passages.js"} <= site.keys()
