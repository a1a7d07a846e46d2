"""What an example's run gives: frozen values, shared by the child, the record, the comparison and the slide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "value", "picture", "error"]
"""`text` was printed, `value` is what was returned, as text; `picture` was drawn; `error` is an intended exception."""

Suffix = Literal["txt", "svg", "png"]


@dataclass(frozen=True, slots=True)
class Output:
    """One thing that an example showed.

    name: a label such as a figure's title, may be empty. suffix: how `data` is written: UTF-8 text, SVG or PNG.
    twin: the same picture as PNG, for a picture whose `data` is SVG; pixels are compared on it, and people look at it.
    """

    kind: Kind
    name: str
    suffix: Suffix
    data: bytes
    twin: bytes = b""

    @property
    def text(self) -> str:
        """`data` as text; bytes that are not UTF-8 show as replacement characters."""
        return self.data.decode("utf-8", "replace")

    @property
    def pixels(self) -> bytes:
        """The picture as PNG, empty where there is none."""
        return self.data if self.suffix == "png" else self.twin
