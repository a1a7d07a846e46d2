"""Typesets formulas and draws diagrams: TeX and DOT by one Node process, Mermaid and charts by engines in Python."""

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

from kejian.core.diagnostics import Diagnostic, warning
from kejian.core.model import Artifact, Diagram, Formula
from kejian.core.toolchain import WORKER, Toolchain
from kejian.makers import dot, svg, vega, wavedrom
from kejian.makers.mermaid import choice, draw, hints
from kejian.makers.node_pool import Job, JobLoss, JobResult, Worker
from kejian.makers.tex_macros import Macro, Macros
from kejian.makers.unmade import failure, lost
from kejian.makers.worker_answers import Answer

ENGINES = ("dot", "neato", "circo", "fdp", "sfdp", "twopi", "osage", "patchwork")
LANGUAGES = ("dot", "mermaid", "wavedrom", *vega.LANGUAGES)
_IN_PYTHON = frozenset({"mermaid", *vega.LANGUAGES})

_Made = tuple[Formula | Diagram, Artifact | Diagnostic] | None

_CONTROL = re.compile(r"\\([A-Za-z]+|[^A-Za-z\s])")
_CODE = (
    "typeset.py",
    "node_pool.py",
    "worker_answers.py",
    "dot.py",
    "svg.py",
    "vega.py",
    "wavedrom.py",
    "mermaid/*.py",
)


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
        machine = dot.version() if self._is_system(hole) else _engines(hole.language)
        return "\0".join(("diagram", engines, machine, hole.language, hole.engine, hole.source))

    @contextmanager
    def make(self, holes: Sequence[Formula | Diagram]) -> Iterator[Iterable[_Made]]:
        """Typeset and draw all `holes`, starting Node once, or a few times in parallel if there are many."""
        refused = ((hole, problem) for hole in holes if (problem := _refused(hole)))
        wanted = [hole for hole in holes if not _refused(hole)]
        here = [hole for hole in wanted if isinstance(hole, Diagram) and self._is_here(hole)]
        sent = [hole for hole in wanted if not (isinstance(hole, Diagram) and self._is_here(hole))]
        with self._answers([_job(hole) for hole in sent]) as answers:
            made = (told and (sent[told[0]], self._made(sent[told[0]], told[1])) for told in answers)
            yield chain(refused, self._drawn(here), made)

    def _drawn(self, holes: Sequence[Diagram]) -> Iterator[_Made]:
        """Draw what needs no Node."""
        for hole in holes:
            if hole.language == "dot":
                yield hole, _filled(hole, dot.system(dot.prepared(hole.source), hole.engine))
        charts = [hole for hole in holes if hole.language in vega.LANGUAGES]
        yield from _answered(charts, vega.drawings([(hole.source, hole.language) for hole in charts]))
        graphs = [hole for hole in holes if hole.language == "mermaid"]
        yield from _answered(graphs, draw.drawings([hole.source for hole in graphs], self._worker.tools()))

    def _made(self, hole: Formula | Diagram, answer: Answer | JobLoss) -> Artifact | Diagnostic:
        """Convert a result. If Node itself fails, all holes of a file share one diagnostic at the file."""
        if isinstance(answer, JobLoss) and not answer.to_blame:
            return self._said.setdefault((hole.span.path, type(hole)), lost(hole, answer))
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

    def _is_system(self, hole: Diagram) -> bool:
        return self._graphviz == "system" and hole.language == "dot"

    def _is_here(self, hole: Diagram) -> bool:
        """Return whether a diagram is drawn without Node."""
        return hole.language in _IN_PYTHON or self._is_system(hole)

    def _reached(self, tex: str) -> dict[str, Macro]:
        found: set[str] = set()
        new = set(_names(tex)) & self._macros.keys()
        while new:
            found |= new
            new = {name for known in new for name in self._needs[known]} - found
        return {name: self._macros[name] for name in found}


def warnings(hole: Diagram) -> Iterator[Diagnostic]:
    """Yield warnings about a diagram that can be drawn: links and pictures that the drawing omits."""
    left_out = {"mermaid": hints.left_out, "dot": dot.left_out}.get(hole.language)
    for code, line, message, hint in left_out(hole.source) if left_out else ():
        below = line - 1 if not hole.span.end else 0
        yield warning(code, replace(hole.span, line=hole.span.line + below, end=0), message, hint)


def _answered(holes: Sequence[Diagram], answers: Iterable[Answer | None]) -> Iterator[_Made]:
    """Pair diagrams with their answers; a diagram without one has made its engine fail."""
    for hole, answer in zip(holes, answers, strict=True):
        yield hole, _filled(hole, JobLoss("", to_blame=True) if answer is None else answer)


@cache
def _engines(language: str) -> str:
    """Return the engines that draw a language without Node, with their versions."""
    if language == "mermaid":
        return choice.versions()
    return vega.version() if language in vega.LANGUAGES else ""


@cache
def _digest(tools: Toolchain) -> str:
    """Return a digest of the engines, and of our code between a source and its SVG."""
    here = Path(__file__).parent
    own = [file for name in _CODE for file in sorted(here.glob(name))] + sorted(WORKER.glob("*.mjs"))
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
    if hole.language in vega.LANGUAGES and not vega.available():
        message = f"no engine for {hole.language} diagrams: the source is shown"
        hint = f"`pip install {vega.PACKAGE}`, or import a picture of it, or add {{code_block=true}} to mean the source"
        return warning("diagram-not-drawn", hole.span, message, hint)
    if hole.language == "dot" and hole.engine not in ENGINES:
        return warning("bad-dot", hole.span, f"there is no engine `{hole.engine}`", f"write engine={'|'.join(ENGINES)}")
    return None


def _filled(hole: Formula | Diagram, answer: Answer | JobLoss) -> Artifact | Diagnostic:
    if isinstance(answer, JobLoss):
        return failure(hole, "the engine gave up or took too long over this", 0)
    if "error" in answer:
        return failure(hole, str(answer["error"]), int(str(answer.get("line", 0))))
    if isinstance(hole, Diagram):
        try:
            if hole.language == "wavedrom":
                html, missing = wavedrom.drawn(hole.source, str(answer["svg"]))
                return failure(hole, missing, 0) if missing else Artifact(html=html)
            return Artifact(html=str(answer["html"]) if "html" in answer else svg.inline(str(answer["svg"])))
        except (ElementTree.ParseError, ValueError, RecursionError):
            return failure(hole, "what the engine gave is not a drawing", 0)
    return _formula(hole, answer)


def _formula(hole: Formula, answer: Answer) -> Artifact:
    names = "formula display" if hole.display else "formula"
    html = f'<span class="{names}" data-tex="{escape(hole.tex)}">{answer["svg"]}{answer["mathml"]}</span>'
    glyphs = answer["glyphs"]
    assert isinstance(glyphs, list)
    return Artifact(html=html, glyphs=tuple((name, markup) for name, markup in glyphs))
