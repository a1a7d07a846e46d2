"""A deck rewritten: pasted outputs become examples, paths are spelled as the files are; and what is said about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from posixpath import dirname, relpath

from kejian.adopt import code as coding
from kejian.adopt import module as modules
from kejian.adopt import targets
from kejian.adopt.blocks import Fence, Passage, elements, passages, written_contents
from kejian.adopt.code import Code
from kejian.adopt.example import Example, Installed, NotAdopted, example, expected, imports, name
from kejian.adopt.names import Above
from kejian.diagnostics import Diagnostic, Severity, Span, ordered, warning
from kejian.model import Deck, Listing
from kejian.reading import frontmatter
from kejian.record.outputs import Output

_RUNS = frozenset({"true", "py", "python", "python3"})
_NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\w%]|[.,]\d)")
_DIGITS = 4
"""A number with fewer digits stands in prose by chance."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the course besides its decks.

    package: the folder of its examples, "" where code cannot be moved. files: the paths of all its files; folded: see
    `targets.names`. recorded: the names in its record. slide_code: it runs code on slides as it stands. failed: why
    functions did not run when they were tried, by `module.function`.
    """

    package: str
    files: frozenset[str]
    folded: Mapping[str, str]
    installed: Installed
    recorded: frozenset[str] = frozenset()
    slide_code: bool = False
    failed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A deck's new text, the new text of its module of examples, "" where it needs none, and what is said of both.

    records: the calls whose outputs were pasted, `module.function()`, with those outputs.
    """

    text: str
    module: str = ""
    source: str = ""
    examples: tuple[Example, ...] = ()
    records: tuple[tuple[str, tuple[Output, ...]], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def rewritten(deck: Deck, text: str, known: str, facts: Facts) -> Rewritten:
    """The deck with the source `text`, rewritten; `known` is the text of its module of examples, "" for none."""
    plain = text.replace("\r\n", "\n")
    if "\r" in plain:
        hint = "save it with the line ends of one system"
        odd = warning(
            "line-ends", Span(deck.path), "the lines of this file end in several ways; it is left alone", hint
        )
        return Rewritten(text, diagnostics=(odd,))
    work = _Work(deck, plain.removeprefix("\ufeff").split("\n"), known, facts)
    work.examples()
    work.contents()
    work.paths()
    work.numbers()
    made = tuple(work.made)
    module = modules.path(facts.package, deck.path)
    joined = "\n".join(work.lines())
    new = ("\ufeff" if plain.startswith("\ufeff") else "") + joined
    return Rewritten(
        new.replace("\n", "\r\n") if "\r\n" in text else new,
        module if made else "",
        modules.added(known, deck.path, made) if made else "",
        made,
        tuple((f"{work.call(one)}()", outputs) for one in made if (outputs := expected(one))),
        tuple(ordered(work.found)),
    )


class _Work:
    """The rewriting of one deck: what replaces which lines, what was made, what was found."""

    def __init__(self, deck: Deck, lines: Sequence[str], known: str, facts: Facts) -> None:
        self.deck, self.old, self.facts = deck, lines, facts
        self.first = frontmatter.read("\n".join(lines), deck.path).lines
        self.elements = list(elements(lines, self.first))
        self.module = modules.path(facts.package, deck.path)
        self.taken = set(modules.defined(known))
        self.edits: dict[int, tuple[int, list[str]]] = {}
        self.made: list[Example] = []
        self.found: list[Diagnostic] = []

    def call(self, made: Example) -> str:
        """The function's name on a slide: `cnn_lecture.lenet_5`."""
        return f"{self._stem}.{made.name}"

    @property
    def _stem(self) -> str:
        return self.module.removeprefix(f"{self.facts.package}/").removesuffix(".py")

    def lines(self) -> Iterator[str]:
        """The lines with all edits made."""
        at = 0
        for start in sorted(self.edits):
            end, new = self.edits[start]
            yield from self.old[at:start]
            yield from new
            at = end
        yield from self.old[at:]

    def examples(self) -> None:
        """Move code whose output was pasted, and chunks, into functions."""
        above: list[Above] = []
        listed = set(_listed(self.deck))
        for passage in passages(self.old, self.elements):
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
        wanted = fence.attributes.text("id")
        title = self._title(fence.first + 1)
        called = name(title, wanted, self._names_taken(), len(self.made) + 1)
        why = self.facts.failed.get(f"{self._stem}.{called}")
        try:
            said = f"{title or self.deck.title} ({self.deck.path})"
            made = example(called, said, found, passage, above, self.deck.path, self.facts.installed)
        except NotAdopted as e:
            self._say("not-moved", fence, f"this code stays where it is: {e}", e.hint)
            return
        made = replace(made, reasons=(*made.reasons, why)) if why else made
        self.taken.add(called)
        self.made.append(made)
        path = relpath(self.module, dirname(self.deck.path) or ".")
        self.edits[fence.first] = (passage.end, imports(made, path, passage))
        self._told(passage, made)

    def _names_taken(self) -> set[str]:
        stem = f"{self._stem}."
        return self.taken | {one.removeprefix(stem) for one in self.facts.recorded if one.startswith(stem)}

    def _told(self, passage: Passage, made: Example) -> None:
        place = f"`{made.name}` in {self.module}"
        if passage.drawn:
            self._say(
                "pasted-output", passage.fence, "what this code drew was pasted", f"the patch moves it to {place}"
            )
        elif made.pasted or made.error:
            hint = f"the patch moves the code to {place}, what was pasted into the record; a build compares them"
            self._say("pasted-output", passage.fence, "what this code shows was pasted, nothing keeps it true", hint)
        else:
            hint = f"the patch moves it to {place}"
            self._say("slide-code", passage.fence, "this code is written on the slide and is not run", hint)
        for reason in made.reasons:
            hint = f"put what it needs above `# region shown` of {place}, and take its `raise` away"
            self._say("to-fill-in", passage.fence, f"`{made.name}` cannot run yet: {reason}", hint, Severity.HINT)

    def contents(self) -> None:
        """Take away tables of contents that MPE has written into the deck: a build draws its own."""
        for lines in written_contents(self.old, self.elements):
            self.edits[lines.start] = (lines.stop, [])
            hint = "the patch removes it"
            message = "this table of contents was written by the editor; a build draws another one above it"
            self.found.append(warning("written-contents", Span(self.deck.path, lines.start), message, hint))

    def paths(self) -> None:
        """Spell paths as the files are named."""
        for number in self._prose():
            line = self.old[number]
            found = list(targets.respelled(line, self.deck.path, self.facts.files, self.facts.folded))
            for one in reversed(found):
                at = one.column - 1
                line = line[:at] + one.meant + line[at + len(one.written) :]
                message = f"{one.written} is found on some systems only: the file is {one.meant}"
                span = Span(self.deck.path, number + 1, one.column)
                self.found.append(warning("path-spelling", span, message, "the patch spells it so"))
            if found:
                self.edits[number] = (number + 1, [line])

    def numbers(self) -> None:
        """Point out numbers in prose that an example shows."""
        shown = {n: made for made in reversed(self.made) for n in _NUMBER.findall(made.pasted) if _telling(n)}
        for number in self._prose() if shown else ():
            for found in _NUMBER.finditer(self.old[number]):
                made = shown.get(found[0])
                if made:
                    message = f"{found[0]} is a number that `{self.call(made)}` shows: the text will not follow it"
                    hint = "write a function that returns it, and `{python} " + f"{self._stem}.FUNCTION()`" + " here"
                    span = Span(self.deck.path, number + 1, found.start() + 1)
                    self.found.append(Diagnostic("pasted-number", Severity.HINT, span, message, hint))

    def _prose(self) -> Iterator[int]:
        """The lines that stand in no fence and that nothing has replaced."""
        gone = {n for start, (end, _) in self.edits.items() for n in range(start, end)}
        gone |= {n for one in self.elements if isinstance(one, Fence) for n in range(one.first, one.end)}
        return (n for n in range(self.first, len(self.old)) if n not in gone)

    def _title(self, line: int) -> str:
        """The title of the slide that the line is on; empty where it has none."""
        titles = [s.title for s in self.deck.slides if s.span.path == self.deck.path and s.span.line <= line]
        return titles[-1] if titles else ""

    def _say(self, code: str, fence: Fence, message: str, hint: str, severity: Severity = Severity.WARNING) -> None:
        span = Span(self.deck.path, fence.first + 1, len(fence.indent) + 1)
        self.found.append(Diagnostic(code, severity, span, message, hint))


def _listed(deck: Deck) -> Iterable[int]:
    """The lines of the deck at which its parser found a listing."""
    return (h.span.line for h in deck.holes if isinstance(h, Listing) and h.span.path == deck.path)


def _with(found: Code, passage: Passage) -> Code:
    below = [text for text in (found.pasted, passage.pasted) if text]
    return replace(found, pasted="\n".join(below))


def _telling(number: str) -> bool:
    return sum(c.isdigit() for c in number) >= _DIGITS
