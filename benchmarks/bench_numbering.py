"""A deck with numbered equations, references to them and citations, beside the same deck without.

    python benchmarks/bench_numbering.py [--rounds 5] [--slides 60]

Sixty slides with 200 displayed formulas: labelled in one deck and not in the other, with 80 references and 100
citations of 50 works in the one, and words in their place in the other. Built from nothing, after an edit, and after a
label has been renamed together with what refers to it.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from itertools import count
from pathlib import Path

import measure

FORMULAS, REFERENCES, CITATIONS, WORKS = 200, 80, 100, 50


def deck(slides: int, *, numbered: bool) -> str:
    """The text of a deck."""
    text = "---\ntitle: Numbers\nbibliography: refs.bib\n---\n" if numbered else "---\ntitle: Numbers\n---\n"
    formulas, references, citations = count(), count(), count()
    for n in range(slides):
        text += f"\n<!-- slide -->\n\n## Slide {n}\n\nSome words about it.\n"
        for _ in range(FORMULAS * (n + 1) // slides - FORMULAS * n // slides):
            k = next(formulas)
            label = f" \\label{{eq:{k}}}" if numbered else ""
            text += f"\n$$ x_{{{k}}} = \\sum_i w_{{i,{k}}} a_i{label} $$\n"
        for _ in range(REFERENCES * (n + 1) // slides - REFERENCES * n // slides):
            k = next(references)
            said = f"\\eqref{{eq:{k * 2}}}" if numbered else f"formula {k}"
            text += f"\nSee {said} for this.\n"
        for _ in range(CITATIONS * (n + 1) // slides - CITATIONS * n // slides):
            k = next(citations) % WORKS
            text += f"\nSomebody found it {f'[@work{k}, p. {k}]' if numbered else f'(Author {k})'}.\n"
    return text + ("\n<!-- slide -->\n\n## References\n\n::: {#refs}\n:::\n" if numbered else "")


def works() -> str:
    """A bibliography in BibTeX."""
    return "".join(
        f"@article{{work{k},\n  author = {{Author{k}, A. and Other{k}, B.}},\n  title = {{Work {k}}},\n"
        f"  journal = {{Journal}},\n  year = {{{1970 + k}}}\n}}\n"
        for k in range(WORKS)
    )


def course(root: Path, slides: int, *, numbered: bool) -> Path:
    """Write a course with one deck; returns its deck."""
    (root / "slides").mkdir(parents=True)
    if numbered:
        (root / "slides" / "refs.bib").write_text(works(), "utf-8")
    found = root / "slides" / "a.md"
    found.write_text(deck(slides, numbered=numbered), "utf-8")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--slides", type=int, default=60)
    options = parser.parse_args()
    measure.compiled()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for numbered in (False, True):
            root = Path(folder) / ("numbered" if numbered else "plain")
            source = course(root, options.slides, numbered=numbered)
            command = [sys.executable, str(measure.ROOT / "build.py"), str(root), "--quiet"]
            edits = count()

            def cold(root: Path = root) -> None:
                shutil.rmtree(root / ".kejian", ignore_errors=True)
                shutil.rmtree(root / "site", ignore_errors=True)

            def edited(source: Path = source, edits: count[int] = edits) -> None:
                text = source.read_text("utf-8")
                source.write_text(text.replace("Some words about it.", f"Some words about {next(edits)}.", 1), "utf-8")

            def renamed(source: Path = source, edits: count[int] = edits) -> None:
                old, new = (
                    ("eq:0", "eq:zero") if "{eq:0}" in (text := source.read_text("utf-8")) else ("eq:zero", "eq:0")
                )
                source.write_text(text.replace(f"{{{old}}}", f"{{{new}}}") + f"\n{next(edits)}\n", "utf-8")

            costs = [measure.process(command, options.rounds, before).seconds for before in (cold, edited, renamed)]
            rows.append(costs)
    what = ("from nothing", "a word edited", "a label renamed")
    found = [(name, plain, own, own / plain) for name, plain, own in zip(what, *rows, strict=True)]
    head = ["a build of a deck", "without numbers, s", "with them, s", "ratio"]
    measure.table(f"{FORMULAS} equations, {REFERENCES} references, {CITATIONS} citations", head, found)


if __name__ == "__main__":
    main()
