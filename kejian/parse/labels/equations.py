r"""Numbers in formulas: a label numbers its formula, and `\ref{…}`, `\eqref{…}` become the number that they mean.

The number of a whole formula stands beside it. In an `align` and its like every line is numbered, by `\tag{3}`, but
those that have `\notag`; in a starred one the labelled lines alone. `\tag{…}` is kept, and is what its label means.
What has no label has no number, so that decks without labels are as they were.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

LABEL = re.compile(r"(?:(?<![ \t])[ \t]++)?\\label\s*\{([^{}]*)\}")
REFERENCE = re.compile(r"\\(eq)?ref\s*\{([^{}]*)\}")
_TAG = re.compile(r"\\tag(\*?)\s*\{([^{}]*)\}")
_NONE = re.compile(r"\\(?:notag|nonumber)(?![A-Za-z])")
_LINES = re.compile(
    r"(\s*\\begin\s*\{((?:align|gather|flalign|alignat|xalignat|eqnarray)(\*?))\}(?:\{\d+\})?)(.*)(\\end\s*\{\2\}\s*)",
    re.DOTALL,
)
_STEP = re.compile(r"(?<!\\)%[^\n]*|\\begin\s*\{|\\end\s*\{|\\\\(?:\*|\s*\[[^\]\n]*\])?|\\[\s\S]|[{}]")
_COMMENT = re.compile(r"(?<!\\)%[^\n]*\Z")

Numbers = dict[str, str]
"""The number of each label as `\\eqref` draws it: `(3)`."""


class Numbered(NamedTuple):
    """A formula with its numbers. beside: the number of the whole formula, which is not in its TeX; "" for none."""

    tex: str
    labels: Numbers
    beside: str = ""


def labels(tex: str) -> list[str]:
    """Return the labels of a formula, in order."""
    return LABEL.findall(tex) if "\\label" in tex else []


def numbered(tex: str, following: Callable[[], int]) -> Numbered:
    """Return a displayed formula with its numbers, and what its labels mean; as it is if it has no label.

    following: returns the number of the next equation.
    """
    if not labels(tex):
        return Numbered(tex, {})
    known: Numbers = {}
    if lines := _LINES.fullmatch(tex):
        drawn = [_line(text, following, known, each=lines[3] == "") + end for text, end in _split(lines[4])]
        return Numbered(lines[1] + "".join(drawn) + lines[5], known)
    number, bare = _number(tex, following, known, each=True)
    return Numbered(_TAG.sub("", bare), known, number)


def referring(tex: str, known: Mapping[str, str]) -> str:
    r"""Return a formula with the numbers in place of its `\ref{…}` and `\eqref{…}`; those of no label stay."""

    def number(found: re.Match[str]) -> str:
        text = known.get(found[2].strip())
        return found[0] if text is None else rf"\text{{{shown(text, eqref=bool(found[1]))}}}"

    return REFERENCE.sub(number, tex)


def shown(number: str, *, eqref: bool) -> str:
    r"""Return a number as `\eqref` draws it, `(3)`, or as `\ref` does, `3`."""
    return number if eqref else number.removeprefix("(").removesuffix(")")


def _line(text: str, following: Callable[[], int], known: Numbers, *, each: bool) -> str:
    """Return a line with its number, which stays in the TeX. each: whether it has one without a label, too."""
    number, bare = _number(text, following, known, each=each)
    return bare if not number or _TAG.search(bare) else _tagged(bare, shown(number, eqref=False))


def _number(text: str, following: Callable[[], int], known: Numbers, *, each: bool) -> tuple[str, str]:
    """Return the number of a line or a formula, "" for none, and its TeX without labels; what they mean is noted."""
    names = labels(text)
    bare = LABEL.sub("", text)
    tag = _TAG.search(bare)
    if tag:
        number = tag[2] if tag[1] else f"({tag[2]})"
    elif names or (each and bare.strip() and not _NONE.search(bare)):
        number, bare = f"({following()})", _NONE.sub("", bare)
    else:
        return "", bare
    known |= dict.fromkeys((name.strip() for name in names), number)
    return number, bare


def _tagged(text: str, number: str) -> str:
    end = text.rstrip()
    apart = "\n" if _COMMENT.search(end) else " "  # a comment would take the number with it
    return rf"{end}{apart}\tag{{{number}}}" + text[len(end) :]


def _split(text: str) -> Iterator[tuple[str, str]]:
    r"""Yield the lines of an environment, each with the `\\` that ends it, "" for the last."""
    depth = start = 0
    for step in _STEP.finditer(text):
        if step[0] in "{}":
            depth += 1 if step[0] == "{" else -1
        elif step[0].startswith("\\begin"):
            depth += 2  # its brace is closed like any other; that of an end closes both
        if step[0].startswith("\\\\") and depth == 0:
            yield text[start : step.start()], step[0]
            start = step.end()
    yield text[start:], ""
