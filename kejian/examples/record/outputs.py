"""Outputs of an example's run: immutable values, shared by the child, the record, the comparison and the slide."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

Kind = Literal["text", "stderr", "value", "table", "matrix", "picture", "error"]
"""`text` was printed, `stderr` said aside; `value` is what was returned or displayed, as text, HTML, Markdown, TeX
or DOT, `table` and `matrix` the same as aligned text; `picture` was drawn; `error` is an intended exception."""

Suffix = Literal["txt", "html", "md", "tex", "dot", "svg", "png"]
SUFFIXES: tuple[Suffix, ...] = get_args(Suffix)
DRAWN = ("svg", "png")
"""The suffixes of what is not text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """One output of an example.

    name: a label such as a figure's title, possibly empty.
    suffix: the format of `data`: UTF-8 text, plain or HTML, Markdown, TeX or DOT; SVG or PNG.
    twin: for SVG the same picture as PNG, for comparing pixels and for viewing.
    number: its number on disk, if others before it are gone; 0 if it equals its position.
    """

    kind: Kind
    name: str
    suffix: Suffix
    data: bytes
    twin: bytes = b""
    number: int = field(default=0, compare=False)

    @property
    def text(self) -> str:
        """Return `data` as text; invalid UTF-8 becomes replacement characters."""
        return self.data.decode("utf-8", "replace")

    @property
    def pixels(self) -> bytes:
        """Return the picture as PNG, empty if there is none."""
        return self.data if self.suffix == "png" else self.twin
