"""A deck built by each tool that is installed: ours from nothing, after an edit and without one, and the others.

    python benchmarks/peers.py [--slides 32 1024] [--rounds 3] [--tools FOLDER]

Tools are looked for on PATH, and in a scratch folder (`--tools`) with a `node_modules`; those that are not there are
named with the line that installs them. Each gets the same deck (`synthetic.py`, one file) in its own dialect: the marks
between slides, and headings for what only our text macros know. None of the others keeps anything between two runs, so
that an edit costs them what the whole deck does. They leave formulas and highlighting to the browser, which has not
done them yet when they end; our pages hold them as pictures and as coloured text.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import measure
import synthetic

ROOT = Path(__file__).parents[1]
IMPORTS = [sys.executable, "-c", "import markdown_it, jinja2, pygments"]
_MARK = re.compile(r"^<!-- slide .*-->$", re.MULTILINE)
_HEADER = re.compile(r"^HEADER (.*)$", re.MULTILINE)
_FOOTER = re.compile(r"^FOOTER3 .*$", re.MULTILINE)


@dataclass(frozen=True)
class Peer:
    """Another tool. install: the line that does. text: makes our deck one of its dialect.

    command: made of its program, the deck and the folder for what it writes.
    """

    name: str
    program: str
    install: str
    text: Callable[[str], str]
    command: Callable[[str, Path, Path], list[str]]


def ruled(text: str) -> str:
    """Our deck with rules between its slides, without front matter."""
    body = _MARK.sub("---", text.partition("---\n")[2].partition("---\n")[2])
    return _FOOTER.sub("", _HEADER.sub(r"## \1", body)).lstrip().removeprefix("---")


def marp(text: str) -> str:
    """The same with what switches Marp's formulas on."""
    return f"---\nmarp: true\nmath: mathjax\n---\n{ruled(text)}"


PEERS = (
    Peer(
        "pandoc",
        "pandoc",
        "pip install pypandoc_binary",
        ruled,
        lambda pandoc, deck, out: [pandoc, str(deck), "-t", "revealjs", "--mathml", "-s", "-o", str(out / "deck.html")],
    ),
    Peer(
        "mkslides",
        "mkslides",
        "pip install mkslides",
        ruled,
        lambda mkslides, deck, out: [mkslides, "build", str(deck), "-d", str(out)],
    ),
    Peer(
        "reveal-md",
        "reveal-md",
        "npm install --ignore-scripts reveal-md",
        ruled,
        lambda reveal, deck, out: [reveal, str(deck), "--static", str(out), "--separator", "^---$"],
    ),
    Peer(
        "Marp",
        "marp",
        "npm install --ignore-scripts @marp-team/marp-cli",
        marp,
        lambda program, deck, out: [program, str(deck), "-o", str(out / "deck.html")],
    ),
    Peer(
        "MPE (mume 0.7.9)",
        "mume",
        "npm install --ignore-scripts @shd101wyy/mume@0.7.9 mathjax@3",
        lambda text: _FOOTER.sub("", _HEADER.sub(r"## \1", text)),
        lambda node, deck, _: [node, str(ROOT / "benchmarks/mpe_export.mjs"), str(deck)],
    ),
)


def found(peer: Peer, tools: Path) -> str:
    """The program of a tool that is installed, else nothing."""
    if peer.program == "mume":
        return (shutil.which("node") or "") if (tools / "node_modules/@shd101wyy/mume").is_dir() else ""
    inside = [*tools.glob(f"**/pypandoc/files/{peer.program}"), tools / "node_modules/.bin" / peer.program]
    return shutil.which(peer.program) or next((str(path) for path in inside if path.exists()), "")


def theirs(peer: Peer, program: str, text: str, tools: Path, rounds: int) -> float:
    """Median seconds of a tool for a deck."""
    with tempfile.TemporaryDirectory(dir=tools) as name:  # MPE's engine is looked for in the folders above
        folder = Path(name)
        deck = folder / "slides" / "deck.md"
        deck.parent.mkdir()
        deck.write_text(peer.text(text), "utf-8")
        command = peer.command(program, deck, folder / "out")
        (folder / "out").mkdir()
        return measure.process(command, rounds, output=False, folder=folder).seconds


def ours(text: str, rounds: int) -> dict[str, float]:
    """Median seconds of our builds of a deck."""
    with tempfile.TemporaryDirectory() as name:
        course = Path(name)
        deck = course / "slides" / "deck.md"
        deck.parent.mkdir()
        deck.write_text(text, "utf-8")
        build = [sys.executable, str(ROOT / "build.py"), str(course), "--quiet", "--out", str(course / "site")]

        def forget() -> None:
            for folder in (".kejian", "site"):
                shutil.rmtree(course / folder, ignore_errors=True)

        def edit() -> None:
            with deck.open("a", encoding="utf-8") as file:
                file.write("\n又一行。\n")

        cold = measure.process(build, max(1, rounds // 3), forget, output=False).seconds
        again = measure.process(build, rounds, output=False).seconds
        edited = measure.process(build, rounds, edit, output=False).seconds
        return {"kejian, from nothing": cold, "kejian, no change": again, "kejian, one edit": edited}


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--slides", type=int, nargs="*", default=[32, 1024])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--tools", type=Path, default=Path(), help="a scratch folder with node_modules")
    options = parser.parse_args()
    measure.compiled()
    tools = options.tools.resolve()
    programs = {peer.name: found(peer, tools) for peer in PEERS}
    for peer in PEERS:
        if not programs[peer.name]:
            print(f"{peer.name} is not here: {peer.install}")
    rows = []
    for count in options.slides:
        synthetic.SLIDES_PER_DECK = count
        text = synthetic.deck(range(count))
        start = measure.process(IMPORTS, options.rounds).seconds
        taken = ours(text, options.rounds)
        for peer in PEERS:
            if program := programs[peer.name]:
                taken[peer.name] = theirs(peer, program, text, tools, max(1, options.rounds // 3))
        rows += [[f"{count} slides", name, seconds, seconds / start] for name, seconds in taken.items()]
    measure.table("A deck in one file", ["deck", "tool", "s", "× imports"], rows)


if __name__ == "__main__":
    main()
