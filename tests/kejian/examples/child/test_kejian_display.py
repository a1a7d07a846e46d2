"""`display`, within a run and without one."""

import subprocess
import sys

import kejian
from kejian.examples.answers import Limits
from kejian.examples.run.subprocesses import ChildCall, run

CODE = """
from kejian import display, table


def shows():
    print("before")
    display(table([[1]], ["a"]), "text")
    print("after")
    return 3


def many():
    for n in range(200):
        display(n)


def large():
    for n in range(3):
        display("x" * 400_000)


def by_ipython():
    from IPython.display import display as other

    print("字")
    other([[1]], output="table", metadata={})
"""


def answered(tmp_path, *names, files=()):
    root = tmp_path / "course"
    for path, text in {"m.py": CODE, **dict(files)}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return [run(root, [ChildCall(module="m", name=name)], (), tmp_path / "cache", Limits())[0] for name in names]


def test_what_is_displayed_stands_between_what_is_printed(tmp_path):
    (answer,) = answered(tmp_path, "shows")
    assert (answer.printed, answer.value) == ("before\nafter\n", "3")
    assert [(one.after, one.form, one.value) for one in answer.displayed] == [
        (7, "table", "|    a |\n| ---: |\n|    1 |\n"),
        (7, "", "text"),
    ]


def test_displayed_output_is_limited(tmp_path):
    many, large = answered(tmp_path, "many", "large")
    assert (many.error["type"], large.error["type"]) == ("TooMuchError", "TooMuchError")
    assert "more than 97 values" in many.error["message"]
    assert "bytes of text" in large.error["message"]


def test_ipython_display_is_the_same_function(tmp_path):
    """What stands for it here has its modules, and the one that its `display` comes from."""
    files = {
        "IPython/__init__.py": "",
        "IPython/core/__init__.py": "",
        "IPython/core/display_functions.py": "def display(*objects):\n    print(*objects)\n",
        "IPython/display.py": "from IPython.core.display_functions import *\n",
    }
    (answer,) = answered(tmp_path, "by_ipython", files=files.items())
    assert answer.printed == "字\n"
    assert [(one.after, one.form) for one in answer.displayed] == [(2, "table")]


def test_display_prints_outside_of_a_run(capsys):
    kejian.display("a", kejian.table([[1]], ["b"]))
    assert capsys.readouterr().out == "a\n|    b |\n| ---: |\n|    1 |\n\n"


def test_what_authors_import_loads_nothing_else():
    code = "import sys, kejian; kejian.table; print(sorted(n for n in sys.modules if n.startswith('kejian.')))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "core" not in found
    assert "kejian.examples.child.kejian_tabled" in found
