"""Converts a deck to a Jupyter notebook: the slides' text, the code of the examples, and its outputs.

Format 4.5, https://nbformat.readthedocs.io/en/latest/format_description.html. The same deck, code and record give the
same bytes.
"""

from __future__ import annotations

import json
import posixpath
import re
from base64 import b64encode
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from kejian.core.disk.files import FileAccessError, Folder
from kejian.core.messages import words
from kejian.core.model import Deck, Example, Page, Slide
from kejian.examples import output_tables
from kejian.examples.artifacts import Runs
from kejian.examples.record.file_format import RecordedExample
from kejian.examples.record.outputs import Output
from kejian.parse.html import sanitize
from kejian.parse.html.contained import contained
from kejian.parse.lines import frontmatter
from kejian.parse.quote import calls
from kejian.render import notebook_code

_VALUE = re.compile(r"`\{python\} ([^`]*)`")
_FENCE = re.compile(r"[\s>]*(?:[-*+] |\d{1,9}[.)] )?\s*(`{3,}|~{3,})")
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def page(
    deck: Deck,
    runs: Runs,
    folder: Folder,
    macros: Collection[str],
    language: str,
    shown: Callable[[Sequence[str]], Sequence[str]] = lambda lines: lines,
) -> Page | None:
    """Return the notebook to publish beside the deck's page; `None` if no block of the deck shows an output.

    macros: names of text macros, which are removed since they mean nothing in a notebook.
    shown: returns the lines of a Markdown file without those that are not of this edition.
    """
    name = path(deck, runs)
    if not name:
        return None
    writing = _Writing(folder=folder, runs=runs, macros=frozenset(macros), language=language, shown=shown)
    packages = sorted({runs[one].symbol.module.partition(".")[0] for one in _blocks(deck, runs) if not one.code})
    said = words(language)
    writing.text(f"# {deck.title}", *(said["notebook_note"].replace("%", package) for package in packages))
    for slide in deck.slides or (deck.preface,):
        writing.slide(slide)
    document = {"cells": writing.cells, "metadata": _METADATA, "nbformat": 4, "nbformat_minor": 5}
    return Page(name, msgspec.json.format(_encoded(document), indent=1) + b"\n")  # `json` takes ten times as long


def path(deck: Deck, runs: Runs) -> str:
    """Return the notebook's path in the site; "" if no block shows an output, or the deck publishes
    such a file itself.
    """
    name = posixpath.splitext(deck.path)[0] + ".ipynb"
    return name if _blocks(deck, runs) and name not in deck.assets else ""


def _blocks(deck: Deck, runs: Runs) -> list[Example]:
    return [example for example in deck.examples if example in runs and example.format is None]


@dataclass(slots=True, kw_only=True)
class _Writing:
    """A notebook under construction, cell by cell."""

    folder: Folder
    runs: Runs
    macros: frozenset[str]
    language: str
    shown: Callable[[Sequence[str]], Sequence[str]]
    cells: list[dict[str, Any]] = field(default_factory=list)
    _counted: int = 0
    _files: dict[str, list[str]] = field(default_factory=dict)

    def slide(self, slide: Slide) -> None:
        """Add a cell with the slide's text, and one for each example on it."""
        examples = [hole for hole in slide.holes if isinstance(hole, Example) and hole in self.runs]
        values = {(e.call, e.format): _values(self.runs[e].recorded) for e in examples if e.format is not None}
        blocks = [example for example in examples if example.format is None]
        text = "\n".join(self._prose(slide, blocks))
        text = _VALUE.sub(lambda found: values.get(_call(found[1]), found[0]), text).strip()
        said = any(line.startswith("#") and slide.title in line for line in text.split("\n"))
        self.text("" if said or not slide.title else f"## {slide.title}", text)
        for example in blocks:
            self._code(example)

    def text(self, *paragraphs: str) -> None:
        """Add a Markdown cell, unless the text is empty."""
        source = "\n\n".join(filter(None, paragraphs))
        if source:
            self._add("markdown", sanitize.unable(source))

    def _code(self, example: Example) -> None:
        run = self.runs[example]
        self._counted += 1
        source = example.code[-1].text if example.code else notebook_code.source(example, run.symbol, self.folder)
        shown = (output for output in run.recorded.outputs if output.kind != "stderr" or example.stderr)
        outputs = [_output(output, self._counted, self.language) for output in shown]
        self._add("code", source, execution_count=self._counted, outputs=outputs)

    def _add(self, kind: str, source: str, **more: object) -> None:
        name = f"cell-{len(self.cells) + 1}"
        self.cells.append({"cell_type": kind, "id": name, "metadata": {}, "source": _lines(source), **more})

    def _prose(self, slide: Slide, blocks: list[Example]) -> Iterator[str]:
        """Yield the slide's own lines without its mark, comments, imports, macros, and chunks that have a cell."""
        path, first = slide.span.path, slide.span.line
        taken = {
            number
            for code in (example.code[-1] for example in blocks if example.code)
            for number in range(code.span.line - 1, code.span.line + code.text.count("\n") + 2)  # with its fence
            if code.span.path == path
        }
        end = slide.span.end or len(self._text(path))
        lines = [line if n not in taken else "" for n, line in enumerate(self._text(path)[first - 1 : end], first)]
        return _plain(lines, self.macros)

    def _text(self, path: str) -> list[str]:
        """Return the lines of a Markdown file, with those of its front matter empty."""
        if path not in self._files:
            try:
                text, _ = self.folder.any_text(path)
            except FileAccessError:  # it was there a moment ago
                text = ""
            front = frontmatter.read(text, path).lines
            self._files[path] = [""] * front + [*self.shown(text.split("\n")[front:])]
        return self._files[path]


def _encoded(document: dict[str, Any]) -> bytes:
    try:
        return msgspec.json.encode(document, order="sorted")
    except UnicodeEncodeError:  # half of a surrogate pair
        return json.dumps(document, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")


def _call(text: str) -> tuple[str, str]:
    """Return the call of a value in prose, spelled as in its example."""
    written, form = calls.split_format(text)
    try:
        return str(calls.parse(written)), form
    except calls.InvalidCallError:
        return written, form


def _values(recorded: RecordedExample) -> str:
    return "".join(output.text for output in recorded.outputs if output.kind == "value")


def _plain(lines: Iterable[str], macros: Collection[str]) -> Iterator[str]:
    """Yield lines without comments, imports, macros and repeated blank lines; fenced text is unchanged."""
    fence, commented, blank = "", False, True
    for line in lines:
        marker = None if commented else _FENCE.match(line)
        if fence or marker:
            closes = fence and marker and marker[1].startswith(fence) and not line[marker.end() :].strip()
            fence = "" if closes else fence or (marker[1] if marker else "")
            yield line
            blank = False
            continue
        shown, commented = _without_comments(line, commented=commented)
        if shown.lstrip().startswith("@import") or shown.strip().partition(" ")[0] in macros:
            continue
        for name in macros if "`" not in shown else ():
            shown = shown.replace(name, "")
        if shown.strip() or not blank:
            yield shown
        blank = not shown.strip()


def _without_comments(line: str, *, commented: bool) -> tuple[str, bool]:
    """Return a line without comments, and whether one is open at its end; `commented`: one is open at its start."""
    if "`" in line and not commented and not line.startswith("<!--"):
        return line, False  # it may show one as code
    kept, at = [], 0
    while at < len(line):
        end = line.find("-->" if commented else "<!--", at)
        kept.append("" if commented else line[at : end if end >= 0 else None])
        if end < 0:
            break
        at, commented = end + (3 if commented else 4), not commented
    return "".join(kept), commented


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _output(output: Output, count: int, language: str) -> dict[str, Any]:
    if output.suffix in ("html", "md", "tex"):
        return {"output_type": "display_data", "data": _formed(output), "metadata": {}}
    if output.kind in ("text", "stderr"):
        name = "stdout" if output.kind == "text" else "stderr"
        return {"output_type": "stream", "name": name, "text": _lines(output.text)}
    if output.kind == "error":
        name, _, message = output.text.rstrip().partition(": ")
        return {"output_type": "error", "ename": name, "evalue": message, "traceback": _lines(output.text)}
    if output.kind in ("value", "table", "matrix"):
        data: dict[str, Any] = {"text/plain": _lines(output.text)}
        table = output_tables.table(output.text, words(language)) if output.kind == "table" else ""
        data |= {"text/html": _lines(table)} if table else {}
        return {"output_type": "execute_result", "execution_count": count, "data": data, "metadata": {}}
    data = {"image/png": b64encode(output.pixels).decode()} if output.pixels else {}
    data |= {"image/svg+xml": _lines(output.text)} if output.suffix == "svg" else {}
    return {"output_type": "display_data", "data": data, "metadata": {}}


def _formed(output: Output) -> dict[str, Any]:
    """Return HTML, Markdown or TeX by media type, without what could act in a viewer that does not sanitize."""
    if output.suffix == "html":
        return {"text/html": _lines(contained(output.text).html)}
    kind = "text/markdown" if output.suffix == "md" else "text/latex"
    return {kind: _lines(sanitize.unable(output.text))}
