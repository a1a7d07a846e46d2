"""What is bounded, and where in the code its bound is: the rows of the manual's page on limits."""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple


class Bound(NamedTuple):
    """A row: what is bounded, the name of the bound in its module, the unit, and what happens beyond it."""

    what: str
    module: str
    name: str
    unit: str
    beyond: str


BOUNDS = (
    Bound("A file that a build reads", "core.disk.files", "LIMIT", "bytes", "an error"),
    Bound("What an example prints, or returns", "core.limits", "TEXT", "bytes", "an error, `output-too-large`"),
    Bound("The same, as far as a course may raise it", "core.limits", "MOST_TEXT", "bytes", "an error in the settings"),
    Bound("An example's run", "examples.answers", "SECONDS", "seconds", "an error; `seconds`, `timeout=`"),
    Bound("An example's memory, with what it starts", "examples.answers", "MEMORY", "bytes", "an error; `memory`"),
    Bound("All answers of one run", "examples.answers", "_ANSWERS", "bytes", "an error"),
    Bound("The metadata of a recorded output", "examples.record.file_format", "METADATA", "bytes", "it counts as lost"),
    Bound("Imports within imports", "parse.lines.line_pass", "_DEEPEST", "levels", "a warning, `import-depth`"),
    Bound(
        "All imports of a deck",
        "parse.lines.line_pass",
        "_MOST",
        "characters",
        "a warning, `import-too-much`",
    ),
    Bound("Elements within elements", "parse.html.nesting", "DEEPEST", "levels", "a warning, `too-deep`"),
    Bound("Footnotes that slides take from each other", "parse.markdown.footnotes", "_MOST", "characters", "left out"),
    Bound("Tables of contents of a file", "parse.markdown.toc", "_MOST", "lines", "left out"),
    Bound("A formula, or a drawing by Node", "makers.node_pool", "SECONDS", "seconds", "a box in its place"),
    Bound("An answer of Node", "makers.worker_answers", "LONGEST", "bytes", "a box in its place"),
    Bound("A diagram by Graphviz of the machine", "makers.dot", "_SECONDS", "seconds", "a box in its place"),
    Bound("A Mermaid diagram", "makers.mermaid.draw", "SECONDS", "seconds of processor time", "a box in its place"),
    Bound("A chart", "makers.vega", "SECONDS", "seconds of processor time", "a box in its place"),
    Bound("The highlighting of a listing", "makers.highlight", "SECONDS", "seconds", "it stays without colours"),
    Bound("The cache of a course", "core.disk.store", "LIMIT", "bytes", "what was not used for the longest time goes"),
    Bound(
        "A picture that `import --fetch` loads", "migrate.fetch", "_MOST", "bytes", "it stays a link, with a finding"
    ),
    Bound("A presentation that `import` unpacks", "migrate.powerpoint.presentation", "_MOST", "bytes", "an error"),
)


def row(bound: Bound) -> str:
    """The row of the page's table, with the value that the code has."""
    value = getattr(import_module(f"kejian.{bound.module}"), bound.name)
    return f"| {bound.what} | {written(value)} {bound.unit} | {bound.beyond} |\n"


def written(value: float) -> str:
    """A number as people read it: powers of two as such, others with blanks."""
    for power, name in ((30, "Gi"), (20, "Mi"), (10, "Ki")):
        if value % 1000 and value >= 2**power and value % 2**power == 0:
            return f"{value / 2**power:g} {name}"
    return f"{value:,.0f}"
