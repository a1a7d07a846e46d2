"""Licences: each file that is shipped belongs to a part, and each part's text is on the page."""

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from kejian.core import toolchain
from kejian.pipeline.build import build
from kejian.pipeline.report import Options
from kejian.render.licences import PARTS, licences, notice

ROOT = Path(__file__).parents[3]
DECK = """---
presentation:
  enableSpeakerNotes: true
---
<!-- slide -->

# 卷积 $x$ :fa-book:

```python
x = 1
```

```mermaid
graph LR
  A --> B
```
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    course = tmp_path_factory.mktemp("course")
    (course / "slides").mkdir()
    (course / "slides" / "a.md").write_text(DECK, "utf-8")
    assert not build(Options(course=course, out=course / "site", single_file=True)).failed
    return course / "site"


def test_each_shared_file_belongs_to_a_part(site):
    """A new one needs an entry in the table; what is in the table alone is a mistake as well."""
    shipped = {
        path.relative_to(site / "_kejian").as_posix() for path in (site / "_kejian").rglob("*") if path.is_file()
    }
    known = {file for part in PARTS for file in (*part.files, part.beside)} - {""}
    assert shipped - known == set()
    assert known - shipped == set()


def test_the_page_holds_every_text(site):
    page = (site / "_kejian" / "licences.html").read_text("utf-8")
    for words in (
        "Copyright (c) 2026 The Kejian authors",
        "Copyright (C) 2011-2026 Hakim El Hattab",
        "SIL OPEN FONT LICENSE Version 1.1",
        "Apache License",
        "CC BY 4.0 License",
    ):
        assert words in page, words
    assert page.count("<section>") == len(PARTS)


def test_the_texts_are_the_packages_own(site):
    modules = toolchain.locate().folder / "node_modules"
    for one in licences(modules):
        if one.part.package:
            own = (modules / one.part.package / one.part.text).read_text("utf-8")
            assert (site / "_kejian" / one.part.beside).read_text("utf-8") == own
            declared = json.loads((modules / one.part.package / "package.json").read_bytes())["license"]
            assert one.part.licence in declared


def test_our_own_is_that_of_the_repository():
    assert (ROOT / "templates" / "LICENSE.txt").read_bytes() == (ROOT / "LICENSE").read_bytes()


@pytest.mark.parametrize("page", ["index.html", "slides/a.html"])
def test_licence_page_is_linked(site, page):
    assert '_kejian/licences.html">许可证</a>' in (site / page).read_text("utf-8")


def test_a_deck_as_one_file_names_them(site):
    page = (site / "slides" / "a.single.html").read_text("utf-8")
    assert notice() in page
    assert "Noto Sans SC (OFL-1.1)" in page


@pytest.mark.slow
def test_the_wheel_and_the_source_bring_our_own(tmp_path):
    """Built with the pinned back end, where that can be installed."""
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    pip = [tmp_path / "venv" / "bin" / "python", "-m", "pip", "-q"]
    source = shutil.copytree(
        ROOT,
        tmp_path / "source",
        symlinks=True,
        ignore=shutil.ignore_patterns(".git", ".venv", "node_modules", "site", ".kejian", "pdf", "outputs", "data"),
    )
    subprocess.run([*pip, "wheel", "--no-deps", "-w", tmp_path / "wheel", source], check=True)
    (wheel,) = (tmp_path / "wheel").glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "kejian/templates/LICENSE.txt" in names
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert "kejian/templates/licences.html" in names
