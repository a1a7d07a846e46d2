"""Executed examples from deck to page and record: the promises of the project, one by one."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kejian.checks.explain import explain
from kejian.cli.main import main
from kejian.pipeline.analysis import survey
from kejian.pipeline.build import build
from kejian.pipeline.report import Options
from tests.conftest import copied
from tests.kejian.built import TODAY, built, checked, record

ROOT = Path(__file__).parents[3]


def codes(found):
    return [d.code for d in found]


def page(root):
    return (root / "site" / "slides" / "deck.html").read_text("utf-8")


@pytest.fixture(scope="session")
def once(tmp_path_factory, demo_course):
    """The course, built once for all tests."""
    root = demo_course(tmp_path_factory.mktemp("built") / "demo")
    report, _ = built(root)
    assert codes(report.diagnostics) == []
    assert report.ran == 7
    return root


@pytest.fixture
def course(once, demo):
    copied(once, demo, dirs_exist_ok=True)
    return demo


def test_a_slide_shows_what_the_code_shows(course):
    text = page(course)
    assert '参数 <span class="value">61,706</span> 个' in text
    assert "accuracy: 0.5000\nloss: 0.1000</code></pre>" in text
    assert "[0, 2, 4]" in text
    assert "ValueError: a kernel of 5 does not fit into 3" in text
    assert "demo_examples/shown.py:" in text
    assert "tests/test_shown.py::test_text" in text


def test_the_record_is_readable_and_small(course):
    files = record(course)
    assert files["shown.text.txt"] == b"accuracy: 0.5000\nloss: 0.1000\n"
    meta = json.loads(files["shown.text.json"])
    assert meta["verified"] == TODAY
    assert str(course) not in files["shown.text.json"].decode()
    assert {(p["kind"], p["name"]) for p in meta["parts"]} >= {
        ("code", "function shown.text"),
        ("code", "function base.scaled"),
        ("code", "constant base.SCALE"),
    }


def test_a_second_build_starts_no_child(course):
    before = record(course)
    report, said = built(course)
    assert (report.ran, report.written, said) == (0, 0, [])
    assert record(course) == before


@pytest.mark.slow
def test_a_build_after_the_cache_is_gone_starts_no_child_and_gives_the_same_bytes(course):
    site = page(course)
    subprocess.run([sys.executable, ROOT / "build.py", "clean", course], check=True, capture_output=True)
    report, _ = built(course)
    assert report.ran == 0
    assert page(course) == site


def test_editing_a_function_runs_exactly_its_dependants(course, edit):
    edit("demo_examples/base.py", "return SCALE * x", "return x * SCALE")
    report, said = built(course)
    assert report.ran == 3
    assert {words.split(":")[0] for words in said} == {
        "running shown.count~format=-" + said_name(said),
        "running shown.text",
        "running shown.value",
    }
    assert all("function base.scaled changed (demo_examples/base.py:4)" in words for words in said)
    assert codes(report.diagnostics) == []


def said_name(said):
    return next(w for w in said if "count" in w).split("format=-")[1].split(":")[0]


def test_comments_moved_functions_and_unrelated_code_run_nothing(course, edit):
    edit("demo_examples/base.py", "def unrelated():\n    return 0\n", "")
    edit("demo_examples/base.py", "SCALE = 2\n", "SCALE = 2  # twice\n\n\ndef unrelated():\n    return 1\n")
    assert built(course)[0].ran == 0
    assert checked(course).drifts == ()


def test_a_data_file_that_changed_runs_its_reader(course):
    (course / "data" / "numbers.txt").write_text("1 2 4")
    report, said = built(course)
    assert any(w.startswith("running shown.data") and "data file data/numbers.txt changed" in w for w in said)
    assert codes(report.diagnostics) == ["drift"]


def test_drift_within_tolerance_leaves_the_recorded_bytes(course, edit):
    edit("demo_examples/base.py", "return SCALE * x", "return SCALE * x + (0.004 if x == 0.25 else 0)")
    report, _ = built(course)
    assert codes(report.diagnostics) == []
    assert record(course)["shown.text.txt"] == b"accuracy: 0.5000\nloss: 0.1000\n"


def test_drift_beyond_tolerance_is_recorded_and_reported(course, edit):
    edit("demo_examples/base.py", "SCALE = 2", "SCALE = 3")
    report, _ = built(course)
    assert set(codes(report.diagnostics)) == {"drift"}
    first = next(d for d in report.diagnostics if "shown.text" in d.message)
    assert (first.severity, first.span.path, first.span.line) == ("warning", "slides/deck.md", 7)
    assert "0.5000" in first.message
    assert "0.7500" in first.message
    assert "constant base.SCALE changed" in first.message
    assert record(course)["shown.text.txt"] == b"accuracy: 0.7500\nloss: 0.1000\n"
    assert checked(course).drifts == ()


def test_check_passes_and_writes_nothing(course):
    before = record(course), page(course)
    result = checked(course)
    assert (result.drifts, codes(result.diagnostics), result.examples, result.failed) == ((), [], 7, False)
    assert (record(course), page(course)) == before


@pytest.mark.parametrize(
    "change, reason, words",
    [
        (("demo_examples/base.py", "SCALE = 2", "SCALE = 3"), "changed", "constant base.SCALE changed"),
        (("slides/outputs/shown.text.txt", "0.5000", "0.6000"), "changed", "shown.text.txt was edited"),
        (("slides/outputs/shown.text.json", '"key": "', '"key": "0'), "stale", ""),
        (("demo_examples/shown.py", 'print("loss: 0.1000")', "raise KeyError(3)"), "failed", "KeyError: 3"),
    ],
    ids=["constant", "digit", "stale", "failure"],
)
def test_check_fails_with_the_line_and_the_cause(course, edit, change, reason, words):
    edit(*change)
    result = checked(course)
    assert result.failed
    found = next(d for d in result.drifts if "shown.text" in d.example)
    assert (found.reason, found.span.path, found.span.line) == (reason, "slides/deck.md", 7)
    assert words in " ".join(found.causes)


def test_a_changed_digit_within_tolerance_passes_check(course, edit):
    edit("slides/outputs/shown.text.txt", "0.5000", "0.5003")
    before = record(course)
    assert checked(course).drifts == ()
    assert record(course) == before


def test_a_tolerance_that_lets_every_number_become_zero_is_a_warning(course, edit):
    edit("slides/deck.md", "tol=0.01", "tol=100%")
    found = [one for one in checked(course).diagnostics if one.code == "loose-tolerance"]
    assert [(str(one.severity), one.span.line) for one in found] == [("warning", 7)]
    assert "lets every number become zero" in found[0].message


def test_a_removed_output_is_drift(course):
    (course / "slides" / "outputs" / "shown.value.txt").unlink()
    (found,) = checked(course).drifts
    assert (found.example, found.reason) == ("shown.value()", "changed")
    (course / "slides" / "outputs" / "shown.value.json").unlink()
    (found,) = checked(course).drifts
    assert found.reason == "missing"


def test_another_package_version_makes_the_record_stale(course, edit):
    edit("slides/outputs/shown.value.json", '"value": "3.11"', '"value": "3.10"')
    edit("slides/outputs/shown.value.json", '"key": "', '"key": "0')
    (found,) = checked(course).drifts
    assert found.reason == "stale"
    assert "Python 3.10 → 3.11" in found.causes


def test_a_failure_publishes_nothing_and_records_nothing(course, edit):
    before = record(course), page(course)
    edit("demo_examples/shown.py", "return [scaled(n) for n in range(3)]", "return 1 / 0")
    report, _ = built(course)
    assert report.failed
    (found,) = report.diagnostics
    assert found.code == "example-failed"
    assert (found.span.path, found.span.line) == ("slides/deck.md", 11)
    assert "ZeroDivisionError" in found.message
    assert "demo_examples/shown.py:" in found.message
    assert "children" not in found.message
    assert (record(course), page(course)) == before


def test_an_error_that_is_meant_and_does_not_come_is_an_error(course, edit):
    edit("demo_examples/shown.py", 'raise ValueError("a kernel of 5 does not fit into 3")', "return 1")
    assert codes(built(course)[0].diagnostics) == ["example-no-error"]


def test_no_exec_starts_no_child_and_says_what_is_not_verified(course, edit):
    edit("demo_examples/base.py", "SCALE = 2", "SCALE = 3")
    report, said = built(course, execute=False)
    assert (report.ran, said) == (0, [])
    assert set(codes(report.diagnostics)) == {"not-verified"}
    assert "accuracy: 0.5000" in page(course)


def test_no_exec_without_a_record_shows_boxes(demo):
    report, _ = built(demo, execute=False)
    assert set(codes(report.diagnostics)) == {"not-verified"}
    assert not report.failed
    assert "was not run" in page(demo)


@pytest.mark.parametrize(
    "example, code, words",
    [
        ("unavailable", "example-unavailable", "the weights are not here"),
        ("undeclared", "undeclared-read", "reads secret.txt"),
    ],
)
@pytest.mark.slow
def test_finding_about_a_run_is_a_warning(demo, example, code, words):
    deck = f'<!-- slide -->\n@import "../demo_examples/shown.py" {{symbol="{example}" cmd=true}}\n'
    (demo / "slides" / "deck.md").write_text(deck)
    report, _ = built(demo)
    (found,) = report.diagnostics
    assert (found.code, found.severity) == (code, "warning")
    assert words in found.message
    result = checked(demo)
    assert not result.failed or code == "undeclared-read"
    assert checked(demo, strictly=True).failed


@pytest.mark.slow
def test_a_recorded_drawing_that_would_run_is_not_published(demo):
    deck = '<!-- slide -->\n@import "../demo_examples/shown.py" {symbol="text" cmd=true}\n'
    (demo / "slides" / "deck.md").write_text(deck)
    (demo / "slides" / "outputs").mkdir()
    (demo / "slides" / "outputs" / "shown.text.json").write_text("{")
    (demo / "slides" / "outputs" / "shown.text.svg").write_text("<svg onload='x'/>")
    report = build(Options(course=demo, out=demo / "site", execute=False))
    assert "active-file" in codes(report.diagnostics)
    assert not list((demo / "site").rglob("*.svg"))


@pytest.mark.parametrize(
    "language, example, words",
    [
        ("zh-CN", "unavailable_here", "没有运行，未经验证。</strong>"),
        ("zh-CN", "unavailable_here", "<li>缺少权重 <code>w.h5</code> &lt;1&gt;</li>"),
        ("en", "unavailable", "Not run, not verified.</strong>"),
        ("en", "unavailable", "<li>the weights are not here</li>"),
    ],
)
@pytest.mark.slow
def test_what_cannot_run_here_says_so_on_its_slide_in_the_course_s_language(demo, language, example, words):
    (demo / "kejian.toml").write_text(f'language = "{language}"\n')
    deck = f'<!-- slide -->\n@import "../demo_examples/shown.py" {{symbol="{example}" cmd=true}}\n'
    (demo / "slides" / "deck.md").write_text(deck)
    for _ in range(2):  # run, and remembered
        built(demo)
        assert words in page(demo)
    assert "problem" not in page(demo)


@pytest.mark.slow
def test_a_value_in_prose_that_cannot_be_computed_here_is_a_dash(demo):
    (demo / "slides" / "deck.md").write_text("<!-- slide -->\n有 `{python} shown.unavailable():,` 个\n")
    report, _ = built(demo)
    assert codes(report.diagnostics) == ["example-unavailable"]
    assert ">—</span>" in page(demo)


@pytest.mark.slow
def test_each_deck_that_lacks_an_example_says_so(demo):
    deck = '<!-- slide -->\n@import "../demo_examples/shown.py" {symbol="unavailable" cmd=true}\n'
    for name in ("deck.md", "other.md"):
        (demo / "slides" / name).write_text(deck)
    for _ in range(2):
        report, _ = built(demo)
        assert [d.span.path for d in report.diagnostics] == ["slides/deck.md", "slides/other.md"]


@pytest.mark.slow
def test_what_is_missing_is_asked_for_once_a_day_and_by_every_check(demo):
    (demo / "slides" / "deck.md").write_text(
        '<!-- slide -->\n@import "../demo_examples/shown.py" {symbol="unavailable" cmd=true}\n'
    )
    assert built(demo)[0].ran == 1
    report, said = built(demo)
    assert (report.ran, codes(report.diagnostics)) == (0, ["example-unavailable"])
    assert "running" not in " ".join(said)
    assert checked(demo).examples == 1
    tomorrow = build(Options(course=demo, out=demo / "site", today="2026-11-25"))
    assert tomorrow.ran == 1


@pytest.mark.slow
def test_a_declared_file_that_comes_makes_the_next_build_run_what_waits_for_it_and_the_hint_says_so(demo, edit):
    edit("demo_examples/shown.py", 'numbers.txt",)', 'numbers.txt", "weights/w.h5")')
    there = "    if Path(__file__).parents[1].joinpath('weights', 'w.h5').exists():\n        return 1\n"
    edit("demo_examples/shown.py", "def unavailable():\n", f"def unavailable():\n{there}")
    deck = '<!-- slide -->\n@import "../demo_examples/shown.py" {symbol="unavailable" cmd=true}\n'
    (demo / "slides" / "deck.md").write_text(deck)
    for _ in range(2):  # run, and remembered
        assert [d.hint for d in built(demo)[0].diagnostics] == [
            "once weights/w.h5 is there, the next build runs it by itself"
        ]
    (demo / "weights").mkdir()
    (demo / "weights" / "w.h5").write_text("w")
    assert built(demo)[0].ran == 1


@pytest.mark.slow
def test_what_is_missing_and_not_declared_is_asked_for_by_rerun_and_after_clean(demo):
    (demo / "slides" / "deck.md").write_text(
        '<!-- slide -->\n@import "../demo_examples/shown.py" {symbol="unavailable" cmd=true}\n'
    )
    for _ in range(2):
        report, _ = built(demo)
        assert report.ran == 1
        assert main(["clean", str(demo)]) == 0
    assert "`kejian build --rerun shown.unavailable`" in report.diagnostics[0].hint
    built(demo)
    assert built(demo)[0].ran == 0
    assert built(demo, rerun=("shown.unavailable",))[0].ran == 1


@pytest.mark.parametrize(
    "deck, code, words",
    [
        ('@import "../demo_examples/shown.py" {symbol="txt" cmd=true}', "symbol-missing", "`text`"),
        ("`{python} shown.cuont()`", "no-such-example", "`shown.count`"),
        ('@import "../demo_examples/shown.py" {symbol="needs" cmd=true}', "not-an-example", "default"),
        ('@import "../demo_examples/shown.py" {symbol="text" cmd=true tol=lots}', "bad-tolerance", "tol=0.01"),
        ('@import "../demo_examples/shown.py" {symbol="text" cmd=true normalise=all}', "bad-tolerance", "durations"),
        ('@import "../demo_examples/shown.py" {symbol="slow" cmd=true timeout=0.5}', "example-failed", ""),
        ('@import "../demo_examples/shown.py" {symbol="calls_out" cmd=true}', "example-failed", ""),
    ],
)
def test_wrong_import_is_an_error_with_a_hint(demo, deck, code, words):
    (demo / "slides" / "deck.md").write_text(f"<!-- slide -->\n{deck}\n")
    report, _ = built(demo)
    assert report.failed
    (found,) = report.diagnostics
    assert (found.code, found.span.path, found.span.line) == (code, "slides/deck.md", 2)
    assert words in found.hint


def test_a_syntax_error_in_the_package_is_reported_where_it_is(course, edit):
    edit("demo_examples/base.py", "return SCALE * x", "return SCALE *")
    report, _ = built(course)
    assert report.failed
    assert {(d.code, d.span.path, d.span.line) for d in report.diagnostics} == {
        ("example-syntax", "demo_examples/base.py", 5)
    }


def test_values_that_are_not_calls_are_warnings(demo):
    (demo / "slides" / "deck.md").write_text("<!-- slide -->\n`{python} 1 + 1`\n")
    report, _ = built(demo)
    assert codes(report.diagnostics) == ["not-a-call"]
    assert "<code>1 + 1</code>" in page(demo)


def test_a_course_without_an_examples_package(tmp_path):
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides" / "deck.md").write_text("<!-- slide -->\n`{python} a.b()`\n")
    assert codes(built(tmp_path)[0].diagnostics) == ["no-examples"]


@pytest.mark.slow
def test_unused_outputs_are_reported_and_removed_only_on_request(course, edit):
    edit("slides/deck.md", '@import "../demo_examples/shown.py" {symbol="table" cmd=true}\n', "")
    built(course)
    assert "shown.table.txt" in record(course)
    assert codes(checked(course).diagnostics) == ["unused-output"]
    assert survey(course).unused == ["shown.table"]
    subprocess.run([sys.executable, ROOT / "build.py", "clean", "--outputs", course], check=True, capture_output=True)
    assert "shown.table.txt" not in record(course)
    assert "shown.text.txt" in record(course)


def test_explain_says_what_a_key_is_made_of_and_why_it_would_run(course, edit):
    words, _ = explain(course, "shown.text")
    assert "would not run again: nothing has changed" in words
    assert "shown at slides/deck.md:7:1" in words
    assert "demo_examples/base.py:4" in words
    edit("demo_examples/base.py", "SCALE = 2", "SCALE = 3")
    words, _ = explain(course, "shown.text")
    assert "would run again:\n    constant base.SCALE changed (demo_examples/base.py:1)" in words
    assert "Did you mean shown.text" in explain(course, "shown.txet")[0]


@pytest.mark.slow
def test_check_writes_a_page_with_old_and_new(course, edit, tmp_path):
    edit("demo_examples/base.py", "SCALE = 2", "SCALE = 3")
    command = [sys.executable, ROOT / "build.py", "check", course, "--report", tmp_path / "report"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "slides/deck.md:7:1" in run.stderr
    report = (tmp_path / "report" / "index.html").read_text("utf-8")
    assert "0.5000" in report
    assert "0.7500" in report


@pytest.mark.slow
def test_eight_builders_at_once_end_with_the_bytes_of_one(course, demo, tmp_path_factory):
    site, files = page(course), record(course)
    for name in ("site", ".kejian", "slides/outputs"):
        subprocess.run(["rm", "-rf", demo / name], check=True)
    script = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); "
        f"from kejian.cli import main as cli, terminal; terminal.today = lambda: {TODAY!r}; "
        f"sys.exit(cli.main([{str(demo)!r}, '--out', sys.argv[1], '--quiet']))"
    )
    outs = [tmp_path_factory.mktemp("out") / "site" for _ in range(8)]
    commands = [[sys.executable, "-c", script, out] for out in outs]
    builders = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for command in commands]
    for builder in builders:
        said = builder.communicate(timeout=300)[1]
        assert builder.returncode == 0, said
    assert {name: strip(data) for name, data in record(demo).items()} == {n: strip(d) for n, d in files.items()}
    assert {strip((out / "slides" / "deck.html").read_bytes()) for out in outs} == {strip(site.encode())}


def strip(data):
    """Without seconds, which differ from run to run."""
    import re

    return re.sub(rb'"seconds": [0-9.]+|, [0-9.]+ s<', b"", data)


@pytest.mark.slow
@pytest.mark.parametrize("pause", [0.05 * n for n in range(1, 11)])
def test_a_build_killed_at_any_moment_leaves_nothing_wrong(demo, pause):
    command = [sys.executable, ROOT / "build.py", demo, "--quiet"]
    killed = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    time.sleep(pause)
    killed.kill()
    killed.wait()
    time.sleep(0.3)  # its children end by themselves
    report, _ = built(demo)
    assert codes(report.diagnostics) == []
    assert "[0, 2, 4]" in page(demo)
    assert checked(demo).drifts == ()
    assert [p for p in (demo / "slides" / "outputs").iterdir() if p.name.startswith(".")] == []


def with_example(course, text):
    """The small course with one more module, whose function a deck of its own shows."""
    (course / "demo_examples" / "more.py").write_text(text, "utf-8")
    deck = '<!-- slide -->\n# More\n\n@import "../demo_examples/more.py" {symbol="shown" cmd=true}\n'
    (course / "slides" / "more.md").write_text(deck, "utf-8")


def test_what_shows_something_else_each_time_is_told_at_its_first_record(course):
    with_example(course, "def shown():\n    print(object())\n")
    report, _ = built(course)
    (found,) = [d for d in report.diagnostics if d.code == "not-reproducible"]
    assert found.span.path == "slides/more.md"
    assert "an address in memory" in found.message
    assert found.hint == 'write normalise="addresses" on the import'


def test_an_unseeded_draw_is_named_with_its_line(course):
    text = "import numpy as np\n\n\ndef idle():\n    return np.random.default_rng()\n\n\n"
    with_example(course, text + "def shown():\n    print(np.random.default_rng().random())\n")
    report, _ = built(course)
    (found,) = [d for d in report.diagnostics if d.code == "not-reproducible"]
    assert found.message.endswith(
        "without a seed, or a measurement: `np.random.default_rng()` has no seed (demo_examples/more.py:9)"
    )


def test_a_module_that_is_broken_where_nothing_has_run_is_an_error(course):
    with_example(course, "def shown():\n    print(1)\n\n\ndef idle():\n    print(2)\n")
    assert not built(course)[0].failed
    module = course / "demo_examples" / "more.py"
    module.write_text(module.read_text("utf-8") + "\n\nX = MISSING\n", "utf-8")
    for _ in range(2):  # also where nothing has changed since it was told
        report, _ = built(course)
        (found,) = [d for d in report.diagnostics if d.code == "module-broken"]
        assert (report.failed, report.ran, found.span.path) == (True, 0, "slides/more.md")
        assert "demo_examples/more.py:9 in <module>" in found.message
    module.write_text(module.read_text("utf-8").replace("X = MISSING", "X = 3"), "utf-8")
    report, said = built(course)
    assert (report.failed, report.ran) == (False, 0)
    assert "importing demo_examples.more" in said
    (course / "slides" / "more.md").write_text((course / "slides" / "more.md").read_text("utf-8") + "\nmore\n", "utf-8")
    assert not [words for words in built(course)[1] if words.startswith("importing")]  # once for each change


LOOKS = """
import os
from pathlib import Path

DATA_FOLDER = Path(__file__).parents[1] / "data"


def shown():
    size = os.path.getsize(DATA_FOLDER / "size.bin")
    print(os.environ.get("KEJIAN_EXAMPLES_X"), size, sorted(os.listdir(DATA_FOLDER)))
"""


def test_a_build_sees_what_a_run_has_looked_at_besides_contents(course, monkeypatch):
    """Also the quick look, which asks before anything is imported whether there is anything to be done."""
    size, text = course / "data" / "size.bin", course / "slides" / "outputs" / "more.shown.txt"
    size.write_bytes(b"1")
    with_example(course, LOOKS)
    said = []
    changes = (
        lambda: None,
        lambda: monkeypatch.setenv("KEJIAN_EXAMPLES_X", "set"),
        lambda: size.write_bytes(b"12"),
        lambda: (course / "data" / "new.bin").write_bytes(b"1"),
    )
    for change in changes:
        change()
        assert main(["build", str(course)]) == 0
        said.append(text.read_text("utf-8"))
    assert said == [
        "None 1 ['numbers.txt', 'size.bin']\n",
        "set 1 ['numbers.txt', 'size.bin']\n",
        "set 2 ['numbers.txt', 'size.bin']\n",
        "set 2 ['new.bin', 'numbers.txt', 'size.bin']\n",
    ]
