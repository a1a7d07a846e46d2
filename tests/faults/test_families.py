"""Whatever an example starts is gone when its run is over, however that ends: each process is known by a token."""

import os
import secrets
import signal
import time

import psutil
import pytest

from tests.faults.real_builds import children, end, gone, run, start, until

pytestmark = pytest.mark.slow

STARTS = {
    "a child that waits": "if os.fork() == 0: rest()",
    "a child of a child whose parent ends": """
        if os.fork() == 0:
            if os.fork() == 0: rest()
            os._exit(0)
    """,
    "a daemon in a session of its own": """
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0: rest()
            os._exit(0)
    """,
    "one that hears no signal": """
        if os.fork() == 0:
            os.setsid()
            for number in range(1, 32):
                if number not in (signal.SIGKILL, signal.SIGSTOP): signal.signal(number, signal.SIG_IGN)
            rest()
    """,
    "one that goes on forking": """
        if os.fork() == 0:
            os.setsid()
            for _ in range(100_000):
                if os.fork(): os._exit(0)
            rest()
    """,
    "many at once": """
        for _ in range(20):
            if os.fork() == 0: rest()
    """,
    "one that is stopped": """
        other = os.fork()
        if other == 0: rest()
        os.kill(other, signal.SIGSTOP)
    """,
    "a pool": """
        import multiprocessing
        pool = multiprocessing.get_context("fork").Pool(2)
        pool.apply_async(rest)
        globals()["kept"] = pool
    """,
    "a thread that never ends": "threading.Thread(target=rest).start()",
    "what is started at exit": "atexit.register(lambda: os.fork() or rest())",
    "itself a second time": "os.fork()",
}
ENDS = {
    "it succeeds": ("print('done')", 0),
    "it fails": ("raise ValueError('no')", 1),
    "it leaves": ("os._exit(0)", 1),
    "it kills itself": ("os.kill(os.getpid(), signal.SIGKILL)", 1),
    "time is up": ("time.sleep(600)", 1),
}
IMPORT = '@import "../demo_examples/m.py"'
CODE = '''
import atexit, os, signal, threading, time

TOKEN = "{token}"


def rest():
    """Ends by itself, long after the test."""
    time.sleep(600)
    os._exit(0)


def text():
    libc = __import__("ctypes").CDLL(None)
    libc.prctl(15, TOKEN.encode(), 0, 0, 0)
{starts}
    {ends}
'''


def course(root, starts, ends, timeout=60):
    """A course whose example names its process, and so all that are forked from it, by a token, which is given."""
    token = f"kj{secrets.token_hex(6)}"
    lines = starts.strip("\n").splitlines() or [""]
    margin = len(lines[0]) - len(lines[0].lstrip())
    body = "\n".join(f"    {line[margin:]}" for line in lines)
    files = {
        "slides/a.md": f"<!-- slide -->\n\n# 一\n\n{IMPORT} {{symbol=text cmd=true timeout={timeout}}}\n",
        "demo_examples/__init__.py": "",
        "demo_examples/m.py": CODE.format(token=token, starts=body, ends=ends),
    }
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return token


def named(token):
    """The living processes that bear the token as their name."""
    found = []
    for one in psutil.process_iter():
        try:
            if one.name() == token and one.status() != psutil.STATUS_ZOMBIE:
                found.append(one)
        except psutil.Error:  # it has just ended
            continue
    return found


@pytest.mark.parametrize("starts", STARTS.values(), ids=STARTS)
def test_nothing_survives_an_example_that_succeeds(tmp_path, starts):
    token = course(tmp_path, starts, *ENDS["it succeeds"][:1])
    done = run(tmp_path, timeout=200)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    assert named(token) == []
    assert (tmp_path / "slides/outputs/m.text.txt").read_text() == "done\n"


@pytest.mark.parametrize("ends, status", ENDS.values(), ids=ENDS)
def test_nothing_survives_however_it_ends(tmp_path, ends, status):
    token = course(tmp_path, STARTS["a daemon in a session of its own"], ends, 3 if "600" in ends else 60)
    done = run(tmp_path, timeout=200)
    assert (done.returncode, "Traceback" in done.stderr) == (status, False), done.stderr
    assert named(token) == []


@pytest.mark.parametrize("how", ["SIGINT", "SIGTERM", "SIGHUP", "SIGKILL"])
@pytest.mark.parametrize("starts", ["a daemon in a session of its own", "one that hears no signal"])
def test_nothing_survives_the_build(tmp_path, starts, how):
    token = course(tmp_path, STARTS[starts], "time.sleep(600)")
    process = start(tmp_path, "build")
    try:
        until(lambda: len(named(token)) >= 2)
        process.send_signal(getattr(signal, how))
        process.communicate(timeout=60)
    finally:
        end(process)
    until(lambda: not named(token))


def test_nothing_survives_where_the_supervisor_is_killed_first(tmp_path):
    """By what it watches over, round the audit hook: then the build itself looks for what is left."""
    kills = "libc.kill(os.getppid(), signal.SIGKILL); time.sleep(600)"
    token = course(tmp_path, STARTS["a daemon in a session of its own"], kills)
    done = run(tmp_path, timeout=200)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    assert "ended with status -9" in done.stderr
    until(lambda: not named(token))


def test_a_build_leaves_no_zombie_and_no_folder(tmp_path):
    token = course(tmp_path / "course", STARTS["many at once"], "time.sleep(600)", 3)
    (tmp_path / "tmp").mkdir()
    done = run(tmp_path / "course", env={**os.environ, "TMPDIR": str(tmp_path / "tmp")}, timeout=200)
    assert "ran longer than 3 s" in done.stderr
    assert [one for one in psutil.process_iter() if one.name() == token] == []
    assert list((tmp_path / "tmp").iterdir()) == []


def test_examples_that_run_at_once_do_not_end_each_other(tmp_path):
    """Each has a supervisor of its own, and ends nothing but its own."""
    course(tmp_path, "", "pass")
    names = [f"e{number}" for number in range(4)]
    code = "import os, time\n\n" + "".join(
        f"\ndef {name}():\n    if os.fork() == 0: time.sleep(600)\n    time.sleep({number})\n    print({number})\n"
        for number, name in enumerate(names)
    )
    (tmp_path / "demo_examples" / "m.py").write_text(code)
    imports = "".join(f"\n{IMPORT} {{symbol={name} cmd=true}}\n" for name in names)
    (tmp_path / "slides" / "a.md").write_text(f"<!-- slide -->\n\n# 一\n{imports}", "utf-8")
    done = run(tmp_path, timeout=200)
    assert done.returncode == 0, done.stderr
    shown = [(tmp_path / "slides/outputs" / f"m.{name}.txt").read_text() for name in names]
    assert shown == ["0\n", "1\n", "2\n", "3\n"]


@pytest.mark.parametrize("moment", [0.0, 0.01, 0.05, 0.2])
def test_the_supervisor_ends_with_the_build_even_while_it_starts(tmp_path, moment):
    course(tmp_path, STARTS["a child that waits"], "time.sleep(600)")
    process = start(tmp_path, "build")
    try:
        until(lambda: children(process, "child.py") or process.poll() is not None)
        time.sleep(moment)
        started = children(process, "child.py")
    finally:
        process.kill()
        process.communicate()
    assert gone(started)
