"""`import`: a course for the editor becomes one that builds and checks."""

import json
import shutil
import subprocess

import pytest

from kejian.checks.examples import check
from kejian.cli.main import main
from kejian.migrate.course import root_of
from kejian.migrate.plan import adopt
from kejian.pipeline.build import build
from kejian.pipeline.report import Options

TODAY = "2026-11-24"
DECK = """---
title: 均值
presentation:
  width: 960
puppeteer:
  landscape: true
---

<!-- slide -->

# Mean

![图](../Figures/Dot.SVG)

```python {.line-numbers}
import math

def mean(xs):
    return math.fsum(xs) / len(xs)

print("mean:", mean([1, 2, 4]))
```

```
mean: 2.33
```

平均数是 2.33，不是 4.666666666666666

<!-- slide -->

# 方差

```python
xs = [1, 2, 4]
m = mean(xs)
sum((x - m) ** 2 for x in xs)
```

输出：

```text
4.666666666666666
```

<!-- slide vertical=true -->

# Prompt

```python
>>> sorted({3, 1})
[1, 3]
>>> int("x")
Traceback (most recent call last):
ValueError: invalid literal for int() with base 10: 'x'
```

<!-- slide -->

# Chunk

```python {cmd=true id="words"}
print("你好")
```

<!-- code_chunk_output -->

```
你好
```

<!-- /code_chunk_output -->

<!-- slide -->

# 未完

```python
print(model.score(data))

0.98
```
"""
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle cx="4" cy="4" r="3"/></svg>'


@pytest.fixture
def course(tmp_path):
    root = tmp_path / "course"
    for path, text in {"slides/均值 1.md": DECK, "figures/dot.svg": DOT}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return root


def quiet(words):
    pass


def files(root):
    found = (path for path in root.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def patched(course, *words):
    """The patch that the command offers."""
    file = course.parent / "offered.patch"
    assert main(["import", str(course), "--diff", str(file), *words]) == 0
    return file


def test_nothing_is_written_unless_it_is_asked_for(course, capsysbinary):
    before = files(course)
    assert main(["import", str(course)]) == 0
    out, err = capsysbinary.readouterr()
    assert out.startswith(b"diff --git a/examples/__init__.py b/examples/__init__.py\n")
    assert "5 slides, 1 below another, 8 listings, 1 chunk" in err.decode()
    assert files(course) == before


def test_what_is_found(course):
    found = adopt(course, quiet)
    assert [(d.code, d.span.line) for d in found.diagnostics] == [
        ("editor-key", 5),
        ("missing-picture", 13),
        ("path-spelling", 13),
        ("pasted-output", 15),
        ("pasted-number", 28),
        ("pasted-output", 34),
        ("pasted-output", 50),
        ("code-not-run", 62),
        ("pasted-output", 62),
        ("pasted-output", 78),
        ("to-fill-in", 78),
        ("to-fill-in", 78),
    ]
    assert all(d.hint for d in found.diagnostics)
    assert (found.examples, found.unfilled, found.failed) == (5, 1, False)


@pytest.mark.parametrize("tool", [["git", "apply"], ["patch", "-p1", "-s", "-i"]], ids=["git", "patch"])
def test_the_patch_gives_what_write_writes(course, tool):
    if shutil.which(tool[0]) is None:
        pytest.skip(reason=f"{tool[0]}, which applies the patch, is not on PATH")
    other = course.parent / "other"
    shutil.copytree(course, other)
    subprocess.run([*tool, str(patched(course))], cwd=other, check=True)
    assert main(["import", str(course), "--write"]) == 0
    assert files(course) == files(other)


def test_afterwards_the_course_builds_and_checks(course):
    assert main(["import", str(course), "--write"]) == 0
    report = build(Options(course=course, out=course / "site", today=TODAY))
    said = [(d.code, str(d.severity)) for d in report.diagnostics]
    assert said == [("drift", "warning"), ("example-unavailable", "warning")]
    assert "2.33" in report.diagnostics[0].message  # what had been pasted, beside what the code shows
    assert "2.3333333333333335" in report.diagnostics[0].message
    html = (course / "site" / "slides" / "均值 1.html").read_text("utf-8")
    assert "这是粘贴来的输出" in html  # of the one that is to be filled in
    assert html.count('class="unverified"') == 1
    checked = check(course, quiet, TODAY)
    assert (checked.examples, checked.drifts, checked.failed) == (5, (), False)
    assert "but for 1 that cannot run here" in checked.summary()


def test_a_second_import_has_nothing_to_rewrite(course):
    assert main(["import", str(course), "--write"]) == 0
    again = adopt(course, quiet)
    assert (again.changes, again.examples) == ((), 0)
    assert {d.code for d in again.diagnostics} == {"editor-key"}


def test_before_a_build_check_says_that_the_record_never_ran(course):
    assert main(["import", str(course), "--write"]) == 0
    checked = check(course, quiet, TODAY)
    reasons = {drift.example.partition(".")[2]: (drift.reason, drift.causes) for drift in checked.drifts}
    assert reasons["mean()"] == ("changed", ("what is recorded was pasted and never ran",))
    assert reasons["words()"] == ("stale", ("what is recorded was pasted and never ran",))


def test_examples_that_fail_when_they_are_tried_are_to_be_filled_in(course):
    deck = course / "slides" / "均值 1.md"
    deck.write_text(DECK.replace("math.fsum(xs)", "math.fsum(xs) / 0"), "utf-8")
    assert adopt(course, quiet).unfilled == 1
    assert main(["import", str(course), "--run", "--write"]) == 0
    module = next(course.glob("examples/deck_1.py")).read_text("utf-8")
    assert "when tried, ZeroDivisionError: " in module
    assert not build(Options(course=course, out=course / "site", today=TODAY)).failed


def test_one_deck_of_a_course_and_where_its_root_is(course, tmp_path):
    assert root_of(course / "slides" / "均值 1.md") == course
    deep = tmp_path / "x" / "2021" / "a.md"
    deep.parent.mkdir(parents=True)
    deep.write_text('![](../../img/a.png)\n@import "../b.dot"\n')
    assert root_of(deep) == tmp_path
    (tmp_path / "x" / "kejian.toml").write_text("")
    assert root_of(deep) == tmp_path / "x"
    assert root_of(tmp_path) == tmp_path
    assert adopt(course / "slides" / "均值 1.md", quiet).examples == 5


@pytest.mark.parametrize(
    "data, code",
    [(b"\0\1\2", "unreadable"), (b"# \xff\xfe", "unreadable"), (None, "no-course")],
    ids=["binary", "no UTF-8", "missing"],
)
def test_bad_input_is_said(tmp_path, capsys, data, code):
    deck = tmp_path / "a.md"
    if data is not None:
        deck.write_bytes(data)
    assert main(["import", str(deck)]) == 1
    assert f"error[{code}]" in capsys.readouterr().err


def test_a_huge_deck_is_said(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("kejian.core.disk.files.LIMIT", 1 << 10)
    (tmp_path / "a.md").write_text("<!-- slide -->\n# x\n" * 1000)
    assert main(["import", str(tmp_path / "a.md")]) == 1
    assert "error[unreadable]" in capsys.readouterr().err


def test_nothing_is_written_over_an_error_or_a_file_that_is_there(course, capsys):
    (course / "examples").mkdir()
    (course / "examples" / "__init__.py").write_text("")
    (course / "examples" / "deck_1.py").write_text("x = (")
    before = files(course)
    assert main(["import", str(course), "--write"]) == 1
    assert "error[example-syntax]" in capsys.readouterr().err
    assert files(course) == before


def test_several_packages_of_examples_are_for_the_author_to_choose_from(course):
    for name in ("a_examples", "b_examples"):
        (course / name).mkdir()
        (course / name / "__init__.py").write_text("")
    assert [d.code for d in adopt(course, quiet).diagnostics if d.severity == "error"] == ["which-examples"]


def test_findings_as_json(course, capsys):
    assert main(["import", str(course), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"code", "severity", "path", "line", "column", "message", "hint"} == set(found[0])


@pytest.mark.parametrize(
    ("name", "text", "made"),
    [
        ("talk.md", "---\nmarp: true\n---\n# One\n\n---\n\n# Two\n", "talk.md"),
        ("talk.md", "---\nmdc: true\n---\n# One\r\n\r\n---\r\n\r\n# Two\r\n", "talk.md"),
        (
            "talk.ipynb",
            '{"cells":[{"cell_type":"markdown","source":"# One"},{"cell_type":"markdown","source":"# Two"}]}',
            "talk.md",
        ),
        ("talk.qmd", "---\nformat: revealjs\n---\n## One\n\n## Two\n", "talk.md"),
    ],
)
def test_a_deck_for_another_program_builds_once_it_is_imported(tmp_path, name, text, made):
    (tmp_path / "slides").mkdir()
    (tmp_path / "kejian.toml").write_text('language = "en"\n', "utf-8")
    deck = tmp_path / "slides" / name
    deck.write_text(text, "utf-8", newline="")
    assert main(["import", str(deck), "--write"]) == 0
    assert (tmp_path / "slides" / made).read_text("utf-8").count("<!-- slide -->") == 2
    assert deck.exists()
    report = build(Options(course=tmp_path, out=tmp_path / "site", today=TODAY))
    assert (report.diagnostics, report.slides) == ((), 2)


def test_what_another_program_has_alone_is_a_finding(tmp_path):
    (tmp_path / "kejian.toml").touch()
    (tmp_path / "talk.md").write_text("---\nmarp: true\nheader: Top\n---\n# One\n", "utf-8")
    found = adopt(tmp_path / "talk.md", lambda words: None)
    assert "no-counterpart" in [one.code for one in found.diagnostics]
