"""A course that comes from Markdown Preview Enhanced, as far as it has to be known before anything is rewritten."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kejian import config, toolchain
from kejian.adopt import targets
from kejian.adopt.facts import Facts
from kejian.checks.material import sizes
from kejian.diagnostics import Diagnostic, Span, error
from kejian.folder import Folder, Unreadable
from kejian.model import Deck
from kejian.reading import discover
from kejian.reading.parse import Surroundings, load, load_linked
from kejian.record.record import Record
from kejian.running.verified import outputs_folder
from kejian.setting import prepare

_UP = re.compile(r"[\"'(]((?:\.\./){1,9})")
_SEARCHED = 1 << 20


@dataclass(frozen=True, slots=True)
class Course:
    """A course and those of its decks that were asked for.

    texts: the text of each deck that can be read, as it stands on disk: a byte order mark and line ends are kept.
    sources: the decks that a build would take. files: the paths of all its files.
    """

    folder: Folder
    around: Surroundings
    decks: tuple[Deck, ...]
    texts: Mapping[str, str]
    sources: frozenset[str]
    files: frozenset[str]


def root_of(path: Path) -> Path:
    """The course's folder: `path`, or the one in which all that a deck names by `../` can be found."""
    if path.is_dir():
        return path
    for folder in path.parents:
        if (folder / config.FILE).is_file():
            return folder
    if path.parent.name == "slides":
        return path.parent.parent
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            text = file.read(_SEARCHED)
    except OSError:
        text = ""
    up = max((found[1].count("/") for found in _UP.finditer(text)), default=0)
    return path.parents[min(up, len(path.parents) - 1)]


def read(root: Path, path: Path) -> Course | tuple[Diagnostic, ...]:
    """The course at `root`, of which `path` is the folder or one deck; or the errors that keep it from being read."""
    folder = Folder(root)
    settings, wrong = config.load(folder)
    if wrong:
        return wrong
    try:
        around = prepare(folder, settings).around
    except toolchain.ToolchainError as e:
        return (error("not-set-up", Span("."), str(e)),)
    sources = discover.sources(root, settings, root / "site")
    one = path.relative_to(root).as_posix()
    decks = tuple(load_linked(sources, around)) if path.is_dir() else (load(one, around),)
    if not decks:
        hint = "a deck is a Markdown file with a line <!-- slide -->"
        return (error("no-decks", Span("."), "there is no deck here", hint),)
    linked = {link for deck in decks for link in deck.links}
    return Course(
        folder, around, decks, dict(_texts(decks, folder)), frozenset(linked.union(sources)), frozenset(sizes(root))
    )


def _texts(decks: tuple[Deck, ...], folder: Folder) -> Iterator[tuple[str, str]]:
    for deck in decks:
        if not any(found.code == "unreadable" for found in deck.diagnostics):
            try:
                yield deck.path, folder.data(deck.path).decode("utf-8")
            except (Unreadable, UnicodeDecodeError):  # it has changed since it was read
                continue


def facts(course: Course) -> tuple[Facts, tuple[Diagnostic, ...]]:
    """What a rewriting needs to know of the course, and why code cannot be moved."""
    root, settings = course.folder.root, course.around.course
    package = discover.examples(root, settings)
    several = sorted(path.parent.name for path in root.glob("*examples/__init__.py"))
    wrong: tuple[Diagnostic, ...] = ()
    if not package and several:
        message = f"the course has several packages of examples: {', '.join(several)}"
        wrong = (error("which-examples", Span("."), message, f'write examples = "{several[0]}" into kejian.toml'),)
    elif not package:
        package = "examples" if not (root / "examples").exists() else "deck_examples"
    recorded = frozenset(Record(root / outputs_folder(root)).names())
    folded = targets.names(course.files)
    return Facts(package, course.files, folded, installed, recorded, settings.slide_code), wrong


@cache
def installed(name: str) -> bool:
    """Whether the package can be imported here."""
    if not name or name in sys.stdlib_module_names:
        return True
    try:
        return importlib.util.find_spec(name) is not None
    except (ValueError, ImportError):
        return False
