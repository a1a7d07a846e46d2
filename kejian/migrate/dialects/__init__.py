"""Rewrites decks for Marp, Slidev, reveal-md and Quarto in the dialect of this program, one module each."""

from __future__ import annotations

from kejian.migrate.dialects.marp import marp
from kejian.migrate.dialects.quarto import quarto
from kejian.migrate.dialects.reveal_md import reveal_md
from kejian.migrate.dialects.slides import Translated
from kejian.migrate.dialects.slidev import slidev
from kejian.parse.lines import frontmatter
from kejian.parse.other_dialects import program

TRANSLATIONS = {"Marp": marp, "Slidev": slidev, "reveal-md": reveal_md, "Quarto": quarto}
"""What rewrites a deck, by the program that it is written for."""


def translated(text: str, path: str) -> Translated | None:
    """Return the deck `path` with this text in our dialect; `None` if it is for no program that is known here."""
    front = frontmatter.read(text, path)
    lines = text.split("\n")
    name = "Quarto" if path.lower().endswith(".qmd") else program(front, lines)
    return TRANSLATIONS[name](front, lines, path) if name in TRANSLATIONS else None
