"""The arrangements of a slide's body: parts of what the author wrote get names, or boxes around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape, unescape
from itertools import groupby

from kejian.render.derivations import derivation
from kejian.render.slide_parts import BodyPart, SlideParts, columns, inner, is_heading, seen, wide
from kejian.render.stage import Place, Stage

NARROW = 52
"""Letters of a line of code up to which its output has room at its side."""

_BESIDE = 33
"""The same for the output, which has the smaller part."""

LARGEST = 30
"""Pixels of a diagram's largest letters."""

_TITLE = re.compile(r'<div class="title">.*?<(h[1-6])\b[^>]*>(.*?)</\1>', re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_NODE = re.compile(r'<g class="node">(.*?)</g>', re.DOTALL)
_TEXT = re.compile(r"<text\b[^>]*>(.*?)</text>", re.DOTALL)
_LINES = re.compile(r"第\s*\d+\s*(?:[-–—至到、]\s*\d+\s*)?行|\blines?\s+\d", re.IGNORECASE)
_LETTERS = re.compile(r'\bfont-size="([\d.]+)"')


def cover(drawn: SlideParts, around: Stage) -> str:
    """The lecture's title with what stands above and below it; without a title what the front matter says."""
    parts = seen(drawn.body)
    heads = [n for n, part in enumerate(parts) if part.name in ("h1", "h2")]
    if not heads:
        return _written_cover(around) + "".join(part.html for part in parts)
    own = [n for n in heads if parts[n].words.strip() == around.lecture]
    at = (own or heads)[0]
    above = "".join(f'<p class="kicker">{inner(part)}</p>' for part in parts[:at])
    below = "".join(
        f'<p class="by">{inner(part)}</p>' if is_heading(part) or part.name == "p" else part.html
        for part in parts[at + 1 :]
    )
    return f'{above}<h1 class="name">{inner(parts[at])}</h1>{below}'


def _written_cover(around: Stage) -> str:
    """The cover that the front matter describes."""
    facts = {name: escape(words) for name, words in around.facts.items()}
    email = facts.get("email", "")
    link = f'<a href="mailto:{email}">{email}</a>' if email else ""
    by = "　".join(filter(None, (facts.get("author", ""), facts.get("place", ""), link)))
    course = f'<p class="kicker">{escape(around.course)}</p>' if around.course != around.lecture else ""
    lines = "".join(f'<p class="by">{line}</p>' for line in (by, facts.get("date", "")) if line)
    return f'{course}<h1 class="name">{escape(around.lecture)}</h1>{lines}'


def section(drawn: SlideParts, title: str, place: Place) -> str:
    """Number, title, what comes; a diagram below has the box of this section lit."""
    found = _TITLE.search(drawn.header)
    parts = seen(drawn.body)
    name = found[2] if found else escape(title)
    if not found and parts and is_heading(parts[0]):
        name = inner(parts.pop(0))
    rest = "".join(_lit(part.html, title) if part.name == "svg" else part.html for part in parts)
    number = f'<p class="numeral" aria-hidden="true">{place.section}</p>' if place.section else ""
    return f'{number}<div class="comes"><h2 class="name">{name}</h2>{rest}</div>'


def _lit(svg: str, title: str) -> str:
    """A diagram in which the boxes that are named as this section have the class `lit`."""

    def light(node: re.Match[str]) -> str:
        words = "".join(unescape(_TAG.sub("", text)) for text in _TEXT.findall(node[0])).strip()
        return node[0].replace('class="node"', 'class="node lit"', 1) if words and words == title.strip() else node[0]

    return _NODE.sub(light, svg)


def _statement(body: str) -> str:
    """Large numbers, each with its text: a heading, or a paragraph that is bold as a whole, and what follows it."""
    out: list[str] = []
    for numeral, parts in groupby(seen(body), _is_numeral):
        found = list(parts)
        if numeral:
            out += [_numeral(part) for part in found]
        else:
            out.append(f'<div class="says">{"".join(part.html for part in found)}</div>')
    return "".join(out)


def _is_numeral(part: BodyPart) -> bool:
    if is_heading(part):
        return True
    words = inner(part).strip()
    return part.name == "p" and bool(re.fullmatch(r"<(strong|b)\b[^>]*>(?:(?!</\1>).)*</\1>", words, re.DOTALL))


def _numeral(part: BodyPart) -> str:
    """The number with its width in em, by which the theme sets it as large as it has room."""
    width = sum(1 if wide(c) else 0.34 if c in ".,:;'" else 0.9 if c in "%MW" else 0.6 for c in part.words.strip())
    return f'<p class="numeral" style="--width:{width:.2f}">{inner(part)}</p>'


def _figure(body: str) -> str:
    """A picture to full width, and a diagram until its largest letters are 30 pixels high."""
    return "".join(_grown(part.html) if part.name == "svg" else part.html for part in seen(body))


def _grown(svg: str) -> str:
    width = re.search(r'^<svg\b[^>]*?\bwidth="([\d.]+)pt"', svg)
    letters = max((float(size) for size in _LETTERS.findall(svg)), default=0)
    if not width or not letters:
        return svg
    return svg.replace("<svg", f'<svg style="--grown:{float(width[1]) * LARGEST / letters:.0f}"', 1)


def _code_output(body: str) -> str:
    """Each listing with the output that follows it in one box."""
    parts = seen(body)
    quiet = not _LINES.search(" ".join(part.words for part in parts if part.name in ("p", "ul", "ol")))
    out: list[str] = []
    for n, part in enumerate(parts):
        before = parts[n - 1] if n else None
        if "output" in part.classes and before and before.name == "pre":
            kind = "pair" if room([before, part]) else "pair stacked"
            out[-1] = f'<div class="{kind}">{out[-1]}{part.html}</div>'
        else:
            out.append(_unnumbered(part.html) if part.name == "pre" and quiet else part.html)
    return "".join(out)


def _unnumbered(pre: str) -> str:
    return re.sub(r"\b(?:line-numbers|numberLines)\b ?", "", pre.partition(">")[0]) + ">" + pre.partition(">")[2]


def room(pair: Sequence[BodyPart]) -> bool:
    """Whether code and output stand beside each other without a line that is cut."""
    code, output = pair
    printed = "<pre" in output.html and "<img" not in output.html
    return columns(code.words) <= NARROW and printed and columns(_printed(output.html)) <= _BESIDE


def _printed(html: str) -> str:
    return unescape(_TAG.sub("", html.partition('<details class="provenance"')[0]))


def _compare(body: str) -> str:
    """Two equal columns: the author's own, or one for each heading."""
    parts = seen(body)
    if any("columns" in part.classes or "multi_column" in part.classes for part in parts):
        return body
    heads = [n for n, part in enumerate(parts) if is_heading(part)]
    if len(heads) < 2:
        return body
    ends = [*heads[1:], len(parts)]
    found = ("".join(part.html for part in parts[start:end]) for start, end in zip(heads, ends, strict=True))
    sides = "".join(f'<div class="side">{html}</div>' for html in found)
    return "".join(part.html for part in parts[: heads[0]]) + f'<div class="sides">{sides}</div>'


BODIES: Mapping[str, Callable[[str], str]] = {
    "statement": _statement,
    "figure": _figure,
    "code-output": _code_output,
    "compare": _compare,
    "derivation": derivation,
}
"""The arrangements that need no more than the body, by their layouts."""
