"""What fills examples: the content of what they showed, or what stands in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kejian.core.diagnostics import Diagnostic
from kejian.core.disk.files import Folder
from kejian.core.model import Artifact, Example, Filled, Within
from kejian.examples import output_html
from kejian.examples.covering_tests import CoveringTests
from kejian.examples.jobs import Job
from kejian.examples.keys.package import Symbol
from kejian.examples.record.file_format import RecordedExample
from kejian.examples.run.unavailable import Unavailable, unavailable
from kejian.parse.quote.definitions import documentation


@dataclass(frozen=True, slots=True)
class Run:
    """What was run for an example, and what it showed."""

    symbol: Symbol
    recorded: RecordedExample


@dataclass(frozen=True, slots=True, kw_only=True)
class RunArtifact(Artifact):
    """The content of an example's hole. run: where it comes from."""

    run: Run


Runs = Mapping[Example, Run]
"""The examples of a deck that have something to show."""


def runs(filled: Filled) -> Runs:
    """Return those of the filled holes that are examples with something to show."""
    return {
        hole: artifact.run
        for hole, artifact in filled.items()
        if isinstance(hole, Example) and isinstance(artifact, RunArtifact)
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleState:
    """What is known of an example before a page is drawn.

    job, recorded: its record, if there is one to show. missing: what cannot be had on this machine, in its place.
    problem: why there is nothing to show. findings: what else was found, wherever the call is quoted.
    """

    job: Job | None = None
    recorded: RecordedExample | None = None
    missing: Unavailable | None = None
    problem: Diagnostic | None = None
    findings: tuple[Diagnostic, ...] = ()

    def within(self, hole: Example) -> Sequence[Within]:
        """Return the holes of the content that fills `hole`."""
        forms = output_html.forms(hole, self.recorded) if self.recorded else ()
        return [more for form in forms for more in form.holes]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleRenderer:
    """Renders examples. folder: records what is read for it. outputs: the record's folder, as a course path."""

    folder: Folder
    outputs: str
    language: str
    tests: CoveringTests

    def artifact(self, hole: Example, state: ExampleState) -> Artifact:
        """Return what fills `hole`, without what its page depends on."""
        findings = tuple(found for found in state.findings if found.span.path == hole.span.path)
        if state.problem:
            return Artifact(problem=state.problem, findings=findings)
        if state.missing:
            notes = state.missing.notes or (state.missing.words,)
            html = output_html.absent(hole, notes, self.language)
            return Artifact(html=html, findings=(unavailable(state.missing, hole.span), *findings))
        if not (state.job and state.recorded):
            raise LookupError(hole)
        return replace(self._shown(hole, state.job, state.recorded), findings=findings)

    def _shown(self, hole: Example, job: Job, recorded: RecordedExample) -> RunArtifact:
        run = Run(job.symbol, recorded)
        if hole.format is not None:
            return RunArtifact(html=output_html.value(recorded), run=run)
        tests = () if hole.code else self.tests.of(job.symbol.name)
        alt = hole.alt or self._alt_text(job)
        html, holes = output_html.block(hole, recorded, self.outputs, alt, tests, self.language)
        pictures = tuple(f"{self.outputs}/{name}" for name in output_html.pictures(hole, recorded))
        return RunArtifact(html=html, holes=holes, assets=pictures, run=run)

    def _alt_text(self, job: Job) -> str:
        """Return the alternative text of an example's pictures: its docstring, or its name."""
        name = job.symbol.name.rpartition(".")[2]
        return documentation(self.folder.text(job.symbol.path), name) if not job.first.code else job.symbol.name
