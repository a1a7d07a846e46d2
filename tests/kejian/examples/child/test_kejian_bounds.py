"""What an example may do, asked of the audit hook itself: children are where it works, tests/kejian/examples/run/."""

import os
import socket
import sys
import time
from pathlib import Path

import pytest

from kejian.examples.child.kejian_bounds import AuditHook, ForbiddenError
from kejian.examples.child.kejian_loads import load_texts
from kejian.examples.child.kejian_trace import ProcessTrace


@pytest.fixture
def watch():
    trace = ProcessTrace()
    trace.on = True
    return AuditHook(trace)


def test_a_file_that_is_read_is_noted_where_it_really_is(watch, tmp_path):
    (tmp_path / "data.csv").write_text("1")
    (tmp_path / "link.csv").symlink_to("data.csv")
    for path in (tmp_path / "data.csv", str(tmp_path / "link.csv"), os.fsencode(tmp_path / "data.csv")):
        watch.reads.clear()
        watch("open", (path, "r", os.O_RDONLY))
        assert watch.reads == {str((tmp_path / "data.csv").resolve())}


@pytest.mark.parametrize(
    "mode, flags", [(None, os.O_RDONLY), ("rb", 0), ("r", None), (None, None), ("r+", 0), (None, os.O_RDWR)]
)
def test_reading_is_reading_however_it_is_said(watch, tmp_path, mode, flags):
    watch("open", (str(tmp_path / "a.txt"), mode, flags))
    assert len(watch.reads) == 1


@pytest.mark.parametrize(
    "mode, flags",
    [
        ("w", 0), ("a", None), (None, os.O_WRONLY), ("r", os.O_WRONLY),
        (None, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), (None, os.O_RDWR | os.O_TRUNC),
    ],
)  # fmt: skip
def test_written_file_is_not_recorded_as_read(watch, tmp_path, mode, flags):
    watch("open", (str(tmp_path / "a.txt"), mode, flags))
    assert watch.reads == set()


@pytest.mark.parametrize("name", ["a.py", "a.pyc", "a.so", "a.pyd"])
def test_code_is_in_the_key_as_code(watch, tmp_path, name):
    watch("open", (str(tmp_path / name), "r", 0))
    assert watch.reads == set()


def test_installed_package_is_keyed_by_version(watch):
    for path in (Path(sys.prefix) / "data.txt", Path(sys.base_prefix) / "data.txt", Path("/etc/hosts")):
        watch("open", (str(path), "r", 0))
    assert watch.reads == set()


@pytest.mark.parametrize("path", [3, "a\0b", None])
def test_argument_that_is_no_path_is_not_recorded(watch, path):
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
def test_machine_details_are_hidden(watch, program):
    """The standard library asks so, and does without an answer."""
    with pytest.raises(FileNotFoundError) as missing:
        watch("subprocess.Popen", (program, [], None, None))
    assert str(missing.value) == Path(program).name


def test_other_events_are_free(watch):
    watch("import", ("json", None, None, None, None))
    watch("compile", (b"", "x"))


def test_while_no_example_runs_nothing_is_watched(tmp_path):
    watch = AuditHook(ProcessTrace())
    watch("open", (str(tmp_path / "a.txt"), "r", 0))
    watch("os.system", ("true",))
    assert watch.reads == set()


def of(root):
    trace = ProcessTrace()
    trace.root = f"{root}{os.sep}"
    return trace


@pytest.fixture
def path_hooks(monkeypatch):
    """The interpreter's, and as they were before afterwards."""
    monkeypatch.setattr(sys, "path_hooks", list(sys.path_hooks))
    return sys.path_hooks


def test_modules_of_the_course_are_loaded_from_their_texts(path_hooks, tmp_path):
    """Not from bytecode, which is known by a time in whole seconds."""
    load_texts(str(tmp_path), of(tmp_path))
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "shown.py").write_text("x = 1")
    spec = path_hooks[0](str(tmp_path / "deep")).find_spec("shown")
    with pytest.raises(OSError, match=r"shown\.py"):
        spec.loader.path_stats(spec.origin)
    assert spec.loader.get_code("shown").co_filename == str(tmp_path / "deep" / "shown.py")


def test_the_course_s_root_is_of_the_course(path_hooks, tmp_path):
    load_texts(str(tmp_path), of(tmp_path))
    assert path_hooks[0](str(tmp_path)) is not None


def test_what_is_beside_the_course_or_installed_is_loaded_as_ever(path_hooks, tmp_path):
    load_texts(str(tmp_path / "course"), of(tmp_path / "course"))
    for folder in (str(tmp_path), str(tmp_path / "course-2"), os.path.realpath(sys.prefix)):
        with pytest.raises(ImportError):
            path_hooks[0](folder)


def test_what_is_installed_inside_the_course_is_loaded_as_ever(path_hooks):
    """A course may hold the environment that builds it; its packages are known by their versions."""
    root = Path(sys.prefix).resolve().parent
    load_texts(str(root), of(root))
    with pytest.raises(ImportError):
        path_hooks[0](str(Path(sys.prefix).resolve() / "lib"))


@pytest.fixture
def confined(watch, tmp_path):
    """An example of this process's own: it may write into one folder, and signal what this process has started."""
    (tmp_path / "own").mkdir()
    watch.confine(os.getpid(), [str(tmp_path / "own")])
    return watch


OUTSIDE = {
    "open": lambda path: (path, "w", 0),
    "os.remove": lambda path: (path, -1),
    "os.rename": lambda path: (path, path + "2", -1, -1),
    "os.mkdir": lambda path: (path, 0o777, -1),
    "os.rmdir": lambda path: (path, -1),
    "os.link": lambda path: (path, path + "2", -1, -1),
    "os.truncate": lambda path: (path, 0),
    "os.chmod": lambda path: (path, 0, -1),
    "os.chown": lambda path: (path, 0, 0, -1),
    "os.utime": lambda path: (path, None, None, -1),
}


@pytest.mark.parametrize("event, arguments", OUTSIDE.items(), ids=OUTSIDE)
def test_files_are_changed_in_its_own_folder_alone(confined, tmp_path, event, arguments):
    confined(event, arguments(f"{tmp_path}/own/a"))
    for path in (f"{tmp_path}/a", f"{tmp_path}/own/../a", f"{tmp_path}/own-2", os.fsencode(tmp_path / "b").decode()):
        with pytest.raises(ForbiddenError, match="may not change files outside its own folder"):
            confined(event, arguments(path))


def test_a_link_is_followed_before_something_is_written(confined, tmp_path):
    (tmp_path / "own" / "link").symlink_to(tmp_path / "outside")
    with pytest.raises(ForbiddenError, match="outside its own folder"):
        confined("open", (f"{tmp_path}/own/link", "w", 0))


def test_devices_may_be_written_to(confined):
    confined("open", ("/dev/null", "w", 0))


def test_a_name_may_not_be_moved_out_either(confined, tmp_path):
    with pytest.raises(ForbiddenError):
        confined("os.rename", (f"{tmp_path}/own/a", f"{tmp_path}/a", -1, -1))


def test_signals_reach_what_it_has_started_alone(confined):
    other = os.fork()
    if other == 0:
        time.sleep(600)
        os._exit(0)
    try:
        confined("os.kill", (other, 9))
        confined("os.kill", (2**30, 9))  # there is none
        for pid in (1, -1, os.getpid(), os.getppid()):
            with pytest.raises(ForbiddenError, match="may not signal processes that it did not start"):
                confined("os.kill", (pid, 9))
    finally:
        os.kill(other, 9)
        os.waitpid(other, 0)


@pytest.mark.parametrize("name", ["environ", "mem", "task/1/environ"])
def test_other_processes_cannot_be_inspected(watch, name):
    with pytest.raises(ForbiddenError, match="may not look into another process"):
        watch("open", (f"/proc/{os.getppid()}/{name}", "r", 0))
    watch("open", (f"/proc/self/{name.rpartition('/')[2]}", "r", 0))
    watch("open", (f"/proc/{os.getppid()}/stat", "r", 0))


@pytest.mark.parametrize(
    "event", ["socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo", "socket.sendto"]
)
def test_names_are_not_asked_for_and_datagrams_not_sent(watch, event):
    with pytest.raises(ForbiddenError, match="may not use the network"):
        watch(event, ("localhost",))


def test_messages_go_to_the_other_end_of_a_pair_alone(watch):
    near, far = socket.socketpair()
    with near, far, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        watch("socket.sendmsg", (near, None))
        for arguments in ((near, "/run/docker.sock"), (other, None), (other, ("127.0.0.1", 9))):
            with pytest.raises(ForbiddenError, match="may not use the network"):
                watch("socket.sendmsg", arguments)
