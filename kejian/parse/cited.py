"""The works that a deck cites: found in its bibliography, numbered, and listed where `::: {#refs}` stands."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

import msgspec

from kejian.core.citations import Bibliography, Citation, WorkList
from kejian.core.config import FILE, Course
from kejian.core.diagnostics import Diagnostic, Span, warning
from kejian.core.disk.files import FileAccessError, Folder
from kejian.core.disk.store import digest
from kejian.core.model import Hole, Slide
from kejian.parse.cited_notes import noted

ON_A_SLIDE = 8
"""Works that a slide lists; more go on on the next."""
_PLACE = re.compile(r'(<div\b[^>]*\bid="refs"[^>]*>)\s*(</div>)')
_ENTRY = re.compile(r"^[ \t]*@(\w+)\s*[{(]\s*([^\s,{}()=]*)", re.MULTILINE)
_CITATIONS = re.compile(r"\s*[\"']?citations[\"']?\s*:")
_NAMED = re.compile(r"\s*[\"']?bibliography[\"']?\s*[:=]")
_NO_WORKS = ("comment", "preamble", "string")


@dataclass(frozen=True, slots=True)
class Library:
    """The works of a bibliography by key, each with its source. kind: `bib` or `json`. wrong: why there are none."""

    works: Mapping[str, str]
    kind: str = "bib"
    wrong: Diagnostic | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How works are cited. name: of a CSL style. language: BCP 47 tag. notes: as footnotes of their slides."""

    name: str
    language: str
    notes: bool = False


def placed(
    slides: Sequence[Slide], front: Mapping[str, object], path: str, course: Course, folder: Folder
) -> tuple[list[Slide], list[Diagnostic]]:
    """Return the slides of the deck `path` with what they cite. front: its front matter."""
    file = bibliography(front, path, course)
    if not file:
        return [*slides], []
    found = library(folder, file, _named(folder, path if front.get("bibliography") else FILE, _NAMED))
    notes = str(front.get("citations", course.citations)) == "notes"
    done, unknown = resolved(slides, found, style(str(front.get("csl") or course.csl), course.language, notes=notes))
    return done, [*filter(None, [found.wrong]), *_no_place(front, path, folder), *unknown]


def _no_place(front: Mapping[str, object], path: str, folder: Folder) -> Iterator[Diagnostic]:
    """Yield a warning if the front matter has citations in a place that is none."""
    written = front.get("citations", "text")
    if written not in ("text", "notes"):
        span = _named(folder, path, _CITATIONS)
        yield warning(
            "citations", span, f"`citations: {written}` is no place for them", "write citations: notes, or text"
        )


def bibliography(front: Mapping[str, object], path: str, course: Course) -> str:
    """Return the course path of the bibliography of the deck `path`, whose front matter is given; "" for none."""
    own = front.get("bibliography")
    file = posixpath.join(posixpath.dirname(path), str(own)) if own else course.bibliography
    return posixpath.normpath(file) if file else ""


def _named(folder: Folder, path: str, key: re.Pattern[str]) -> Span:
    """Return where a file has a setting."""
    try:
        lines = folder.text(path).split("\n")
    except FileAccessError:
        return Span(path)
    return Span(path, next((number for number, line in enumerate(lines, 1) if key.match(line)), 1))


def style(name: str, language: str, *, notes: bool = False) -> Style:
    """Return the style of that name, or the usual one of a language."""
    usual = "china-national-standard-gb-t-7714-2015-numeric" if language.startswith("zh") else "apa"
    return Style(name=name or usual, language=language, notes=notes)


def library(folder: Folder, path: str, span: Span) -> Library:
    """Read the bibliography `path`, which is named at `span`."""
    try:
        text = folder.text(path)
    except FileAccessError as e:
        return Library({}, wrong=warning("bibliography", span, f"the bibliography {path}: {e}", e.hint))
    try:
        return Library(_items(text), "json") if path.lower().endswith(".json") else Library(_entries(text))
    except (msgspec.DecodeError, msgspec.ValidationError, RecursionError) as e:
        message = f"the bibliography {path} is not CSL JSON: {e}"
        return Library({}, wrong=warning("bibliography", span, message, 'it is a list of objects with an "id"'))


def _items(text: str) -> dict[str, str]:
    items = msgspec.json.decode(text, type=list[dict[str, object]])
    return {str(one["id"]): msgspec.json.encode(one).decode() for one in items if one.get("id")}


def _entries(text: str) -> dict[str, str]:
    """Return the entries of a BibTeX file by key, each after the abbreviations that the file defines."""
    starts = [*_ENTRY.finditer(text)]
    ends = [one.start() for one in starts[1:]] + [len(text)]
    sources = [(one[1].lower(), one[2], text[one.start() : end]) for one, end in zip(starts, ends, strict=True)]
    shared = "".join(source for kind, _, source in sources if kind == "string")
    works = {key: source for kind, key, source in reversed(sources) if kind not in _NO_WORKS and key}
    used = {key: (shared if "#" in source or _BARE.search(source) else "") + source for key, source in works.items()}
    return dict(reversed(used.items()))


_BARE = re.compile(r"=\s*[A-Za-z]\w*\s*[,}\n]")
"""A value without braces or quotes: an abbreviation."""


def resolved(slides: Sequence[Slide], found: Library, style: Style) -> tuple[list[Slide], list[Diagnostic]]:
    """Return the slides with their citations found in the bibliography, and with the works listed.

    A work that is not in it is a warning, and its citation stays as it is written.
    """
    cited = [hole for slide in slides for hole in slide.holes if isinstance(hole, Citation)]
    findings = [one for hole in cited for one in _unknown(hole, found)]
    good = [hole for hole in cited if all(work.key in found.works for work in hole.works)]
    listed = any(_PLACE.search(slide.html) for slide in slides)
    within = _bibliography(good, found, style, listed=listed)
    numbers = iter(range(len(good)))
    known = {id(hole): replace(hole, within=within, number=next(numbers)) for hole in good}
    drawn = [replace(slide, holes=tuple(known.get(id(hole), hole) for hole in slide.holes)) for slide in slides]
    drawn = [noted(slide) for slide in drawn] if style.notes else drawn
    counts = [len(within.entries), *[ON_A_SLIDE] * len(drawn)]  # a plain page lists all its works in one place
    parts = (_listing(slide, within, count) for slide, count in zip(drawn, counts, strict=False))
    return [slide for some in parts for slide in some], findings


def _unknown(hole: Citation, found: Library) -> Iterator[Diagnostic]:
    for work in hole.works:
        if work.key not in found.works and not found.wrong:
            near = get_close_matches(work.key, list(found.works)[:5000], 1)
            hint = f"did you mean @{near[0]}?" if near else "add the work to the bibliography"
            message = f"`{hole.written}` stays as it is written: the bibliography has no work {work.key}"
            yield warning("unknown-citation", hole.span, message, hint)


def _bibliography(cited: Sequence[Citation], found: Library, style: Style, *, listed: bool) -> Bibliography:
    clusters = tuple(hole.works for hole in cited)
    keys = dict.fromkeys(work.key for works in clusters for work in works)
    entries = tuple((key, found.works[key]) for key in keys)
    sources = [part for one in entries for part in one]
    total = digest(style.name, style.language, found.kind, f"{listed} {style.notes}", repr(clusters), *sources)
    return Bibliography(
        digest=total,
        style=style.name,
        language=style.language,
        kind=found.kind,
        entries=entries,
        clusters=clusters,
        listed=listed,
        notes=style.notes,
    )


def _listing(slide: Slide, within: Bibliography, count: int) -> Iterator[Slide]:
    """Yield the slide, with `count` of the works where it lists them, and a slide for each further part."""
    place = _PLACE.search(slide.html)
    if not place:
        yield slide
        return
    for first in range(0, max(1, len(within.entries)), max(1, count)):
        hole = WorkList(within, first, count, slide.span)
        slot = f'{place[1]}<kj-hole n="{len(slide.holes)}"></kj-hole>{place[2]}'
        html = slide.html[: place.start()] + slot + slide.html[place.end() :]
        holes: tuple[Hole, ...] = (*slide.holes, hole)
        if not first:
            yield replace(slide, html=html, holes=holes)
        else:
            line = max(2, slide.span.line)
            yield replace(
                slide,
                html=_further(html),
                span=replace(slide.span, line=line, end=line - 1),  # it has no lines of its own
                holes=holes,
                headings=(),
                attributes=slide.attributes.without("id"),
                labels=(),
                references=(),
            )


def _further(html: str) -> str:
    """Return the HTML of a slide that goes on with another one, without the ids that it has."""
    return re.sub(r'(<[^<>]*?)\sid="[^"<>]*"', r"\1", html)
