"""Checkouts that bring links and folders where a build writes: really committed, cloned, and built with `--no-exec`."""

import contextlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pytest

from kejian.browser import pdf
from kejian.cli.main import main
from kejian.core.disk.output_folder import output_folder

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
FILES = {
    "slides/a.md": "<!-- slide -->\n\n# TITLE\n\n[x](/config) [y](/hooks/post-checkout) [z](/config.txt)\n",
    "config": "[core]\n\tfsmonitor = touch {mark}\n",
    "config.txt": "[core]\n\tfsmonitor = touch {mark}\n",
    "hooks/post-checkout": "#!/bin/sh\ntouch {mark}\n",
    ".gitignore": "",
}
LINKS = {
    "the stage": {".site.new": ".git"},
    "the stage, into the hooks": {".site.new": ".git/hooks"},
    "the stage, out of the checkout": {".site.new": "../beside"},
    "the stage, nowhere yet": {".site.new": ".git/new"},
    "the stage, to itself": {".site.new": ".site.new"},
    "the stage, through a link": {".site.new": "slides/link", "slides/link": "../.git"},
    "the old site": {".site.old": ".git"},
    "the old site, out of the checkout": {".site.old": "../beside"},
    "both": {".site.new": ".git", ".site.old": ".git/hooks"},
    "the site": {"site": ".git"},
    "the site, where it is empty": {"site": ".git/refs/tags"},
    "the site, out of the checkout": {"site": "../beside"},
    "the site, nowhere yet": {"site": ".git/new"},
    "the site, to the course": {"site": "."},
    "a folder of the site": {"site/slides": "../.git"},
    "the folder of the manifest": {"site/_kejian": "../.git"},
    "the manifest": {"site/_kejian/manifest.json": "../../.git/config"},
    "the cache": {".kejian": ".git"},
    "the cache, out of the checkout": {".kejian": "../beside"},
    "the cache, nowhere yet": {".kejian": ".git/new"},
    "a folder of the cache": {".kejian/cache": "../.git/hooks"},
    "a folder of entries": {f".kejian/cache/{n:02x}": "../../.git" for n in range(256)},
    "where things are written aside": {".kejian/aside": "../.git"},
    "the notes": {".kejian/seen": "../.git/hooks"},
    "the preview": {".kejian/preview": "../.git"},
    "what examples share": {".kejian/examples": "../.git"},
    "what shows whose the cache is": {".kejian/made-here": "../.git/config"},
    "the record": {"slides/outputs": "../.git/hooks"},
    "the record, out of the checkout": {"slides/outputs": "../../beside"},
    "what is printed": {"pdf": ".git"},
    "a folder of what is printed": {"pdf/slides": "../.git/hooks"},
    "a page": {"site/slides/a.html": "../../.git/config"},
    "the index": {"site/index.html": "../.git/HEAD"},
}


@pytest.fixture(scope="session")
def origin(tmp_path_factory):
    """Commits a checkout and clones it: a function of its files and links, for a course beside a folder `beside`."""
    number = iter(range(10_000))

    def cloned(files=None, links=None):
        around = tmp_path_factory.mktemp(f"checkout{next(number)}")
        source = around / "source"
        for path, text in {**FILES, **(files or {})}.items():
            (source / path).parent.mkdir(parents=True, exist_ok=True)
            (source / path).write_bytes(text if isinstance(text, bytes) else filled(text, around).encode())
        for path, target in (links or {}).items():
            (source / path).parent.mkdir(parents=True, exist_ok=True)
            (source / path).symlink_to(target)
        git(source, "init", "-q")
        git(source, "add", "-A", "-f")
        git(source, "-c", "user.name=x", "-c", "user.email=x@y", "commit", "-q", "-m", "x")
        (around / "beside").mkdir()
        (around / "beside" / "theirs").write_text("x")
        git(around, "clone", "-q", "-c", "core.symlinks=true", "source", "course")
        shutil.rmtree(source)
        return around / "course"

    return cloned


def filled(text, around):
    return text.replace("{mark}", str(around / "ran"))


def git(folder, *words):
    return subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True).stdout


class Done(NamedTuple):
    """How a build ended, and what it said."""

    returncode: int
    stderr: str


def built(course, *words):
    """Build in this process, where a hundred builds take no longer than a few of their own."""
    said = io.StringIO()
    with contextlib.redirect_stderr(said):
        status = main(["build", str(course), "--no-exec", *map(str, words)])
    return Done(status, said.getvalue())


def inside(folder):
    """Every file below a folder, with its bytes; links by where they lead."""
    found = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = str(path.readlink())
        elif path.is_file():
            found[name] = path.read_bytes()
    return found


def unharmed(course, before):
    """Nothing but the site and the cache is another, and Git runs nothing."""
    now = (inside(course / ".git"), inside(course.parent / "beside"))
    assert now == before
    git(course, "status")
    git(course, "checkout", "-q", "-f", "HEAD")
    assert not (course.parent / "ran").exists()
    tracked = {
        path for path in git(course, "ls-files").splitlines() if not re.match(r"\.?(site|kejian|public)\b", path)
    }
    assert {path for path in tracked if not os.path.lexists(course / path)} == set()


def test_the_program_itself_writes_nothing_through_a_link_either(origin):
    """The weakness as it was found: a build, and the next `git status` ran a command of the checkout."""
    course = origin(links={".site.new": ".git"})
    before = inside(course / ".git"), inside(course.parent / "beside")
    command = [sys.executable, ROOT / "build.py", "build", course, "--no-exec"]
    subprocess.run(command, check=True, capture_output=True)
    unharmed(course, before)


@pytest.mark.parametrize("links", LINKS.values(), ids=LINKS)
def test_nothing_is_written_through_a_link(origin, links):
    course = origin(links=links)
    before = inside(course / ".git"), inside(course.parent / "beside")
    done = built(course)
    unharmed(course, before)
    if done.returncode:
        assert "error[" in done.stderr
        assert "hint: " in done.stderr
    else:
        assert "TITLE" in (course / "site" / "slides" / "a.html").read_text("utf-8")
        assert not [path for path in course.glob("site/**/*") if path.is_symlink()]


@pytest.mark.parametrize("links", LINKS.values(), ids=LINKS)
def test_what_the_error_says_to_type_helps(origin, links):
    """Where a link is not removed but refused: every `rm` that the build says, and then it builds."""
    course = origin(links=links)
    done = built(course)
    for _ in range(4):
        for file in re.findall(r"`rm ([^`]*)`", done.stderr):
            Path(file).unlink()
        if done.returncode == 0:
            break
        if "[out-not-ours]" in done.stderr:
            shutil.rmtree(course / "site")
        done = built(course)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "out, links",
    [
        ("out", {".out.new": ".git"}),
        ("out", {".out.old": ".git/hooks"}),
        ("out", {"out": ".git"}),
        ("public/site", {"public": ".git"}),
        ("public/site", {"public/.site.new": "../.git"}),
        ("public/site", {"public": "../beside"}),
        ("a/b/c", {"a/b": "../.git/hooks"}),
        ("a/../public/site", {"a": ".git", "public": ".git"}),
    ],
)
@pytest.mark.parametrize("spelled", ["absolute", "relative", "through another link"])
def test_out_option_does_not_write_outside_either(origin, out, links, spelled, monkeypatch):
    course = origin(links=links)
    before = inside(course / ".git"), inside(course.parent / "beside")
    monkeypatch.chdir(course)
    if spelled == "absolute":
        out = f"{course}/{out}"
    elif spelled == "through another link":
        (course.parent / "alias").symlink_to(course)
        out = f"{course.parent}/alias/{out}"
    built(course, "--out", out)
    unharmed(course, before)


@pytest.mark.parametrize(
    "links", [{"pdf": ".git"}, {"pdf/slides": "../.git/hooks"}, {"pdf/slides/a.pdf": "../../config"}]
)
def test_pdf_does_not_write_outside_either(origin, links):
    course = origin(links=links)
    before = inside(course / ".git"), (course / "config").read_bytes()
    try:
        pdf.write(pdf.PdfResult((), {"slides/a.pdf": b"%PDF"}), course / "pdf", course)
    except OSError as e:
        assert "symbolic link" in str(e)  # noqa: PT017 -- whether it is raised depends on the link
    assert (inside(course / ".git"), (course / "config").read_bytes()) == before


def test_report_and_patch_do_not_write_outside_either(origin):
    course = origin(links={"report": ".git", "x.patch": ".git/config"})
    before = inside(course / ".git")
    folder, name = output_folder(course / "report", course)
    with pytest.raises(OSError, match="symbolic link"):
        folder.replace(f"{name}/index.html", b"x")
    command = [sys.executable, ROOT / "build.py", "import", course, "--diff", course / "x.patch"]
    subprocess.run(command, check=False, capture_output=True)
    assert inside(course / ".git") == before


def poisoned(course):
    """The cache and the site of a course, as an attacker would commit them: every entry that holds a page acts."""
    files = {}
    for path in [*(course / ".kejian").rglob("*"), *(course / "site").rglob("*")]:
        if path.is_file():
            data = path.read_bytes()
            if path.is_relative_to(course / ".kejian" / "cache"):
                content = data[32:].replace(b"TITLE", b"PWNED")
                data = sha256(content).digest() + content
            files[path.relative_to(course).as_posix()] = data.replace(b"TITLE", b"PWNED")
    return files


@pytest.mark.parametrize("parts", [(".kejian", "site"), (".kejian",), ("site",)])
def test_a_cache_and_a_site_that_came_along_are_not_believed(origin, parts):
    """They are exactly what a build here would make, but for what the attacker changed."""
    first = origin()
    assert built(first).returncode == 0
    brought = {path: data for path, data in poisoned(first).items() if path.startswith(parts)}
    assert any(b"PWNED" in data for data in brought.values())
    course = origin(files=brought)
    assert built(course).returncode == 0
    assert "PWNED" not in str(inside(course / "site"))


def test_a_note_that_says_there_is_nothing_to_do_is_not_believed(origin):
    first = origin()
    assert built(first).returncode == 0
    files = {
        path: data
        for path, data in poisoned(first).items()
        if "/slides/" in path or "/seen/" in path or "_kejian" in path
    }
    course = origin(files=files)
    built(course)
    assert "PWNED" not in str(inside(course / "site"))


@pytest.mark.parametrize("keep", ["", 'keep = ["**"]\n', 'keep = ["*.html", "slides/*"]\n', 'keep = ["evil.*"]\n'])
def test_pages_that_came_along_are_not_published(origin, keep):
    evil = b"<script>alert(1)</script>"
    manifest = {"generator": "kejian", "files": {"evil.html": [sha256(evil).hexdigest(), len(evil)]}}
    course = origin(
        files={
            "kejian.toml": keep,
            "site/evil.html": evil,
            "site/evil.xhtml": evil,
            "site/slides/evil.htm": evil,
            "site/_kejian/manifest.json": json.dumps(manifest),
            "site/_kejian/manifest2.json": "{}",
        }
    )
    done = built(course)
    assert done.returncode == 1
    assert "error[foreign-file]" in done.stderr
    assert not (course / "site" / "index.html").exists()


def test_a_manifest_that_lists_files_elsewhere_reaches_none(origin):
    files = {path: ["0" * 64, 1] for path in ("../config", "../../beside/theirs", "/etc/passwd", "..", "")}
    course = origin(files={"site/_kejian/manifest.json": json.dumps({"files": files})})
    before = inside(course / ".git"), inside(course.parent / "beside")
    assert built(course).returncode == 0
    unharmed(course, before)


@pytest.mark.parametrize(
    "settings, code",
    [("scripts = true\n", "setting-not-trusted"), ('graphviz = "system"\n', "setting-not-trusted")],
)
def test_settings_that_ask_for_trust_are_not_followed(origin, settings, code):
    course = origin(
        files={"kejian.toml": f"title = 'x'\n{settings}", "slides/b.md": "<!-- slide -->\n<script>1</script>\n"}
    )
    done = built(course)
    assert f"kejian.toml:2:1: warning[{code}]" in done.stderr
    assert "<script>1</script>" not in (course / "site/slides/b.html").read_text("utf-8")
    trusted = built(course, "--trust")
    assert code not in trusted.stderr
    assert ("<script>1</script>" in (course / "site/slides/b.html").read_text("utf-8")) == ("scripts" in settings)


def test_templates_that_ask_for_trust_are_not_followed(origin):
    course = origin(
        files={
            "templates/deck.html": "<script>PWNED</script>",
            "templates/theme/deck.js": "PWNED",
            "templates/theme/palette.css": "PWNED{}",
            "templates/theme/new.js": "PWNED",
            "templates/macros/MINE.html": "{# MINE word #}<b>{{ word }}</b>",
            "slides/b.md": "<!-- slide -->\n\nMINE hello\n",
        }
    )
    done = built(course)
    assert done.returncode == 0
    for name in ("deck.html", "theme/deck.js", "theme/palette.css", "theme/new.js"):
        assert f"templates/{name}:1:1: warning[template-not-trusted]" in done.stderr
    assert "PWNED" not in str(inside(course / "site"))
    assert "<b>hello</b>" in (course / "site/slides/b.html").read_text("utf-8")
    assert "PWNED" in str(inside(course / "site")) + str(built(course, "--trust")) + str(inside(course / "site"))
