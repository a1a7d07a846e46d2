"""`kejian.toml`, the settings of a course. Every key is optional, and so is the file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Annotated, Literal

import msgspec

from kejian.core import editor_settings
from kejian.core.diagnostics import Diagnostic, Span, error, warning
from kejian.core.dialect import DEFAULT, Dialect, named
from kejian.core.disk.files import FileAccessError, Folder
from kejian.core.limits import MOST_TEXT, TEXT
from kejian.core.start_page import Section, dated
from kejian.core.themes import ThemeSetting

FILE = "kejian.toml"
_LONGEST = 20_000
_DOTTED = re.compile(r"(?:\.[ \t]*+[\w\"'-]++[ \t]*+){20}")
TRUST = "if you trust the course, add --trust"
_LINES = "write `key = value` lines"
_CACHE = tuple(f".kejian/{name}" for name in ("cache", "aside", "examples", "preview", "preview-full", "seen"))
_FOLDERS = (".kejian", *_CACHE, "slides", "slides/outputs", "outputs", "templates", "tests", "site")


_Name = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z_][A-Za-z0-9_]*\Z", max_length=100)]
_Edition = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*\Z", max_length=60)]
_Variable = Annotated[str, msgspec.Meta(pattern=r"^[^\W\d][\w.-]*\Z", max_length=60)]
_Origin = Annotated[str, msgspec.Meta(pattern=r"^https://[a-z0-9.-]+(:[0-9]{1,5})?\Z", max_length=253)]
_Value = Annotated[str, msgspec.Meta(pattern=r"^[^\0]*\Z", max_length=4096)]


class Course(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The settings of a course.

    title: shown on the index and in each page's `<title>`; the folder's name when empty.
    author: shown on the index.
    language: BCP 47 tag of the decks' language, such as `en`; guessed from their text when empty.
    decks: glob patterns of the Markdown files to build, relative to the course; empty means `slides/**/*.md`, or,
        without such a folder, every Markdown file that holds a slide mark.
    pages: glob patterns of Markdown files to build besides the decks, as plain pages.
    macros: a JSON file or a MathJax configuration script with TeX macros, relative to the course.
    theme: `kejian`, the house style with a header and a footer (`light` and `dark` are it as well), or the name of one
        of reveal.js' themes for decks that name none; empty means the house style for decks with a `HEADER` or a
        `FOOTER`, and else `white`. A reader's own choice of light or dark in the page wins.
    logo: a picture for the header's corner, relative to the course; drawn for `<img class="hust">` and `HEADER`.
    logo_class: the class of an `<img>` without `src` that stands for the logo.
    footer: cells for a `FOOTER` line that names none, left to right.
    size: width and height of a slide in CSS pixels, for decks that give none; without it 1280 × 720 in the house
        style, and else 960 × 700, as Markdown Preview Enhanced has it.
    keep: glob patterns of files that builds leave in the site although they did not write them, such as `CNAME`.
    scripts: keep raw `<script>`, `on…=` and `javascript:` of the decks, and `@import`ed scripts.
    examples: the folder of the package whose functions decks quote and run; empty means the only folder at the root
        that is named `examples` or ends in `_examples`.
    slide_code: run Python chunks that are written on slides, ```` ```python {cmd=true} ````, as examples.
    graphviz: `viz` lays diagrams out with the pinned engine, `system` with the `dot` of this machine.
    publish: endings of files that are published besides those of the usual kinds, such as `["stl", "glb"]`.
    output_limit: how many bytes of text an example may print, and how many it may return; a million is a book.
    seconds: how long an example may run, where its import does not say `timeout=`.
    memory: how many MiB of memory an example may take, with all that it starts.
    threads: how many threads numerical packages may use in an example; more than one, and sums may differ in each run.
    gpu: let examples see graphics processors, whose results differ from one machine to another.
    environment: names and values that examples find in their environment, such as `KERAS_BACKEND = "torch"`.
    words: how many words a slide may ask to be read before `check` warns, a Chinese character counting as one; 0 never.
    editions: names of editions of the course, such as `["teacher"]`, for `--edition` and `edition="teacher"` on slides.
    solutions: those of them that show what stands in `::: solution`; without editions, every site does.
    bibliography: a BibTeX or CSL JSON file with the works that decks cite, relative to the course; a deck's front
        matter may name its own.
    csl: the name of the CSL style in which works are cited, such as `ieee`; empty means GB/T 7714 by numbers for
        Chinese decks, and else APA's, by author and year.
    citations: `text`, where they are written, or `notes`, as footnotes of their slides; a deck's front matter may have
        its own.
    variables: names and values that the text of decks may show, such as `term = "2026"` for `{{term}}`; a value of
        that name in a deck's front matter wins.
    url: where the site is published, such as `https://example.org/course`, for link previews and `sitemap.xml`.
    description: what the course is, in a sentence, for search engines and link previews; a deck's front matter may have
        its own.
    picture: a picture for link previews, relative to the course; shown where `url` is set. `kejian export --picture`
        draws one of the first slide.
    frames: hosts whose pages slides may show in frames, such as `["https://www.youtube-nocookie.com"]`; where there is
        no network, such a frame is a link, with the picture that its `poster` names.
    sections: parts of the start page with their decks, each a table `[[sections]]`; see below.
    mpe: how Markdown is read, as Markdown Preview Enhanced lets its users choose; see below.
    """

    title: str = ""
    author: str = ""
    language: str = ""
    decks: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    macros: str = ""
    theme: ThemeSetting = ""
    logo: str = ""
    logo_class: str = "hust"
    footer: tuple[str, ...] = ()
    size: tuple[int, int] | None = None
    keep: tuple[str, ...] = ()
    scripts: bool = False
    examples: str = ""
    slide_code: bool = False
    graphviz: Literal["viz", "system"] = "viz"
    publish: tuple[str, ...] = ()
    output_limit: Annotated[int, msgspec.Meta(ge=1000, le=MOST_TEXT)] = TEXT
    seconds: Annotated[float, msgspec.Meta(gt=0, le=86_400)] = 300.0
    memory: Annotated[int, msgspec.Meta(ge=64, le=1 << 24)] = 4096
    threads: Annotated[int, msgspec.Meta(ge=1, le=1024)] = 1
    gpu: bool = False
    environment: dict[_Name, _Value] = {}
    words: int = 160
    editions: tuple[_Edition, ...] = ()
    solutions: tuple[str, ...] = ()
    bibliography: str = ""
    csl: str = ""
    citations: Literal["text", "notes"] = "text"
    variables: dict[_Variable, str] = {}
    url: Annotated[str, msgspec.Meta(pattern=r"""^(https?://[^\s?#"'<>\\]{1,500})?\Z""")] = ""
    description: str = ""
    picture: str = ""
    frames: tuple[_Origin, ...] = ()
    sections: tuple[Section, ...] = ()
    mpe: Dialect = DEFAULT


_STRANGERS: Mapping[str, object] = {"scripts": False, "graphviz": "viz", "publish": (), "environment": {}, "frames": ()}
"""Settings by which a course asks for trust, with what they are for a course that has none."""


def read(text: str, editor: Mapping[str, object] = {}) -> tuple[Course, tuple[Diagnostic, ...]]:
    """Parse settings; on error return the defaults and a diagnostic with the line and the permitted values.

    editor: settings of the course's editor, used where `text` does not set them itself.
    """
    if _DOTTED.search(text):
        return Course(), (error("bad-config", Span(FILE), "a key has more parts than any has here", _LINES),)
    if len(text) > _LONGEST:
        return Course(), (error("bad-config", Span(FILE), f"it is longer than {_LONGEST:,} characters", "shorten it"),)
    try:
        return msgspec.convert(_with(editor, tomllib.loads(text)), Course), ()
    except tomllib.TOMLDecodeError as e:
        where = re.search(r"line (\d+), column (\d+)", str(e))
        span = Span(FILE, int(where[1]), int(where[2])) if where else Span(FILE)
        return Course(), (error("bad-config", span, f"this is not TOML: {e}", _LINES),)
    except msgspec.ValidationError as e:
        kind = Dialect if "$.mpe" in str(e) else Section if "$.sections" in str(e) else Course
        hint = "keys: " + ", ".join(kind.__struct_fields__)
        return Course(), (error("bad-config", _place(text, str(e)), str(e), hint),)
    except (RecursionError, ValueError) as e:  # nested deeper, or a number longer, than Python reads
        return Course(), (error("bad-config", Span(FILE), f"this cannot be read: {e}", _LINES),)


def _with(editor: Mapping[str, object], settings: dict[str, object]) -> dict[str, object]:
    """Merge the editor's settings into those of `kejian.toml`, which take precedence."""
    own = settings.get("mpe", {})
    if "sections" in settings:
        settings = settings | {"sections": dated(settings["sections"])}
    return settings | {"mpe": {**editor, **dict(named(*one) for one in own.items())} if isinstance(own, dict) else own}


def load(folder: Folder) -> tuple[Course, tuple[Diagnostic, ...]]:
    """Load the settings of the course in `folder`; the defaults if it has no `kejian.toml`."""
    editor, _ = editor_settings.read(folder)  # what is wrong with them is no error
    if not folder.has(FILE):
        return read("", editor)[0], _outside(folder, "")
    try:
        course, wrong = read(folder.text(FILE), editor)
    except FileAccessError as e:
        return Course(), (error("bad-config", Span(FILE), str(e), e.hint),)
    return course, (*wrong, *_outside(folder, course.examples))


def editor_findings(folder: Folder) -> tuple[Diagnostic, ...]:
    """Return a warning for each unreadable editor setting that the course does not set itself."""
    try:
        own = tomllib.loads(folder.text(FILE)).get("mpe", {}) if folder.has(FILE) else {}
    except (FileAccessError, ValueError, RecursionError):  # reported by `load`
        own = {}
    names = {named(key, value)[0] for key, value in own.items()} if isinstance(own, dict) else set()
    return tuple(found for name, found in editor_settings.read(folder)[1] if name not in names)


def untrusted(folder: Folder, course: Course) -> tuple[Course, tuple[Diagnostic, ...]]:
    """Return the settings of an untrusted course, with a warning for each that is ignored."""
    asked = [key for key, value in _STRANGERS.items() if getattr(course, key) != value]
    if not asked:
        return course, ()
    text = folder.text(FILE)
    found = tuple(
        warning("setting-not-trusted", place(text, key), f"`{key}` is not followed with --no-exec", TRUST)
        for key in asked
    )
    return msgspec.structs.replace(course, **{key: _STRANGERS[key] for key in asked}), found


def _outside(folder: Folder, examples: str) -> tuple[Diagnostic, ...]:
    """Return an error for each folder that a build reads or writes on its own and that links out of the course."""
    found = {name: why for name in (*_FOLDERS, *filter(None, [examples])) if (why := _why(folder, name))}
    return tuple(
        error("outside-course", Span(name), f"{name}: {why}", f"remove it (`rm {folder.root / name}`)")
        for name, why in found.items()
        if name.rpartition("/")[0] not in found
    )


def _why(folder: Folder, name: str) -> str:
    try:
        folder.real(name)
    except FileAccessError as e:
        return str(e)
    return ""


def _place(text: str, message: str) -> Span:
    """Locate the key that a validation message names, as `$.key` or as unknown field `key`."""
    key = re.search(r"unknown field `(\w+)`", message) or re.search(r"\$(?:\.(\w+))+", message)
    found = place(text, key[1]) if key else Span(FILE)
    return Span(FILE, found.line)


def place(text: str, key: str) -> Span:
    """Locate a key in the settings' text; falls back to the first line for spellings that are not searched for."""
    for number, line in enumerate(text.splitlines(), 1):
        if found := re.match(rf"\s*(?:([\"']?){re.escape(key)}\1\s*=|\[{{1,2}}{re.escape(key)}\])", line):
            return Span(FILE, number, len(found[0]) - len(found[0].lstrip()) + 1)
    return Span(FILE)
