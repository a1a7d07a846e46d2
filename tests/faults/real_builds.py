"""A small course with something of everything, real builds of it, and what a clean build of it gives."""

import contextlib
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).parents[2]
ROUNDS = pytest.mark.usefixtures("turn")
"""Marks a test of random faults, which is repeated by `make soak`."""

DECK = r"""---
title: 故障
---
<!-- slide -->

# 卷积 $a_n = \sum_i x_{n+i} w_i$

参数 `{python} shown.count():,` 个，见[图](#图)

$$\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$$

<!-- slide data-notes="先讲直觉" -->

# 图

```dot
digraph { 输入 -> 卷积 -> 输出 }
```

![点](dot.svg)

@import "../demo_examples/shown.py" {symbol="text" cmd=true .line-numbers}

<!-- slide -->

# 代码 :fa-book:

```python
print("仅供展示")
```

@import "../demo_examples/shown.py" {symbol="table" cmd=true hide}
"""
SHOWN = """import time

DATA = ("data/numbers.txt",)


def text():
    \"\"\"Prints.\"\"\"
    time.sleep(0.3)
    print("accuracy: 0.5000")


def table():
    from pathlib import Path

    print(Path(__file__).parent.parent.joinpath("data", "numbers.txt").read_text().split())


def count():
    return 61706
"""
FILES = {
    "kejian.toml": 'title = "课"\ndecks = ["slides/**/*.md"]\npages = ["slides/about.md"]\n',
    "slides/a.md": DECK,
    "slides/b.md": "<!-- slide -->\n\n# 二\n\n$x^2 + y^2$ [一](a.md)\n",
    "slides/about.md": "# 关于\n\n$e^{i\\pi}$\n",
    "slides/dot.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="3"/></svg>',
    "data/numbers.txt": "1 2 3",
    "demo_examples/__init__.py": "",
    "demo_examples/shown.py": SHOWN,
}
MADE = {".kejian", "site"}


def write(root, files):
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return root


def command(root, *words):
    return [sys.executable, ROOT / "build.py", *words[:1], root, *words[1:]]


def run(root, *words, **options):
    """A command to its end: what it said, and its status."""
    words = words or ("build",)
    return subprocess.run(command(root, *words), capture_output=True, text=True, check=False, **options)


def start(root, *words, **options):
    return subprocess.Popen(
        command(root, *words), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, **options
    )


def tree(folder):
    """Every file and folder below a folder, with its mode and its bytes."""
    found = sorted(folder.rglob("*"))
    assert found, f"{folder} is empty"
    return {
        path.relative_to(folder).as_posix(): (
            oct(stat.S_IMODE(path.stat().st_mode)),
            path.read_bytes() if path.is_file() else b"",
        )
        for path in found
    }


def built(root, *words):
    """What a build gives that goes well."""
    done = run(root, "build", *words)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return tree(root / "site")


_CLEAN = {}


def clean(root, *words):
    """What a first build of the same course gives, from the same record."""
    copy = root.with_name(f"{root.name}-clean")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(root, copy, ignore=lambda folder, names: MADE & set(names) if Path(folder) == root else set())
    course = (words, *sorted(tree(copy).items()))
    if course not in _CLEAN:
        _CLEAN[course] = built(copy, *words)
    return _CLEAN[course]


def is_well(root):
    """The next build equals a clean one, the record says what the code shows, and nothing half-written is left."""
    assert built(root) == clean(root)
    outputs = root / "slides" / "outputs"
    assert (outputs / "shown.text.txt").read_text() == "accuracy: 0.5000\n"
    assert (outputs / "shown.table.txt").read_text() == "['1', '2', '3']\n"
    assert not [path for path in outputs.iterdir() if path.name.startswith(".")]
    top = {path.split("/")[0] for path in FILES}
    assert {path.name for path in root.iterdir()} - {"pdf"} == top | MADE


def gone(processes, seconds=20):
    """Whether all of these end in time."""
    return not psutil.wait_procs(processes, timeout=seconds)[1]


def children(process, word):
    """The processes that a process has started, and those that they have, with this word in their command line."""
    found = []
    with contextlib.suppress(psutil.Error):  # the process has just ended
        for one in psutil.Process(process.pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):  # this one has
                found += [one] if word in " ".join(one.cmdline()) else []
    return found


def end(process):
    """End a process of the test's own, with all that it started."""
    for one in [*psutil.Process(process.pid).children(recursive=True), process] if process.poll() is None else ():
        one.send_signal(signal.SIGKILL)
    process.wait()


def until(condition, seconds=60):
    """Wait for a truth."""
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, "never came true"
        time.sleep(0.05)
