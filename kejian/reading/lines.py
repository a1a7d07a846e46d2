"""The line pass: a file's lines, before Markdown exists, become the text of slides.

Slide marks, comments, text macros and imports are recognised on lines, so they win over lists, tables and raw HTML
that happen to be open. Inside fences, and inside `$$` blocks of several lines, nothing is recognised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kejian.attributes import Attributes, parse
from kejian.diagnostics import Diagnostic, Span, warning
from kejian.folder import Folder
from kejian.reading import imports
from kejian.reading.comments import Comment, read_comment
from kejian.reading.macros import Macros
from kejian.reading.rebase import rebased


class Line(NamedTuple):
    """A line of slide text and where it comes from. source: how it stands there, where that is something else."""

    text: str
    path: str
    number: int
    source: str | None = None

    @property
    def written(self) -> str:
        """The line as it stands in its file."""
        return self.text if self.source is None else self.source

    def as_(self, text: str) -> Line:
        """`text` in the place of this line."""
        return self if text == self.text else Line(text, self.path, self.number, self.written)

    @property
    def span(self) -> Span:
        """Where its first character stands."""
        return Span(self.path, self.number, len(self.written) - len(self.written.lstrip()) + 1)


class Mark(NamedTuple):
    """A slide mark: where it stands, its attributes."""

    attributes: Attributes
    span: Span


Item = Line | Mark

_FENCE = re.compile(r"(?:[ \t]|[-*+][ \t]|\d{1,9}[.)][ \t]|(>))*(`{3,}(?=[^`]*$)|~{3,})")
_IMPORT = re.compile(r'@import\s+"([^"]+)"(.*)')
_PICTURE = re.compile(r"!\[[^\[\]]*\]\(([^()\s]+)\)(.*)")
_EMBED = re.compile(r"!\[\[([^\[\]]+)\]\]()")
_DEEPEST = 32
_MOST = 32 * 2**20
"""Characters that the imports of a deck may bring in all, and each counts as ten thousand more: above any deck."""


@dataclass(slots=True)
class Scan:
    """One deck's line pass: what it reads from, and what it has found so far besides lines and marks."""

    folder: Folder
    macros: Macros
    footer: Sequence[str] = ()
    top: str = ""
    styles: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    imported: int = 0

    def items(
        self, written: Sequence[str], path: str, first: int = 1, chain: tuple[str, ...] = (), indent: str = ""
    ) -> Iterator[Item]:
        """The lines and marks of `written`, lines `first` and following of the file `path`, each behind `indent`."""
        at = 0
        lines = [indent + line if line else line for line in written] if indent else written
        blocks = Blocks(lines)
        chain = chain or (path,)
        while at < len(lines):
            end, unclosed = blocks.verbatim(at)
            if unclosed:
                message = "this fence is never closed; it ends at the next slide"
                self._warn("unclosed-fence", path, first + at, message, f"close it with {unclosed}")
            if end > at:
                yield from (Line(lines[i], path, first + i, written[i] if indent else None) for i in range(at, end))
                at = end
            elif lines[at].startswith("<!--"):
                comment = read_comment(lines, at, blocks.comment_end(at), Span(path, first + at))
                source, behind = written[comment.text_line - first], written[comment.rest_line - first]
                yield from self._comment(comment, source, behind, chain)
                at = comment.next
            else:
                yield from self._line(Line(lines[at], path, first + at, written[at] if indent else None), chain)
                at += 1

    def _comment(self, comment: Comment, source: str, behind: str, chain: tuple[str, ...]) -> Iterator[Item]:
        """What a comment stands for, which begins in the line `source`, and what stands in the line `behind` it."""
        path, line = comment.span.path, Line("", comment.span.path, comment.text_line, source)
        self.diagnostics.extend(comment.diagnostics)
        if comment.mark is not None:
            yield Mark(comment.mark, comment.span)
        elif comment.text.startswith("@import"):
            yield from self._line(line.as_(comment.text.replace("\n", " ")), chain)
        elif comment.text in ("pagebreak", "newpage"):
            yield from map(line.as_, ("", '<div class="pagebreak"></div>', ""))
        if comment.rest:
            yield from self._line(Line(comment.rest, path, comment.rest_line, behind), chain)

    def _line(self, line: Line, chain: tuple[str, ...]) -> Iterator[Item]:
        request = asked(line.text)
        if request:
            yield from self._import(request, line, chain)
            return
        drawn, problem = self.macros.expand(line.text, self.footer)
        if problem:
            hint = "write the missing words, or leave the macro's line out"
            self.diagnostics.append(warning("macro-fields", line.span, problem, hint))
        base = chain[-1]
        yield line.as_(rebased(drawn, base, self.top, self.folder) if base != self.top else drawn)

    def _import(self, found: tuple[str, str], line: Line, chain: tuple[str, ...]) -> Iterator[Item]:
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
        if got.nested:
            yield from self.items(got.lines, got.path, got.first, (*chain, got.path), indent)
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


def asked(text: str) -> tuple[str, str] | None:
    """The target and the attributes in braces of a line that is an import, in any of its three forms."""
    if "@import" not in text and "![" not in text:
        return None
    text = text.strip()
    found = _IMPORT.fullmatch(text) or _EMBED.fullmatch(text) or _picture(text)
    if not found:
        return None
    braces = found[2].strip().removesuffix(";").strip()
    plain = braces and not (braces.startswith("{") and braces.endswith("}"))
    return None if plain else (found[1], braces)


def _picture(text: str) -> re.Match[str] | None:
    """A picture alone on a line whose file is no picture imports the file."""
    found = _PICTURE.fullmatch(text)
    suffix = found[1].rpartition(".")[2].lower() if found and "." in found[1] else ""
    known = suffix in imports.KINDS or suffix in imports.TEXTS
    return found if known and suffix not in imports.PICTURES else None


class Blocks:
    """Which runs of lines are verbatim: fences and `$$` blocks. Remembers what is never closed, to stay linear."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._hopeless: dict[str, int] = {}
        self._no_math_end = False
        self._no_comment_end = False

    def verbatim(self, at: int) -> tuple[int, str]:
        """Where the verbatim block that begins at line `at` ends (`at` when none does), and a closer it lacks."""
        line = self._lines[at]
        if "```" in line or "~~~" in line:
            found = _FENCE.match(line)
            if found:
                return self._fence(at, found[2], quoted=bool(found[1]))
        if "$$" in line and line.lstrip().startswith("$$") and line.count("$$") == 1:
            return self._math(at), ""
        return at, ""

    def _fence(self, at: int, opener: str, *, quoted: bool) -> tuple[int, str]:
        character, length = opener[0], len(opener)
        if length >= self._hopeless.get(character, 1 << 30):
            return at, opener
        closer = re.compile(rf"[ \t>]*{re.escape(character)}{{{length},}}[ \t]*$")
        for i in range(at + 1, len(self._lines)):
            if closer.match(self._lines[i]):
                return i + 1, ""
            if quoted and not self._lines[i].lstrip().startswith(">"):
                return i, ""
        self._hopeless[character] = length
        return at, opener

    def _math(self, at: int) -> int:
        if self._no_math_end:
            return at
        for i in range(at + 1, len(self._lines)):
            if "$$" in self._lines[i]:
                return i + 1
        self._no_math_end = True
        return at

    def comment_end(self, at: int) -> int:
        """The line that ends the comment which begins line `at`; -1 when none does."""
        if self._no_comment_end:
            return -1
        if "-->" in self._lines[at][4:]:
            return at
        for i in range(at + 1, len(self._lines)):
            if "-->" in self._lines[i]:
                return i
        self._no_comment_end = True
        return -1
