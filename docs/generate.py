"""Writes the pages of the manual that are made from the code: commands, settings, findings, the names for programs,
the dialect by example.

    python docs/generate.py

A test compares them with what stands here.
"""

from __future__ import annotations

import dataclasses
import inspect
import io
import json
import os
import re
import sys
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout, suppress
from pathlib import Path
from types import FunctionType
from unittest import mock

import msgspec
from markdown_it.utils import read_fixture_file

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

import limits_table  # noqa: E402 -- beside this file

import kejian  # noqa: E402 -- the line above finds it in a checkout
from kejian import checks  # noqa: E402
from kejian.checks import browser_codes  # noqa: E402
from kejian.cli import main  # noqa: E402
from kejian.core import config, config_schema, dialect, start_page  # noqa: E402

FIXTURES = {
    "elements": "Attributes of any element, fragments",
    "headings": "Headings",
    "toc": "Tables of contents",
    "tables": "Tables",
    "merged_cells": "Merged cells, with `extended_tables`",
    "tasks": "Task lists",
    "mark": "Marked text, super- and subscript",
    "critic": "Edits in CriticMarkup",
    "footnotes": "Footnotes",
    "abbreviations": "Abbreviations",
    "links": "Links",
    "autolinks": "Bare links",
    "wiki": "Wiki links",
    "emojis": "Emoji",
    "icons": "Icons",
    "math_inline": "Formulas in a line",
    "math_block": "Formulas of their own",
    "math_html": "Formulas in HTML",
    "fence": "Listings",
    "diagrams": "Diagrams",
    "blocks": "Containers, notes and definition lists",
    "containers": "Containers in containers, notes, columns",
    "labels": "Numbers and references",
    "callouts": "Notes with titles, folded notes",
    "spans": "Attributes of pieces of a line and of blocks",
    "steps": "Steps and pauses",
    "raw_html": "Raw HTML",
    "leftovers": "What stays as text, and is told",
    "lines": "Comments, imports and text macros",
}
"""Files in `tests/fixtures/` that show the dialect, in the order of the page, with their titles."""
NOTE = "<!-- Made by `python docs/generate.py`: change that, or what it reads. -->\n\n"


def pages() -> Mapping[str, str]:
    """The generated pages by file name."""
    return {
        "commands.md": commands(),
        "settings.md": settings(),
        "findings.md": findings(),
        "limits.md": limits(),
        "api.md": api(),
        "dialect.md": examples(),
    }


def commands() -> str:
    """What each command says of itself."""
    text = (
        "# Commands\n\n"
        + NOTE
        + (
            "`python build.py` in a checkout, `kejian` where the package is installed, `python -m kejian` anywhere: "
            "the same commands. Without a command, `build` is meant. Exit status: 0 done, 1 errors, 2 wrong use.\n"
        )
    )
    for word, command in main.COMMANDS.items():
        about = (command.__doc__ or "").splitlines()[0].partition(": ")[2]
        text += f"\n## {word}\n\n{about[:1].upper()}{about[1:]}\n\n```text\n{_help(word)}```\n"
    return text


def _help(word: str) -> str:
    said = io.StringIO()
    started = mock.patch.dict(os.environ, COLUMNS="90"), mock.patch.object(sys, "argv", ["kejian"])
    with started[0], started[1], redirect_stdout(said), suppress(SystemExit):
        main.main([word, "--help"])
    return said.getvalue()


def api() -> str:
    """What programs may call, and what they get."""
    text = (
        "# Kejian for programs\n\n"
        + NOTE
        + (
            "`import kejian` has these names. They, their options and the fields listed here are kept from release to "
            "release; the rest of the package may change. What is wrong with a course is returned, never raised.\n\n"
            '```python\nimport kejian\n\nreport = kejian.build("course", strict=True, progress=print)\n'
            "for found in report.diagnostics:\n    print(found.span, found.severity, found.code, found.message)\n```\n"
        )
    )
    for call in (kejian.build, kejian.check):
        text += f"\n## {call.__name__}\n\n```text\n{_signature(call)}\n```\n\n{_documented(call)}\n"
    for record in (kejian.Report, kejian.ExamplesCheck, kejian.Diagnostic, kejian.Span):
        fields = ", ".join(f"`{field.name}`" for field in dataclasses.fields(record))
        derived = [name for name, value in vars(record).items() if isinstance(value, property | FunctionType)]
        derived = [f"`{name}`" for name in derived if not name.startswith("_")]
        more = f" Derived: {', '.join(derived)}." if derived else ""
        text += f"\n## {record.__name__}\n\n{_documented(record)}\n\nFields: {fields}.{more}\n"
    kinds = ", ".join(f"`{one}`" for one in kejian.Severity)
    return f"{text}\n## Severity\n\nOne of {kinds}; an error keeps a site from being published.\n"


def _signature(call: Callable[..., object]) -> str:
    """How a function is called, an option a line."""
    found = inspect.signature(call)
    options = found.parameters.values()
    lines = [f"    {one.name}: {one.annotation}{_default(one.default)}," for one in options]
    first = next(n for n, one in enumerate(options) if one.kind is one.KEYWORD_ONLY)
    return "\n".join([f"{call.__name__}(", *lines[:first], "    *,", *lines[first:], f") -> {found.return_annotation}"])


def _default(value: object) -> str:
    if value is inspect.Parameter.empty:
        return ""
    return f" = {'…' if callable(value) else repr(value)}"


def _documented(named: object) -> str:
    """A docstring: its sentences that begin with names and a colon as a list."""
    text = " ".join((inspect.getdoc(named) or "").split())
    parts = re.split(r"(?<=[.;`]) (?=(?:\w+, )*\w+: )", text)
    items = [re.sub(r"\w+", r"`\g<0>`", one.partition(": ")[0]) + f": {one.partition(': ')[2]}" for one in parts[1:]]
    return _cell("\n".join([parts[0], *([""] if items else []), *(f"- {one}" for one in items)]))


def settings() -> str:
    """Each key of `kejian.toml`: what it means, and what it is where nobody sets it."""
    meanings = config_schema.described()
    defaults = msgspec.to_builtins(config.Course()) | {"mpe": {}}
    rows = [f"| `{key}` | {meanings[key]} | `{json.dumps(defaults[key])}` |" for key in config.Course.__struct_fields__]
    head = (
        "# Settings\n\n"
        + NOTE
        + "`kejian.toml` stands at the root of a course. It is optional, and so is every key. `kejian schema` prints a "
        "JSON Schema, by which editors complete and check it.\n\n"
    )
    return head + "| key | meaning | default |\n|---|---|---|\n" + "\n".join(rows) + "\n" + _sections() + _mpe()


def _sections() -> str:
    """The tables `[[sections]]`."""
    meanings = config_schema.described(start_page.Section)
    rows = [f"| `{key}` | {meanings[key]} |" for key in start_page.Section.__struct_fields__]
    return (
        "\n## Parts of the start page\n\n"
        "Each table `[[sections]]` is a part of it, in their order; below them stands what none of them names. A "
        "deck's card has the `date` of its front matter.\n\n"
        "| key | meaning |\n|---|---|\n" + "\n".join(rows) + "\n"
    )


def _mpe() -> str:
    """The part `[mpe]`, with the editor's own names."""
    meanings = config_schema.described(dialect.Dialect)
    defaults = msgspec.to_builtins(dialect.DEFAULT)
    theirs = {ours: name for name, ours in dialect.NAMES.items()}
    rows = [
        " | ".join((f"| `{key}`", meanings[key], f"`{json.dumps(defaults[key])}`", f"`{theirs[key]}` |"))
        for key in dialect.Dialect.__struct_fields__
    ]
    rows = [re.sub(r"(?<=\S)\|(?=\S)", r"\\|", " ".join(row.split())) for row in rows]
    return (
        "\n## How Markdown is read\n\n"
        "Under `[mpe]` stands what Markdown Preview Enhanced lets its users choose, with its defaults. What a course "
        "does not say itself is read from its `.crossnote/config.js`, `.crossnote/config.json` and "
        "`.vscode/settings.json`, as data: nothing in them is run, and a value that would have to be is a finding.\n\n"
        "| key | meaning | default | the editor's name |\n|---|---|---|---|\n" + "\n".join(rows) + "\n"
    )


def findings() -> str:
    """What the checks report, and what to do about it."""
    text = (
        "# Findings of the checks\n\n"
        + NOTE
        + (
            "`kejian check --codes` prints this list. What is meant is accepted on its slide, with a reason: "
            '`<!-- slide data-accept="overflow: the listing is meant to scroll" -->`.\n\n'
            "| code | severity | what to do |\n|---|---|---|\n"
        )
    )
    text += "".join(f"| `{one.code}` | {one.severity} | {one.meaning}; {_cell(one.hint)} |\n" for one in checks.CHECKS)
    text += "\n## With `--browser`\n\n| code | severity | what to do |\n|---|---|---|\n"
    return text + "".join(f"| `{one.code}` | {one.severity} | {_cell(one.hint)} |\n" for one in browser_codes.CHECKS)


def limits() -> str:
    """What a course may take, and what happens beyond it."""
    text = (
        "# Limits\n\n"
        + NOTE
        + (
            "Far above any lecture, and well below what harms a machine. The rest of a course is built still.\n\n"
            "| what | at most | beyond it |\n|---|---|---|\n"
        )
    )
    return text + "".join(map(limits_table.row, limits_table.BOUNDS))


def _cell(text: str) -> str:
    return re.sub(r"([|<\[])", r"\\\1", text)


def examples() -> str:
    """What to write and what comes of it, case by case."""
    text = (
        "# The dialect by example\n\n"
        + NOTE
        + (
            'Each example is a test. First what is written, then the HTML that it becomes; `<kj n="0"/>` stands where '
            "a formula, a diagram, an icon or an output is put, and lines that begin with `|` name it.\n"
        )
    )
    for name, title in FIXTURES.items():
        text += f"\n## {title}\n"
        for _, case, written, html in read_fixture_file(HERE.parent / "tests" / "fixtures" / f"{name}.md"):
            text += f"\n### {case.strip()}\n\n{_fenced(written, 'md')}\n{_fenced(html, 'html')}"
    return text


def _fenced(text: str, language: str) -> str:
    longest = max((len(run) for run in re.findall("`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{language} {{code_block=true}}\n{text.rstrip()}\n{fence}\n"


if __name__ == "__main__":
    for name, text in pages().items():
        (HERE / name).write_text(text, "utf-8")
