"""The manual: nothing that works is missing in it, what it says to type works, what is generated is up to date."""

import re
import runpy
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from kejian.cli.main import COMMANDS
from kejian.core.config import Course

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = {path.name: path.read_text("utf-8") for path in sorted(DOCS.glob("*.md"))}
WHOLE = "\n".join(PAGES.values())
READ = re.compile(r'\battributes\.(?:get|text|truthy)\("([\w-]+)"')
OF_HTML = {"class", "href", "src", "id", "style", "content", "data-file", "data-tex", "aria-label"}


def attributes():
    """The attributes that the parser reads, by their names."""
    texts = (path.read_text("utf-8") for path in (ROOT / "kejian" / "parse").rglob("*.py"))
    return sorted({name for text in texts for name in READ.findall(text)} - OF_HTML)


def test_generated_pages_are_up_to_date():
    made = runpy.run_path(str(DOCS / "generate.py"))["pages"]()
    assert {name: PAGES[name] == text for name, text in made.items()} == dict.fromkeys(made, True)


def test_the_parser_reads_the_attributes_that_are_looked_for():
    assert {"symbol", "cmd", "tol", "hide", "element"} <= set(attributes())


@pytest.mark.parametrize("name", attributes())
def test_each_attribute_is_in_the_manual(name):
    assert re.search(rf"`[^`\n]*\b{re.escape(name)}\b[^`\n]*`", WHOLE)


@pytest.mark.parametrize("name", Course.__struct_fields__)
def test_each_setting_is_in_the_manual(name):
    assert f"| `{name}` |" in PAGES["settings.md"]


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_in_the_manual(name):
    assert f"\n## {name}\n" in PAGES["commands.md"]
    assert f"usage: kejian {name} " in PAGES["commands.md"]


def test_the_start_page_leads_to_every_page():
    assert set(PAGES) - {"index.md"} == set(re.findall(r"\]\(([\w-]+\.md)\)", PAGES["index.md"]))


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", "CONTRIBUTING.md"])
def test_links_in_the_repository_lead_somewhere(name):
    text = (ROOT / name).read_text("utf-8")
    targets = [one for one in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in one]
    assert targets
    assert [one for one in targets if not (ROOT / one).exists()] == []


def test_the_front_door_is_small():
    assert (ROOT / "README.md").read_text("utf-8").count("\n") <= 80
    assert (DOCS / "slide.png").stat().st_size < 200_000


def test_every_make_target_that_is_named_exists():
    text = "".join((ROOT / name).read_text("utf-8") for name in ("README.md", "CONTRIBUTING.md")) + WHOLE
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:`|^    )make ([a-z-]+)", text, re.MULTILINE)) <= targets


@pytest.mark.slow
def test_what_the_tutorial_says_to_type_works(tmp_path):
    typed = re.findall(r"^\$ kejian (.+)$", PAGES["tutorial.md"], re.MULTILINE)
    assert [words.split()[0] for words in typed] == ["new", "build", "check", "explain"]
    for words in typed:
        command = [sys.executable, "-c", "from kejian.cli.main import main; raise SystemExit(main())"]
        environment = {"PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [*command, *shlex.split(words)], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (words, done.stderr)
    assert (tmp_path / "lecture" / "site" / "index.html").is_file()
