"""Decks rewritten as values: nothing on disk, nothing run."""

import pytest

from kejian.core.config import Course
from kejian.core.disk.files import Folder
from kejian.core.model import Source
from kejian.migrate import paths
from kejian.migrate.facts import CourseFacts
from kejian.migrate.rewrite import rewritten
from kejian.parse.deck import ParseContext, parse
from kejian.parse.lines.text_macros import Macros

FILES = frozenset({"pictures/Fig 1.PNG", "pictures/a.png", "slides/b.md"})


@pytest.fixture
def adopt(tmp_path):
    """What rewrites a deck's text; `known` is the text of its module, the rest are `CourseFacts`."""

    def work(text, known="", path="slides/a.md", **more):
        around = ParseContext(Folder(tmp_path), Macros({}, {}), Course(slide_code=more.get("slide_code", False)))
        deck = parse(Source(path, text.replace("\r\n", "\n").removeprefix("\ufeff")), around)
        values = {"package": "examples", "files": FILES, "folded": paths.names(FILES)}
        return rewritten(
            deck, text, known, CourseFacts(**(values | {"installed": lambda name: name != "torch"} | more))
        )

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
