"""An import's request and its result: lines of text, each with its origin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from kejian.core.addresses import resolve
from kejian.core.attributes import Attributes, Value, printed
from kejian.core.diagnostics import Diagnostic, Span, warning
from kejian.core.disk.files import Folder


@dataclass(frozen=True, slots=True)
class Import:
    """A request to import `target`, as written at `span` in the file `base`."""

    target: str
    attributes: Attributes
    base: str
    span: Span

    @property
    def path(self) -> str:
        """Return the course path of the target, without a `#heading`."""
        return resolve(self.base, self.target.partition("#")[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """The replacement of an import: lines and their origin, or a file for the page's head.

    nested: the lines are Markdown of `path` and are scanned for marks and imports of their own.
    verbatim: the lines are HTML of `path`, unchanged.
    first: the 1-based line of `path` that the first line is; 0 if the lines are in no file.
    numbers: the lines' numbers in `path`, if they are not consecutive.
    style, script: a file for the page's head. after: further lines, which are attributed to the import itself.
    """

    lines: tuple[str, ...] = ()
    path: str = ""
    first: int = 0
    numbers: tuple[int, ...] = ()
    nested: bool = False
    verbatim: bool = False
    style: str = ""
    script: str = ""
    after: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


Kind = Callable[[Import, Folder], Imported]


def refused(request: Import, code: str, why: str, hint: str) -> Imported:
    """Return a box that says why there is no content, with a warning."""
    message = f'@import "{request.target}": {why}'
    return problem(warning(code, request.span, message, hint))


def problem(found: Diagnostic) -> Imported:
    """Return a visible box for a diagnostic, in the place of what it is about."""
    box = f'<div class="problem" role="note">{escape(found.message)}</div>'
    return Imported(lines=("", box, ""), diagnostics=(found,))


def not_utf8(span: Span, path: str, encoding: str) -> Diagnostic:
    """Return a hint about a file that was decoded from another encoding."""
    message = f"{path} is not UTF-8: it was read as {encoding}"
    return warning("not-utf-8", span, message, "save it in the encoding UTF-8, which every program reads alike")


def braced(attributes: Attributes) -> str:
    """Format attributes in braces with a blank before, each of its own kind; "" if there are none."""
    words = [f"{key}={_written(value)}" for key, value in attributes.items]
    return " {" + " ".join(words) + "}" if words else ""


def _written(value: Value) -> str:
    """Write a value so that it is read as what it is: `false` in quotes would be a text, which is on."""
    return printed(value) if isinstance(value, bool | int | float) else quoted(printed(value))


def quoted(text: str) -> str:
    """Quote a text as the value of an attribute."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def lines_of(request: Import, folder: Folder) -> tuple[list[str], int]:
    """Return the lines from `line_begin` (0-based) up to `line_end` (exclusive), and the first one's 1-based number."""
    lines = folder.any_text(request.path)[0].removesuffix("\n").split("\n")
    begin, end = (_number(request.attributes, key) for key in ("line_begin", "line_end"))
    start = slice(begin, end).indices(len(lines))[0]
    return lines[begin:end], start + 1


def _number(attributes: Attributes, key: str) -> int | None:
    value = attributes.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def fenced(lines: Sequence[str], language: str, attributes: Attributes) -> tuple[str, ...]:
    """Put lines into a fence that is longer than any fence inside."""
    longest = max((len(s) - len(s.lstrip("~")) for line in lines if (s := line.strip())), default=0)
    fence = "~" * max(3, longest + 1)
    return (f"{fence}{language}{braced(attributes)}", *lines, fence)
