"""The corpus of attacks as data: cases of `corpus/*.md` and of `generated.py`, as a course that lies beside a secret.

A case is its title, a deck, and lines that say what holds besides what holds for all: `finds CODE`, `shows TEXT`,
`hides TEXT`. Below a deck, `%%% file PATH` begins a file of the course and `%%% link PATH TARGET` is a symbolic link.
What cannot be typed or would be too long is written `{SECRET}`, `{PNG width height}`, `{NEST [ n}`, `{REPEAT text n}`,
`{LINES text n}`; `␀` stands for a zero byte, `␋` and `␌` for a vertical tab and a form feed, `␛` and `␇`
for an escape and a bell.
"""

import re
import runpy
import struct
import zlib
from pathlib import Path
from typing import NamedTuple

from markdown_it.utils import read_fixture_file

HERE = Path(__file__).parent
CORPUS = HERE / "corpus"
GENERATED = "generated"
NAMES = sorted([*(path.stem for path in CORPUS.glob("*.md")), GENERATED])
TOKEN = "kejian-secret-5f0c1d7b"
SECRETS = [f"secret.{suffix}" for suffix in "txt md css png dot csv html js py mp3 svg".split()]
SECRETS += ["beside/secret.txt", "beside/secret.md"]

_PART = re.compile(r"^%%% (file|link) (.*)$\n?", re.MULTILINE)
_WORD = re.compile(r"\{(SECRET|PNG|NEST|REPEAT|LINES)(?: ([^{}]*))?\}")
_CONTROLS = str.maketrans({"␀": "\0", "␋": "\v", "␌": "\f", "␛": "\x1b", "␇": "\a"})


class Case(NamedTuple):
    """name: of its deck, from the title. files: the course's other files. links: symbolic links and their targets."""

    title: str
    name: str
    text: str
    files: dict[str, str]
    links: dict[str, str]
    finds: list[str]
    shows: list[str]
    hides: list[str]

    @property
    def deck(self):
        """The text with a slide mark, if it has none."""
        marked = self.text.startswith("---") or "<!-- slide" in self.text
        return self.text if marked else f"<!-- slide -->\n\n{self.text}"


def cases(kind):
    """The cases of a file of the corpus, or those that are made as a product."""
    if kind == GENERATED:
        made = runpy.run_path(str(HERE / "generated.py"))["CASES"]
        return [Case(title, _name(title), text, files, {}, [], [], []) for title, text, files in made]
    return [_case(*found) for _, *found in read_fixture_file(CORPUS / f"{kind}.md")]


def _case(title, text, expected):
    deck, *parts = _PART.split(text)
    found = list(zip(parts[::3], parts[1::3], parts[2::3], strict=True))
    files = {path: content for kind, path, content in found if kind == "file"}
    links = dict(path.split(" ") for kind, path, _ in found if kind == "link")
    held = [line.partition(" ") for line in expected.splitlines()]
    assert {word for word, _, _ in held} <= {"finds", "shows", "hides"}, title
    told = [[rest for word, _, rest in held if word == which] for which in ("finds", "shows", "hides")]
    return Case(title, _name(title), deck, files, links, *told)


def _name(title):
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


def secrets(around):
    """Put the secrets into the folder that the course will lie in."""
    (around / "beside").mkdir(parents=True, exist_ok=True)
    for name in SECRETS:
        (around / name).write_text(f'def secret():\n    return "{TOKEN}"\n', "utf-8")


def write(found, course):
    """Write the cases as decks of one course, which lies beside the secrets; returns the decks' paths by name."""
    secrets(course.parent)
    decks = {case.name: f"slides/{case.name}.md" for case in found}
    assert len(decks) == len(found), "two cases with one title"
    for case in found:
        _file(course, decks[case.name], case.deck)
        for path, text in case.files.items():
            _file(course, path, text)
        for path, target in case.links.items():
            (course / path).parent.mkdir(parents=True, exist_ok=True)
            (course / path).symlink_to(_filled(target, course))
    return decks


def _file(course, path, text):
    target = course / path
    target.parent.mkdir(parents=True, exist_ok=True)
    picture = re.fullmatch(r"\{PNG (\d+) (\d+)\}\n", text)
    target.write_bytes(_png(*map(int, picture.groups())) if picture else _filled(text, course).encode())


def _filled(text, course):
    def put(word):
        kind, rest = word[1], word[2] or ""
        what, _, count = rest.rpartition(" ")
        if kind == "SECRET":
            return str(course.parent / "secret.txt")
        if kind == "NEST":
            return what * int(count) + {"[": "]", "(": ")"}[what] * int(count)
        return what.replace("\\n", "\n") * int(count)

    return _WORD.sub(put, text.translate(_CONTROLS))


def _png(width, height):
    """A picture of that size in a few bytes: a row of zeros is as good as nothing when packed."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    pixels = zlib.compress(bytes(2**20), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
