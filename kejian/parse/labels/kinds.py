"""The kinds of what can be labelled, by the prefix of the label as Quarto has it, and their words on a page."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kejian.core.messages import words

THEOREMS: Mapping[str, str] = {
    "theorem": "thm",
    "lemma": "lem",
    "corollary": "cor",
    "proposition": "prp",
    "conjecture": "cnj",
    "definition": "def",
    "example": "exm",
    "exercise": "exr",
    "solution": "sol",
    "remark": "rem",
    "proof": "prf",
}
"""The containers that are theorems and the like, each with its kind."""
EQUATION, SECTION = "eq", "sec"
KINDS = (*("fig", "tbl", "lst"), EQUATION, SECTION, *dict.fromkeys(THEOREMS.values()))
NAME = rf"(?:{'|'.join(KINDS)})-[A-Za-z0-9_](?:[\w:.-]*[A-Za-z0-9_])?"
"""A label as it is written after `@`; it ends before punctuation."""
_KIND = re.compile(NAME)


def kind(label: str) -> str:
    """Return the kind that a label names, such as `fig` for `fig-loss`; "" if it names none."""
    return label.partition("-")[0] if _KIND.fullmatch(label) else ""


def title(kind: str, number: str, language: str) -> str:
    """Return what something is called on a page: `Figure 3`, `图 3`; without a number its kind alone."""
    return number if kind == SECTION else words(language)[f"label_{kind}"].replace("%", number).strip()
