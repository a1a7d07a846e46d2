"""Citations as footnotes of their slide: a number in the text, and what it stands for below."""

from __future__ import annotations

import re
from dataclasses import replace

from kejian.core.citations import Citation
from kejian.core.model import Hole, Slide

_HOLE = re.compile(r' ?<kj-hole n="?(\d{1,9})"?>\s*</kj-hole>')
_LIST = re.compile(r'<ol class="footnotes-list">.*?(?=</ol>)', re.DOTALL)
_NUMBER = re.compile(r'(<sup class="footnote-ref"><a href="#([\w.:-]+)"[^>]*>\[)\d+')
_START = re.compile(r'(?=<li id="(?:fn|cite)-)')
_ITEM = 'class="footnote-item"'


def noted(slide: Slide) -> Slide:
    """Return the slide with notes for its citations, among the author's own; `@key` keeps its authors."""
    holes: list[Hole] = list(slide.holes)
    items: list[str] = []
    own = slide.html.count(_ITEM)

    def mark(found: re.Match[str]) -> str:
        at = int(found[1])
        hole = slide.holes[at] if at < len(slide.holes) else None
        if not (isinstance(hole, Citation) and hole.within):
            return found[0]
        note = replace(hole, note=True)
        if hole.narrative:
            holes.append(note)
        else:
            holes[at] = note
        name = hole.number + 1
        back = f'<a href="#citeref-{name}" class="footnote-backref">↑</a>'
        place = f'<kj-hole n="{len(holes) - 1 if hole.narrative else at}"></kj-hole>'
        items.append(f'<li id="cite-{name}" {_ITEM}><p>{place} {back}</p>\n</li>\n')
        link = f'<a href="#cite-{name}" id="citeref-{name}">[{own + len(items)}]</a>'
        return f'{found[0] if hole.narrative else ""}<sup class="footnote-ref">{link}</sup>'

    html = _HOLE.sub(mark, slide.html)
    return replace(slide, html=_with_list(html, "".join(items)), holes=tuple(holes)) if items else slide


def _with_list(html: str, items: str) -> str:
    """Return the HTML with these notes among those that it has, or in a list of their own."""
    lists = [*_LIST.finditer(html)]
    if lists:
        before, own, after = html[: lists[-1].start()], lists[-1][0], html[lists[-1].end() :]
        return _in_order(before, own + items) + after
    begin = '<hr class="footnotes-sep">\n<div class="footnotes">\n<ol class="footnotes-list">\n'
    return f"{html}{begin}{items}</ol>\n</div>\n"


def _in_order(text: str, notes: str) -> str:
    """Return a text and its list of notes, both counted as they come in the text."""
    order: dict[str, int] = {}

    def counted(found: re.Match[str]) -> str:
        return f"{found[1]}{order.setdefault(found[2], len(order) + 1)}"

    text = _NUMBER.sub(counted, text)
    begin, *items = _START.split(notes)
    items.sort(key=lambda item: order.get(item.partition('"')[2].partition('"')[0], len(order) + 1))
    return text + begin + "".join(items)
