"""Pictures, media and links, case by case: `tests/fixtures/targets.md`."""

from pathlib import Path

import pytest
from markdown_it.utils import read_fixture_file

from kejian.folder import Folder
from kejian.reading.targets import Targets, page_path

CASES = read_fixture_file(Path(__file__).parents[2] / "fixtures" / "targets.md")


@pytest.fixture
def targets(tmp_path):
    for path in ("slides/a.md", "slides/b.md", "slides/p.png", "img/q r.png"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).touch()
    return Targets("slides/a.md", Folder(tmp_path))


@pytest.mark.parametrize("line, title, html, expected", CASES, ids=[case[1] for case in CASES])
def test_case(line, title, html, expected, targets):
    out = targets.rewritten(html.removesuffix("\n")).rstrip("\n") + "\n"
    out += "".join(f"+ {path}\n" for path in targets.assets)
    out += "".join(f"> {path}\n" for path in targets.linked)
    out += "".join(f"! {finding.code} {finding.snippet}\n" for finding in targets.findings)
    assert out == expected, f"tests/fixtures/targets.md:{line}: {title}"


@pytest.mark.parametrize("value, expected", [("p.png", "p.png"), ("#fff", "#fff"), ("no.png", "")])
def test_backgrounds(targets, value, expected):
    assert targets.background("data-background-image", value) == expected


def test_other_attributes_are_not_looked_up(targets):
    assert targets.background("data-background", "no.png") == "no.png"


def test_page_path():
    assert page_path("2021/01.md") == "2021/01.html"
