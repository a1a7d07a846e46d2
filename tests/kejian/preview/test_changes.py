"""What is watched while a course is edited."""

import pytest
from watchfiles import Change

from kejian.preview.changes import changes, watched


@pytest.mark.parametrize("path", ["slides/a.md", "examples/a.py", "kejian.toml", "new/b.md", ".crossnote/config.js"])
def test_what_a_build_reads_is_watched(path, tmp_path):
    assert watched(tmp_path, tmp_path / "public")(Change.modified, str(tmp_path / path))


@pytest.mark.parametrize(
    "path",
    [
        "site/index.html",
        "public/x.html",
        "slides/outputs/a.txt",
        "slides/.a.md.swp",
        "a.md.tmp",
        ".git/x",
        ".public.new/a.html",
        "..",
    ],
)
def test_what_a_build_or_an_editor_writes_is_not(path, tmp_path):
    assert not watched(tmp_path, tmp_path / "public")(Change.modified, str((tmp_path / path).resolve()))


def test_changes_come_after_a_beginning(tmp_path):
    found = changes(tmp_path, tmp_path / "site")
    assert next(found) == ()
    (tmp_path / "a.md").write_text("x", "utf-8")
    assert next(found) == ("a.md",)
