"""What a build says of examples that ran or failed: small courses, built."""

import re
import shutil

import pytest

from kejian.pipeline.build import build
from kejian.pipeline.report import Options
from tests.kejian.built import built

pytestmark = pytest.mark.slow  # each starts processes


@pytest.fixture
def found(tmp_path):
    """The findings of a build of a course whose only module is `code`; each name is a slide, with attributes."""

    def asked(code, *names, files=(), settings="", **options):
        root = tmp_path / "course"
        for path, text in {
            "demo_examples/__init__.py": "",
            "demo_examples/m.py": code,
            "slides/a.md": "".join(
                f'<!-- slide -->\n# {name.split()[0]}\n@import "../demo_examples/m.py" {{cmd=true symbol={name}}}\n'
                for name in names
            ),
            **dict(files),
            **({"kejian.toml": settings} if settings else {}),
        }.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, "utf-8")
        return build(
            Options(course=root, out=root / "site", today="2026-11-24", progress=lambda words: None, **options)
        )

    return asked


def outputs(tmp_path, glob="*.txt"):
    folder = tmp_path / "course" / "slides" / "outputs"
    return {path.name: path.read_text("utf-8") for path in sorted(folder.glob(glob))}


READS = """
from pathlib import Path

DATA = ("data/*.csv",)


def relative():
    print(open("data/表.csv", encoding="utf-8").read())


def absolute():
    print((Path(__file__).parents[1] / "data" / "表.csv").read_text("utf-8"))


def from_deck():
    print(open("../data/表.csv", encoding="utf-8").read())


def missing():
    print(open("data/none.csv", encoding="utf-8").read())


def other():
    print(open("words.txt").read())


def outside():
    open("/nowhere/at/all.txt")


def looks():
    try:
        open("settings.ini")
    except FileNotFoundError:
        print("none")


def writes():
    open("a.txt", "w")


def aside():
    import tempfile
    from pathlib import Path
    Path(tempfile.gettempdir(), "a.txt").write_text("kept")
    print(Path(tempfile.gettempdir(), "a.txt").read_text())
"""
TABLE = {"data/表.csv": "甲,1", "words.txt": "w"}


def test_both_ways_to_name_a_file_find_it(found, tmp_path):
    assert found(READS, "relative", "absolute", "looks", "aside", files=TABLE).diagnostics == ()
    shown = {"m.relative.txt": "甲,1\n", "m.absolute.txt": "甲,1\n", "m.looks.txt": "none\n", "m.aside.txt": "kept\n"}
    assert outputs(tmp_path) == shown


@pytest.mark.parametrize(
    "name, hint",
    [
        ("from_deck", 'write `open("data/表.csv")`, or `Path(__file__).parents[1] / "data/表.csv"`'),
        (
            "missing",
            "put data/none.csv into the course; an example runs in the course's folder: write `open(\"data/none",
        ),
        ("missing", 'and declare it, `DATA = ("data/none.csv",)` in demo_examples/m.py'),
        ("outside", "put data/all.txt into the course"),
    ],
)
def test_the_hint_of_a_missing_file_names_both_ways(found, name, hint):
    (said,) = found(READS, name, files=TABLE).diagnostics
    assert (said.code, said.span.line) == ("example-failed", 3)
    assert hint in said.hint


def test_a_file_of_the_course_that_is_read_by_its_own_path_is_to_be_declared(found):
    (said,) = found(READS, "other", files=TABLE).diagnostics
    assert (said.code, said.severity) == ("undeclared-read", "warning")
    assert said.hint == 'add "words.txt" to DATA in demo_examples/m.py:4'


def test_each_later_build_says_so_again(found, tmp_path):
    (said,) = found(READS, "other", files=TABLE).diagnostics
    root = tmp_path / "course"
    assert built(root)[0].diagnostics == (said,)
    shutil.rmtree(root / ".kejian")
    report, _ = built(root)
    assert (report.ran, report.diagnostics) == (0, (said,))


def test_the_course_s_folder_is_not_written_to(found, tmp_path):
    (said,) = found(READS, "writes", files=TABLE).diagnostics
    assert said.code == "example-failed"
    assert "write into the folder that `tempfile.gettempdir()` names" in said.message
    assert not (tmp_path / "course" / "a.txt").exists()


THINGS = """
import functools


async def later():
    import asyncio
    await asyncio.sleep(0)
    return 3


async def stream():
    yield 1


def needs(argument):
    return argument


def _hidden():
    return 1


short = lambda: 5
added = functools.partial(sum, [1, 2])
NUMBER = 7


class Net:
    def size(self):
        return 7


def arguments():
    import argparse
    import sys
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", default=3)
    print(parser.parse_args().epochs, sys.argv)


def script():
    import runpy
    runpy.run_path("demo_examples/script.py", run_name="__main__")
    runpy.run_module("demo_examples.script", run_name="__main__", alter_sys=True)
"""
SCRIPT = {"demo_examples/script.py": "if __name__ == '__main__':\n    print('as a script')\n"}


@pytest.mark.parametrize(
    "name, words, hint",
    [
        ("short", "`m.short` is a lambda", "write `def short(): return …`"),
        ("added", "`m.added` is a partial", "write `def added(): return sum(…)`"),
        ("Net.size", "`m.Net.size` is a method of the class `Net`", "`def size(): return Net().size()`"),
        ("Net", "`m.Net` is a class", "`def net_shown(): return Net()`"),
        ("NUMBER", "`m.NUMBER` is a value", "`def number_shown(): return NUMBER`"),
        ("_hidden", "`m._hidden` is private", "name it `hidden`"),
        ("stream", "`m.stream` is an async generator", "return [one async for one in stream()]`"),
        ("needs", "`m.needs` cannot be called without arguments", "give each parameter a default"),
    ],
)
def test_what_is_no_example_is_said_to_be_what_it_is(found, name, words, hint):
    (said,) = found(THINGS, name).diagnostics
    assert (said.code, said.span.line) == ("not-an-example", 3)
    assert words in said.message
    assert hint in said.hint


def test_what_is_awaited_is_an_example_and_what_a_program_finds_is_there(found, tmp_path):
    assert found(THINGS, "later", "arguments", "script", files=SCRIPT).diagnostics == ()
    shown = outputs(tmp_path)
    assert (shown["m.later.txt"], shown["m.arguments.txt"]) == ("3\n", "3 ['demo_examples.m']\n")
    assert shown["m.script.txt"] == "as a script\n" * 2


@pytest.mark.parametrize(
    "name, better", [("with-dash", "with_dash"), ("01_first", "example_01_first"), ("class", "example_class")]
)
def test_a_file_that_python_cannot_import_is_named_with_a_better_name(found, name, better):
    deck = f'<!-- slide -->\n# One\n@import "../demo_examples/{name}.py" {{symbol=one cmd=true}}\n'
    files = {f"demo_examples/{name}.py": "def one():\n    return 1\n", "slides/a.md": deck}
    (said,) = found("", files=files).diagnostics
    assert (said.code, said.span.path, said.span.line) == ("not-an-example", "slides/a.md", 3)
    assert f"Python imports no `{name}`" in said.message
    assert f"rename it to `{better}`" in said.hint


ASIDE = """
import logging
import sys
import warnings


def warns():
    warnings.warn("the learning rate is large")
    return 1


def logs():
    logging.getLogger("net").warning("loss is nan")
    return 1


def prints():
    print("to standard error", file=sys.stderr)
    return 1


def thirds():
    import other_package
    other_package.says()
    return 1


def caught():
    with warnings.catch_warnings(record=True):
        warnings.warn("meant")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.warn("meant")
    return 1


def many():
    for n in range(3000):
        print(n, "x" * 5000, file=sys.stderr)
    return 1


def nothing():
    pass


def fails():
    warnings.warn("so far")
    raise ValueError("no")
"""


@pytest.mark.parametrize(
    "name, place, words",
    [
        ("warns", "demo_examples/m.py:7", "\n  demo_examples/m.py:7: UserWarning: the learning rate is large"),
        ("logs", "demo_examples/m.py:12", "\n  loss is nan"),
        ("prints", "demo_examples/m.py:17", "\n  to standard error"),
        ("many", "demo_examples/m.py:38", "\n  2999 xxx"),
    ],
)
def test_what_an_example_says_aside_is_a_hint_with_its_place(found, name, place, words):
    (said,) = found(ASIDE.lstrip("\n"), name).diagnostics
    assert (said.code, said.severity, said.span.line) == ("example-stderr", "hint", 3)
    assert said.message.startswith(f"`m.{name}()` says aside ({place}):\n")
    assert words in said.message
    assert "stderr=true" in said.hint
    assert len(said.message) < 7000
    assert said.message.count("\n") <= 20


def test_stderr_is_an_output_on_request(found, tmp_path):
    assert found(ASIDE.lstrip("\n"), "warns stderr=true").diagnostics == ()
    shown = {"m.warns.txt", "m.warns.2.txt"}
    assert set(outputs(tmp_path)) == shown
    page = (tmp_path / "course" / "site" / "slides" / "a.html").read_text("utf-8")
    assert '<pre class="output-stderr"><code>demo_examples/m.py:7: UserWarning: the learning rate' in page
    again = found(ASIDE.lstrip("\n"), "warns stderr=true")
    assert (again.ran, again.diagnostics) == (0, ())
    without = found(ASIDE.lstrip("\n"), "warns")
    assert (without.ran, [said.code for said in without.diagnostics]) == (1, ["drift", "example-stderr"])


def test_what_packages_say_by_themselves_is_theirs_and_what_is_meant_is_no_finding(tmp_path, found):
    package = "import sys, warnings\n\ndef says():\n    print('mine', file=sys.stderr)\n    warnings.warn('mine')\n"
    folder = tmp_path / "site-packages"
    folder.mkdir()
    (folder / "other_package.py").write_text(package)
    code = ASIDE.lstrip("\n").replace("import other_package", f"sys.path.append({str(folder)!r}); import other_package")
    assert found(code, "thirds", "caught").diagnostics == ()


def test_an_example_that_shows_nothing_is_a_warning(found):
    (said,) = found(ASIDE, "nothing").diagnostics
    assert (said.code, said.severity) == ("shows-nothing", "warning")
    assert found(ASIDE, "nothing output=none").diagnostics == ()


def test_what_was_said_before_an_error_is_told_too(found):
    codes = {said.code for said in found(ASIDE, "fails").diagnostics}
    assert "example-failed" in codes
    assert [said.code for said in found(ASIDE, "fails raises=ValueError").diagnostics] == ["example-stderr"]


FIGURES = """
import matplotlib.pyplot as plt
import warnings


def chinese():
    warnings.simplefilter("ignore")
    plt.rcParams["font.family"] = ["DejaVu Sans"]
    plt.plot([1, 2, 3])
    plt.title("准确率与轮数")
    plt.xlabel("轮数")
"""


@pytest.mark.slow
def test_letters_that_a_figure_s_font_does_not_have_are_drawn_in_that_of_the_slides(found, tmp_path):
    assert found(FIGURES, "chinese").diagnostics == ()
    drawing = outputs(tmp_path, "*.svg")["m.chinese.svg"]
    assert "NotoSansSC" in drawing
    assert "DejaVuSans" in drawing


@pytest.mark.slow
def test_letters_that_no_font_has_are_named(found):
    *_, said = found(FIGURES.replace("准确率与轮数", "𝄞").replace("轮数", "n"), "chinese").diagnostics
    assert (said.code, said.severity, said.span.line) == ("missing-glyph", "warning", 3)
    assert "has boxes for 𝄞:" in said.message
    assert "fonts-noto-cjk" in said.hint


OUTSIDE = """
import matplotlib.pyplot as plt


def legend():
    figure, axes = plt.subplots(figsize=(4, 3))
    axes.plot([1, 2], label="a long legend label")
    axes.legend(loc="upper left", bbox_to_anchor=(1.02, 1))
    return figure


def within():
    figure, axes = plt.subplots(figsize=(4, 3))
    axes.plot([1, 2])
    return figure


def far():
    figure, axes = plt.subplots(figsize=(4, 3))
    axes.text(1e4, 0.5, "far away")
    return figure
"""


@pytest.mark.slow
@pytest.mark.parametrize("name, wider", [("legend", True), ("within", False), ("far", False)])
def test_what_lies_outside_of_a_figure_is_drawn_with_it(found, tmp_path, name, wider):
    found(OUTSIDE, name)
    width = re.search(r'width="([\d.]+)pt"', outputs(tmp_path, "*.svg")[f"m.{name}.svg"])[1]
    assert (float(width) > 288.5) == wider


ADDRESSES = """
class Net:
    pass


def numbers():
    return (k for k in range(3))


def nets():
    print("two of them")
    return [Net(), Net()]


def prints():
    print(Net())


def described():
    return f"a net: {Net()}"


def prose():
    return "the value at 0x10 is 3"
"""


@pytest.mark.parametrize(
    "name, severity, words, shown",
    [
        ("numbers", "error", "returns a generator that has no text but its address", None),
        ("nets", "hint", "returns a list that has no text but its address", {"m.nets.txt": "two of them\n"}),
        ("prints", "warning", "shows an address in memory", None),
        ("described", "warning", "shows an address in memory", None),
    ],
)
def test_what_has_no_text_but_an_address_is_not_shown(found, tmp_path, name, severity, words, shown):
    (said,) = [one for one in found(ADDRESSES, name).diagnostics if one.code != "not-reproducible"]
    assert (said.code, said.severity, said.span.line) == ("address-shown", severity, 3)
    assert words in said.message
    assert said.hint
    assert shown is None or outputs(tmp_path) == shown


def test_a_text_that_names_a_small_address_is_a_text(found, tmp_path):
    assert found(ADDRESSES, "prose").diagnostics == ()
    assert outputs(tmp_path) == {"m.prose.txt": "the value at 0x10 is 3\n"}


POINTS = """
import matplotlib.pyplot as plt
import numpy as np

XY = np.random.default_rng(0).normal(size=(2, 30_000))


def scatter():
    plt.scatter(*XY, s=1)
    plt.title("many")


def series():
    for part in np.split(XY, 10, axis=1):
        plt.plot(*part, ".")


def pixels():
    plt.scatter(*XY, s=1, rasterized=True)


def bars():
    plt.bar(range(30), range(30))
"""


@pytest.mark.slow
def test_a_figure_of_very_many_points_has_them_as_pixels(found, tmp_path):
    folder = tmp_path / "course" / "slides" / "outputs"
    one, two = found(POINTS, "scatter", "series", "pixels", "bars").diagnostics
    for said, name in ((one, "scatter"), (two, "series")):
        assert (said.code, said.severity) == ("figure-rasterised", "warning")
        assert f"the figure of `m.{name}()` was " in said.message
        assert "rasterized=True" in said.hint
    first = {path.name: path.read_bytes() for path in folder.glob("*.svg")}
    assert set(first) == {"m.scatter.svg", "m.series.svg", "m.pixels.svg", "m.bars.svg"}
    assert max(map(len, first.values())) < 500_000
    assert [b"<image " in first[f"m.{name}.svg"] for name in ("scatter", "series", "bars")] == [True, True, False]
    for path in folder.iterdir():
        path.unlink()
    found(POINTS, "scatter", "series")
    assert all((folder / f"m.{name}.svg").read_bytes() == first[f"m.{name}.svg"] for name in ("scatter", "series"))


LINES = """
def long(n=3000):
    for k in range(n):
        print(k)


def short():
    long(1000)


def wide(n=100_001):
    print("x" * n)
"""


def test_an_output_of_thousands_of_lines_or_letters_is_a_warning_in_each_build(found):
    for _ in range(2):
        long, wide = found(LINES, "long", "short", "long output=value", "wide").diagnostics
        assert (long.code, long.severity, long.span.line) == ("too-much", "warning", 3)
        assert long.message == "the output of `m.long()` has 3,000 lines, more than 1,000: it opens in parts"
        assert "the first and the last lines" in long.hint
        assert wide.message == "the output of `m.wide()` has 100,001 letters, more than 100,000: it opens in parts"
