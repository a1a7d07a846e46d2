"""An example that writes its own answer, garbles it, or hides it: a finding of that example, never a traceback."""

import json

import pytest

from tests.faults.real_builds import run

pytestmark = pytest.mark.slow

GOOD = {"printed": "lie", "value": None, "pictures": [], "error": None, "seconds": 0, "reads": [], "more_reads": 0}


def written(*answers):
    return f"text = {json.dumps(list(answers))!r}; open(ANSWER, 'w').write(text)"


ANSWERS = {
    "nothing": "open(ANSWER, 'w').close()",
    "prose": "open(ANSWER, 'w').write('oh')",
    "a number": "open(ANSWER, 'w').write('5')",
    "an object": "open(ANSWER, 'w').write('{}')",
    "no answer": written(),
    "two answers": written(GOOD, GOOD),
    "an empty answer": written({}),
    "other types": written(GOOD | {"printed": 5}),
    "no number": written(GOOD | {"seconds": float("nan")}),
    "a huge number": "open(ANSWER, 'w').write('[{\"seconds\": 1e999}]')",
    "half a pair": "open(ANSWER, 'w').write('[{\"printed\": \"\\\\ud800\"}]')",
    "no text": "open(ANSWER, 'wb').write(b'\\xff\\xfe')",
    "what is deep": "open(ANSWER, 'w').write('[' * 100_000)",
    "too much text": written(GOOD | {"printed": "x" * 1_000_001}),
    "far too much": "open(ANSWER, 'wb').truncate(1 << 40)",
    "a picture elsewhere": written(GOOD | {"pictures": [{"file": "/etc/passwd.png", "twin": None}]}),
    "a picture above": written(GOOD | {"pictures": [{"file": "../x.png", "twin": None}]}),
    "a picture that is none": "os.mkfifo('x.png'); "
    + written(GOOD | {"pictures": [{"file": "FOLDER/x.png", "twin": None}]}).replace("FOLDER", "' + os.getcwd() + '"),
    "a folder": "os.mkdir(ANSWER)",
    "a pipe": "os.mkfifo(ANSWER)",
    "a link": "os.symlink('/etc/passwd', ANSWER)",
    "a link to what never ends": "os.symlink('/dev/zero', ANSWER)",
    "a socket": "import socket; s = socket.socket(socket.AF_UNIX); libc_bind(s, ANSWER)",
}
CODE = """
import os, sys

os.chdir(os.environ["TMPDIR"])
ANSWER = "answer.json"


def libc_bind(socket, path):
    import ctypes
    name = b"\\1\\0" + path.encode() + b"\\0"
    ctypes.CDLL(None).bind(socket.fileno(), name, len(name))


def text():
    {code}
    sys.stdout.flush()
    os._exit(0)
"""


def built(root, code):
    files = {
        "slides/a.md": '<!-- slide -->\n\n# 一\n\n@import "../demo_examples/m.py" {symbol=text cmd=true timeout=20}\n',
        "demo_examples/__init__.py": "",
        "demo_examples/m.py": code,
    }
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    done = run(root, timeout=200)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    assert done.stderr.count("slides/a.md:5:1: error[example-failed]") == 1, done.stderr
    assert not (root / "site").exists()
    assert not (root / "slides" / "outputs").exists()
    return done.stderr


@pytest.mark.parametrize("code", ANSWERS.values(), ids=ANSWERS)
def test_an_answer_that_is_none_is_a_failure(tmp_path, code):
    said = built(tmp_path, CODE.format(code=code))
    assert "`m.text()` failed: BadAnswer: what the process left as its answer is none: " in said
    assert "hint: fix demo_examples/m.py:" in said
    assert "raises=" not in said


def test_long_output_of_a_child_is_read_from_its_end(tmp_path):
    """However much that is: three lines of it are told."""
    loud = "for _ in range(300): os.write(2, b'x' * (1 << 20))\n    os.write(2, b'\\nlast words\\n')\n    os._exit(3)"
    said = built(tmp_path, CODE.format(code=loud))
    assert "ended with status 3, and without an answer" in said
    assert "last words" in said
    assert len(said) < 2000


def test_child_may_have_closed_its_stderr(tmp_path):
    said = built(tmp_path, CODE.format(code="os.close(2); os._exit(3)"))
    assert "ended with status 3, and without an answer" in said


def test_an_error_that_cannot_be_told_is_told(tmp_path):
    code = "class Odd(Exception):\n    def __str__(self):\n        return 1 / 0\n\n\ndef text():\n    raise Odd\n"
    assert "failed: Odd: (its message cannot be had: ZeroDivisionError)" in built(tmp_path, code)


def test_a_long_error_is_told_in_short(tmp_path):
    code = "def text():\n    raise ValueError('x' * 10**7)\n"
    said = built(tmp_path, code)
    assert "9,996,000 more characters" in said
    assert len(said) < 6000


def test_a_recursion_is_cut_as_python_cuts_it(tmp_path):
    code = "def down(n):\n    return down(n + 1)\n\n\ndef text():\n    down(0)\n"
    said = built(tmp_path, code)
    assert "RecursionError: maximum recursion depth exceeded" in said
    assert said.count("demo_examples/m.py:2 in down") == 3
    assert "  [Previous line repeated 9" in said


def test_a_recursion_of_two_shows_its_beginning_and_its_end(tmp_path):
    code = "def one(n):\n    return two(n + 1)\n\n\ndef two(n):\n    return one(n + 1)\n\n\ndef text():\n    one(0)\n"
    said = built(tmp_path, code)
    assert " more lines]" in said
    assert len(said.splitlines()) < 70
