"""Edits that end findings about markup that has no effect: nearly a mark, an import, a macro, bold text, a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kejian.editor.finding_edits import FindingEdits
from kejian.editor.remedy_kinds import Remedy, Repair, remedy
from kejian.editor.text import TextEdit, TextRange

_WORD = re.compile(r"\w")
_WRONG_MARK = re.compile(r"<\s*!?\s*[-–—]{1,3}[^<>]*>")
_CUT = 100
"""Letters from which on a hint does not hold a whole mark any more."""


def mark(at: FindingEdits, said: re.Match[str]) -> Iterator[Remedy]:
    """Put a slide mark on a line of its own; what stands beside it stays, above and below."""
    wrong = _WRONG_MARK.search(at.line, at.column)
    if wrong and len(said[1]) < _CUT:
        before, after = at.line[: wrong.start()].rstrip(), at.line[wrong.end() :].strip()
        lines = [*([before] if _WORD.search(before) else []), said[1], *([after] if after else [])]
        yield from remedy(f"Write {said[1]}", at.whole("\n".join(lines)))


def element(at: FindingEdits, said: re.Match[str]) -> Iterator[Remedy]:
    """Put attributes at the end of the line above."""
    above = at.found.span.line - 1
    if above < 1 or not at.lines[above - 1].strip() or not at.line.rstrip().endswith("-->") or len(said[1]) > _CUT:
        return
    end = len(at.lines[above - 1].rstrip())
    moved = TextEdit(TextRange(at.path, above, end, end), f" {said[1]}")
    yield from remedy("Put it at the end of the line above", [moved, *at.removed()])


def import_line(at: FindingEdits, said: re.Match[str]) -> Iterator[Remedy]:
    """Write an import on a line of its own, unless words of the line would be lost."""
    words = set(re.findall(r"\w+", at.line.lower())) - set(re.findall(r"\w+", said[1].lower()))
    if not words:
        yield from remedy(f"Write {said[1]}", at.whole(said[1]))


def macro(at: FindingEdits, said: re.Match[str]) -> Iterator[Remedy]:
    """Put a blank behind the name of a text macro."""
    yield from remedy(f"Write {said[1]}", at.replaced(re.compile(rf"({re.escape(said[1])})[：:\s]*"), r"\1 "))


def bold(at: FindingEdits, said: re.Match[str]) -> Iterator[Remedy]:
    """Take the blanks within marks away."""
    marks, words = re.escape(said[2]), re.escape(said[3])
    yield from remedy(f"Write {said[1]}", at.replaced(re.compile(rf"{marks}\s*{words}\s*{marks}"), _plain(said[1])))


def beside_letters(at: FindingEdits, said: re.Match[str]) -> Iterator[Remedy]:
    """Put blanks around marks, or a tag in their place."""
    marks = {"b": r"(?:\*\*|__)", "del": "~~", "mark": "=="}[said[2]]
    marked = re.compile(rf"[ \t]?({marks}{re.escape(said[3])}{marks})[ \t]?")
    yield from remedy(
        f"Write {said[1]}", at.replaced(re.compile(rf"{marks}{re.escape(said[3])}{marks}"), _plain(said[1]))
    )
    yield from remedy("Write blanks around it", at.replaced(marked, r" \1 "))


def braces(at: FindingEdits, said: re.Match[str]) -> Iterator[Remedy]:
    """Put attributes in a comment at the end of the line, or say that braces are text."""
    there = re.compile(r"[ \t]*\{[^{}]*\}")
    start = next((found.start() for found in there.finditer(at.line) if found.end() > at.column), -1)
    if start >= 0:
        line = there.sub("", at.line[start:], count=1)
        moved = f"{at.line[:start]}{line}".rstrip()
        yield from remedy("Put it at the end of the line", at.whole(f"{moved} {said[1]}"))
    yield from remedy("Write a backslash before the brace", at.inserted(at.column, "\\"))


def footnote(at: FindingEdits, said: re.Match[str]) -> Iterator[Remedy]:
    """Begin the note at the end of the slide."""
    yield from remedy(f"Write {said[1]}", at.below(at.slide_end(), "", f"{said[1]} …"))


def alert(at: FindingEdits, said: re.Match[str]) -> Iterator[Remedy]:
    """Make a note of a paragraph."""
    lines = at.paragraph()
    edits = [TextEdit(TextRange(at.path, number, 0, 0), "> ") for number in lines]
    yield from remedy(f"Make it a note, {said[1]}", edits)


def contents(at: FindingEdits, _: re.Match[str]) -> Iterator[Remedy]:
    """Put blank lines around a table of contents."""
    found = re.search(r"\[toc\]", at.line, re.IGNORECASE)
    if found is None:
        return
    lines = [at.line[: found.start()].rstrip(), "", found[0], "", at.line[found.end() :].strip()]
    first, last = bool(lines[0]), bool(lines[-1])
    above = at.found.span.line > 1 and bool(at.lines[at.found.span.line - 2].strip())
    kept = lines[0 if first else 1 : 5 if last else 4]
    yield from remedy("Write blank lines around it", at.whole("\n".join(kept if first or above else kept[1:])))


def link(at: FindingEdits, said: re.Match[str]) -> Iterator[Remedy]:
    """Put the parts of a link side by side."""
    apart = re.compile(r"\[[^\[\]\n]*\][ \t]*[(（][^()（）]*[)）]")
    yield from remedy(f"Write {said[1]}", at.replaced(apart, _plain(said[1])))


def border(at: FindingEdits, said: re.Match[str]) -> Iterator[Remedy]:
    """Write the line below the head of a table, in place of one that does not fit."""
    number = at.found.span.line
    below = at.lines[number] if number < len(at.lines) else ""
    if re.fullmatch(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)*", below):
        edits = [TextEdit(TextRange(at.path, number + 1, 0, len(below)), said[1])]
    else:
        edits = at.below(number, said[1])
    yield from remedy(f"Write {said[1]} below the head", edits)


def html(at: FindingEdits, _: re.Match[str]) -> Iterator[Remedy]:
    """Write HTML in place of Markdown that is not read."""
    yield from remedy("Write HTML", at.replaced(re.compile(r"\*\*(\S[^*\n<>]*)\*\*"), r"<b>\1</b>"))
    if at.line[at.column : at.column + 1] == "[":
        yield from remedy("Write HTML", at.replaced(re.compile(r"\[([^\[\]]*)\]\(([^()]*)\)"), r'<a href="\2">\1</a>'))


def bar(at: FindingEdits, _: re.Match[str]) -> Iterator[Remedy]:
    """Make the last bar of a row that divides too much one that does not."""
    before = at.line.rfind("|", 0, at.column)
    if before >= 0:
        yield from remedy(r"Write \| for the bar", at.inserted(before, "\\"))


def fence_end(at: FindingEdits, said: re.Match[str]) -> Iterator[Remedy]:
    """Close a fence at the end of its slide."""
    yield from remedy(f"Close it with {said[1]}", at.below(at.slide_end(), said[1]))


def formula_end(at: FindingEdits, _: re.Match[str]) -> Iterator[Remedy]:
    """Close a formula below its paragraph, or say that the dollars are text."""
    yield from remedy("Close it with $$", at.below(at.paragraph().stop - 1, "$$"))
    yield from remedy(r"Write \$\$", at.replaced("$$", r"\$\$"))


def dollars(at: FindingEdits, _: re.Match[str]) -> Iterator[Remedy]:
    """Say that two dollars are text."""
    yield from remedy(r"Write \$ for the dollars", at.replaced(re.compile(r"\$([^$]*)\$"), r"\\$\1\\$"))


def option(at: FindingEdits, _: re.Match[str]) -> Iterator[Remedy]:
    """Remove a setting of the front matter, with all that is below it."""
    key = re.match(r"`(\w+)`", at.found.message)
    lines = at.lines
    first = next((n for n, line in enumerate(lines, 1) if key and line.strip().startswith(f"{key[1]}:")), 0)
    if not first:
        return
    indent, last = _indent(lines[first - 1]), first
    while last < len(lines) and (_indent(lines[last]) > indent or lines[last].lstrip().startswith("- ")):
        last += 1
    yield from remedy("Remove it", [TextEdit(TextRange(at.path, first, 0, 0, last + 1), "")])


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def first_mark(at: FindingEdits, _: re.Match[str]) -> Iterator[Remedy]:
    """Begin a slide below the front matter."""
    lines = at.lines
    end = next((n for n, line in enumerate(lines[1:], 2) if line.startswith("---")), 0) if lines[0][:3] == "---" else 0
    yield from remedy("Begin a slide", at.below(end, *([""] if end else []), "<!-- slide -->", *([] if end else [""])))


def block(at: FindingEdits, said: re.Match[str]) -> Iterator[Remedy]:
    """Import below its paragraph what cannot be shown in it."""
    value = re.compile(r"[ \t]?`\{python\} [^`]*`")
    edits = [*at.replaced(value, ""), *at.below(at.paragraph().stop - 1, "", said[1])]
    alone = bool(value.fullmatch(at.line.strip()))
    yield from remedy("Show it in a block of its own", at.whole(said[1]) if alone else edits)


def accepted(at: FindingEdits, _: re.Match[str]) -> Iterator[Remedy]:
    """Take a code that is not needed out of `data-accept`."""
    code = re.search(r"accepts `([\w-]+)`", at.found.message)
    if code:
        part = re.compile(rf"[;；]?\s*{re.escape(code[1])}(?:\s*:[^;；\"']*)?")
        yield from remedy(f"Remove {code[1]}", at.replaced(part, ""))


def reason(at: FindingEdits, said: re.Match[str]) -> Iterator[Remedy]:
    """Begin the reason why a finding is accepted."""
    written = re.compile(rf"{re.escape(said[2])}(?=\s*[;；\"'])")
    yield from remedy(f"Write {said[1]}", at.replaced(written, _plain(said[1])))


def heading(at: FindingEdits, _: re.Match[str]) -> Iterator[Remedy]:
    """Write a heading one level below the one above it."""
    above = re.search(r"below one of level (\d)", at.found.message)
    if above:
        yield from remedy("Use the next level", at.replaced(re.compile(r"^#+"), "#" * (int(above[1]) + 1)))


def decoration(at: FindingEdits, _: re.Match[str]) -> Iterator[Remedy]:
    """Say that a picture is decoration."""
    picture = re.compile(r"!\[\]\(([^()\s\"<>]*)\)(?!\{)")
    yield from remedy("It is decoration", at.replaced(picture, r'<img src="\1" alt="">'))


def taken_out(message: str) -> Repair:
    """Take a part of a diagram out, which the message names by the first group of a pattern."""
    pattern = re.compile(message)

    def repair(at: FindingEdits, _: re.Match[str]) -> Iterator[Remedy]:
        if named := pattern.search(at.found.message):
            yield from remedy("Take it out", at.replaced(re.compile(rf"{re.escape(named[1])}[ \t]?"), ""))

    return repair


def attribute_of_graph(at: FindingEdits, said: re.Match[str]) -> Iterator[Remedy]:
    """Take an attribute of a graph's node out, with the brackets if it stands alone in them."""
    alone = rf"[ \t]*\[\s*{said[1]}\s*=\s*(?:\"[^\"]*\"|[\w.]+)\s*\]"
    item = rf"{said[1]}\s*=\s*(?:\"[^\"]*\"|[\w.]+)\s*[,;]?[ \t]*"
    yield from remedy("Take it out", at.replaced(re.compile(f"{alone}|{item}"), ""))


def quoted_label(at: FindingEdits, _: re.Match[str]) -> Iterator[Remedy]:
    """Put a label with brackets in it in quotes."""
    label = re.compile(r"\[([^\[\]\"]*[(){}][^\[\]\"]*)\]")
    yield from remedy("Write it in quotes", at.replaced(label, r'["\1"]'))


def _plain(new: str) -> str:
    return new.replace("\\", "\\\\")
