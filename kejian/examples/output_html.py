"""Renders the outputs of a recorded run, and their provenance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from kejian.core.addresses import quoted
from kejian.core.messages import words
from kejian.core.model import ROOT, Example, Within
from kejian.examples import output_tables, terminal_text
from kejian.examples.output_forms import SLOT, DrawnForm, drawn
from kejian.examples.record.file_format import RecordedExample, file_stem
from kejian.examples.record.outputs import Output

_FORMS = ("html", "md", "tex", "dot")
_ASIDE = ("text", "stderr", "error")
_GROUPS = {"table": "value", "matrix": "value"}


def shown(example: Example, recorded: RecordedExample) -> tuple[Output, ...]:
    """Return the outputs of the kinds that the example requests, or all of them.

    If it requests text and nothing was printed, the returned value is the text.
    """
    wanted = set(example.output.replace(",", " ").split())
    if wanted == {"text"} and all(output.kind != "text" for output in recorded.outputs):
        wanted = {"value"}
    aside = {"stderr"} if example.stderr else set()
    return tuple(
        output
        for output in recorded.outputs
        if _GROUPS.get(output.kind, output.kind) in wanted | aside or not (wanted or output.kind == "stderr")
    )


def forms(example: Example, recorded: RecordedExample) -> Iterator[DrawnForm]:
    """Yield the outputs in HTML, Markdown, TeX or DOT, converted."""
    if example.output != "none" and example.format is None:
        for output in shown(example, recorded):
            if output.suffix in _FORMS and example.output != "text":
                yield drawn(output.suffix, output.text, example.span, recorded.call)


_CODE = re.compile(r"`([^`]+)`")


def value(recorded: RecordedExample) -> str:
    """Return a value in prose: its text."""
    text = "".join(escape(output.text) for output in recorded.outputs if output.kind == "value")
    return f'<span class="value">{text}</span>'


def block(
    example: Example, recorded: RecordedExample, folder: str, alt: str, tests: Sequence[str], language: str
) -> tuple[str, tuple[Within, ...]]:
    """Return the outputs one below the other, then a mark that opens to show their provenance, or that none has run.

    The second value is the holes in the first.

    folder: the record's, in the site. alt: alternative text of pictures. tests: those that cover the example.
    """
    if example.output == "none":
        return "", ()
    holes: list[Within] = []
    parts = []
    for output in shown(example, recorded):
        html, more = _output(output, example, recorded, language)
        parts.append(_renumbered(html, len(holes)) if more else html or _picture(output, recorded, folder, alt))
        holes += more
    if example.form == "steps":
        parts = _stack(shown(example, recorded), parts)
    if not recorded.key:
        parts.append(f'<p class="unverified" role="note">{escape(words(language)["pasted"])}</p>')
    return "".join(parts) + _provenance(recorded, tests, language), tuple(holes)


def absent(example: Example, notes: Sequence[str], language: str) -> str:
    """Return what replaces missing outputs: that nothing was run, and the `notes` on what is unavailable.

    A note is text with code between backticks. For a value in prose it is a dash, with the notes as its tooltip.
    """
    said = words(language)
    if example.format is not None:
        why = escape(" ".join([said["absent"], *notes]))
        return f'<span class="value absent" role="note" aria-label="{why}" title="{why}">—</span>'
    rows = "".join(f"<li>{_CODE.sub(_code, escape(note))}</li>" for note in notes)
    head = f"<p><strong>{escape(said['absent'])}</strong> {escape(said['absent_why'])}</p>"
    return f'<div class="absent" role="note">{head}<ul>{rows}</ul></div>'


def _code(match: re.Match[str]) -> str:
    return f"<code>{match[1]}</code>"


def pictures(example: Example, recorded: RecordedExample) -> list[str]:
    """Return the file names of the pictures shown, in the record's folder."""
    return [_file(output, recorded) for output in shown(example, recorded) if output.kind == "picture"]


def _output(
    output: Output, example: Example, recorded: RecordedExample, language: str
) -> tuple[str, tuple[Within, ...]]:
    """Return an output as HTML with its holes; "" for a picture."""
    if output.kind == "picture":
        return "", ()
    as_text = example.output == "text"
    if output.suffix in _FORMS and not as_text:
        found = drawn(output.suffix, output.text, example.span, recorded.call)
        return f'<div class="output-{output.suffix}">{found.html}</div>', found.holes
    grid = "" if as_text else _grid(output, example, words(language))
    if grid:
        return f'<div class="output-{output.kind}">{grid}</div>', ()
    return f'<pre class="output-{output.kind}"><code>{terminal_text.html(output.text.rstrip())}</code></pre>', ()


def _stack(outputs: Sequence[Output], parts: Sequence[str]) -> list[str]:
    """Arrange yielded outputs as layers, of which a slide shows one after another; printed text stays above.

    The reading view shows the first, the middle and the last one below each other.
    """
    pairs = list(zip(outputs, parts, strict=True))
    aside = [part for output, part in pairs if output.kind in _ASIDE]
    layers = [part for output, part in pairs if output.kind not in _ASIDE]
    steps = "".join(f'<span class="fragment step-{number}"></span>' for number in range(2, len(layers) + 1))
    told = {1, (len(layers) + 1) // 2, len(layers)}
    stack = "".join(
        f'<div class="layer at-{number}{" between" * (number not in told)}">{part}</div>'
        for number, part in enumerate(layers, 1)
    )
    return [*aside, f'<div class="output-steps">{steps}{stack}</div>' if layers else ""]


def _grid(output: Output, example: Example, said: Mapping[str, str]) -> str:
    if output.kind == "table":
        return output_tables.table(output.text, said)
    return output_tables.matrix(output.text, said, heat=example.heat) if output.kind == "matrix" else ""


def _renumbered(html: str, first: int) -> str:
    """Renumber the holes of `html` starting at `first`."""
    return SLOT.sub(lambda slot: f'<kj-hole n="{first + int(slot[1])}"></kj-hole>', html)


def _picture(output: Output, recorded: RecordedExample, folder: str, alt: str) -> str:
    source = quoted(f"{folder}/{_file(output, recorded)}")
    return f'<img class="output-picture" src="{ROOT}{source}" alt="{escape(output.name or alt)}">'


def _file(output: Output, recorded: RecordedExample) -> str:
    at = next(i for i, one in enumerate(recorded.outputs, 1) if one is output)
    return f"{file_stem(recorded.name, output.number or at)}.{output.suffix}"


def _provenance(recorded: RecordedExample, tests: Sequence[str], language: str) -> str:
    said = words(language)
    rows = "".join(f"<dt>{escape(said[key])}</dt><dd>{text}</dd>" for key, text in _facts(recorded, tests) if text)
    label = escape(said["provenance"])
    mark = f'<summary aria-label="{label}" title="{label}">i</summary>'
    return f'<details class="provenance" data-call="{escape(recorded.call)}">{mark}<dl>{rows}</dl></details>'


def _facts(recorded: RecordedExample, tests: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the facts of an output's provenance, in order of interest; the values are HTML."""
    name = recorded.call.partition("(")[0]
    own = next((part for part in recorded.parts if part.kind == "code" and part.name.endswith(f" {name}")), None)
    packages = sorted((part.name, part.value) for part in recorded.parts if part.kind == "package" and part.value)
    versions = [f"{name} {version}" for name, version in packages]
    yield "example", f"<code>{escape(recorded.call)}</code>"
    if not recorded.key:
        return
    yield "source", f"<code>{escape(own.place)}</code>" if own else ""
    yield "tests", "<br>".join(f"<code>{escape(test)}</code>" for test in tests[:4])
    yield "versions", escape(", ".join([f"Python {recorded.python}", *versions]))
    yield "key", f"<code>{escape(recorded.key[:16])}</code>"
    yield "ran", escape(f"{recorded.verified}, {recorded.seconds:g} s")
