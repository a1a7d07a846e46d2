"""What an example may do, asked of the audit hook itself: children are where it works, tests/kejian/running/."""

import os
import sys
from pathlib import Path

import pytest

from kejian.worker.kejian_bounds import ForbiddenError, Watch, load_texts


@pytest.fixture
def watch():
    watch = Watch()
    watch.on = True
    return watch


def test_a_file_that_is_read_is_noted_where_it_really_is(watch, tmp_path):
    (tmp_path / "data.csv").write_text("1")
    (tmp_path / "link.csv").symlink_to("data.csv")
    for path in (tmp_path / "data.csv", str(tmp_path / "link.csv"), os.fsencode(tmp_path / "data.csv")):
        watch.reads.clear()
        watch("open", (path, "r", os.O_RDONLY))
        assert watch.reads == {str((tmp_path / "data.csv").resolve())}


@pytest.mark.parametrize("mode, flags", [(None, os.O_RDONLY), ("rb", 0), ("r", None), (None, None), ("r+", 0)])
def test_reading_is_reading_however_it_is_said(watch, tmp_path, mode, flags):
    watch("open", (str(tmp_path / "a.txt"), mode, flags))
    assert len(watch.reads) == 1


@pytest.mark.parametrize(
    "mode, flags",
    [
        ("w", 0), ("a", None), (None, os.O_WRONLY), (None, os.O_RDWR), (None, os.O_CREAT), ("r", os.O_WRONLY),
        (None, os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
    ],
)  # fmt: skip
def test_what_is_written_is_not_read(watch, tmp_path, mode, flags):
    watch("open", (str(tmp_path / "a.txt"), mode, flags))
    assert watch.reads == set()


@pytest.mark.parametrize("name", ["a.py", "a.pyc", "a.so", "a.pyd"])
def test_code_is_in_the_key_as_code(watch, tmp_path, name):
    watch("open", (str(tmp_path / name), "r", 0))
    assert watch.reads == set()


def test_what_is_installed_is_in_the_key_by_its_version(watch):
    for path in (Path(sys.prefix) / "data.txt", Path(sys.base_prefix) / "data.txt", Path("/etc/hosts")):
        watch("open", (str(path), "r", 0))
    assert watch.reads == set()


@pytest.mark.parametrize("path", [3, "a\0b", None])
def test_what_is_no_path_is_no_file(watch, path):
    watch("open", (path, "r", 0))
    assert watch.reads == set()


@pytest.mark.parametrize(
    "event, arguments, words",
    [
        ("socket.connect", ("socket", ("127.0.0.1", 9)), "may not use the network (socket.connect"),
        ("socket.bind", (), "may not use the network (socket.bind)"),
        ("os.system", ("true",), "may not use a shell (os.system true)"),
        ("os.posix_spawn", ("/bin/true", [], {}), "may not use another program (os.posix_spawn true)"),
        ("subprocess.Popen", ("git", [], None, None), "may not use another program (subprocess.Popen git)"),
        ("os.exec", ("/usr/bin/uname", [], None), "may not use another program (os.exec uname)"),
    ],
)
def test_the_network_and_other_programs_are_refused_by_name(watch, event, arguments, words):
    with pytest.raises(ForbiddenError) as refused:
        watch(event, arguments)
    assert str(refused.value).startswith(f"an example {words}")


@pytest.mark.parametrize("program", ["uname", "/usr/bin/gcc", "/sbin/ldconfig"])
def test_who_asks_the_machine_for_its_particulars_finds_nothing(watch, program):
    """The standard library asks so, and does without an answer."""
    with pytest.raises(FileNotFoundError) as missing:
        watch("subprocess.Popen", (program, [], None, None))
    assert str(missing.value) == Path(program).name


def test_other_events_are_free(watch):
    watch("import", ("json", None, None, None, None))
    watch("compile", (b"", "x"))


def test_while_no_example_runs_nothing_is_watched(tmp_path):
    watch = Watch()
    watch("open", (str(tmp_path / "a.txt"), "r", 0))
    watch("os.system", ("true",))
    assert watch.reads == set()


@pytest.fixture
def path_hooks(monkeypatch):
    """The interpreter's, and as they were before afterwards."""
    monkeypatch.setattr(sys, "path_hooks", list(sys.path_hooks))
    return sys.path_hooks


def test_modules_of_the_course_are_loaded_from_their_texts(path_hooks, tmp_path):
    """Not from bytecode, which is known by a time in whole seconds."""
    load_texts(str(tmp_path))
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "shown.py").write_text("x = 1")
    spec = path_hooks[0](str(tmp_path / "deep")).find_spec("shown")
    with pytest.raises(OSError, match=r"shown\.py"):
        spec.loader.path_stats(spec.origin)
    assert spec.loader.get_code("shown").co_filename == str(tmp_path / "deep" / "shown.py")


def test_the_course_s_root_is_of_the_course(path_hooks, tmp_path):
    load_texts(str(tmp_path))
    assert path_hooks[0](str(tmp_path)) is not None


def test_what_is_beside_the_course_or_installed_is_loaded_as_ever(path_hooks, tmp_path):
    load_texts(str(tmp_path / "course"))
    for folder in (str(tmp_path), str(tmp_path / "course-2"), os.path.realpath(sys.prefix)):
        with pytest.raises(ImportError):
            path_hooks[0](folder)


def test_what_is_installed_inside_the_course_is_loaded_as_ever(path_hooks):
    """A course may hold the environment that builds it; its packages are known by their versions."""
    load_texts(str(Path(sys.prefix).resolve().parent))
    with pytest.raises(ImportError):
        path_hooks[0](str(Path(sys.prefix).resolve() / "lib"))
