"""`check` as a whole: what can be told without running, beside what running tells."""

from pathlib import Path

from kejian.checks import inspect
from kejian.checks.examples import check, material
from kejian.cli.main import main
from kejian.pipeline.analysis import survey

ROOT = Path(__file__).parents[3]
TODAY = "2026-11-24"


def quiet(words):
    pass


def codes(found):
    return [(d.code, f"{d.span.path}:{d.span.line}") for d in found.diagnostics]


def test_decks_are_looked_over_without_running_anything(demo, edit):
    edit("slides/deck.md", "# 例子", "# 例子\n\n[gone](#gone)\n")
    checked = check(demo, quiet, TODAY, execute=False)
    assert codes(checked) == [("missing-anchor", "slides/deck.md:5")]
    assert (checked.examples, checked.drifts, checked.failed) == (0, (), False)
    assert not (demo / ".kejian" / "examples").exists()


def test_a_strict_check_fails_on_warnings_not_on_hints(demo, edit):
    edit("slides/deck.md", "# 例子", "例子")
    found = check(demo, quiet, TODAY, strictly=True, execute=False)
    assert (codes(found), found.failed) == ([("no-title", "slides/deck.md:1")], False)
    edit("slides/deck.md", "例子", "# 例子\n\n[gone](#gone)\n")
    assert check(demo, quiet, TODAY, strictly=True, execute=False).failed


def test_pages_that_are_only_linked_to_are_surveyed_as_they_are_built(demo, edit):
    edit("slides/deck.md", "# 例子", "# 例子\n\n[more](../more.md)\n")
    page = '@import "../demo_examples/base.py" {symbol="unrelated" cmd=true}\n\n[back](slides/deck.md#例子)\n'
    (demo / "more.md").write_text(page.replace("../", ""), "utf-8")
    found = survey(demo)
    assert [deck.path for deck in found.decks] == ["slides/deck.md", "more.md"]
    assert "base.unrelated" in [job.name for job in found.jobs]
    assert inspect(material(found)).diagnostics == ()


def test_the_project_s_own_decks_are_clean():
    assert inspect(material(survey(ROOT))).diagnostics == ()


def test_the_command_lists_the_codes(capsys):
    assert main(["check", "--codes"]) == 0
    said = capsys.readouterr().out
    assert all(code in said for code in ("missing-anchor", "too-many-words", "overflow", "axe"))


def test_a_picture_s_bytes_are_never_printed(tmp_path, capsys):
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides" / "a.md").write_text("<!-- slide -->\n# 一\n", "utf-8")
    (tmp_path / "slides" / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    assert main(["check", "--no-exec", str(tmp_path)]) == 0
    said = capsys.readouterr().err
    assert "slides/b.png:1:1: hint[unused-file]: no slide shows this file\n    hint: use it or remove it\n" in said
