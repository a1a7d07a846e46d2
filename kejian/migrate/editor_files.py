"""Reports features of Markdown Preview Enhanced that are configured differently here, or not supported."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from kejian.core.diagnostics import Diagnostic, Severity, Span, warning
from kejian.core.dialect import Dialect
from kejian.core.model import Deck

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
        "config.js": (
            "of its settings only those about Markdown are read, and from .crossnote alone",
            "set macros = … in kejian.toml for macros of TeX, [mpe] for Markdown: see docs/settings.md",
        ),
        "mathjax_config.js": ("it is not read from here", "name it in kejian.toml: macros = …"),
        "mermaid_config.js": ("Mermaid is drawn with the course's own theme", ""),
    }.items()
}
"""Files of the editor beside a course, with what does not happen to them and what to do instead."""

_ELSEWHERE = {
    "ebook": "an e-book is not made",
    "puppeteer": "`kejian pdf`",
    "chrome": "`kejian pdf`",
    "prince": "`kejian pdf`",
    "phantomjs": "`kejian pdf`",
    "pandoc_args": "Pandoc is not called",
    "output": "Pandoc is not called",
    "export_on_save": "`kejian serve`",
    "print_background": "`kejian pdf` prints colours",
    "html": "pages are always offline",
    "run_on_save": "`kejian serve`",
}


def editor(present: Collection[str]) -> Iterator[Diagnostic]:
    """Yield a hint for each of the editor's configuration files in the course."""
    for path in sorted(set(present) & EDITOR_FILES.keys()):
        message, hint = EDITOR_FILES[path]
        yield Diagnostic(
            code="editor-file", severity=Severity.HINT, span=Span(path), message=f"{path}: {message}", hint=hint
        )


def front(deck: Deck, lines: Sequence[str]) -> Iterator[Diagnostic]:
    """Yield a hint for each front matter key that only the editor reads."""
    for key in deck.front:
        if key in _ELSEWHERE:
            number = next((n for n, line in enumerate(lines, 1) if line.startswith(f"{key}:")), 1)
            message = f"`{key}` in the front matter has no meaning here"
            yield Diagnostic(
                code="editor-key",
                severity=Severity.HINT,
                span=Span(deck.path, number),
                message=message,
                hint=_ELSEWHERE[key],
            )


def merged_cells(deck: Deck, lines: Sequence[str], dialect: Dialect) -> Iterator[Diagnostic]:
    """Yield a warning if a table has cells to be merged, but the course has not enabled that."""
    rows = enumerate(lines, 1) if not dialect.extended_tables else ()
    for number, line in rows:
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")] if line.lstrip().startswith("|") else []
        if len(cells) > 1 and {"^", ">"} & set(cells):
            hint = "write [mpe] and below it extended_tables = true into kejian.toml, if these cells are to be merged"
            message = "cells of `^` and `>` are text, as the editor has it without enableExtendedTableSyntax"
            yield warning("merged-cells", Span(deck.path, number), message, hint)
            return


def outside(marked: Collection[str], sources: Collection[str]) -> Iterator[Diagnostic]:
    """Yield a warning for each file with slides that a build of the course ignores."""
    for path in sorted(set(marked) - set(sources)):
        hint = f'move it into slides/, or write decks = ["slides/**/*.md", "{path}"] into kejian.toml'
        yield warning("not-built", Span(path), "this file has slides, and a build of the course leaves it out", hint)
