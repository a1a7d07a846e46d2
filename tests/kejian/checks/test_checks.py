"""What `check` says of a course without running it: fixtures of title, sources and findings."""

from dataclasses import replace
from pathlib import Path

import pytest
from markdown_it.utils import read_fixture_file

from kejian import checks
from kejian.checks.browser_codes import CODES as BROWSER_CODES
from kejian.checks.subject import CourseUnderCheck
from kejian.core.config import Course
from kejian.core.disk.files import Folder
from kejian.core.paths import sizes
from kejian.examples.record.file_format import RecordedExample
from kejian.examples.record.outputs import Output
from kejian.parse.deck import ParseContext, load
from kejian.parse.lines.text_macros import Macros

PICTURE = Output(kind="picture", name="", suffix="svg", data=b"\n" * 99)
CASES = read_fixture_file(Path(__file__).parents[2] / "fixtures" / "checks.md")


def material(root, texts, **more):
    """A course with these files, read as a build reads it."""
    for path, text in texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    folder = Folder(root)
    around = ParseContext(folder, Macros({}, {}), Course(words=12))
    decks = tuple(load(path, around) for path in texts if path.endswith(".md"))
    lines = {path: text.split("\n") for path, text in texts.items()}
    reads = frozenset(path for path, digest in folder.reads.items() if digest)
    return CourseUnderCheck(decks=decks, lines=lines, settings=around.course, files=sizes(root), reads=reads, **more)


def split(text):
    """The files of a case: the deck, then what `%%% path` begins."""
    deck, *others = text.split("%%% ")
    return {"slides/a.md": deck} | {path: body for path, _, body in (other.partition("\n") for other in others)}


def said(found, path="slides/a.md"):
    lines = [f"{d.span.line}:{d.span.column} {d.severity} {d.code}: {d.message}" for d in found.diagnostics] + (
        [f"accepted {found.accepted}"] if found.accepted else []
    )
    assert all(d.span.path == path and d.hint for d in found.diagnostics)
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize("text, expected", [case[2:] for case in CASES], ids=[case[1] for case in CASES])
def test_what_is_found(tmp_path, text, expected):
    assert said(checks.inspect(material(tmp_path, split(text)), BROWSER_CODES)) == expected


def codes(found):
    return [(d.code, str(d.span), d.message) for d in found.diagnostics]


def test_files_that_nothing_uses(tmp_path):
    texts = {"slides/a.md": "<!-- slide -->\n# 一\n![一](../figures/used.png)\n"}
    texts |= dict.fromkeys(("figures/used.png", "figures/other.png", "elsewhere/c.png", "slides/d.svg"), "x")
    texts |= {"slides/outputs/mean.svg": "x", "figures/notes.txt": "x", "slides/.hidden/e.png": "x"}
    found = checks.inspect(material(tmp_path, texts))
    assert codes(found) == [
        ("unused-file", "figures/other.png:1:1", "no slide shows this file"),
        ("unused-file", "slides/d.svg:1:1", "no slide shows this file"),
    ]


def test_a_file_whose_name_has_other_letters_on_disk(tmp_path):
    """As on a disk that does not tell `A` from `a`, where reading finds the file."""
    texts = {"slides/a.md": "<!-- slide -->\n# 一\n![一](B.png)\n", "slides/B.png": "x"}
    one = material(tmp_path, texts)
    other = CourseUnderCheck(
        decks=one.decks, lines=one.lines, settings=one.settings, files={"slides/b.png": 1}, reads=one.reads
    )
    assert codes(checks.inspect(one)) == []
    assert codes(checks.inspect(other)) == [
        ("other-case", "slides/a.md:3:6", "the file is named slides/b.png, not slides/B.png"),
        ("unused-file", "slides/b.png:1:1", "no slide shows this file"),
    ]


def test_a_long_output_is_found_where_it_is_asked_for(tmp_path):
    """Of one that a part of the slide imports, too; a value in prose and a picture have no lines."""
    text = '<!-- slide -->\n# 一\n@import "../demo/m.py" {symbol=a cmd=true}\n\n@import "part.md"\n'
    part = '@import "../demo/m.py" {symbol=b cmd=true}\n\n@import "../demo/m.py" {symbol=c cmd=true}\n'
    texts = {"slides/a.md": text, "slides/part.md": part, "demo/m.py": "def a(): 1\ndef b(): 1\ndef c(): 1\n"}
    one = material(tmp_path, {"demo/m.py": texts["demo/m.py"], **texts})
    lines = {"a": 61, "b": 3000, "c": 60}
    recorded = {
        hole: RecordedExample(
            name="m.a",
            call="m.a()",
            outputs=(
                Output(kind="text", name="", suffix="txt", data=b"x\n" * lines[hole.call.partition("(")[0][-1]]),
                PICTURE,
            ),
        )
        for deck in one.decks
        for hole in deck.examples
    }
    found = checks.inspect(replace(one, recorded=recorded))
    assert [one for one in codes(found) if one[1].startswith("slides/a")] == [
        ("long-output", "slides/a.md:3:1", "the output has 61 lines, more than 60"),
        ("long-output", "slides/a.md:5:10", "the output has 3,000 lines, more than 60"),
    ]


def test_a_large_file_is_found_where_it_is_asked_for(tmp_path):
    texts = {"slides/a.md": "<!-- slide -->\n# 一\n![一](b.png)\n", "slides/b.png": "x" * (6 << 20)}
    assert codes(checks.inspect(material(tmp_path, texts))) == [
        ("large-file", "slides/a.md:3:6", "slides/b.png has 6.0 MB")
    ]


def test_outputs_that_no_slide_quotes(tmp_path):
    found = checks.inspect(material(tmp_path, {"slides/a.md": "# 一\n"}, unused=("lenet.old",)))
    assert codes(found) == [
        ("unused-output", "slides/outputs/lenet.old.json:1:1", "no slide quotes lenet.old any more")
    ]


def test_every_check_is_triggered_by_some_case():
    seen = {line.split()[2].rstrip(":") for case in CASES for line in case[3].splitlines() if line[0].isdigit()}
    elsewhere = {"unused-file", "large-file", "other-case", "unused-output", "long-output"}
    assert seen - {"accepts-nothing", "accepts-unknown"} == set(checks.CODES) - elsewhere
    assert len(set(checks.CODES)) == len(checks.CODES)
