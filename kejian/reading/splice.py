"""What an import asks for and what replaces it: lines of text, each with the place it comes from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from kejian.attributes import Attributes, printed
from kejian.diagnostics import Diagnostic, Span, warning
from kejian.folder import Folder, resolve


@dataclass(frozen=True, slots=True)
class Import:
    """A request to import `target` (as written) from the file `base`, standing at `span`."""

    target: str
    attributes: Attributes
    base: str
    span: Span

    @property
    def path(self) -> str:
        """The course path that the target means, without a `#heading`."""
        return resolve(self.base, self.target.partition("#")[0])


@dataclass(frozen=True, slots=True)
class Imported:
    """What replaces an import: lines, and where they come from; or a file for the page's head.

    nested: the lines are Markdown of `path` and are scanned for marks and imports of their own.
    verbatim: the lines are HTML of `path`, as they stand there.
    first: the 1-based line of `path` that the first line is; 0 when the lines stand in no file.
    numbers: the lines' own numbers in `path`, where they do not follow one another.
    style, script: a file for the page's head. after: lines that follow and stand where the import stands.
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
    """A box that says why there is nothing, and a warning."""
    message = f'@import "{request.target}": {why}'
    return problem(warning(code, request.span, message, hint))


def problem(found: Diagnostic) -> Imported:
    """A visible box for a finding, in the place of what it is about."""
    box = f'<div class="problem" role="note">{escape(found.message)}</div>'
    return Imported(("", box, ""), diagnostics=(found,))


def braced(attributes: Attributes) -> str:
    """The attributes as text in braces, with a blank before; nothing where there are none."""
    words = [f"{key}={_quoted(printed(value))}" for key, value in attributes.items]
    return " {" + " ".join(words) + "}" if words else ""


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def lines_of(request: Import, folder: Folder) -> tuple[list[str], int]:
    """The lines that `line_begin` (from 0) up to `line_end` (exclusive) leave, and the first one's number."""
    lines = folder.text(request.path).removesuffix("\n").split("\n")
    begin, end = (_number(request.attributes, key) for key in ("line_begin", "line_end"))
    start = slice(begin, end).indices(len(lines))[0]
    return lines[begin:end], start + 1


def _number(attributes: Attributes, key: str) -> int | None:
    value = attributes.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def fenced(lines: Sequence[str], language: str, attributes: Attributes) -> tuple[str, ...]:
    """The lines in a fence that is longer than any inside."""
    longest = max((len(s) - len(s.lstrip("~")) for line in lines if (s := line.strip())), default=0)
    fence = "~" * max(3, longest + 1)
    return (f"{fence}{language}{braced(attributes)}", *lines, fence)
