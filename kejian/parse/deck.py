"""Parses a Markdown file into a deck: line pass, Markdown, slides with attributes, notes, titles and targets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import PurePosixPath

from kejian.core import themes
from kejian.core.attributes import Attributes
from kejian.core.config import Course
from kejian.core.diagnostics import Diagnostic, Span, error, ordered, warning
from kejian.core.disk.files import FileAccessError, Folder, NotTextError
from kejian.core.model import Deck, Slide, Source
from kejian.parse import cited, markdown, other_dialects
from kejian.parse.discover import matches
from kejian.parse.html import author_styles
from kejian.parse.html.css import Sheets
from kejian.parse.html.publishable import PublishPolicy
from kejian.parse.known_slides import SlideSource, SlideStore
from kejian.parse.labels.elsewhere import Answers
from kejian.parse.labels.resolve import resolved
from kejian.parse.lines import frontmatter
from kejian.parse.lines.editions import NONE, Edition
from kejian.parse.lines.import_result import not_utf8
from kejian.parse.lines.line_pass import Item, Line, LinePass, Mark
from kejian.parse.lines.text_macros import Macros
from kejian.parse.lines.variables import variables
from kejian.parse.slide import FileSlides
from kejian.parse.too_much import too_much

_STYLE = re.compile(r"<style\b[^<>]*>(.*?)</style", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ParseContext:
    """The context of a parse: the readable folder, the text macros, the settings, the edition that is built."""

    folder: Folder
    macros: Macros
    course: Course
    edition: Edition = NONE


def load(path: str, around: ParseContext, known: SlideStore | None = None, answers: Answers | None = None) -> Deck:
    """Load the deck in the file `path`; an unreadable file gives an empty deck with an error, a
    binary one a warning.

    known: slides of earlier parses. answers: what other decks have of the labels that it refers to.
    """
    try:
        text, encoding = around.folder.any_text(path)
    except NotTextError as e:  # one such file must not stop the rest of a course
        found = warning("unreadable", Span(path), str(e), e.hint)
        box = f'<div class="problem" role="note">{escape(f"{path}: {e}")}</div>'
        return Deck(
            path=path,
            title=path,
            preface=Slide(html=box, span=Span(path)),
            slides=(),
            reveal={},
            front={},
            diagnostics=(found,),
        )
    except FileAccessError as e:
        found = error("unreadable", Span(path), str(e), e.hint)
        return Deck(
            path=path,
            title=path,
            preface=Slide(html="", span=Span(path)),
            slides=(),
            reveal={},
            front={},
            diagnostics=(found,),
        )
    deck = parse(Source(path, text), around, known, answers)
    return replace(deck, diagnostics=(not_utf8(Span(path), path, encoding), *deck.diagnostics)) if encoding else deck


def parse(
    source: Source, around: ParseContext, known: SlideStore | None = None, answers: Answers | None = None
) -> Deck:
    """Parse `source` into a deck. Bad input results in diagnostics, never in an exception. Others: as in `load`."""
    front = frontmatter.read(source.text, source.path)
    lines = source.text.split("\n")
    course = around.course
    scan = _line_pass(source.path, front, around)
    items = list(scan.items(lines[front.lines :], source.path, front.lines + 1))
    cuts = _cut(items, source.path, len(lines))
    scope = _scope(front, course)
    scope.collect([[line.text for line in cut.lines] for cut in cuts])
    publishing = PublishPolicy(course.scripts, frozenset(course.publish), course.frames)
    one = FileSlides(path=source.path, folder=around.folder, publishing=publishing, scope=scope, store=known)
    settings = one.settings(front.presentation)
    numbered = resolved(one.slides(cuts), course.language, source.path, answers or {})
    (preface, *slides), uncited = cited.placed(numbered.slides, front.values, source.path, course, around.folder)
    sheets = Sheets(around.folder, publishing)
    styled = {style: sheets.assets(style) for style in dict.fromkeys(scan.styles)}
    scripts = tuple(dict.fromkeys(scan.scripts)) if course.scripts else ()
    assets = (*one.assets, *(path for paths in styled.values() for path in paths), *scripts)
    found = [*front.diagnostics, *scan.diagnostics, *one.diagnostics, *sheets.diagnostics]
    page = slides or any(matches(source.path, pattern.split("/")) for pattern in course.pages)
    found += () if page else other_dialects.findings(front, lines, source.path)
    found += [*numbered.diagnostics, *uncited, *_odd(front, slides, source)]
    found += [*_refused_scripts(scan, course), *too_much(slides)]
    return Deck(
        path=source.path,
        title=str(front.values.get("title") or PurePosixPath(source.path).stem),
        preface=preface,
        slides=tuple(slides),
        reveal=settings,
        front=front.values,
        styles=tuple(style for style, paths in styled.items() if paths),
        scripts=scripts,
        assets=tuple(dict.fromkeys(assets)),
        links=tuple(dict.fromkeys(one.linked)),
        diagnostics=tuple(ordered(found)),
        own=author_styles.of([*sheets.texts(styled.values()), *_elements((preface, *slides))]),
        labels=numbered.labels,
        references=tuple(numbered.references),
    )


def _line_pass(path: str, front: frontmatter.FrontMatter, around: ParseContext) -> LinePass:
    return LinePass(
        folder=around.folder,
        macros=around.macros,
        footer=around.course.footer,
        top=path,
        dialect=around.course.mpe,
        edition=around.edition,
        variables=variables(front.values, around.course.variables),
    )


def _scope(front: frontmatter.FrontMatter, course: Course) -> markdown.FileRenderer:
    return markdown.FileRenderer(
        dialect=course.mpe,
        slide_code=course.slide_code,
        pauses=front.values.get("pauses") is True,
        cites=bool(front.values.get("bibliography") or course.bibliography),
    )


def _elements(slides: Iterable[Slide]) -> Iterator[str]:
    """Yield the texts of the `<style>` elements on slides."""
    return (text for slide in slides if "<style" in slide.html for text in _STYLE.findall(slide.html))


def _cut(items: Iterable[Item], path: str, last: int) -> list[SlideSource]:
    """Split the items into the text before the first mark, then each mark with the text up to the next.

    The spans of the file's own marks leave no gap: imported text belongs to the span of its import.
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
    return [
        SlideSource(mark.attributes, span, lines) for (mark, lines), span in zip(cuts, reversed(spans), strict=True)
    ]


def _odd(front: frontmatter.FrontMatter, slides: Sequence[Slide], source: Source) -> list[Diagnostic]:
    found, path = [], source.path
    if front.presentation and not slides:
        hint = "begin each slide with a line <!-- slide -->"
        message = "this file has a presentation but no slide mark; it becomes a plain page"
        found.append(warning("no-slides", Span(path), message, hint))
    if slides and slides[0].vertical:
        message = "the first slide is vertical, but there is no slide above it"
        found.append(warning("vertical-first", slides[0].span, message, "remove vertical=true"))
    found += _unknown_theme(front, source)
    if "dependencies" in front.presentation:
        message = "`dependencies` is a list of reveal.js 3 plugins, which today's reveal.js does not read"
        found.append(warning("reveal-option", Span(path, 2), message, "remove it"))
    return found


def _unknown_theme(front: frontmatter.FrontMatter, source: Source) -> list[Diagnostic]:
    written = front.presentation.get("theme")
    name = themes.named(written)
    if not name or name in themes.REVEAL or name in themes.HOUSE:
        return []
    message = f"`theme: {written}` is none of reveal.js' themes, so the deck looks as it would without it"
    hint = f"write one of {', '.join(themes.REVEAL)}, or @import a style sheet of the course"
    lines = source.text.split("\n")[: front.lines]
    at = next((n for n, line in enumerate(lines, 1) if line.lstrip().startswith("theme")), 1)
    return [warning("reveal-theme", Span(source.path, at), message, hint)]


def _refused_scripts(scan: LinePass, course: Course) -> list[Diagnostic]:
    if course.scripts or not scan.scripts:
        return []
    hint = "set `scripts = true` in kejian.toml if you trust every deck of the course"
    return [
        warning("raw-html", Span(scan.top), f"the script {path} is left out: this course does not allow scripts", hint)
        for path in scan.scripts
    ]
