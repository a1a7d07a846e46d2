"""Code on slides on its way into functions of the examples package: what is moved, what stays, and what is said."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from posixpath import dirname, relpath

from kejian.adopt import code as coding
from kejian.adopt import module as modules
from kejian.adopt.blocks import Element, Fence, Passage, passages
from kejian.adopt.code import Code
from kejian.adopt.example import Example, NotAdopted, example, imports, name
from kejian.adopt.facts import Facts
from kejian.adopt.names import Above
from kejian.diagnostics import Diagnostic, Severity, Span
from kejian.model import Deck, Listing

_RUNS = frozenset({"true", "py", "python", "python3"})


@dataclass
class Moving:
    """The code of one deck. taken: names that its module has already.

    edits: by the first line of each passage that goes, counted from 0, the line behind it and the lines instead.
    """

    deck: Deck
    facts: Facts
    taken: set[str]
    made: list[Example] = field(default_factory=list)
    edits: dict[int, tuple[int, list[str]]] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)

    @cached_property
    def titles(self) -> Sequence[tuple[int, str]]:
        """The lines at which the deck's own slides begin, with their titles."""
        return sorted((one.span.line, one.title) for one in self.deck.slides if one.span.path == self.deck.path)

    @property
    def module(self) -> str:
        """The path of the module that the functions go to."""
        return modules.path(self.facts.package, self.deck.path)

    @property
    def stem(self) -> str:
        """The module as calls on slides name it."""
        return self.module.removeprefix(f"{self.facts.package}/").removesuffix(".py")

    def move(self, lines: Sequence[str], elements: Sequence[Element]) -> None:
        """Move code whose output was pasted, and chunks, into functions."""
        above: list[Above] = []
        listed = set(_listed(self.deck))
        for passage in passages(lines, elements):
            fence = passage.fence
            if fence.first + 1 not in listed and not (fence.chunk and fence.attributes.truthy("hide")):
                continue  # raw HTML, or a comment: no code for whoever sees the slide
            found = coding.read(fence.code)
            if found is None:
                self._no_python(passage)
                continue
            if self._wanted(passage, found):
                self._move(passage, _with(found, passage), above)
            above.append(Above(fence.first + 2, found.text))

    def _wanted(self, passage: Passage, found: Code) -> bool:
        fence = passage.fence
        if not self.facts.package:
            return False
        if fence.chunk:
            return not self.facts.slide_code and fence.attributes.text("cmd") in _RUNS
        return bool(found.pasted or found.error or passage.pasted)

    def _no_python(self, passage: Passage) -> None:
        message = "this listing says `python`, and is not Python: an output without its code, or commands of a notebook"
        hint = "write a function that prints it and import it with {cmd=true hide}; for other text, write ```text"
        self._say("not-python", passage.fence, message, hint)

    def _move(self, passage: Passage, found: Code, above: Sequence[Above]) -> None:
        fence = passage.fence
        title = self._title(fence.first + 1)
        called = name(title, fence.attributes.text("id"), self._names(), len(self.made) + 1)
        said = f"{title or self.deck.title} ({self.deck.path})"
        try:
            made = example(called, said, found, passage, above, self.deck.path, self.facts.installed)
        except NotAdopted as e:
            self._say("not-moved", fence, f"this code stays where it is: {e}", e.hint)
            return
        why = self.facts.failed.get(f"{self.stem}.{called}")
        made = replace(made, reasons=(*made.reasons, why)) if why else made
        self.taken.add(called)
        self.made.append(made)
        path = relpath(self.module, dirname(self.deck.path) or ".")
        self.edits[fence.first] = (passage.end, imports(made, path, passage))
        self._told(passage, made)

    def _names(self) -> set[str]:
        """The names that no new function may have: those in the module and, for it, in the record."""
        before = f"{self.stem}."
        return self.taken | {one.removeprefix(before) for one in self.facts.recorded if one.startswith(before)}

    def _told(self, passage: Passage, made: Example) -> None:
        place = f"`{made.name}` in {self.module}"
        moved = f"the patch moves it to {place}"
        if passage.drawn:
            self._say("pasted-output", passage.fence, "what this code drew was pasted", moved)
        elif made.pasted or made.error:
            hint = f"the patch moves the code to {place}, what was pasted into the record; a build compares them"
            self._say("pasted-output", passage.fence, "what this code shows was pasted, nothing keeps it true", hint)
        else:
            self._say("slide-code", passage.fence, "this code is written on the slide and is not run", moved)
        for reason in made.reasons:
            hint = f"put what it needs above `# region shown` of {place}, and take its `raise` away"
            self._say("to-fill-in", passage.fence, f"`{made.name}` cannot run yet: {reason}", hint, Severity.HINT)

    def _title(self, line: int) -> str:
        """The title of the slide that the line is on; empty where it has none."""
        at = bisect_right(self.titles, (line + 1,))
        return self.titles[at - 1][1] if at else ""

    def _say(self, code: str, fence: Fence, message: str, hint: str, severity: Severity = Severity.WARNING) -> None:
        span = Span(self.deck.path, fence.first + 1, len(fence.indent) + 1)
        self.found.append(Diagnostic(code, severity, span, message, hint))


def _listed(deck: Deck) -> Iterable[int]:
    """The lines of the deck at which its parser found a listing."""
    return (h.span.line for h in deck.holes if isinstance(h, Listing) and h.span.path == deck.path)


def _with(found: Code, passage: Passage) -> Code:
    below = [text for text in (found.pasted, passage.pasted) if text]
    return replace(found, pasted="\n".join(below))
