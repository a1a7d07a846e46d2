"""What stands in a site though no build wrote it: the build says so, and what it says to do helps."""

import re

import pytest

from kejian.cli.main import main


@pytest.fixture
def course(tmp_path):
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides" / "a.md").write_text("<!-- slide -->\n\n# A\n")
    assert main([str(tmp_path), "--quiet"]) == 0
    return tmp_path


def refused(course, capsys):
    """What a build says that changes the site, with the file that is in its way."""
    (course / "slides" / "a.md").write_text("<!-- slide -->\n\n# B\n")
    assert main([str(course), "--quiet"]) == 1
    return capsys.readouterr().err


def test_foreign_file_is_named_and_can_be_kept(course, capsys):
    (course / "site" / "CNAME").write_text("example.org")
    said = refused(course, capsys)
    assert f"kejian.toml:1:1: error[foreign-file]: no build wrote {course / 'site' / 'CNAME'}" in said
    (course / "kejian.toml").write_text(re.search(r"write (.*) in kejian.toml", said)[1])
    assert main([str(course), "--quiet"]) == 0
    assert (course / "site" / "CNAME").read_text() == "example.org"
    assert "<h1" in (course / "site" / "slides" / "a.html").read_text()


@pytest.mark.parametrize("stands", ["file", "link"])
def test_foreign_file_can_be_removed(course, capsys, stands):
    file = course / "site" / "notes.txt"
    file.symlink_to("/etc/passwd") if stands == "link" else file.write_text("mine")
    said = refused(course, capsys)
    assert ("is a link" in said) == (stands == "link")
    assert re.search(r"`rm (.*)`", said)[1] == str(file)
    file.unlink()
    assert main([str(course), "--quiet"]) == 0


def test_a_page_is_not_kept_without_scripts(course, capsys):
    (course / "kejian.toml").write_text('keep = ["**"]')
    (course / "site" / "evil.html").write_text("<script>1</script>")
    assert "evil.html is not kept: it is a page of its own" in refused(course, capsys)
    (course / "kejian.toml").write_text('keep = ["**"]\nscripts = true\n')
    assert main([str(course), "--quiet"]) == 0
    assert (course / "site" / "evil.html").exists()


def test_a_link_is_never_kept(course, capsys):
    (course / "kejian.toml").write_text('keep = ["**"]\nscripts = true\n')
    (course / "site" / "x.txt").symlink_to("/etc/passwd")
    assert "x.txt is a link" in refused(course, capsys)
