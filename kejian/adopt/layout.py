"""What a course for Markdown Preview Enhanced brings along that is done otherwise here, or not at all."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from kejian.diagnostics import Diagnostic, Severity, Span, warning
from kejian.model import Deck

EDITOR_FILES: Mapping[str, tuple[str, str]] = {
    f"{folder}/{name}": said
    for folder in (".crossnote", ".mume")
    for name, said in {
        "parser.js": (
            "text hooks are not run",
            "a line such as `HEADER text` is a template: write templates/macros/NAME.html",
        ),
        "style.less": ("LESS is not compiled", 'compile it to CSS and write @import "style.css" in the deck'),
        "head.html": ("no HTML is put into a page's head", "the theme is in templates/"),
        "config.js": ("the editor's settings are not read", "set macros = … in kejian.toml: see the README"),
        "mathjax_config.js": ("it is not read from here", "name it in kejian.toml: macros = …"),
        "mermaid_config.js": ("Mermaid is drawn with the course's own theme", ""),
    }.items()
}
"""Files of the editor beside a course, with what does not happen to them and what to do instead."""

_ELSEWHERE = {
    "ebook": "an e-book is not made",
    "puppeteer": "python build.py pdf",
    "chrome": "python build.py pdf",
    "prince": "python build.py pdf",
    "phantomjs": "python build.py pdf",
    "pandoc_args": "Pandoc is not called",
    "output": "Pandoc is not called",
    "export_on_save": "python build.py serve",
    "print_background": "python build.py pdf prints colours",
    "html": "pages are always offline",
    "run_on_save": "python build.py serve",
}


def editor(present: Collection[str]) -> Iterator[Diagnostic]:
    """A hint for each of the editor's files that the course has."""
    for path in sorted(set(present) & EDITOR_FILES.keys()):
        message, hint = EDITOR_FILES[path]
        yield Diagnostic("editor-file", Severity.HINT, Span(path), f"{path}: {message}", hint)


def front(deck: Deck, lines: Sequence[str]) -> Iterator[Diagnostic]:
    """A hint for each key of the front matter that only the editor reads."""
    for key in deck.front:
        if key in _ELSEWHERE:
            number = next((n for n, line in enumerate(lines, 1) if line.startswith(f"{key}:")), 1)
            message = f"`{key}` in the front matter has no meaning here"
            yield Diagnostic("editor-key", Severity.HINT, Span(deck.path, number), message, _ELSEWHERE[key])


def outside(marked: Collection[str], sources: Collection[str]) -> Iterator[Diagnostic]:
    """A warning for each file with slides that a build of the course leaves out."""
    for path in sorted(set(marked) - set(sources)):
        hint = f'move it into slides/, or write decks = ["slides/**/*.md", "{path}"] into kejian.toml'
        yield warning("not-built", Span(path), "this file has slides, and a build of the course leaves it out", hint)
