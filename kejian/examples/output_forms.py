"""Converts HTML, Markdown, TeX and DOT in a record, which may contain anything, to safe HTML with holes.

Each is sanitized like a slide's own content, and confined to its own box. Nothing in it is run: what would request an
example is shown as text.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from html import escape
from typing import NamedTuple

from kejian.core.diagnostics import Diagnostic, Span, warning
from kejian.core.model import Diagram, Example, Formula, Within
from kejian.makers.typeset import warnings
from kejian.parse import markdown
from kejian.parse.html.contained import contained
from kejian.parse.markdown.math_html import formulas

SLOT = re.compile(r'<kj-hole n="(\d{1,9})"></kj-hole>')
_DELIMITED = re.compile(
    r"\$\$(?P<a>[^$]+)\$\$|\$(?P<b>[^$]+)\$|\\\[(?P<c>(?:(?!\\\]).)+)\\\]|\\\((?P<d>(?:(?!\\\)).)+)\\\)", re.DOTALL
)
_DOLLARS = re.compile(r"\$|\\[(\[]")
_ENGINE = re.compile(r"// layout: (\w+)\n")
_MOST = 200_000
"""Letters of a text that are made something of; of a longer one the source is shown."""


class DrawnForm(NamedTuple):
    """HTML with `<kj-hole n="…">` where its holes go, and findings about it."""

    html: str
    holes: tuple[Within, ...] = ()
    findings: tuple[Diagnostic, ...] = ()


@lru_cache(maxsize=256)
def drawn(form: str, text: str, span: Span, call: str) -> DrawnForm:
    """Convert a text of the form `html`, `md`, `tex` or `dot`, shown by `call`, which is quoted at `span`."""
    if len(text) > _MOST:
        message = f"`{call}` shows {len(text):,} letters of {form}, more than {_MOST:,}: its source is shown"
        found = warning("output-html", span, message, "show less of it")
        return DrawnForm(f"<pre><code>{escape(text)}</code></pre>", (), (found,))
    return {"html": _html, "md": _markdown, "tex": _latex, "dot": _graph}[form](text, span, call)


def _html(text: str, span: Span, call: str) -> DrawnForm:
    found = contained(text)
    left_out = tuple(_left_out(words, span, call) for words in found.left_out)
    return DrawnForm(SLOT.sub("", found.html), (), left_out)


def _left_out(words: str, span: Span, call: str) -> Diagnostic:
    message = f"of what `{call}` shows {words} is left out: outputs are text, tables, and pictures that hold themselves"
    return warning("output-html", span, message, 'show it as a picture or as text: write output="text"')


def _markdown(text: str, span: Span, call: str) -> DrawnForm:
    """Convert Markdown of the dialect; its findings are placed where the call is quoted."""
    body = markdown.render(text.split("\n"), lambda *_: span, markdown.FileRenderer())
    holes: list[Within] = []

    def put(slot: re.Match[str]) -> str:
        hole = body.holes[int(slot[1])]
        if isinstance(hole, Example):
            return f"<code>{escape(hole.call)}</code>"
        holes.append(hole)
        return f'<kj-hole n="{len(holes) - 1}"></kj-hole>'

    own = "kj-hole" not in text.lower()  # else placeholders in the text itself would be filled
    found = contained(SLOT.sub(put, body.html) if own else escape(text))
    findings = [replace(one, message=f"in what `{call}` shows: {one.message}") for one in body.diagnostics]
    findings += [_left_out(words, span, call) for words in found.left_out]
    return DrawnForm(found.html, tuple(holes) if own else (), tuple(findings))


def _latex(text: str, span: Span, _call: str) -> DrawnForm:
    """Convert a formula, with or without delimiters, or text with formulas in it."""
    whole = _DELIMITED.fullmatch(text.strip())
    if whole or not _DOLLARS.search(text):
        tex = next(filter(None, whole.groups()), "") if whole else text
        return DrawnForm('<kj-hole n="0"></kj-hole>', (Formula(_displayed(tex), display=True, span=span),))
    parts: list[str] = []
    holes: list[Formula] = []
    done = 0
    source = escape(text, quote=False)
    for one in formulas(source, lambda *_: None):
        parts.append(source[done : one.start] + (f'<kj-hole n="{len(holes)}"></kj-hole>' if one.tex else "$"))
        holes += [Formula(one.tex, one.display, span)] if one.tex else []
        done = one.end
    return DrawnForm("".join(["<p>", *parts, source[done:], "</p>"]), tuple(holes))


def _graph(text: str, span: Span, call: str) -> DrawnForm:
    """Convert the source of a graph; a comment in its first line may name the layout engine."""
    named = _ENGINE.match(text)
    graph = Diagram(text, "dot", named[1] if named else "dot", replace(span, end=span.line))
    links = (replace(one, message=f"in what `{call}` shows: {one.message}") for one in warnings(graph))
    return DrawnForm('<p class="center"><kj-hole n="0"></kj-hole></p>', (graph,), tuple(links))


def _displayed(tex: str) -> str:
    r"""Return a formula without `\displaystyle`, which is the default here."""
    return tex.strip().removeprefix(r"\displaystyle").strip()
