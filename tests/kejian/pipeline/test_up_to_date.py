"""A build after which nothing has changed does nothing; every change that a build would see, makes it one."""

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from kejian.cli.main import main
from kejian.pipeline import build as pipeline
from kejian.pipeline.up_to_date import CachedReport, contents, glance, site

ROOT = Path(__file__).parents[3]
DECK = """---
title: 一
---
<!-- slide -->
# 一
![点](dot.svg)

@import "../parts/part.md"

[二](../extra/two.md)
"""
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="3"/></svg>'


LARGE = 2**20
SAID = CachedReport("the text", '[{"code": "x"}]', "1 deck")
TODAY = "2026-01-01"


@pytest.fixture
def small(tmp_path):
    """A course with a page, of which a site was published."""
    texts = {"a.md": "one", "site/_kejian/manifest.json": '{"files": ["a.html"]}', "site/a.html": "one"}
    for path, text in texts.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


def looked(course, *words):
    return glance(course, course / "site", *words)


def noted(course, kept):
    """Leave `kept` as the note of the last build, whole."""
    text = kept if isinstance(kept, bytes) else json.dumps(kept).encode()
    note = looked(course).note
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_bytes(sha256(text).hexdigest().encode() + b"\n" + text)


def test_no_op_build_repeats_the_last_report(small):
    before = looked(small)
    assert before.recall(TODAY) is None
    before.remember(SAID, {"a.md": sha256(b"one").hexdigest(), "none.md": "", "site": ""})
    assert looked(small).recall(TODAY) == SAID
    assert (before.course, before.out) == (small.resolve(), small.resolve() / "site")


def test_report_valid_for_a_day_expires(small):
    looked(small).remember(SAID._replace(valid_on=TODAY), {})
    assert looked(small).recall(TODAY) == SAID._replace(valid_on=TODAY)
    assert looked(small).recall("2026-01-02") is None
    assert looked(small).recall("2025-12-31") is None


@pytest.mark.parametrize("words", [("ab",), ("b", "a"), ("a", "b", "c"), ("a",), ("a", "\ud800")])
def test_options_are_part_of_the_fingerprint(small, words):
    looked(small, "a", "b").remember(SAID, {})
    assert looked(small, "a", "b").recall(TODAY) == SAID
    assert looked(small, *words).recall(TODAY) is None


@pytest.mark.parametrize("text", ["onf", "ond", "one more"])
def test_file_that_was_read_counts_by_content(small, text):
    looked(small).remember(SAID, {"a.md": sha256(b"one").hexdigest()})
    (small / "a.md").write_text(text)
    assert looked(small).recall(TODAY) is None


def test_file_that_was_looked_for_counts_by_existence(small):
    looked(small).remember(SAID, {"a.md": "+"})
    (small / "a.md").write_text("other")
    assert looked(small).recall(TODAY) == SAID
    looked(small).remember(SAID, {"b.md": "+"})
    assert looked(small).recall(TODAY) is None


@pytest.mark.parametrize("path", ["b\0.md", "\ud800.md", "b" * 300])
def test_unnameable_file_counts_as_missing(small, path):
    looked(small).remember(SAID, {path: ""})
    assert looked(small).recall(TODAY) == SAID


@pytest.mark.parametrize(("size", "large"), [(1, False), (LARGE - 1, False), (LARGE, True), (LARGE + 1, True)])
def test_a_file_is_large_from_a_mebibyte(small, size, large):
    (small / "data.bin").write_bytes(bytes(size))
    seen = looked(small)
    seen._replace(began=seen.began + 10**10).remember(SAID, {"data.bin": "whatever its digest is"})
    assert looked(small).recall(TODAY) == (SAID if large else None)


@pytest.mark.parametrize(("age", "known"), [(10**9, False), (10**9 + 1, True), (2 * 10**9, True), (0, False)])
def test_a_large_file_is_known_that_was_left_alone_for_a_second_when_the_build_began(small, age, known):
    (small / "data.bin").write_bytes(bytes(LARGE))
    began = (small / "data.bin").stat().st_ctime_ns + age
    looked(small)._replace(began=began).remember(SAID, {"data.bin": "whatever its digest is"})
    assert looked(small).recall(TODAY) == (SAID if known else None)


def test_a_large_file_that_has_changed_is_read(small):
    """Hashing a data set in every build would cost more than the rest; the time of its last change cannot be set."""
    (small / "data.bin").write_bytes(bytes(LARGE))
    seen = looked(small)
    seen._replace(began=seen.began + 10**10).remember(SAID, {"data.bin": sha256(bytes(LARGE)).hexdigest()})
    (small / "data.bin").touch()
    assert looked(small).recall(TODAY) == SAID
    before = (small / "data.bin").stat()
    with (small / "data.bin").open("r+b") as file:
        file.write(b"other")
    os.utime(small / "data.bin", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert looked(small).recall(TODAY) is None


def test_a_large_file_that_was_cut_is_read(small):
    (small / "data.bin").write_bytes(bytes(LARGE + 1))
    seen = looked(small)
    seen._replace(began=seen.began + 10**10).remember(SAID, {"data.bin": "whatever its digest is"})
    os.truncate(small / "data.bin", LARGE)
    assert looked(small).recall(TODAY) is None


def test_the_time_when_the_course_was_seen_is_before_anything_is_read(small, monkeypatch):
    times = iter([7])
    monkeypatch.setattr("kejian.pipeline.up_to_date.time.time_ns", lambda: next(times))
    assert looked(small).began == 7


@pytest.mark.parametrize(
    "kept",
    [b"{", b"\xff", b"[]", b"7", {}, {"said": ["a"]}, {"said": ["a", "b", "c", "d", "e"]}, {"said": 3}],
    ids=["cut", "no text", "a list", "a number", "empty", "too little", "too much", "nothing said"],
)
def test_a_note_that_another_version_wrote_is_none(small, kept):
    noted(small, kept)
    assert looked(small).recall(TODAY) is None


@pytest.mark.parametrize("part", ["said", "state", "site", "reads", "large"])
def test_a_note_without_one_of_its_parts_is_none(small, part):
    looked(small).remember(SAID, {})
    kept = json.loads(looked(small).note.read_bytes().partition(b"\n")[2])
    noted(small, kept)
    assert looked(small).recall(TODAY) == SAID
    del kept[part]
    noted(small, kept)
    assert looked(small).recall(TODAY) is None


@pytest.mark.parametrize(
    "damage",
    [lambda note: b"0" * 64 + note[64:], lambda note: b"z" * 64 + note[64:], lambda note: note[:70], lambda note: b""],
    ids=["another digest", "no digest", "cut", "empty"],
)
def test_a_note_that_is_not_what_was_written_is_none(small, damage):
    looked(small).remember(SAID, {})
    note = looked(small).note
    note.write_bytes(damage(note.read_bytes()))
    assert looked(small).recall(TODAY) is None


def test_any_bit_of_a_note_counts(small):
    seen = looked(small)
    seen.remember(SAID, {})
    whole = seen.note.read_bytes()
    for place in range(len(whole)):
        seen.note.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert seen.recall(TODAY) is None, place


def test_unwritable_note_is_no_error(small):
    (small / ".kejian").write_text("no folder")
    looked(small).remember(SAID, {})
    assert looked(small).recall(TODAY) is None


IN_THE_COURSE = {
    "a new file": lambda c: (c / "b.md").touch(),
    "a new folder": lambda c: (c / "deep").mkdir(),
    "a new file in a folder": lambda c: (c / "slides" / "b.md").touch(),
    "a file that is a folder": lambda c: (c / "a.md").unlink() or (c / "a.md").mkdir(),
    "a file that is a link": lambda c: (c / "a.md").rename(c / "slides/link") and (c / "a.md").symlink_to("slides"),
    "a link turned": lambda c: (c / "slides/link").unlink() or (c / "slides/link").symlink_to("../b.md"),
    "the site": lambda c: (c / "site/a.html").write_text("two"),
    "the site cut": lambda c: (c / "site/a.html").unlink(),
    "the site's list": lambda c: (c / "site/_kejian/manifest.json").write_text('{"files": []}'),
}


@pytest.mark.parametrize("change", IN_THE_COURSE)
def test_the_names_of_a_course_count_and_the_site(small, change):
    (small / "slides").mkdir()
    (small / "slides" / "link").symlink_to("../a.md")
    looked(small).remember(SAID, {})
    assert looked(small).recall(TODAY) == SAID
    IN_THE_COURSE[change](small)
    assert looked(small).recall(TODAY) is None


def test_folders_in_which_no_build_looks_do_not_count(small):
    before = looked(small).state
    for name in (".git", ".kejian", ".venv", "venv", "node_modules", "__pycache__", "site"):
        (small / name / "deep").mkdir(parents=True)
    assert looked(small).state == before
    (small / "deep" / "venv" / "more").mkdir(parents=True)
    nested = looked(small).state
    (small / "deep" / "venv" / "more").rmdir()
    assert looked(small).state == nested != before


def test_files_and_links_count_whatever_their_names(small):
    states = [looked(small).state]
    (small / "venv").touch()
    states.append(looked(small).state)
    (small / "node_modules").symlink_to("elsewhere")
    states.append(looked(small).state)
    assert len(set(states)) == 3


def test_links_are_not_followed(small):
    (small / "link").symlink_to(small)
    before = looked(small).state
    (small / "site" / "new").touch()
    assert looked(small).state == before
    assert list(contents(small, ["."])) == ["a.md", "site/_kejian/manifest.json", "site/a.html", "site/new"]


@pytest.fixture
def generator(tmp_path_factory, monkeypatch):
    """A generator of few files, and the folder that pip installs into."""
    root = tmp_path_factory.mktemp("generator")
    for name in (
        "kejian/makers/node",
        "templates/deep",
        "node_modules",
        "kejian/makers/node/node_modules",
        "packages",
        "native",
    ):
        (root / name).mkdir(parents=True)
    monkeypatch.setattr("kejian.pipeline.up_to_date._PACKAGE", root / "kejian")
    folders = {"purelib": str(root / "packages"), "platlib": str(root / "native")}
    monkeypatch.setattr("kejian.pipeline.up_to_date.sysconfig.get_path", folders.__getitem__)
    return root


@pytest.mark.parametrize(
    "path",
    [
        "kejian/a.py",
        "kejian/makers/node/b.py",
        "templates/deep/c.html",
        "package-lock.json",
        "node_modules/.package-lock.json",
        "kejian/makers/node/package-lock.json",
        "kejian/makers/node/node_modules/.package-lock.json",
    ],
)
def test_another_generator_is_seen(small, generator, path):
    states = [looked(small).state]
    for text in ("one", "other"):
        (generator / path).write_text(text)
        states.append(looked(small).state)
    assert len(set(states)) == 3


@pytest.mark.parametrize("folder", ["packages", "native"])
def test_what_was_installed_since_is_seen(small, generator, folder):
    before = looked(small).state
    os.utime(generator / folder, (1, 1))
    assert looked(small).state != before


def test_of_a_generator_no_folder_counts(small, generator):
    before = looked(small).state
    (generator / "templates" / "more").mkdir()
    (generator / "kejian" / "__pycache__").mkdir()
    (generator / "kejian" / "__pycache__" / "a.pyc").touch()
    (generator / "tests").mkdir()
    assert looked(small).state == before


@pytest.mark.parametrize(
    "manifest",
    [b"", b"\xff", b"[]", b"7", b"{}", b'{"files": 7}', b'{"files": ["gone.html"]}', b'{"files": ["\\u0000"]}'],
)
def test_a_site_that_is_not_whole_is_none(small, manifest):
    assert len(site(small / "site")) == 64
    (small / "site/_kejian/manifest.json").write_bytes(manifest)
    assert site(small / "site") == ""
    assert site(small / "elsewhere") == ""


def test_the_contents_of_folders_are_told_by_course_path_in_order(small):
    for name in "cab":
        (small / "parts" / name).mkdir(parents=True)
        (small / "parts" / name / f"{name}.md").write_text(name)
    (small / "parts" / "b" / "__pycache__").mkdir()
    (small / "parts" / "b" / "__pycache__" / "x").touch()
    found = contents(small, ["parts", "none", "site/_kejian"])
    names = ["parts/a/a.md", "parts/b/b.md", "parts/c/c.md", "site/_kejian/manifest.json"]
    assert found == {name: sha256((small / name).read_bytes()).hexdigest() for name in names}
    assert list(found) == names


@pytest.fixture
def course(tmp_path):
    files = {
        "slides/a.md": DECK,
        "parts/part.md": "引入\n",
        "slides/dot.svg": DOT,
        "extra/two.md": "# 二\n",
        "kejian.toml": 'title = "课"\n',
        "templates/macros/NOTE.html": "{# NOTE words #}<p>{{ words }}</p>\n",
        "unused.txt": "无关\n",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    return tmp_path


@pytest.fixture
def built(course, monkeypatch, capsys):
    """Builds the course, and says whether the pipeline was asked."""
    asked = []
    real = pipeline.build
    monkeypatch.setattr(pipeline, "build", lambda options: asked.append(options) or real(options))

    def build(*words):
        asked.clear()
        status = main(["build", str(course), *words])
        said = capsys.readouterr()
        return len(asked), status, said.err + said.out

    return build


def test_the_second_build_says_the_same_and_does_nothing(built):
    first = built()
    second = built()
    assert (first[0], second[0]) == (1, 0)
    assert second[2].startswith(first[2].split("kejian: ")[0])
    assert "1 deck, 1 page, 1 slide; 0 parts made" in second[2]
    assert "0 files new" in second[2]


def test_findings_are_told_again(built, course):
    (course / "parts/part.md").write_text("![](gone.png)\n")
    first, second = built("--format", "json"), built("--format", "json")
    assert (first[0], second[0]) == (1, 0)
    assert [found["code"] for found in json.loads(second[2])] == ["missing-picture"]
    assert "parts/part.md:1:5" in built()[2]


CHANGES = {
    "a deck": lambda c: (c / "slides/a.md").write_text(DECK + "\n新\n"),
    "an import": lambda c: (c / "parts/part.md").write_text("另\n"),
    "a picture": lambda c: (c / "slides/dot.svg").write_text(DOT.replace("3", "4")),
    "a picture gone": lambda c: (c / "slides/dot.svg").unlink(),
    "a linked page": lambda c: (c / "extra/two.md").write_text("# 2\n"),
    "a new deck": lambda c: (c / "slides/b.md").write_text("<!-- slide -->\nx\n"),
    "a deck with another name": lambda c: (c / "slides/a.md").rename(c / "slides/c.md"),
    "the settings": lambda c: (c / "kejian.toml").write_text('title = "另"\n'),
    "a template": lambda c: (c / "templates/macros/NOTE.html").write_text("{# NOTE words #}<b>{{ words }}</b>\n"),
    "a new template": lambda c: (c / "templates/page.html").write_text("<html></html>"),
    "macros that were not there": lambda c: (c / "macros.json").write_text("{}"),
    "a page of the site gone": lambda c: (c / "site/slides/a.html").unlink(),
    "a page of the site cut": lambda c: os.truncate(c / "site/slides/a.html", 9),
    "the site gone": lambda c: (c / "site").rename(c / "elsewhere"),
    "a link turned": lambda c: (
        (c / "slides/dot.svg").rename(c / "x.svg") and (c / "slides/dot.svg").symlink_to("../x.svg")
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen(change, built, course):
    built()
    assert built()[0] == 0
    CHANGES[change](course)
    assert built()[0] == 1
    assert built()[0] == 0


def test_a_change_is_seen_whatever_the_clock_says(built, course):
    """Same size, same time: contents decide."""
    deck = course / "slides/a.md"
    built()
    before = deck.stat()
    deck.write_text(DECK.replace("title: 一", "title: 二"), "utf-8")
    os.utime(deck, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert built()[0] == 1


def test_unread_files_do_not_matter(built, course):
    built()
    (course / "unused.txt").write_text("另一个\n")
    (course / ".git").mkdir()
    (course / ".git/HEAD").write_text("x")
    assert built()[0] == 0


def test_other_options_are_another_build(built, course):
    (course / "parts/part.md").write_text("![](gone.png)\n")
    built()
    assert built("--strict")[:2] == (1, 1)
    assert built("--strict")[:2] == (1, 1)
    public = str(course / "public")
    assert built("--out", public)[0] == 1
    assert built()[0] == 1  # there is a folder more in the course
    assert [built()[0], built("--out", public)[0], built()[0]] == [0, 0, 0]


def test_a_failed_build_is_not_taken_for_done(built, course):
    built()
    (course / "kejian.toml").write_text("title = [")
    assert built()[:2] == (1, 1)
    assert built()[:2] == (1, 1)


def test_a_build_that_runs_nothing_leaves_the_rest_to_the_next(demo, capsys):
    main([str(demo), "--no-exec"])
    assert "not-verified" in capsys.readouterr().err
    assert main([str(demo)]) == 0
    assert "0 examples run" not in capsys.readouterr().err


def imported(course, heavy):
    """Which of the modules `heavy` a build of the course imports in a process of its own; it must go well."""
    script = (
        "import sys; from kejian.cli.main import main; status = main(sys.argv[2:]); "
        "print(*sorted(set(sys.argv[1].split()) & set(sys.modules))); sys.exit(status)"
    )
    command = [sys.executable, "-c", script, heavy, course, "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split()


def test_nothing_that_builds_is_imported(course):
    main([str(course), "--quiet"])
    assert imported(course, "markdown_it jinja2 msgspec pygments kejian.pipeline.build dataclasses") == []


def test_an_edit_of_words_imports_nothing_that_only_others_need(course):
    plain = course / "slides" / "b.md"
    plain.write_text("<!-- slide -->\n\n# 课\n\n公式 $x^2$，引入。\n", "utf-8")
    main([str(course), "--quiet"])
    plain.write_text("<!-- slide -->\n\n# 课\n\n引入，公式 $x^2$。\n", "utf-8")
    assert imported(course, "jinja2 yaml psutil importlib.metadata email fontTools") == ["jinja2"]


def test_two_sites_of_a_course_are_not_mixed_up(course):
    one, other = glance(course, course / "site"), glance(course, course / "public")
    assert one.note != other.note
