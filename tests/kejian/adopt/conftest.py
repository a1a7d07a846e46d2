"""Decks rewritten as values: nothing on disk, nothing run."""

import pytest

from kejian.adopt import targets
from kejian.adopt.facts import Facts
from kejian.adopt.rewriting import rewritten
from kejian.config import Course
from kejian.folder import Folder
from kejian.model import Source
from kejian.reading.macros import Macros
from kejian.reading.parse import Surroundings, parse

FILES = frozenset({"pictures/Fig 1.PNG", "pictures/a.png", "slides/b.md"})


@pytest.fixture
def adopt(tmp_path):
    """What rewrites a deck's text; `known` is the text of its module, the rest are `Facts`."""

    def work(text, known="", path="slides/a.md", **more):
        around = Surroundings(Folder(tmp_path), Macros({}, {}), Course(slide_code=more.get("slide_code", False)))
        deck = parse(Source(path, text.replace("\r\n", "\n").removeprefix("\ufeff")), around)
        values = {"package": "examples", "files": FILES, "folded": targets.names(FILES)}
        return rewritten(deck, text, known, Facts(**(values | {"installed": lambda name: name != "torch"} | more)))

    return work


@pytest.fixture(scope="session")
def written():
    """What writes a rewritten deck down as a fixture has it: the deck, the module, the record, the findings."""
    return outcome


def outcome(done):
    parts = [done.text]
    if done.source:
        parts.append(f"%%% {done.module}\n{done.source}")
    for call, outputs in done.records:
        parts += [f"%%% {call} {one.kind}\n{one.text}" + "\n" * (one.kind == "value") for one in outputs]
    found = [f"{d.span.line}:{d.span.column} {d.severity} {d.code}: {d.message}" for d in done.diagnostics]
    return "".join(parts) + "".join(f"| {line}\n" for line in found)
