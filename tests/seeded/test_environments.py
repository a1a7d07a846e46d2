"""A course that was built is the same course in another environment: a build runs nothing, a check finds nothing.

What an example does see of the environment, HOME and PATH, it asks for nowhere in this course.
"""

import os
import shutil
import subprocess
import sys

import pytest

from tests.faults.real_builds import FILES, ROOT, run, write

pytestmark = pytest.mark.slow
REPORT = """

def report():
    import numpy as np
    from matplotlib.figure import Figure

    figure = Figure(figsize=(2, 1))
    figure.subplots().plot(np.random.default_rng().standard_normal(3) * 0 + np.arange(3))
    print({"a", "b", "c"}, f"{1234.5:n}", round(1e-7, 9))
    return figure
"""
VARIABLES = {
    "HOME": "/nowhere", "USER": "somebody", "LOGNAME": "somebody", "SHELL": "/bin/false", "PWD": "/nowhere",
    "TZ": "Asia/Shanghai", "LANG": "zh_CN.UTF-8", "LC_ALL": "C", "LANGUAGE": "fr", "TERM": "dumb", "COLUMNS": "40",
    "LINES": "7", "NO_COLOR": "1", "FORCE_COLOR": "1", "PYTHONHASHSEED": "7", "PYTHONOPTIMIZE": "2",
    "PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONWARNINGS": "ignore", "PYTHONUTF8": "1",
    "PYTHONIOENCODING": "ascii", "PYTHONNOUSERSITE": "1", "OMP_NUM_THREADS": "4", "OPENBLAS_NUM_THREADS": "4",
    "MKL_NUM_THREADS": "4", "MPLBACKEND": "svg", "MPLCONFIGDIR": "/nowhere", "CUDA_VISIBLE_DEVICES": "0",
    "TF_CPP_MIN_LOG_LEVEL": "0", "KERAS_BACKEND": "torch", "SOURCE_DATE_EPOCH": "5", "XDG_CACHE_HOME": "/nowhere",
    "CI": "true", "GITHUB_ACTIONS": "true", "VIRTUAL_ENV": "/nowhere", "EDITOR": "vi", "http_proxy": "http://nowhere:1",
}  # fmt: skip


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course that was built here."""
    root = write(tmp_path_factory.mktemp("environments") / "course", FILES)
    (root / "demo_examples" / "shown.py").write_text(FILES["demo_examples/shown.py"] + REPORT, "utf-8")
    with (root / "slides" / "a.md").open("a", encoding="utf-8") as deck:
        deck.write('\n@import "../demo_examples/shown.py" {symbol="report" cmd=true hide}\n')
    said = run(root).stderr
    assert "4 examples run; 0 errors" in said
    return root


def unchanged(done):
    """Whether a build ran nothing, or a check found nothing."""
    return done.returncode == 0 and ("; 0 errors" in done.stderr or "0 drifted" in done.stderr)


def looked_at_anew(root):
    """What a build says of the course when it has to look at everything again."""
    shutil.rmtree(root / ".kejian")
    return run(root, "build")


@pytest.mark.parametrize("names", [[name] for name in VARIABLES] if "KEJIAN_SOAK" in os.environ else [list(VARIABLES)])
def test_variables(course, monkeypatch, names):
    for name in names:
        monkeypatch.setenv(name, VARIABLES[name])
    done = looked_at_anew(course)
    assert "0 examples run" in done.stderr
    assert unchanged(done)


def test_all_of_them_when_all_is_run_again(course, monkeypatch):
    for name, value in VARIABLES.items():
        monkeypatch.setenv(name, value)
    done = run(course, "check")
    assert unchanged(done), done.stderr


def test_checkout_in_a_folder_with_a_chinese_name(course, tmp_path):
    there = shutil.copytree(course, tmp_path / "课 程" / "别处")
    assert "0 examples run" in looked_at_anew(there).stderr
    assert unchanged(run(there, "check"))


def test_files_that_are_as_new_as_a_clone_s(course):
    for path in course.glob("**/*.*"):
        os.utime(path, (1e9, 1e9))
    assert "0 examples run" in looked_at_anew(course).stderr


def test_another_folder_to_work_in_and_a_strict_mask(course, tmp_path):
    shutil.rmtree(course / ".kejian")
    command = [sys.executable, str(ROOT / "build.py"), "build", os.path.relpath(course, tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, umask=0o077, capture_output=True, text=True, check=False)
    assert "0 examples run" in done.stderr
    assert unchanged(done)
