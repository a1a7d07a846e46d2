"""What is known of the word under the cursor: what an example showed, a signature, a formula, a label, a work."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from kejian.core.diagnostics import Span
from kejian.core.messages import words
from kejian.core.model import Example, Formula
from kejian.editor import definition, names, symbols
from kejian.editor.course import EditedCourse
from kejian.editor.imports import import_in
from kejian.editor.names import NameAt, NameKind, name_at
from kejian.editor.tex_expansion import expanded
from kejian.editor.text import TextRange
from kejian.examples import terminal_text
from kejian.examples.jobs import Job, plan
from kejian.examples.output_html import shown
from kejian.examples.record.file_format import RecordedExample
from kejian.examples.record.outputs import Output
from kejian.parse import cited
from kejian.parse.lines.imports import PICTURES

LARGEST = 64 * 1024
"""Bytes of a picture that is shown."""
LINES = 40
"""Lines of an output that are shown."""
_LANGUAGES = {"html": "html", "md": "markdown", "tex": "latex", "dot": "dot"}
_TYPES = {"svg": "svg+xml", "jpg": "jpeg"}


class HoverText(NamedTuple):
    """What to show about the text in `place`, in Markdown."""

    markdown: str
    place: TextRange


def hover(course: EditedCourse, path: str, line: int, column: int) -> HoverText | None:
    """Return what is known of what stands at a place; `None` if that is nothing."""
    if path.endswith(".py"):  # other servers know more of it
        return None
    at = name_at(course, path, line, column)
    parts = [*_ABOUT[at.kind](course, path, at)] if at else []
    if at and parts:
        return HoverText("\n\n".join(parts), at.place)
    return _formula(course, path, line, column)


def _symbol(course: EditedCourse, path: str, at: NameAt) -> Iterator[str]:
    signature, documentation = symbols.described(course.text(at.path), at.name)
    if signature:
        yield _fenced("python", signature)
    if documentation:
        yield documentation
    deck = course.deck(path)
    here = [one for one in deck.examples if (one.span.path, one.span.line) == (path, at.place.line)] if deck else []
    for example in here:
        function = example.call.partition("(")[0].rpartition(".")[2]
        if function == at.name.rpartition(".")[2]:
            yield from _outputs(course, example)


def _outputs(course: EditedCourse, example: Example) -> Iterator[str]:
    """Yield what an example showed, and where that comes from."""
    job = next(iter(plan([example], course.package(), course.record)), None)
    if not isinstance(job, Job):
        return
    if job.known is None:
        yield "*It has not run yet.*"
        return
    yield from (_output(one) for one in (shown(example, job.known) if example.format is None else job.known.outputs))
    yield _provenance(job, job.known)


def _output(output: Output) -> str:
    if output.pixels:
        suffix, data = ("svg", output.data) if output.suffix == "svg" else ("png", output.pixels)
        if len(data) > LARGEST >= len(output.pixels):
            suffix, data = "png", output.pixels
        return picture(data, suffix) if len(data) <= LARGEST else f"*a picture of {len(data) // 1024} KiB*"
    lines = terminal_text.plain(output.text.rstrip()).split("\n")
    more = [f"… {len(lines) - LINES} more lines"] if len(lines) > LINES else []
    return _fenced(_LANGUAGES.get(output.suffix, "text"), "\n".join([*lines[:LINES], *more]))


def _provenance(job: Job, known: RecordedExample) -> str:
    said = words("en")  # as all that commands print
    packages = sorted({(one.name, one.value) for one in known.parts if one.kind == "package" and one.value})
    versions = ", ".join([f"Python {known.python}", *(f"{name} {version}" for name, version in packages)])
    facts = [f"{said['ran']} {known.verified}, {known.seconds:g} s", f"{job.symbol.path}:{job.symbol.line}", versions]
    stale = [] if job.fresh else [f"**It would run again:** {'; '.join(job.why)}"]
    return "  \n".join([*(facts if known.key else [said["pasted"]]), *stale])


def picture(data: bytes, suffix: str) -> str:
    """Return a picture that holds itself."""
    return f"![](data:image/{_TYPES.get(suffix, suffix)};base64,{b64encode(data).decode()})"


def _fenced(language: str, text: str) -> str:
    fence = "```" if "```" not in text else "~~~~~~"
    return f"{fence}{language}\n{text}\n{fence}"


def _file(course: EditedCourse, path: str, at: NameAt) -> Iterator[str]:
    """Yield the path of a file, its picture if it is one, and what is known of the symbol that its import quotes."""
    suffix = at.path.rpartition(".")[2].lower()
    if not course.folder.has(at.path):
        return
    data = course.folder.data(at.path) if suffix in PICTURES else b""
    yield at.path
    if 0 < len(data) <= LARGEST:
        yield picture(data, suffix)
    written = import_in(path, at.place.line, course.lines(path)[at.place.line - 1], course.settings.mpe)
    if written and (symbol := written.attributes.text("symbol")):
        yield from _symbol(course, path, NameAt("symbol", symbol, at.place, at.path))


def _region(course: EditedCourse, _: str, at: NameAt) -> Iterator[str]:
    yield from (f"{at.path}:{place.line}" for place in definition.of_region(course, at))


def _label(course: EditedCourse, path: str, at: NameAt) -> Iterator[str]:
    for place in definition.of_label(course, path, at.name):
        lines = course.lines(place.path)
        yield f"{place.path}:{place.line}"
        yield _fenced("markdown", lines[place.line - 1])


def _work(course: EditedCourse, path: str, at: NameAt) -> Iterator[str]:
    file = names.works(course, path)
    source = cited.library(course.folder, file, Span(file)).works.get(at.name) if file else None
    if source:
        yield _fenced("json" if file.endswith(".json") else "bibtex", source.strip())


def _macro(course: EditedCourse, _: str, at: NameAt) -> Iterator[str]:
    around = course.around
    tables = (around.macros.at_start, around.macros.anywhere) if around else ()
    for macro in (one for table in tables if (one := table.get(at.name))):
        fields = " ".join(f"{field}{'…' * (macro.rest and field == macro.fields[-1])}" for field in macro.fields)
        yield _fenced("markdown", f"{macro.name} {fields}".strip())
        yield from (str(place.file) for place in definition.of_macro(course, macro.name))


def _icon(_: EditedCourse, __: str, at: NameAt) -> Iterator[str]:
    yield f"fa-{at.name}"


def _formula(course: EditedCourse, path: str, line: int, column: int) -> HoverText | None:
    deck = course.deck(path)
    for hole in deck.holes if deck else ():
        if isinstance(hole, Formula) and _holds(hole, path, line, column):
            opened = course.opened()
            tex = expanded(hole.tex, opened.context.tex) if opened else hole.tex
            start = hole.span.column - 1
            last = line if hole.display else hole.span.line
            place = TextRange(path, line, start if line == hole.span.line else 0, len(course.lines(path)[last - 1]))
            return HoverText(_fenced("latex", tex.strip()), place)
    return None


def _holds(hole: Formula, path: str, line: int, column: int) -> bool:
    """Return whether a formula, whose end is not known, probably stands at a place."""
    last = hole.span.line + hole.tex.count("\n") + 2 * hole.display
    if hole.span.path != path or not hole.span.line <= line <= last:
        return False
    start = hole.span.column - 1
    if hole.display:
        return line > hole.span.line or column >= start
    return start <= column <= start + len(hole.tex) + 2


_ABOUT: Mapping[NameKind, Callable[[EditedCourse, str, NameAt], Iterator[str]]] = {
    "file": _file,
    "symbol": _symbol,
    "region": _region,
    "label": _label,
    "work": _work,
    "macro": _macro,
    "icon": _icon,
}
