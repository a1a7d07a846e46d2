"""The changes of a file that a finding's hint may ask for: in place of a word, of an attribute, of a setting."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kejian.core.config import FILE
from kejian.core.diagnostics import Diagnostic
from kejian.editor import text
from kejian.editor.course import EditedCourse
from kejian.editor.text import TextEdit, TextRange

_VALUE = r"(?:\"[^\"]*\"|'[^']*'|\[[^\]]*\]|[^\s}]+?(?=\s|}|-->|$))"
_FARTHEST = 40
"""Lines below a finding in which the text that it is about is looked for."""


@dataclass(frozen=True)
class FindingEdits:
    """Edits at the place of a finding. Each of them is empty where the file does not hold what it is about."""

    course: EditedCourse
    found: Diagnostic

    @property
    def path(self) -> str:
        """Return the course path of the file."""
        return self.found.span.path

    @cached_property
    def lines(self) -> Sequence[str]:
        """Return the lines of the file."""
        return self.course.lines(self.path)

    @property
    def line(self) -> str:
        """Return the line of the finding, "" if the file has no such line any more."""
        number = self.found.span.line
        return self.lines[number - 1] if number <= len(self.lines) else ""

    @property
    def column(self) -> int:
        """Return how many letters stand before the finding."""
        return self.found.span.column - 1

    def replaced(self, old: str | re.Pattern[str], new: str) -> list[TextEdit]:
        """Write `new` in place of the text `old` that stands nearest below the beginning of the finding."""
        pattern = re.compile(re.escape(old)) if isinstance(old, str) else old
        starts = [(self.found.span.line, self.column), (self.found.span.line, 0)]
        starts += [(self.found.span.line + more, 0) for more in range(1, _FARTHEST)]
        for number, column in starts:
            text = self.lines[number - 1] if number <= len(self.lines) else ""
            if match := pattern.search(text, column):
                return [
                    TextEdit(
                        TextRange(self.path, number, *match.span()), new if isinstance(old, str) else match.expand(new)
                    )
                ]
        return []

    def word(self, old: str, new: str) -> list[TextEdit]:
        """Write `new` in place of the word `old`."""
        return self.replaced(re.compile(rf"(?<![\w-]){re.escape(old)}(?![\w-])"), _plain(new)) or self.replaced(
            re.compile(re.escape(old)), _plain(new)
        )

    def whole(self, new: str) -> list[TextEdit]:
        """Write `new` in place of the whole line."""
        return [text.whole(self.path, self.lines, self.found.span.line, new)] if self.line else []

    def inserted(self, column: int, new: str) -> list[TextEdit]:
        """Write `new` into the line."""
        return [TextEdit(TextRange(self.path, self.found.span.line, column, column), new)] if self.line else []

    def removed(self) -> list[TextEdit]:
        """Remove the line."""
        return [text.without(self.path, self.lines, self.found.span.line)] if self.line else []

    def below(self, line: int, *new: str) -> list[TextEdit]:
        """Write lines below the line of that number."""
        return [text.after(self.path, self.lines, line, *new)]

    def attribute(self, key: str, written: str) -> list[TextEdit]:
        """Give an attribute a value: `written` is `key=value` as it stands between braces."""
        line, number = self.line, self.found.span.line
        if known := _attribute(key).search(line):
            return [TextEdit(TextRange(self.path, number, known.start(1), known.end()), written)]
        braces, end = line.rfind("}"), line.rfind("-->")
        if end >= 0 and line.startswith("<!--"):
            return self.inserted(end, f"{written} ")
        if braces >= 0 and "{" in line:
            head = line[:braces]
            return self.inserted(braces, written if head.endswith(("{", " ")) else f" {written}")
        return self.inserted(len(line.rstrip()), f" {{{written}}}") if line.strip() else []

    def without(self, *keys: str) -> list[TextEdit]:
        """Remove attributes from the line."""
        found = [_attribute(key).search(self.line) for key in keys]
        return [
            TextEdit(TextRange(self.path, self.found.span.line, match.start(), match.end()), "{" * match[0].count("{"))
            for match in found
            if match
        ]

    def paragraph(self) -> range:
        """Return the numbers of the lines around the finding, up to the next blank ones."""
        first = last = self.found.span.line
        while first > 1 and self.lines[first - 2].strip():
            first -= 1
        while last < len(self.lines) and self.lines[last].strip():
            last += 1
        return range(first, last + 1)

    def slide_end(self) -> int:
        """Return the last line with text before the next slide mark."""
        last = self.found.span.line
        while last < len(self.lines) and not self.lines[last].startswith("<!-- slide"):
            last += 1
        while last > self.found.span.line and not self.lines[last - 1].strip():
            last -= 1
        return last

    def setting(self, written: str, table: str = "") -> list[TextEdit]:
        """Write `key = value` into kejian.toml; what a list holds already stays in it. table: such as `mpe`."""
        key, _, value = (part.strip() for part in written.partition("="))
        lines = self.course.lines(FILE)
        whole = "\n".join(lines)
        known = re.search(rf"^{re.escape(key)}\s*=\s*(\[[^\]]*\]|[^\n]*)", whole, re.MULTILINE)
        if known and not table:
            new = f"{key} = {_merged(known[1], value)}"
            first = whole.count("\n", 0, known.start()) + 1
            last = whole.count("\n", 0, known.end()) + 1
            end = known.end() - (whole.rfind("\n", 0, known.end()) + 1)
            return [TextEdit(TextRange(FILE, first, 0, end, last), new)]
        if table:
            head = next((number for number, line in enumerate(lines, 1) if line.strip() == f"[{table}]"), 0)
            return [text.after(FILE, lines, head, written) if head else _last(lines, f"[{table}]", written)]
        return [text.after(FILE, lines, 0, written)]

    def declared(self, path: str, line: int, name: str) -> list[TextEdit]:
        """Add the file `name` to the `DATA` of a module, or give the module one if `line` is 0."""
        lines = self.course.lines(path)
        if line:
            opened = re.search(r"[(\[]\s*", lines[line - 1]) if line <= len(lines) else None
            if opened is None:
                return []
            return [TextEdit(TextRange(path, line, opened.end(), opened.end()), f'"{name}", ')]
        return [text.after(path, lines, _head("\n".join(lines)), "", f'DATA = ("{name}",)')]


def _plain(new: str) -> str:
    """Return a text as a template of a regular expression that stands for itself."""
    return new.replace("\\", "\\\\")


def _attribute(key: str) -> re.Pattern[str]:
    return re.compile(rf"[\s,{{]\s*({re.escape(key)}(?:={_VALUE})?)(?=[\s}},]|-->|$)")


def _merged(known: str, new: str) -> str:
    """Return a list of TOML with what a new one holds besides; the new value if either is no list."""
    try:
        old, more = (tomllib.loads(f"x = {value}")["x"] for value in (known, new))
    except tomllib.TOMLDecodeError:
        return new
    if not (isinstance(old, list) and isinstance(more, list)):
        return new
    return json.dumps(list(dict.fromkeys([*old, *more])), ensure_ascii=False)


def _last(lines: Sequence[str], *new: str) -> TextEdit:
    end = len(lines)
    while end > 1 and not lines[end - 1].strip():
        end -= 1
    return text.after(FILE, lines, end if any(line.strip() for line in lines) else 0, *new)


def _head(source: str) -> int:
    """Return the last line of a module's docstring and imports, 0 if it has neither."""
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return 0
    ends: Iterator[int] = (
        node.end_lineno or 0
        for node in body
        if isinstance(node, ast.Import | ast.ImportFrom)
        or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and node is body[0])
    )
    return max(ends, default=0)
