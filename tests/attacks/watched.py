"""Build courses and tell what was opened: `python watched.py [--single-file] COURSE...`.

A line of JSON for each. `opened`: every file and folder that Python asked for, resolved. `acts`: sockets, processes,
libraries; of both also what forked processes did, with which a build shares its work. `raised`: the end of a traceback,
or nothing. `peak`: the most memory so far, in MiB.
"""

import fcntl
import json
import os
import re
import sys
import traceback
from pathlib import Path

FILES = {"open", "os.listdir", "os.scandir", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink"}
FILES |= {"os.truncate", "os.chmod", "os.utime", "shutil.copyfile", "shutil.rmtree"}
ACTS = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "ctypes.dlopen")
ACTS += ("urllib.", "http.client.", "ftplib.", "smtplib.", "webbrowser.", "pty.")
TWO = {"os.rename", "os.link", "os.symlink", "shutil.copyfile"}
SELF = os.getpid()
FORKED = os.memfd_create("forked")
"""Where forked processes tell what they did, a line of JSON for each act."""
fcntl.fcntl(FORKED, fcntl.F_SETFL, os.O_APPEND)  # else lines of two processes may come to stand in one place
opened: set[str] = set()
acts: list[list[str]] = []


def watch(event, arguments):
    """What the interpreter tells of everything that leaves it."""
    if event in FILES:
        names = arguments[: 2 if event in TWO else 1]
        note([os.path.realpath(os.fsdecode(name)) for name in names if isinstance(name, str | bytes) and name], [])
    elif event.startswith(ACTS):
        note([], [[event, *map(str, arguments[:1])]])


def note(files, done):
    """Keep what this process did; a forked one tells it."""
    if os.getpid() == SELF:
        opened.update(files)
        acts.extend(done)
    else:
        os.write(FORKED, f"{json.dumps([files, done])}\n".encode())


def forked():
    """Keep what forked processes did, all of which have ended."""
    for line in os.pread(FORKED, os.fstat(FORKED).st_size, 0).splitlines():
        note(*json.loads(line))


def peak():
    """The most memory of this process so far, in MiB; `getrusage` would count the one that started it."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) // 1024


def built(course, single):
    """What a build of the course opened and found."""
    from kejian.pipeline.build import Options, build
    from kejian.pipeline.report import Report

    opened.clear()
    acts.clear()
    os.ftruncate(FORKED, os.lseek(FORKED, 0, os.SEEK_SET))
    report, raised = Report(), ""
    try:
        report = build(
            Options(course=course, out=course / "site", execute=False, today="2026-01-01", single_file=single)
        )
    except Exception as e:  # a traceback is a finding too
        raised = "".join(traceback.format_exception(e)[-3:])
    forked()
    seen = {"opened": sorted(opened), "acts": list(acts), "failed": report.failed, "raised": raised, "peak": peak()}
    return seen | {"found": [[one.span.path, one.code, one.message, one.hint] for one in report.diagnostics]}


sys.path[0] = str(Path(__file__).parents[2])  # the generator, instead of this script's own folder
sys.addaudithook(watch)
names = [name for name in sys.argv[1:] if name != "--single-file"]
for name in names:
    sys.stdout.write(f"{json.dumps(built(Path(name), len(names) < len(sys.argv) - 1))}\n")
