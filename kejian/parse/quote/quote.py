"""Quoting source on a slide: `@import "net.py" {symbol="f"}`, and what else may stand between the braces.

- `symbol="f"`, `symbol="Class.method"`: the body of a function, dedented, without its docstring; a class, a constant.
  `whole=true` shows the definition itself, from its decorators on; `imports=true` puts the imports it uses before it.
- `region="name"`: the lines between `# region name` and `# endregion`, dedented; regions nest. Any language's comments.
- `line_begin=a line_end=b`: lines as they stand, counted from 0, the end left out. They are others once the file grows.
- `lines=12`: at most twelve lines; the middle of a longer quotation becomes one comment. `elide="4-8,12"` says itself
  which lines to leave out, counted from 1 in the quotation.

Of symbols and regions, comments for tools (`# noqa`, `# type: ignore`, `# fmt: skip` …) are left out; all others stay.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from posixpath import splitext

from kejian.core.attributes import Attributes, Value, printed
from kejian.core.diagnostics import Diagnostic, Severity, Span, error
from kejian.parse.quote import definitions, regions
from kejian.parse.quote.definitions import PythonFile

WORDS = ("symbol", "region", "whole", "imports", "lines", "elide", "line_begin", "line_end")
"""The attributes that say what is quoted; the rest is for the block on the slide."""

_COMPARED = 200
Row = tuple[int, str]
"""A line's 1-based number in the file, 0 for one that stands there in other words, and its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """The part of a file that a slide shows.

    numbers: each line's 1-based number in the file, 0 for inserted blanks and comments.
    first, last: the first and last quoted line, elided ones included, imports excluded. name: the symbol or region.
    """

    lines: tuple[str, ...]
    numbers: tuple[int, ...]
    first: int
    last: int
    name: str = ""


class _Refused(Exception):  # noqa: N818 -- carries the finding out to `quote`, nothing else sees it
    def __init__(self, found: Diagnostic) -> None:
        super().__init__(found.message)
        self.found = found


def quote(text: str, path: str, attributes: Attributes, span: Span | None = None) -> Quotation | Diagnostic:
    """Return the part of the file `path` that an import's attributes select, or why it cannot be quoted.

    The diagnostic is placed at `span`, the import, except for syntax errors in the file itself.
    """
    try:
        return _quoted(text, path, attributes, span or Span(path))
    except _Refused as e:
        return e.found


def prefer_symbol(text: str, path: str, attributes: Attributes, span: Span) -> Diagnostic | None:
    """Return advice against importing Python lines by number, which goes wrong when the file changes."""
    if not path.endswith(".py") or not {"line_begin", "line_end"} & dict(attributes.items).keys():
        return None
    hint = 'write symbol="…", or # region … around the lines and region="…"'
    try:
        script = definitions.parse(text)
    except SyntaxError:
        script = None
    rows = _slice(text.removesuffix("\n").split("\n"), attributes)
    around = [n for n, d in script.named.items() if _holds(definitions.whole(script, d), rows)] if script else []
    if around:
        hint = f'write symbol="{around[-1]}"'
    message = "lines quoted by their numbers are the wrong ones once the file changes"
    return Diagnostic(code="prefer-symbol", severity=Severity.HINT, span=span, message=message, hint=hint)


def _holds(definition: range, rows: list[Row]) -> bool:
    return bool(rows) and rows[0][0] in definition and rows[-1][0] in definition


def _quoted(text: str, path: str, attributes: Attributes, span: Span) -> Quotation:
    lines = text.removesuffix("\n").split("\n")
    symbol, region = attributes.text("symbol"), attributes.text("region")
    script = _script(text, path, span) if symbol or (path.endswith(".py") and region) else None
    if symbol and script is None:
        hint = 'write # region … around the lines, in that language\'s comments, and region="…"'
        raise _Refused(
            error("symbol-language", span, f"{path} is not Python; symbol= cannot find `{symbol}` in it", hint)
        )
    if script and symbol and not region:
        rows = _of_symbol(script, path, symbol, attributes, span)
    elif region:
        within = _whole(script, path, symbol, span) if script and symbol else range(1, len(lines) + 1)
        rows = _of_region(lines, path, region, within, span)
    else:
        rows = _slice(lines, attributes)
    if symbol or region:
        rows = _dedented(_trimmed(_plain(rows, script)), script.fixed if script else ())
    first, last = (rows[0][0], rows[-1][0]) if rows else (0, 0)
    shown = _elided(rows, attributes, splitext(path)[1], span)
    if script and attributes.truthy("imports"):
        imports = definitions.imports_of(script, (n for n, _ in rows))
        shown = [*imports, *([(0, "")] if imports else []), *shown]
    numbers, words = tuple(n for n, _ in shown), tuple(line for _, line in shown)
    return Quotation(lines=words, numbers=numbers, first=first, last=last, name=symbol or region)


def _script(text: str, path: str, span: Span) -> PythonFile | None:
    """Parse the file if it is Python; `None` for other languages."""
    if not path.endswith((".py", ".pyi")):
        return None
    try:
        return definitions.parse(text)
    except SyntaxError as e:
        line = e.lineno or 1
        message = f"this is not Python: {e.msg}; it is quoted at {span}"
        raise _Refused(error("quote-syntax", Span(path, line), message, "correct the line, or the one above")) from None


def _whole(script: PythonFile, path: str, symbol: str, span: Span) -> range:
    if symbol not in script.named:
        places = {name: definitions.whole(script, d).start for name, d in script.named.items()}
        raise _Refused(_missing("symbol", symbol, path, places, span))
    return definitions.whole(script, script.named[symbol])


def _missing(word: str, name: str, path: str, places: dict[str, int], span: Span) -> Diagnostic:
    near = get_close_matches(name[:100], [n for n in islice(places, _COMPARED) if len(n) <= 100], 3, 0.5)
    near += [n for n in places if n.rpartition(".")[2] == name.rpartition(".")[2] and n not in near]
    known = near or sorted(places, key=lambda n: (n.startswith("_"), places[n]))[:5]
    listed = ", ".join(f"`{n}` (line {places[n]})" for n in known[:5])
    hint = (f"did you mean {listed}?" if near else f"there is {listed}") if known else f"the file has no {word} at all"
    return error(f"{word}-missing", span, f"{path} has no {word} `{name}`", hint)


def _of_symbol(script: PythonFile, path: str, symbol: str, attributes: Attributes, span: Span) -> list[Row]:
    numbers = _whole(script, path, symbol, span)
    definition = script.named[symbol]
    if isinstance(definition, definitions.Function) and not attributes.truthy("whole"):
        numbers = definitions.body(script, definition)
        if not numbers:
            message = f"`{symbol}` in {path}:{definition.lineno} has a docstring and no body"
            raise _Refused(error("quote-empty", span, message, "write whole=true to show its definition"))
        if inline := definitions.after_colon(script, definition):
            return [(numbers[0], inline), *((n, script.lines[n - 1]) for n in numbers[1:])]
    return [(n, script.lines[n - 1]) for n in numbers]


def _of_region(lines: list[str], path: str, name: str, within: range, span: Span) -> list[Row]:
    found = regions.find(lines, name)
    rows = [(n, lines[n - 1]) for n in found.lines if n in within]
    if name in found.unclosed:
        message = f"the region `{name}` of {path}:{found.starts[name]} is never closed"
        raise _Refused(error("region-open", span, message, "write # endregion below its last line"))
    if name not in found.starts or (not rows and found.starts[name] not in within):
        raise _Refused(_missing("region", name, path, found.starts, span))
    if not rows:
        message = f"the region `{name}` of {path}:{found.starts[name]} is empty"
        raise _Refused(error("quote-empty", span, message, "move its markers around the lines to show"))
    return rows


def _slice(lines: list[str], attributes: Attributes) -> list[Row]:
    begin, end = (v if type(v := attributes.get(k, "")) is int else None for k in ("line_begin", "line_end"))
    return list(enumerate(lines, 1))[begin:end]


def _plain(rows: Iterable[Row], script: PythonFile | None) -> list[Row]:
    """Return the rows without region marks and comments for tools."""
    found: list[Row] = []
    for number, line in rows:
        column = script.pragmas.get(number) if script else None
        kept = line if column is None else line[:column].rstrip() if len(line) > column else line
        if not regions.is_mark(line) and (kept or not line):
            found.append((number, kept))
    return found


def _trimmed(rows: list[Row]) -> list[Row]:
    start = next((i for i, (_, line) in enumerate(rows) if line.strip()), len(rows))
    while len(rows) > start and not rows[-1][1].strip():
        rows = rows[:-1]
    return rows[start:]


def _dedented(rows: list[Row], fixed: Collection[int]) -> list[Row]:
    """Remove the common indentation, except from lines within strings."""
    margins = [line[: len(line) - len(line.lstrip())] for n, line in rows if line.strip() and n not in fixed]
    margin = min(margins, key=len, default="")
    return [(n, line if n in fixed else line.removeprefix(margin) if line.strip() else "") for n, line in rows]


def _elided(rows: list[Row], attributes: Attributes, suffix: str, span: Span) -> list[Row]:
    limit = attributes.get("lines", 0)
    hidden = _ranges(attributes.get("elide", ""), len(rows), span)
    if not hidden and type(limit) is int and limit > 0 and len(rows) > max(limit, 3):
        head = max(limit, 3) // 2
        hidden = [range(head, len(rows) - (max(limit, 3) - 1 - head))]
    shown, done = [], 0
    for gap in hidden:
        shown += [*rows[done : gap.start], (0, _mark([line for _, line in rows[gap.start : gap.stop]], suffix))]
        done = gap.stop
    return shown + rows[done:]


def _ranges(value: Value, count: int, span: Span) -> list[range]:
    """Return the index ranges that `elide="4-8,12"` removes, sorted and merged."""
    hidden: set[int] = set()
    for item in printed(value).split(","):
        ends = re.fullmatch(r"\s*(\d{1,9})\s*(?:-\s*(\d{1,9})\s*)?", item)
        if ends:
            hidden.update(range(max(int(ends[1]) - 1, 0), min(int(ends[2] or ends[1]), count)))
        elif item.strip():
            hint = 'write lines or ranges of lines, counted from 1 in the quotation: elide="4-8,12"'
            raise _Refused(error("bad-elision", span, f"elide= does not understand `{item.strip()}`", hint))
    starts = [i for i in sorted(hidden) if i - 1 not in hidden]
    stops = [i + 1 for i in sorted(hidden) if i + 1 not in hidden]
    return [range(start, stop) for start, stop in zip(starts, stops, strict=True)]


def _mark(hidden: list[str], suffix: str) -> str:
    line = next((line for line in hidden if line.strip()), "")
    before, after = _COMMENTS.get(suffix, ("# ", ""))
    count = f"{len(hidden)} line{'s' * (len(hidden) > 1)}"
    return f"{line[: len(line) - len(line.lstrip())]}{before}… {count} …{after}"


_COMMENTS = {
    **dict.fromkeys((".c", ".cpp", ".h", ".java", ".js", ".ts", ".go", ".rs", ".json", ".dot", ".gv"), ("// ", "")),
    **dict.fromkeys((".html", ".htm", ".xml", ".svg", ".md"), ("<!-- ", " -->")),
    **dict.fromkeys((".css", ".less"), ("/* ", " */")),
    **dict.fromkeys((".tex", ".m", ".mermaid"), ("% ", "")),
    **dict.fromkeys((".sql", ".hs", ".lua", ".vhd"), ("-- ", "")),
}
