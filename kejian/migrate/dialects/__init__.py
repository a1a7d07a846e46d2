"""Rewrites decks for Marp, Slidev, reveal-md and Quarto, and notebooks, in our dialect, one module each."""

from __future__ import annotations

from posixpath import splitext

from kejian.migrate.dialects.marp import marp
from kejian.migrate.dialects.notebook import notebook
from kejian.migrate.dialects.quarto import quarto
from kejian.migrate.dialects.reveal_md import reveal_md
from kejian.migrate.dialects.slides import Translated
from kejian.migrate.dialects.slidev import slidev
from kejian.parse.lines import frontmatter
from kejian.parse.other_dialects import program

TRANSLATIONS = {"Marp": marp, "Slidev": slidev, "reveal-md": reveal_md, "Quarto": quarto, "Jupyter": notebook}
"""What rewrites a deck, by the program that it is written for."""
BESIDE = {".qmd": "Quarto", ".ipynb": "Jupyter"}
"""Programs by how their files end; a deck is written beside such a file, which stays as it is."""


def translated(text: str, path: str) -> Translated | None:
    """Return the deck `path` with this text in our dialect; `None` if it is for no program that is known here.

    Raises `ValueError` if the file is not what its name says.
    """
    front = frontmatter.read(text, path)
    lines = text.split("\n")
    name = BESIDE.get(splitext(path)[1].lower()) or program(front, lines)
    return TRANSLATIONS[name](front, lines, path) if name in TRANSLATIONS else None
