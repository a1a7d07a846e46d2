"""What a slide shows of a recorded run: its outputs, and where they came from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import quote

from kejian.model import ROOT, Artifact, Example
from kejian.record.outputs import Output
from kejian.record.recorded_files import Recorded, file_stem
from kejian.words import words


def shown(example: Example, recorded: Recorded) -> tuple[Output, ...]:
    """The outputs of the kinds that the example asks for, all of them when it asks for none."""
    wanted = set(example.output.replace(",", " ").split())
    return tuple(output for output in recorded.outputs if not wanted or output.kind in wanted)


_CODE = re.compile(r"`([^`]+)`")


def value(recorded: Recorded) -> Artifact:
    """A value in prose: its text."""
    text = "".join(escape(output.text) for output in recorded.outputs if output.kind == "value")
    return Artifact(f'<span class="value">{text}</span>')


def block(example: Example, recorded: Recorded, folder: str, alt: str, tests: Sequence[str], language: str) -> Artifact:
    """Outputs below one another, then a mark that opens to say where they came from; and that, if no run made them.

    folder: the record's, in the site. alt: what a picture shows, in words. tests: where the example is tested.
    """
    if example.output == "none":
        return Artifact("")
    parts = [_output(output, recorded, folder, alt) for output in shown(example, recorded)]
    if not recorded.key:
        parts.append(f'<p class="unverified" role="note">{escape(words(language)["pasted"])}</p>')
    return Artifact("".join(parts) + _provenance(recorded, tests, language))


def absent(example: Example, notes: Sequence[str], language: str) -> Artifact:
    """In place of outputs that are not here: that nothing was run, and the `notes` on what is missing.

    A note is text with code between backticks. A value in prose has room for a dash; its notes show on pointing.
    """
    said = words(language)
    if example.format is not None:
        why = escape(" ".join([said["absent"], *notes]))
        return Artifact(f'<span class="value absent" role="note" aria-label="{why}" title="{why}">—</span>')
    rows = "".join(f"<li>{_CODE.sub(_code, escape(note))}</li>" for note in notes)
    head = f"<p><strong>{escape(said['absent'])}</strong> {escape(said['absent_why'])}</p>"
    return Artifact(f'<div class="absent" role="note">{head}<ul>{rows}</ul></div>')


def _code(match: re.Match[str]) -> str:
    return f"<code>{match[1]}</code>"


def pictures(example: Example, recorded: Recorded) -> list[str]:
    """The file names of the pictures shown, in the record's folder."""
    return [_file(output, recorded) for output in shown(example, recorded) if output.kind == "picture"]


def _output(output: Output, recorded: Recorded, folder: str, alt: str) -> str:
    if output.kind == "picture":
        source = quote(f"{folder}/{_file(output, recorded)}")
        return f'<img class="output-picture" src="{ROOT}{source}" alt="{escape(output.name or alt)}">'
    return f'<pre class="output-{output.kind}"><code>{escape(output.text.rstrip())}</code></pre>'


def _file(output: Output, recorded: Recorded) -> str:
    number = next(i for i, one in enumerate(recorded.outputs, 1) if one is output)
    return f"{file_stem(recorded.name, number)}.{output.suffix}"


def _provenance(recorded: Recorded, tests: Sequence[str], language: str) -> str:
    said = words(language)
    rows = "".join(f"<dt>{escape(said[key])}</dt><dd>{text}</dd>" for key, text in _facts(recorded, tests) if text)
    label = escape(said["provenance"])
    mark = f'<summary aria-label="{label}" title="{label}">i</summary>'
    return f'<details class="provenance" data-call="{escape(recorded.call)}">{mark}<dl>{rows}</dl></details>'


def _facts(recorded: Recorded, tests: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What a sceptic asks, in the order of asking; the values are HTML."""
    name = recorded.call.partition("(")[0]
    own = next((part for part in recorded.parts if part.kind == "code" and part.name.endswith(f" {name}")), None)
    versions = [f"{part.name} {part.value}" for part in recorded.parts if part.kind == "package"]
    yield "example", f"<code>{escape(recorded.call)}</code>"
    if not recorded.key:
        return
    yield "source", f"<code>{escape(own.place)}</code>" if own else ""
    yield "tests", "<br>".join(f"<code>{escape(test)}</code>" for test in tests[:4])
    yield "versions", escape(", ".join([f"Python {recorded.python}", *versions]))
    yield "key", f"<code>{escape(recorded.key[:16])}</code>"
    yield "ran", escape(f"{recorded.verified}, {recorded.seconds:g} s")
