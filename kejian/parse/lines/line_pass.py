"""The line pass: turns a file's lines into the text of slides, before Markdown is parsed.

Slide marks, comments, text macros and imports are recognised by line, so they take precedence over open lists, tables
and raw HTML. Inside fences, and inside `$$` blocks of several lines, nothing is recognised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kejian.core.attributes import Attributes, parse
from kejian.core.diagnostics import Diagnostic, Span, warning
from kejian.core.dialect import DEFAULT, Dialect
from kejian.core.disk.files import Folder
from kejian.parse.lines import around_imports, imports, near_misses
from kejian.parse.lines.comments import Comment, read_comment
from kejian.parse.lines.editions import NONE, Edition
from kejian.parse.lines.import_result import quoted
from kejian.parse.lines.rebase import rebased
from kejian.parse.lines.style_links import LINK, local_style
from kejian.parse.lines.text_macros import Macros
from kejian.parse.lines.variables import NONE as NO_VARIABLES
from kejian.parse.lines.variables import Variables
from kejian.parse.lines.verbatim import Blocks
from kejian.parse.markdown.wiki import divided


class Line(NamedTuple):
    """A line of slide text and its origin. source: its original spelling, if that differs."""

    text: str
    path: str
    number: int
    source: str | None = None

    @property
    def written(self) -> str:
        """Return the line as it is written in its file."""
        return self.text if self.source is None else self.source

    def as_(self, text: str) -> Line:
        """Return `text` with the origin of this line."""
        return self if text == self.text else Line(text, self.path, self.number, self.written)

    @property
    def span(self) -> Span:
        """Return the place of its first character."""
        return Span(self.path, self.number, len(self.written) - len(self.written.lstrip()) + 1)


class Mark(NamedTuple):
    """A slide mark: its attributes and its place."""

    attributes: Attributes
    span: Span


Item = Line | Mark

_IMPORT = re.compile(r'@import\s+"([^"]+)"(.*)')
_PICTURE = re.compile(r"!\[[^\[\]]*\]\(([^()\s]+)\)(.*)")
_EMBED = re.compile(r"!\[\[([^\[\]]+)\]\]")
_DEEPEST = 32
_MOST = 32 * 2**20
"""Characters that the imports of a deck may bring in all, and each counts as ten thousand more: above any deck."""


@dataclass(slots=True, kw_only=True)
class LinePass:
    """The line pass of one deck: its inputs, and what it has collected besides lines and marks."""

    folder: Folder
    macros: Macros
    footer: Sequence[str] = ()
    top: str = ""
    dialect: Dialect = DEFAULT
    edition: Edition = NONE
    variables: Variables = NO_VARIABLES
    styles: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    imported: int = 0

    def items(
        self, written: Sequence[str], path: str, first: int = 1, chain: tuple[str, ...] = (), indent: str = ""
    ) -> Iterator[Item]:
        """Yield lines and marks of `written`, which are lines `first` and following of the file `path`, each after
        `indent`.
        """
        self.diagnostics.extend(self.edition.findings(written, path, first))
        written = self.edition.lines(written)
        at = 0
        lines = [indent + line if line else line for line in written] if indent else written
        blocks = Blocks(lines)
        chain = chain or (path,)
        while at < len(lines):
            end, unclosed = blocks.verbatim(at)
            apart = not indent and at > 0 and bool(lines[at - 1].strip())
            if unclosed:
                message = "this fence is never closed; it ends at the next slide"
                self._warn("unclosed-fence", path, first + at, message, f"close it with {unclosed}")
            if end > at:
                yield from (Line(lines[i], path, first + i, written[i] if indent else None) for i in range(at, end))
                at = end
            elif (end := around_imports.stored_end(lines, at)) > at:
                at = end
            elif lines[at].startswith("<!--"):
                comment = read_comment(lines, at, blocks.comment_end(at), Span(path, first + at))
                source, behind = written[comment.text_line - first], written[comment.rest_line - first]
                yield from self._comment(comment, source, behind, chain, apart=apart)
                at = comment.next
            else:
                line = Line(lines[at], path, first + at, written[at] if indent else None)
                if not indent and asked(line.text, self.dialect):
                    line = line.as_(around_imports.meant(lines, at))
                yield from self._line(line, chain, apart=apart)
                at += 1

    def _comment(
        self, comment: Comment, source: str, behind: str, chain: tuple[str, ...], *, apart: bool
    ) -> Iterator[Item]:
        """Yield what replaces a comment that begins in the line `source`, and the text `behind` it on its last line."""
        path, line = comment.span.path, Line("", comment.span.path, comment.text_line, source)
        self.diagnostics.extend(comment.diagnostics)
        if comment.mark is not None:
            yield Mark(comment.mark, comment.span)
        elif comment.text.startswith("@import"):
            yield from self._line(line.as_(comment.text.replace("\n", " ")), chain, apart=apart)
        elif comment.text in ("pagebreak", "newpage"):
            yield from map(line.as_, ("", '<div class="pagebreak"></div>', ""))
        elif near := near_misses.in_comment(comment.text):
            self._warn(near.code, path, comment.span.line, near.message, near.hint)
        if comment.rest:
            yield from self._line(Line(comment.rest, path, comment.rest_line, behind), chain)

    def _line(self, line: Line, chain: tuple[str, ...], *, apart: bool = False) -> Iterator[Item]:
        request = asked(line.text, self.dialect)
        if request:
            yield from self._import(request, line, chain, apart=apart)
            return
        if near := near_misses.in_line(line.text, self.macros.at_start):
            column = near.column + 1 if line.source is None else line.span.column
            self._warn(near.code, line.path, line.number, near.message, near.hint, column)
        if "<link" in line.text and len(line.text) < near_misses.LONGEST:
            line = line.as_(self._styles_linked(line, chain))
        self.diagnostics.extend(self.variables.unknown(line.text, line.span))
        line = line.as_(self.variables.filled(line.text))
        drawn, problem = self.macros.expand(line.text, self.footer)
        if problem:
            hint = "write the missing words, or leave the macro's line out"
            self.diagnostics.append(warning("macro-fields", line.span, problem, hint))
        base = chain[-1]
        yield line.as_(rebased(drawn, base, self.top, self.folder) if base != self.top else drawn)

    def _styles_linked(self, line: Line, chain: tuple[str, ...]) -> str:
        """Return a line without its links to style sheets of the course, which are treated as imports."""

        def imported(tag: re.Match[str]) -> str:
            target = local_style(tag[0])
            if not target:
                return tag[0]
            got = self._loaded(imports.Import(target, Attributes(), chain[-1], line.span), chain)
            self.diagnostics.extend(got.diagnostics)
            self.styles.extend(filter(None, [got.style]))
            return ""

        return LINK.sub(imported, line.text)

    def _import(self, found: tuple[str, str], line: Line, chain: tuple[str, ...], *, apart: bool) -> Iterator[Item]:
        """Yield what replaces an import.

        apart: it stands below text or HTML, of which a listing, a diagram or the Markdown of another file is no part.
        """
        target, braces = found
        attributes = parse(braces)
        request = imports.Import(target, attributes, chain[-1], line.span)
        begin = line.written.rfind(braces) + 1 if attributes.problems else 0
        for offset, message in attributes.problems:
            column = min(begin + offset, len(line.written)) if begin else line.span.column
            self._warn("attributes", line.path, line.number, message, "", column)
        got = self._loaded(request, chain)
        self.diagnostics.extend(got.diagnostics)
        self.styles.extend(filter(None, [got.style]))
        self.scripts.extend(filter(None, [got.script]))
        indent = line.text[: len(line.text) - len(line.text.lstrip())]
        if apart and got.path and not indent:
            yield line.as_("")
        if got.nested:
            yield from self.items(got.lines, got.path, got.first, (*chain, got.path), indent)
            yield from () if indent else (line.as_(""),)
        elif got.path:
            numbers = got.numbers or range(got.first, got.first + len(got.lines))
            for text, number in zip(got.lines, numbers, strict=True):
                yield Line(indent * bool(text) + text, got.path, max(1, number), text if got.verbatim else "")
        else:
            own = (
                got.lines
                if chain[-1] == self.top
                else [rebased(x, chain[-1], self.top, self.folder) for x in got.lines]
            )
            yield from (line.as_(indent * bool(text) + text) for text in own)
        yield from (line.as_(indent + text) for text in got.after)

    def _loaded(self, request: imports.Import, chain: tuple[str, ...]) -> imports.Imported:
        if request.path in chain and request.path.lower().endswith((".md", ".markdown", ".mdown", ".mkd")):
            loop = " → ".join((*chain, request.path))
            return imports.problem(
                warning("import-cycle", request.span, f"this import never ends: {loop}", "remove one of the imports")
            )
        if len(chain) > _DEEPEST:
            message = f"imports are nested more than {_DEEPEST} deep"
            return imports.problem(warning("import-depth", request.span, message, "import the file directly"))
        if self.imported > _MOST:
            message = "the imports of this deck bring more text than any deck needs"
            return imports.problem(warning("import-too-much", request.span, message, "remove some of the imports"))
        got = imports.load(request, self.folder)
        self.imported += 10_000 + sum(map(len, got.lines))
        return got

    def _warn(self, code: str, path: str, number: int, message: str, hint: str, column: int = 1) -> None:
        self.diagnostics.append(warning(code, Span(path, number, column), message, hint))


def asked(text: str, dialect: Dialect = DEFAULT) -> tuple[str, str] | None:
    """Return the target and the braced attributes of an import line in any of its three forms,
    `None` for other lines.
    """
    if "@import" not in text and "![" not in text:
        return None
    text = text.strip()
    if embedded := _EMBED.fullmatch(text):
        words, target = divided(embedded[1], dialect)
        return target, f"{{alt={quoted(words)}}}" if words != target else ""
    found = _IMPORT.fullmatch(text) or _picture(text)
    if not found:
        return None
    braces = found[2].strip().removesuffix(";").strip()
    plain = braces and not (braces.startswith("{") and braces.endswith("}"))
    return None if plain else (found[1], braces)


def _picture(text: str) -> re.Match[str] | None:
    """Match a picture alone on a line whose file is not a picture: it imports the file."""
    found = _PICTURE.fullmatch(text)
    suffix = found[1].rpartition(".")[2].lower() if found and "." in found[1] else ""
    known = suffix in imports.KINDS or suffix in imports.TEXTS
    return found if known and suffix not in imports.PICTURES else None
