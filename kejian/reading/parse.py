"""A Markdown file to a deck: line pass, Markdown, slides with their attributes, notes, titles and targets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from kejian import markdown
from kejian.attributes import Attributes
from kejian.config import Course
from kejian.diagnostics import Diagnostic, Span, error, ordered, warning
from kejian.folder import Folder, Unreadable
from kejian.model import Deck, Slide, Source
from kejian.reading import frontmatter
from kejian.reading.known_slides import Cut
from kejian.reading.lines import Item, Line, Mark, Scan
from kejian.reading.macros import Macros
from kejian.reading.slides import Slides
from kejian.reading.styles import Sheets


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a file is parsed with: where it may read, the text macros, the settings."""

    folder: Folder
    macros: Macros
    course: Course


def load(path: str, around: Surroundings) -> Deck:
    """The deck in the file `path`; one that cannot be read is empty and has an error."""
    try:
        return parse(Source(path, around.folder.text(path)), around)
    except Unreadable as e:
        found = error("unreadable", Span(path), str(e), e.hint)
        return Deck(path, path, Slide("", Span(path)), (), {}, {}, diagnostics=(found,))


def load_linked(paths: Iterable[str], around: Surroundings) -> Iterator[Deck]:
    """The decks in these files, and after them those in the Markdown files that they link to, each once."""
    queue = list(paths)
    known = set(queue)
    for path in queue:
        deck = load(path, around)
        yield deck
        more = [link for link in deck.links if link not in known]
        queue += more
        known.update(more)


def parse(source: Source, around: Surroundings) -> Deck:
    """The deck that `source` describes. Bad input costs diagnostics, never the deck."""
    front = frontmatter.read(source.text, source.path)
    lines = source.text.split("\n")
    scan = Scan(around.folder, around.macros, around.course.footer, top=source.path)
    items = list(scan.items(lines[front.lines :], source.path, front.lines + 1))
    cuts = _cut(items, source.path, len(lines))
    scope = markdown.Scope(slide_code=around.course.slide_code)
    scope.collect([[line.text for line in cut.lines] for cut in cuts])
    one = Slides(source.path, around.folder, around.course.scripts, scope)
    settings = one.settings(front.presentation)
    preface, *slides = [one.slide(cut) for cut in cuts]
    sheets = Sheets(around.folder, around.course.scripts)
    styled = {style: sheets.assets(style) for style in dict.fromkeys(scan.styles)}
    scripts = tuple(dict.fromkeys(scan.scripts)) if around.course.scripts else ()
    assets = (*one.assets, *(path for paths in styled.values() for path in paths), *scripts)
    found = [*front.diagnostics, *scan.diagnostics, *one.diagnostics, *sheets.diagnostics]
    found += [*_odd(front, slides, source.path), *_refused_scripts(scan, around.course)]
    return Deck(
        source.path,
        str(front.values.get("title") or PurePosixPath(source.path).stem),
        preface,
        tuple(slides),
        settings,
        front.values,
        tuple(style for style, paths in styled.items() if paths),
        scripts,
        tuple(dict.fromkeys(assets)),
        tuple(dict.fromkeys(one.linked)),
        tuple(ordered(found)),
    )


def _cut(items: Iterable[Item], path: str, last: int) -> list[Cut]:
    """The text before the first mark, then each mark with the text up to the next.

    The spans of the file's own marks leave no gap: what another file brings is a part of where it is imported.
    """
    cuts: list[tuple[Mark, list[Line]]] = [(Mark(Attributes(), Span(path)), [])]
    for item in items:
        if isinstance(item, Mark):
            cuts.append((item, []))
        else:
            cuts[-1][1].append(item)
    spans: list[Span] = []
    after, own = Span(path, last + 1), last
    for mark, _ in reversed(cuts):
        start = mark.span
        end = after.line - 1 if after.path == start.path and after.line > start.line else start.line
        spans.append(Span(start.path, start.line, start.column, own if start.path == path else end))
        after, own = start, start.line - 1 if start.path == path else own
    return [Cut(mark.attributes, span, lines) for (mark, lines), span in zip(cuts, reversed(spans), strict=True)]


def _odd(front: frontmatter.FrontMatter, slides: Sequence[Slide], path: str) -> list[Diagnostic]:
    found = []
    if front.presentation and not slides:
        hint = "begin each slide with a line <!-- slide -->"
        message = "this file has a presentation but no slide mark; it becomes a plain page"
        found.append(warning("no-slides", Span(path), message, hint))
    if slides and slides[0].vertical:
        message = "the first slide is vertical, but there is no slide above it"
        found.append(warning("vertical-first", slides[0].span, message, "remove vertical=true"))
    if "dependencies" in front.presentation:
        message = "`dependencies` is a list of reveal.js 3 plugins, which today's reveal.js does not read"
        found.append(warning("reveal-option", Span(path, 2), message, "remove it"))
    return found


def _refused_scripts(scan: Scan, course: Course) -> list[Diagnostic]:
    if course.scripts or not scan.scripts:
        return []
    hint = "set `scripts = true` in kejian.toml if you trust every deck of the course"
    return [
        warning("raw-html", Span(scan.top), f"the script {path} is left out: this course does not allow scripts", hint)
        for path in scan.scripts
    ]
