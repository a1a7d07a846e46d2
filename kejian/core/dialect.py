"""How Markdown is read: what Markdown Preview Enhanced lets its users choose, with its defaults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

Order = Literal["text|page", "page|text"]
Pairs = tuple[tuple[str, str], ...]


class Dialect(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    r"""The settings in `[mpe]`. Each may also be written by the editor's own name, and is read from its files too.

    extended_tables: merge cells of tables: `^` with the cell above, `>` with the one to its right, an empty cell with
        the one to its left.
    typographer: write quotes, dashes, ellipses and the like as a typesetter does.
    single_newlines: a line's end in a paragraph is one on the slide.
    wiki_links: which comes first in `[[…|…]]`, `text|page` or `page|text`.
    critic: read CriticMarkup, `{++new++}` and its like; on here, off in the editor.
    emoji: read `:smile:` and `:)`.
    inline_math: pairs around formulas within a line, of `["$", "$"]` and `["\\(", "\\)"]`.
    display_math: pairs around displayed formulas, of `["$$", "$$"]` and `["\\[", "\\]"]`.
    """

    extended_tables: bool = False
    typographer: bool = False
    single_newlines: bool = True
    wiki_links: Order = "text|page"
    critic: bool = True
    emoji: bool = True
    inline_math: Pairs = (("$", "$"), ("\\(", "\\)"))
    display_math: Pairs = (("$$", "$$"), ("\\[", "\\]"))

    def __post_init__(self) -> None:
        for name, known in (("inline_math", _INLINE), ("display_math", _DISPLAY)):
            for pair in getattr(self, name):
                if pair not in known:
                    written = " and ".join(f"{list(one)}" for one in known)
                    raise ValueError(f"{list(pair)} is none of the pairs that are read: {written}")


_INLINE: Pairs = (("$", "$"), ("\\(", "\\)"))
_DISPLAY: Pairs = (("$$", "$$"), ("\\[", "\\]"))

DEFAULT = Dialect()
NAMES: Mapping[str, str] = {
    "enableExtendedTableSyntax": "extended_tables",
    "enableTypographer": "typographer",
    "breakOnSingleNewLine": "single_newlines",
    "useGitHubStylePipedLink": "wiki_links",
    "enableCriticMarkupSyntax": "critic",
    "enableEmojiSyntax": "emoji",
    "mathInlineDelimiters": "inline_math",
    "mathBlockDelimiters": "display_math",
}
"""The editor's names of these settings."""

_ORDERS: Mapping[object, Order] = {True: "text|page", False: "page|text"}


def named(name: str, value: object) -> tuple[str, object]:
    """Translate an editor's or our own name of a setting, and its value, to `(our name, value)`."""
    ours = NAMES.get(name, name)
    if ours == "wiki_links" and ours != name and isinstance(value, bool):
        value = _ORDERS[value]
    return ours, value
