"""An example that shows more than a record holds: an error with its place, and nothing is recorded."""

import pytest

from tests.faults.real_builds import run

pytestmark = pytest.mark.slow

IMPORT = '@import "../demo_examples/m.py"'
CODE = """
def huge():
    for number in range(100):
        print(number, "x" * 700_000)


def swallowed():
    try:
        huge()
    except Exception:
        pass


def returned():
    return list(range(1_000_000))


def many():
    from PIL import Image

    return [Image.new("L", (1, 1))] * 200
"""
SHOWN = {
    "huge": "`m.huge()` shows too much: it prints more than 1,000,000 bytes of text: 1,400,00",
    "swallowed": "`m.swallowed()` shows too much: it prints more than 1,000,000 bytes of text: 1,400,00",
    "returned": "`m.returned()` shows too much: it returns 7,888,890 bytes of text, more than 1,000,000",
    "many": "`m.many()` shows too much: it draws 200 pictures, more than 98",
}


@pytest.fixture
def course(tmp_path):
    def written(name, settings="", more=""):
        files = {
            "kejian.toml": settings,
            "slides/a.md": f"<!-- slide -->\n\n# 一\n\n{IMPORT} {{symbol={name} cmd=true{more}}}\n",
            "demo_examples/__init__.py": "",
            "demo_examples/m.py": CODE,
        }
        for path, text in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text, "utf-8")
        return tmp_path

    return written


@pytest.mark.parametrize("name, words", SHOWN.items(), ids=SHOWN)
def test_exceeding_an_output_limit_is_an_error_with_its_place(course, name, words):
    root = course(name)
    for _ in range(2):  # nothing is left behind that breaks the next build
        done = run(root, timeout=200)
        assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
        assert f"slides/a.md:5:1: error[output-too-large]: {words}" in done.stderr
        assert "hint: show less in demo_examples/m.py:" in done.stderr
        assert done.stderr.count("output-too-large") == 1
        assert not (root / "slides" / "outputs").exists()
        assert not (root / "site").exists()


def test_output_limit_error_names_the_printing_line(course):
    done = run(course("huge"), timeout=200)
    assert '  demo_examples/m.py:4 in huge\n    print(number, "x" * 700_000)' in done.stderr


def test_output_limit_cannot_be_an_expected_error(course):
    done = run(course("huge", more=" raises=TooMuchError"), timeout=200)
    assert "error[output-too-large]" in done.stderr


def test_more_text_is_allowed_where_the_course_says_so(course):
    root = course("returned", settings="output_limit = 16000000\n")
    done = run(root, timeout=200)
    assert done.returncode == 0, done.stderr
    assert (root / "slides/outputs/m.returned.txt").stat().st_size == 7_888_891
    again = run(root, timeout=200)
    assert (again.returncode, "0 examples run" in again.stderr or "0 files new" in again.stderr) == (0, True), (
        again.stderr
    )
    (root / "kejian.toml").write_text("")
    now = run(root, "build", "--no-exec", timeout=200)
    assert "m.returned.txt is larger than 1,000,001 bytes" in now.stderr


def test_check_says_what_to_do(course):
    done = run(course("huge"), "check", timeout=200)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "kejian.toml allows more with `output_limit = 16000000`" in done.stderr
