"""Numbers what a deck labels, and turns what refers to it into links: the last step of a deck's parse.

Slides are parsed one by one, and know nothing of each other. What they label and refer to stands in their HTML under
names; here the names get numbers. A deck that has neither is returned as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from html import escape, unescape
from typing import NamedTuple

from kejian.core.diagnostics import Diagnostic, Span, warning
from kejian.core.model import Formula, Label, Reference, Slide
from kejian.parse.html.lookup import page_path
from kejian.parse.labels import elsewhere, equations, kinds
from kejian.parse.labels.elsewhere import Answers, DeckLabel

_NUMBER = re.compile(rf'<span class="number" data-number="([^"]*)" data-kind="({"|".join(kinds.KINDS)})"></span>')
_REFERENCE = re.compile(r'<a class="reference" data-reference="([^"]*)" data-form="(\w+)">([^<]*)</a>')
_HOLE = re.compile(r'<kj-hole n="?(\d{1,9})"?>\s*</kj-hole>')
_MOST, _NEAR = 1000, 20
"""Labels among which a near one is looked for, and references of a deck for which it is."""


@dataclass(slots=True, kw_only=True)
class _Numbers:
    """The numbers of a deck so far: for each label its kind, its number and where it is.

    elsewhere: what other decks have of the labels that this one does not have.
    """

    elsewhere: Answers
    counts: Counter[str] = field(default_factory=Counter)
    known: dict[str, tuple[str, str]] = field(default_factory=dict)
    places: dict[str, Span] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    missing: int = 0

    @property
    def labels(self) -> tuple[Label, ...]:
        """Return all labels, in order."""
        return tuple(Label(name, kind, self.places[name], number) for name, (kind, number) in self.known.items())

    def other(self, name: str) -> DeckLabel | None:
        """Return the label of another deck that is meant by a name; `None` if there is none, or more than one."""
        found = () if name in self.known else self.elsewhere.get(name, ())
        return found[0] if len(found) == 1 else None

    def following(self, kind: str) -> int:
        self.counts[kind] += 1
        return self.counts[kind]

    def add(self, label: str, kind: str, number: str, span: Span) -> bool:
        """Add a label; return whether it is new: the first of two of one name is the one that is meant."""
        if label not in self.known:
            self.known[label], self.places[label] = (kind, number), span
            return True
        first = self.places[label]
        message = f"the label {label} is taken: it stands at {first.path}:{first.line} as well"
        self.found.append(warning("label-taken", span, message, "give one of them another name"))
        return False

    def look_up(self, reference: Reference, shown: str) -> None:
        """Note a reference, and warn where nothing has the label. shown: what a reader sees of it then."""
        self.references.append(reference)
        if reference.name in self.known or self.other(reference.name):
            return
        self.missing += 1
        known = [*self.known][:_MOST] if self.missing <= _NEAR else []
        near = get_close_matches(reference.name, known, 1)
        hint = f"did you mean {near[0]}?" if near else r"write \label{…} into a formula, or {#fig-…} after a picture"
        if several := self.elsewhere.get(reference.name):
            hint = elsewhere.several_have_it(several, reference.span.path)
        message = f"`{reference.written}` {shown}: nothing in this deck has the label {reference.name}"
        self.found.append(warning("unresolved-reference", reference.span, message, hint))


class Resolved(NamedTuple):
    """Slides with numbers and links, all labels and references, and a warning for each that is taken or missing."""

    slides: list[Slide]
    diagnostics: Sequence[Diagnostic] = ()
    labels: tuple[Label, ...] = ()
    references: Sequence[Reference] = ()


def resolved(slides: Sequence[Slide], language: str, path: str, others: Answers) -> Resolved:
    """Number what is labelled, and turn what refers to it into links.

    language: BCP 47 tag of the words: `Figure 3`, `图 3`. path: the deck's, from which links lead to other decks.
    others: labels of other decks that this one refers to.
    """
    if not any(map(_concerns, slides)):
        return Resolved([*slides])
    numbers = _Numbers(elsewhere=others)
    slides = [_numbered(slide, numbers, language) for slide in slides]
    shown = {name: label.number for name in others if (label := numbers.other(name))}
    shown |= {label: number for label, (_, number) in numbers.known.items()}
    links = _Links(numbers, path, language)
    linked = [_linked(slide, links, shown) for slide in slides]
    return Resolved(linked, numbers.found, numbers.labels, numbers.references)


def _concerns(slide: Slide) -> bool:
    formulas = (hole.tex for hole in slide.holes if isinstance(hole, Formula))
    return bool(slide.labels or slide.references or any("\\label" in tex or "ref" in tex for tex in formulas))


def _numbered(slide: Slide, numbers: _Numbers, language: str) -> Slide:
    """Return the slide with the numbers of its equations, figures, tables and theorems."""
    for heading in slide.headings:
        if kinds.kind(heading.id) == kinds.SECTION:
            numbers.add(heading.id, kinds.SECTION, heading.text, slide.span)
    for label in slide.labels:
        numbers.add(label.name, label.kind, str(numbers.following(label.kind)), label.span)
    holes = list(slide.holes)
    anchors: dict[int, tuple[Sequence[str], str]] = {}
    for at, hole in enumerate(holes):
        if isinstance(hole, Formula) and hole.display:
            formula = equations.numbered(hole.tex, lambda: numbers.following(kinds.EQUATION))
            new = [one for one, number in formula.labels.items() if numbers.add(one, kinds.EQUATION, number, hole.span)]
            holes[at] = replace(hole, tex=formula.tex)
            anchors[at] = new, formula.beside
    return replace(slide, html=_with_numbers(_anchored(slide.html, anchors), numbers, language), holes=tuple(holes))


def _anchored(html: str, anchors: Mapping[int, tuple[Sequence[str], str]]) -> str:
    """Return the HTML with an anchor for each label before its formula, and the formula's number after it."""

    def anchored(hole: re.Match[str]) -> str:
        names, number = anchors.get(int(hole[1]), ((), ""))
        before = "".join(f'<span class="label" id="{escape(name)}"></span>' for name in names)
        if not number:
            return before + hole[0]
        beside = f'<span class="equation-number">{escape(number)}</span>'
        return f'<span class="equation">{before}{hole[0]}{beside}</span>'

    return _HOLE.sub(anchored, html) if any(names or number for names, number in anchors.values()) else html


def _with_numbers(html: str, numbers: _Numbers, language: str) -> str:
    def number(found: re.Match[str]) -> str:
        kind, text = numbers.known.get(unescape(found[1]), (found[2], ""))
        return f'<span class="number">{escape(kinds.title(kind, text, language))}</span>'

    return _NUMBER.sub(number, html) if "data-number" in html else html


def _linked(slide: Slide, links: _Links, shown: Mapping[str, str]) -> Slide:
    """Return the slide with links in place of its references. shown: the numbers as formulas have them."""
    holes = list(slide.holes)
    alone: dict[int, str] = {}
    for at, hole in enumerate(holes):
        if isinstance(hole, Formula) and "ref" in hole.tex:
            for reference in _references(hole):
                links.numbers.look_up(reference, "is drawn as question marks")
            whole = equations.REFERENCE.fullmatch(hole.tex.strip())
            holes[at] = replace(hole, tex=equations.referring(hole.tex, shown))
            if whole and whole[2].strip() in shown:
                alone[at] = whole[2].strip()
    for reference in slide.references:
        links.numbers.look_up(reference, "stays as it is written")
    html = _HOLE.sub(lambda hole: links.around(hole, alone), slide.html) if alone else slide.html
    return replace(slide, html=_REFERENCE.sub(links.link, html), holes=tuple(holes))


def _references(formula: Formula) -> Iterator[Reference]:
    for eq, name in equations.REFERENCE.findall(formula.tex):
        yield Reference(name.strip(), rf"\{eq}ref{{{name}}}", formula.span)


class _Links(NamedTuple):
    """Makes the links of a deck's references. path: the deck's."""

    numbers: _Numbers
    path: str
    language: str

    def around(self, hole: re.Match[str], alone: Mapping[int, str]) -> str:
        """Return a formula that is nothing but a reference within its link."""
        name = alone.get(int(hole[1]))
        return hole[0] if name is None else self._to(name, hole[0])

    def link(self, found: re.Match[str]) -> str:
        """Return the link in place of a reference in text; what is written, if nothing has the label."""
        name, form = unescape(found[1]), found[2]
        other = self.numbers.other(name)
        if other is None and name not in self.numbers.known:
            return found[3]
        kind, number = (other.kind, other.number) if other else self.numbers.known[name]
        words = number if form in ("ref", "eqref", "number") else kinds.title(kind, number, self.language)
        if form in ("ref", "number"):
            words = equations.shown(number, eqref=False)
        return self._to(name, escape(words))

    def _to(self, name: str, shown: str) -> str:
        other = self.numbers.other(name)
        if other:
            return elsewhere.link(other, shown, page_path(self.path), self.language)
        return f'<a class="reference" href="#{escape(name)}">{shown}</a>'
