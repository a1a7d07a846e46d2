"""Moves code on slides into functions of the examples package, and reports what was moved and what was not."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from posixpath import dirname, relpath

from kejian.core.diagnostics import Diagnostic, Severity, Span
from kejian.core.model import Deck, Listing
from kejian.migrate import code as coding
from kejian.migrate import module as modules
from kejian.migrate.blocks import CodePassage, Element, Fence, passages
from kejian.migrate.code import PastedCode
from kejian.migrate.example import NotImportableError, ProposedExample, example, imports, name
from kejian.migrate.facts import CourseFacts
from kejian.migrate.names import EarlierCode

_RUNS = frozenset({"true", "py", "python", "python3"})


@dataclass(kw_only=True)
class DeckExtraction:
    """The extraction of one deck's code. taken: names that exist in its module.

    edits: by the first line of each removed passage, 0-based: the line after it, and the replacement lines.
    """

    deck: Deck
    facts: CourseFacts
    taken: set[str]
    made: list[ProposedExample] = field(default_factory=list)
    edits: dict[int, tuple[int, list[str]]] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)

    @cached_property
    def titles(self) -> Sequence[tuple[int, str]]:
        """Return the first lines of the deck's own slides, with their titles."""
        return sorted((one.span.line, one.title) for one in self.deck.slides if one.span.path == self.deck.path)

    @property
    def module(self) -> str:
        """Return the path of the module for the functions."""
        return modules.path(self.facts.package, self.deck.path)

    @property
    def stem(self) -> str:
        """Return the module's name in calls on slides."""
        return self.module.removeprefix(f"{self.facts.package}/").removesuffix(".py")

    def move(self, lines: Sequence[str], elements: Sequence[Element]) -> None:
        """Move chunks, and code with pasted output, into functions."""
        above: list[EarlierCode] = []
        listed = set(_listed(self.deck))
        for passage in passages(lines, elements):
            fence = passage.fence
            if fence.first + 1 not in listed and not (fence.chunk and fence.attributes.truthy("hide")):
                continue  # in raw HTML or in a comment, so not shown
            found = coding.read(fence.code)
            if found is None:
                self._no_python(passage)
                continue
            if self._wanted(passage, found):
                self._move(passage, _with(found, passage), above)
            above.append(EarlierCode(fence.first + 2, found.text))

    def _wanted(self, passage: CodePassage, found: PastedCode) -> bool:
        fence = passage.fence
        if not self.facts.package:
            return False
        if fence.chunk:
            return not self.facts.slide_code and fence.attributes.text("cmd") in _RUNS
        return bool(found.pasted or found.error or passage.pasted)

    def _no_python(self, passage: CodePassage) -> None:
        message = "this listing says `python`, and is not Python: an output without its code, or commands of a notebook"
        hint = "write a function that prints it and import it with {cmd=true hide}; for other text, write ```text"
        self._report("not-python", passage.fence, message, hint)

    def _move(self, passage: CodePassage, found: PastedCode, above: Sequence[EarlierCode]) -> None:
        fence = passage.fence
        title = self._title(fence.first + 1)
        called = name(title, fence.attributes.text("id"), self._names(), len(self.made) + 1)
        said = f"{title or self.deck.title} ({self.deck.path})"
        try:
            made = example(called, said, found, passage, above, self.deck.path, self.facts.installed)
        except NotImportableError as e:
            self._report("not-moved", fence, f"this code stays where it is: {e}", e.hint)
            return
        why = self.facts.failed.get(f"{self.stem}.{called}")
        made = replace(made, reasons=(*made.reasons, why)) if why else made
        self.taken.add(called)
        self.made.append(made)
        path = relpath(self.module, dirname(self.deck.path) or ".")
        self.edits[fence.first] = (passage.end, imports(made, path, passage))
        self._report_move(passage, made)

    def _names(self) -> set[str]:
        """Return the names that a new function cannot have: those in the module, and its outputs in the record."""
        before = f"{self.stem}."
        return self.taken | {one.removeprefix(before) for one in self.facts.recorded if one.startswith(before)}

    def _report_move(self, passage: CodePassage, made: ProposedExample) -> None:
        place = f"`{made.name}` in {self.module}"
        moved = f"the patch moves it to {place}"
        if passage.drawn:
            self._report("pasted-output", passage.fence, "what this code drew was pasted", moved)
        elif made.pasted or made.error:
            hint = f"the patch moves the code to {place}, what was pasted into the record; a build compares them"
            self._report("pasted-output", passage.fence, "what this code shows was pasted, nothing keeps it true", hint)
        else:
            self._report("slide-code", passage.fence, "this code is written on the slide and is not run", moved)
        for reason in made.reasons:
            hint = f"put what it needs above `# region shown` of {place}, and take its `raise` away"
            self._report("to-fill-in", passage.fence, f"`{made.name}` cannot run yet: {reason}", hint, Severity.HINT)

    def _title(self, line: int) -> str:
        """Return the title of the slide that contains the line; "" without one."""
        at = bisect_right(self.titles, (line + 1,))
        return self.titles[at - 1][1] if at else ""

    def _report(self, code: str, fence: Fence, message: str, hint: str, severity: Severity = Severity.WARNING) -> None:
        span = Span(self.deck.path, fence.first + 1, len(fence.indent) + 1)
        self.found.append(Diagnostic(code=code, severity=severity, span=span, message=message, hint=hint))


def _listed(deck: Deck) -> Iterable[int]:
    """Return the lines at which the deck's parser found a listing."""
    return (h.span.line for h in deck.holes if isinstance(h, Listing) and h.span.path == deck.path)


def _with(found: PastedCode, passage: CodePassage) -> PastedCode:
    below = [text for text in (found.pasted, passage.pasted) if text]
    return replace(found, pasted="\n".join(below))
