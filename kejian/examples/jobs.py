"""The jobs of a build: each call that decks quote, once, with its key and its record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from kejian.core.diagnostics import Diagnostic, Span, error
from kejian.core.model import Chunk, Example
from kejian.examples import not_examples
from kejian.examples.answers import Limits
from kejian.examples.keys import chunks
from kejian.examples.keys.package import Key, Package, Symbol, changes, key
from kejian.examples.keys.trace import Trace
from kejian.examples.record import normalise, tolerance
from kejian.examples.record.file_format import RecordedExample
from kejian.examples.record.record import RecordFolder
from kejian.examples.record.record import name as record_name
from kejian.examples.record.tolerance import Tolerance
from kejian.parse.markdown.example import FORMS
from kejian.parse.quote import calls
from kejian.parse.quote.calls import Call

LIMITS = Limits()


@dataclass(frozen=True, kw_only=True)
class Job:
    """A call or a chunk, with the examples that quote it in order.

    known: its record, if any. package: the examples, with the chunks of all decks.
    limits: of its child, and its environment.
    """

    name: str
    call: Call | Chunk
    symbol: Symbol
    key: Key
    examples: tuple[Example, ...]
    known: RecordedExample | None
    package: Package = field(compare=False, repr=False)
    limits: Limits = LIMITS

    def key_of(self, trace: Trace | None) -> Key:
        """Return the key of a run with this trace."""
        package = self.package.with_modules(trace.loaded) if trace else self.package
        return key(package, self.symbol, self.settings, trace)

    @property
    def settings(self) -> dict[str, str]:
        """Return the settings of its run: the environment, the seed, and what its examples request."""
        asked = {"stderr": "shown"} if any(example.stderr for example in self.examples) else {}
        asked |= {"output": self.form} if self.form else {}
        return self.limits.around.settings() | asked

    @property
    def form(self) -> str:
        """Return the form of the returned value, if all of its examples agree; else "", for the richest."""
        forms = {example.form for example in self.examples}
        return forms.pop() if len(forms) == 1 else ""

    @cached_property
    def shapes(self) -> tuple[tuple[str, str], ...]:
        """Return the modules that the recorded run has loaded, each with a digest of its current code."""
        return self.shapes_of(self.known.trace) if self.known and self.known.trace else ()

    def shapes_of(self, trace: Trace) -> tuple[tuple[str, str], ...]:
        """Like `shapes`, for a run with this trace."""
        return self.package.with_modules(trace.loaded).shapes(name for name, _ in trace.loaded)

    @property
    def first(self) -> Example:
        """Return the first example in the decks, where findings are reported."""
        return self.examples[0]

    @property
    def span(self) -> Span:
        """Return where the call is quoted first."""
        return self.first.span

    @property
    def fresh(self) -> bool:
        """Return whether the record belongs to the current key, and was not edited."""
        known = self.known
        return known is not None and known.key == self.key.digest and not (known.edited or known.wrong)

    @cached_property
    def why(self) -> list[str]:
        """Return why the call must run: what changed since it was recorded."""
        if self.known is None:
            return ["never ran"]
        if not self.known.key and not self.known.edited:
            return ["what is recorded was pasted and never ran"]
        wrong = self.known.wrong
        edited = [f"{file} {wrong.get(file, 'was edited')}" for file in dict.fromkeys((*self.known.edited, *wrong))]
        return edited + changes(self.known.parts, self.key.parts)

    @property
    def tolerance(self) -> Tolerance:
        """Return the tolerance, as the first import declares it."""
        return tolerance.read(self.first.tolerance)

    @property
    def rules(self) -> tuple[str, ...]:
        """Return the normalisation rules that the first import names."""
        return normalise.read(self.first.normalise)

    @property
    def seconds(self) -> float:
        """Return the duration of the last run; unknown ones count as a minute, so that they start early."""
        return self.known.seconds if self.known else 60.0


def plan(
    examples: Iterable[Example], package: Package, record: RecordFolder, limits: Limits = LIMITS
) -> Iterator[Job | tuple[Example, Diagnostic]]:
    """Yield a job for each chunk, and for each call with its format; for an example that cannot be run, the reason."""
    groups: dict[tuple[object, ...], list[Example]] = {}
    for example in dict.fromkeys(examples):
        form = example.form if example.form in FORMS else ""
        groups.setdefault((example.call, example.format, form, example.code), []).append(example)
    resolved: dict[str, list[Example]] = {}
    for group in groups.values():
        wrong = refusal(group[0], package)
        name = "" if wrong else record_of(group[0], package)
        if name in resolved and resolved[name][0].code != group[0].code:
            wrong = chunks.taken(group[0])
        if wrong:
            yield from ((one, wrong) for one in group)
            continue
        resolved.setdefault(name, []).extend(group)
    whole = chunks.joined(package, (group[0] for group in resolved.values()))
    for name, group in resolved.items():
        call, symbol = call_of(group[0], package)
        assert symbol is not None  # `refusal` has found it
        job = Job(
            name=name,
            call=call,
            symbol=symbol,
            key=Key("", ()),
            examples=tuple(group),
            known=record.read(name),
            package=whole,
            limits=limits,
        )
        yield replace(job, key=job.key_of(job.known.trace if job.known else None))


def call_of(example: Example, package: Package) -> tuple[Call | Chunk, Symbol | None]:
    """Return what an example calls, and the function; `None` if there is none of that name."""
    if example.code:
        return example.code[-1], chunks.symbol(example.code[-1])
    call = calls.parse(example.call, package.name)
    symbol = package.find(call.name)
    return (call if symbol is None else Call(symbol.name, call.positional, call.keywords, call.path)), symbol


def record_of(example: Example, package: Package) -> str:
    """Return the name in the record of an example that can be run."""
    if example.code:
        return chunks.record_name(example.code[-1])
    call, _ = call_of(example, package)
    settings = {"format": example.format} if example.format else {}
    if example.format == "":
        settings = {"as": "text"}
    if example.form in FORMS:
        settings = {"output": example.form}
    return record_name(str(call), settings)


def refusal(example: Example, package: Package) -> Diagnostic | None:
    """Return why an example cannot be run, before anything is run."""
    if package.diagnostics:
        return package.diagnostics[0]
    return _no_example(example, package) or (chunks.wrong(example) if example.code else None) or _undeclarable(example)


def _no_example(example: Example, package: Package) -> Diagnostic | None:
    """Return why a call is not an example."""
    call, symbol = call_of(example, package)
    if isinstance(call, Chunk):
        return None
    if not package.name:
        hint = (
            "make a folder `examples` with an __init__.py at the root of the course, or set `examples` in kejian.toml"
        )
        return error("no-examples", example.span, "the course has no examples package", hint)
    if symbol is None:
        near = ", ".join(f"`{name}`" for name in package.nearest(call.name))
        hint = f"did you mean {near}?" if near else f"name a function of the package {package.name}, `module.function`"
        return error("no-such-example", example.span, f"{package.name} has no `{call.name}`", hint)
    return not_examples.why(example, call, symbol, package.folder)


def _undeclarable(example: Example) -> Diagnostic | None:
    """Return what is wrong with an example's tolerance or normalisation."""
    try:
        tolerance.read(example.tolerance)
        normalise.read(example.normalise)
    except (tolerance.InvalidToleranceError, normalise.UnknownRuleError) as e:
        return error("bad-tolerance", example.span, str(e), e.hint)
    return None


def declared(job: Job) -> Mapping[str, str]:
    """Return the data files that the job's code declares, by course path."""
    return {part.name: part.value for part in job.key.parts if part.kind == "data" and part.place}


def declaring(job: Job, name: str) -> str:
    """Return what to write so that the job's key includes the file `name`."""
    of_module = (part.place for part in job.key.parts if part.kind == "data")
    there = next((place for place in of_module if place.rpartition(":")[0] == job.symbol.path), "")
    return f'add "{name}" to DATA in {there}' if there else f'write DATA = ("{name}",) in {job.symbol.path}'


def packages(job: Job) -> tuple[str, ...]:
    """Return the packages whose random numbers are seeded before the call."""
    names = {part.name for part in job.key.parts if part.kind == "package"}
    return tuple(name for name in ("numpy", "tensorflow", "keras") if name in names)


def named(job: Job) -> Iterator[str]:
    """Return the packages that the code imports by name."""
    return (part.name for part in job.key.parts if part.kind == "package" and part.place)


__all__ = ["Job", "declared", "named", "packages", "plan"]
