"""Turns the lines of a slide into a slide: Markdown, sanitizing, target lookup, findings with their places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape

from kejian.core.addresses import shown
from kejian.core.attributes import Attributes, Value, printed
from kejian.core.diagnostics import Diagnostic, Span, warning
from kejian.core.disk.files import Folder
from kejian.core.model import Slide
from kejian.parse import markdown
from kejian.parse.html import frames, nesting, safe_elements, sanitize
from kejian.parse.html.links import Targets
from kejian.parse.html.lookup import TargetProblem
from kejian.parse.html.publishable import PublishPolicy
from kejian.parse.html.read_by_scripts import SLIDE
from kejian.parse.known_slides import KnownSlides, SlideSource, SlideStore, changed, known
from kejian.parse.lines.source_map import SlideSpans
from kejian.parse.slide_codec import ParsedSlide

_TRUST = "set `scripts = true` in kejian.toml if you trust every deck of the course"
_STYLE = 'keep the style sheet in the course and write @import "own.css" on a line of its own'
_TITLE = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1>", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")


@dataclass(slots=True, kw_only=True)
class FileSlides:
    """The slides of one file: shared state, and what is collected on the way.

    publishing: what the course permits. store: of slides that were parsed before. assets, linked: as in `Lookup`.
    """

    path: str
    folder: Folder
    publishing: PublishPolicy
    scope: markdown.FileRenderer
    store: SlideStore | None = None
    assets: list[str] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    _known: KnownSlides = field(init=False)

    def __post_init__(self) -> None:
        self._known = known(self.folder.root, self.path, self.publishing, self.scope, self.store)

    def slides(self, cuts: Iterable[SlideSource]) -> list[Slide]:
        """Return the parsed slides, from the cache where they are unchanged."""
        found = [self._slide(cut) for cut in cuts]
        self._known.save()
        return found

    def _slide(self, cut: SlideSource) -> Slide:
        key, before = self._known.key(cut, self.scope), changed(self.scope)
        drawn = self._known.recall(key, cut.span, self.scope, self.folder) if key else None
        if drawn is None:
            drawn = self._drawn(cut)
            if key and changed(self.scope) == before:
                self._known.keep(key, drawn)
        self.folder.note(drawn.reads)
        self.assets += drawn.assets
        self.linked += drawn.linked
        self.diagnostics += drawn.diagnostics
        return drawn.slide

    def settings(self, given: Mapping[str, object]) -> dict[str, object]:
        """Return the options for reveal.js, with addresses and styles in them looked up."""
        targets = Targets(deck=self.path, folder=self.folder, publishing=self.publishing)
        found = {key: targets.option(key, value) for key, value in given.items()}
        self.assets += targets.assets
        self.diagnostics += (warning(one.code, Span(self.path), one.message, one.hint) for one in targets.findings)
        if given.get("previewLinks"):
            message = (
                "`previewLinks` would open any link in a frame, which holds pictures and the course's own pages alone"
            )
            hint = "remove it, and write data-preview-link on the links that may"
            self.diagnostics.append(warning("reveal-option", Span(self.path, 2), message, hint))
        return {key: value for key, value in found.items() if value is not None}

    def _drawn(self, cut: SlideSource) -> ParsedSlide:
        targets = Targets(deck=self.path, folder=self.folder.watched(), publishing=self.publishing)
        lines = [line.text for line in cut.lines]
        steps = cut.attributes.truthy("incremental")
        body = markdown.render(lines, SlideSpans(cut.lines, cut.span), self.scope, incremental=steps)
        html = targets.rewritten(_harmless(body.html, targets, self.publishing))
        attributes = Attributes(tuple(filter(None, (_attribute(k, v, targets) for k, v in cut.attributes.items))))
        slide = Slide(
            html=html,
            span=cut.span,
            attributes=attributes.without("vertical", "incremental", "edition"),
            holes=body.holes,
            headings=body.headings,
            title=_title(html),
            vertical=cut.attributes.truthy("vertical"),
            labels=body.labels,
            references=body.references,
        )
        found = (*body.diagnostics, *_placed(targets.findings, cut))
        return ParsedSlide(
            slide=slide,
            diagnostics=found,
            assets=tuple(targets.assets),
            linked=tuple(targets.linked),
            reads=targets.folder.reads,
            named=body.named,
        )


def _attribute(key: str, value: Value, targets: Targets) -> tuple[str, Value] | None:
    """Return an attribute as it may be published, under its name in HTML; `None` to omit it."""
    if value is False or key.lower() not in SLIDE:
        return key.lower(), value
    return targets.attribute(key, printed(value))


def _harmless(html: str, targets: Targets, publishing: PublishPolicy) -> str:
    html, deep = nesting.bounded(html)
    if deep:
        message = f"`{deep[:80]}` is left out: it is nested too deep, or has too many attributes"
        targets.findings.append(TargetProblem("too-deep", deep[:80], message, "close what this slide leaves open"))
    html = frames.links(html, publishing.frames)
    if publishing.scripts:
        return sanitize.balance(html)
    html = safe_elements.pictures(html)
    for snippet, words in sanitize.refused(html):
        message = f"{words} is left out: this course does not allow scripts"
        hint = _STYLE if words == "<link>" else _TRUST
        host = frames.asked(html) if words == "<iframe>" else ""
        if host:
            hint = f'write frames = ["{host}"] in kejian.toml if slides may show it; without a network it is a link'
        targets.findings.append(TargetProblem("raw-html", host or snippet, message, hint))
    return sanitize.clean(html)


def _placed(findings: Sequence[TargetProblem], cut: SlideSource) -> list[Diagnostic]:
    raw, found = SlideSpans(cut.lines, cut.span), SlideSpans(cut.lines, cut.span)  # of each kind in the slide's order
    placed = []
    for finding in findings:
        spans = raw if finding.code in ("raw-html", "too-deep") else found
        places = (spans.after(written) for written in _spellings(unescape(finding.snippet)))
        span = next((place for place in places if place != cut.span), cut.span)
        placed.append(warning(finding.code, span, finding.message, finding.hint))
    return placed


def _spellings(target: str) -> tuple[str, ...]:
    """Return how the text of a slide may spell a target: as it is, with its letters uncoded, as that of a wiki link."""
    read = shown(target)
    page = read.removesuffix(".md")
    return tuple(dict.fromkeys((target, read, f"[[{page}", f"|{page}]]")))


def _title(html: str) -> str:
    """Return the text of the first heading outside of the footer, whose cells are headings too."""
    found = _TITLE.search(html.partition('<div class="footer"')[0])
    return unescape(_TAG.sub("", found[2])).strip() if found else ""
