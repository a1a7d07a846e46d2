"""The lines of a slide to a slide: Markdown, harmless HTML, targets looked up, findings at their places."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape

from kejian import markdown
from kejian.attributes import Attributes, Value
from kejian.diagnostics import Diagnostic, Span, warning
from kejian.folder import Folder
from kejian.model import Slide
from kejian.reading import nesting, sanitize
from kejian.reading.known_slides import Cut, Drawn, Known, changed, known
from kejian.reading.places import Places
from kejian.reading.targets import Finding, Targets

_TITLE = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1>", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")


@dataclass(slots=True)
class Slides:
    """The slides of one file: what they share, and what was found and is needed on the way.

    scripts: whether the course allows them. assets, linked: as in `Targets`.
    """

    path: str
    folder: Folder
    scripts: bool
    scope: markdown.Scope
    assets: list[str] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    _known: Known = field(init=False)

    def __post_init__(self) -> None:
        self._known = known(self.folder.root, self.path, self.scripts, self.scope)

    def slide(self, cut: Cut) -> Slide:
        """The slide; one that is as it was in an earlier build of this process is not drawn again."""
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
        """What reveal.js is given; the one picture that it may name is looked up like every other."""
        picture = given.get("parallaxBackgroundImage", "")
        targets = Targets(self.path, self.folder, self.scripts)
        found = targets.attribute("data-background-image", picture) if isinstance(picture, str) and picture else ""
        self.assets += targets.assets
        self.diagnostics += (warning(one.code, Span(self.path), one.message, one.hint) for one in targets.findings)
        return {**given, **({"parallaxBackgroundImage": found} if picture else {})}

    def _drawn(self, cut: Cut) -> Drawn:
        targets = Targets(self.path, self.folder.watched(), self.scripts)
        lines = [line.text for line in cut.lines]
        body = markdown.render(lines, Places(cut.lines, cut.span), self.scope)
        html = targets.rewritten(_harmless(body.html, targets, scripts=self.scripts))
        attributes = Attributes(tuple((k, _attribute(k, v, targets)) for k, v in cut.attributes.items))
        slide = Slide(
            html,
            cut.span,
            attributes.without("vertical"),
            body.holes,
            body.headings,
            _title(html),
            cut.attributes.truthy("vertical"),
        )
        found = (*body.diagnostics, *_placed(targets.findings, cut))
        return Drawn(slide, found, tuple(targets.assets), tuple(targets.linked), targets.folder.reads, body.named)


def _attribute(key: str, value: Value, targets: Targets) -> Value:
    return targets.attribute(key, value) if isinstance(value, str) else value


def _harmless(html: str, targets: Targets, *, scripts: bool) -> str:
    html, deep = nesting.bounded(html)
    if deep:
        message = f"`{deep[:80]}` is left out: it is nested too deep, or has too many attributes"
        targets.findings.append(Finding("too-deep", deep[:80], message, "close what this slide leaves open"))
    if scripts:
        return sanitize.balance(html)
    for snippet, words in sanitize.refused(html):
        message = f"{words} is left out: this course does not allow scripts"
        hint = "set `scripts = true` in kejian.toml if you trust every deck of the course"
        targets.findings.append(Finding("raw-html", snippet, message, hint))
    return sanitize.clean(html)


def _placed(findings: Sequence[Finding], cut: Cut) -> list[Diagnostic]:
    raw, found = Places(cut.lines, cut.span), Places(cut.lines, cut.span)  # each kind is in the slide's order
    placed = []
    for finding in findings:
        span = (raw if finding.code in ("raw-html", "too-deep") else found).after(unescape(finding.snippet))
        placed.append(warning(finding.code, span, finding.message, finding.hint))
    return placed


def _title(html: str) -> str:
    """The text of the first heading; a footer is set in headings too, and names no slide."""
    found = _TITLE.search(html.partition('<div class="footer"')[0])
    return unescape(_TAG.sub("", found[2])).strip() if found else ""
