"""`kejian.toml`: what a course can say about itself. Every key is optional; a course without the file is fine."""

from __future__ import annotations

import re
import tomllib
from typing import Literal

import msgspec

from kejian.diagnostics import Diagnostic, Span, error
from kejian.folder import Folder, Unreadable

FILE = "kejian.toml"
_LONGEST = 20_000
_DOTTED = re.compile(r"(?:\.[ \t]*+[\w\"'-]++[ \t]*+){20}")
_LINES = "write `key = value` lines"
_CACHE = tuple(f".kejian/{name}" for name in ("cache", "aside", "examples", "preview", "preview-full", "seen"))
_FOLDERS = (".kejian", *_CACHE, "slides", "slides/outputs", "outputs", "templates", "tests", "site")


class Course(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The settings of a course.

    title: shown on the index and in each page's `<title>`; the folder's name when empty.
    author: shown on the index.
    language: BCP 47 tag for `<html lang>`.
    decks: glob patterns of the Markdown files to build, relative to the course; empty means `slides/**/*.md`, or,
        without such a folder, every Markdown file that holds a slide mark.
    pages: glob patterns of Markdown files to build as plain pages as well.
    macros: a JSON file or a MathJax configuration script with TeX macros, relative to the course.
    theme: `light` or `dark` Solarized; a reader's own choice in the page wins.
    logo: a picture for the header's corner, relative to the course; drawn for `<img class="hust">` and `HEADER`.
    logo_class: the class of an `<img>` without `src` that stands for the logo.
    footer: cells for a `FOOTER` line that names none, left to right.
    size: width and height of a slide in CSS pixels, for decks that give none.
    scripts: keep raw `<script>`, `on…=` and `javascript:` of the decks, and `@import`ed scripts.
    examples: the folder of the package whose functions decks quote and run; empty means the only folder at the root
        that is named `examples` or ends in `_examples`.
    slide_code: run Python chunks that are written on slides, ```` ```python {cmd=true} ````, as examples.
    graphviz: `viz` lays diagrams out with the pinned engine, `system` with the `dot` of this machine.
    words: how many words a slide may ask to be read before `check` warns, a Chinese character counting as one; 0 never.
    """

    title: str = ""
    author: str = ""
    language: str = "zh-CN"
    decks: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    macros: str = ""
    theme: Literal["light", "dark"] = "light"
    logo: str = ""
    logo_class: str = "hust"
    footer: tuple[str, ...] = ()
    size: tuple[int, int] = (960, 700)
    scripts: bool = False
    examples: str = ""
    slide_code: bool = False
    graphviz: Literal["viz", "system"] = "viz"
    words: int = 160


def read(text: str) -> tuple[Course, tuple[Diagnostic, ...]]:
    """The settings in `text`, or the defaults and an error that says which line is wrong and what may stand there."""
    if _DOTTED.search(text):
        return Course(), (error("bad-config", Span(FILE), "a key has more parts than any has here", _LINES),)
    if len(text) > _LONGEST:
        return Course(), (error("bad-config", Span(FILE), f"it is longer than {_LONGEST:,} characters", "shorten it"),)
    try:
        return msgspec.convert(tomllib.loads(text), Course), ()
    except tomllib.TOMLDecodeError as e:
        where = re.search(r"line (\d+), column (\d+)", str(e))
        span = Span(FILE, int(where[1]), int(where[2])) if where else Span(FILE)
        return Course(), (error("bad-config", span, f"this is not TOML: {e}", _LINES),)
    except msgspec.ValidationError as e:
        hint = "keys: " + ", ".join(Course.__struct_fields__)
        return Course(), (error("bad-config", _place(text, str(e)), str(e), hint),)
    except (RecursionError, ValueError) as e:  # nested deeper, or a number longer, than Python reads
        return Course(), (error("bad-config", Span(FILE), f"this cannot be read: {e}", _LINES),)


def load(folder: Folder) -> tuple[Course, tuple[Diagnostic, ...]]:
    """The settings of the course in `folder`; the defaults where it has no `kejian.toml`."""
    if not folder.has(FILE):
        return Course(), _outside(folder, "")
    try:
        course, wrong = read(folder.text(FILE))
    except Unreadable as e:
        return Course(), (error("bad-config", Span(FILE), str(e), e.hint),)
    return course, (*wrong, *_outside(folder, course.examples))


def _outside(folder: Folder, examples: str) -> tuple[Diagnostic, ...]:
    """An error for each folder in which a build reads or writes by itself and that is a link out of the course."""
    return tuple(
        error("outside-course", Span(name), f"{name}: {_why(folder, name)}", "make it a folder of the course")
        for name in (*_FOLDERS, *filter(None, [examples]))
        if _why(folder, name)
    )


def _why(folder: Folder, name: str) -> str:
    try:
        folder.real(name)
    except Unreadable as e:
        return str(e)
    return ""


def _place(text: str, message: str) -> Span:
    """The line of the key that a validation message names, as `$.key` or as unknown field `key`."""
    key = re.search(r"\$\.(\w+)|`(\w+)`(?!.*\$)", message)
    lines = text.splitlines()
    if key:
        for number, line in enumerate(lines, 1):
            if re.match(rf"\s*{key[1] or key[2]}\s*=", line):
                return Span(FILE, number)
    return Span(FILE)
