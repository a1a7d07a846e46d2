"""Decks for other programs are known by their front matter and their rules."""

import re

import pytest

from kejian.core.config import Course
from kejian.core.disk.files import Folder
from kejian.core.model import Source
from kejian.parse.deck import ParseContext, parse
from kejian.parse.lines.text_macros import table

DECKS = {
    "Marp": "---\nmarp: true\n---\n\n# One\n\n---\n\n# Two\n",
    "Quarto": "---\nformat:\n  revealjs:\n    theme: dark\n---\n\n## One\n\n## Two\n",
    "Slidev": "---\ntheme: seriph\n---\n\n# One\n\n---\nlayout: center\n---\n\n# Two\n",
    "reveal-md": "# One\n\n---\n\n## Two\n\n----\n\n## Below\n\nNote: this\n",
}
PAGES = {
    "a rule in a page": "# One\n\ntext\n\n---\n\nmore\n",
    "rules in a listing": "```\n---\n\n# a\n\n---\n\n# b\n```\n",
    "headings with a line below": "One\n---\n\nTwo\n---\n",
    "a site's page": "---\nlayout: default\n---\n\n# a\n\n---\n\nb\n",
    "long sections": "# a\n" + ("\n---\n\n## b\n" + "text\n" * 40) * 3,
    "one rule before a heading": "text\n\n---\n\n# a\n",
}


def findings(text, folder, **settings):
    deck = parse(Source("a.md", text), ParseContext(Folder(folder), table([]), Course(**settings)))
    return [found for found in deck.diagnostics if found.code == "other-dialect"]


@pytest.mark.parametrize("program", DECKS)
def test_a_deck_for_another_program_is_told(program, tmp_path):
    (found,) = findings(DECKS[program], tmp_path)
    assert f"for {program}:" in found.message
    assert "kejian import a.md --write" in found.hint


@pytest.mark.parametrize("program", ["Marp", "Slidev", "reveal-md"])
def test_as_the_hint_says_it_is_a_deck(program, tmp_path):
    head, _, body = DECKS[program].partition("# One")
    settings = r"---\nlayout: center\n---|^-{3,}$"
    text = f"{head}<!-- slide -->\n# One{re.sub(settings, '<!-- slide -->', body, flags=re.MULTILINE)}"
    assert findings(text, tmp_path) == []
    assert "<!-- slide -->\n\n#" in text


@pytest.mark.parametrize("text", PAGES.values(), ids=PAGES)
def test_a_page_is_no_deck(text, tmp_path):
    assert findings(text, tmp_path) == []


def test_a_page_that_is_named_is_meant(tmp_path):
    assert findings(DECKS["reveal-md"], tmp_path, pages=("*.md",)) == []
