"""Variables in text: `{{name}}` stands for a value of the front matter, or of `[variables]` in kejian.toml.

In code and in formulas, and where no such value exists, the text stays as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from kejian.core.attributes import printed
from kejian.core.diagnostics import Diagnostic, Span, warning
from kejian.parse.lines.verbatim import Blocks

_LONGEST = 2_000
"""Letters of a line in which variables are looked for."""
_PART = re.compile(
    r"(`++)(?:(?!\1(?!`))[\s\S])*?(?<!`)\1(?!`)"
    r"|\$\$?[^$]*+\$\$?"
    r"|\\\((?:[^\\]|\\(?![()]))*+\\\)"
    r"|\{\{[ \t]*(?P<name>[^\W\d][\w.-]{0,60})[ \t]*\}\}"
)


@dataclass(frozen=True, slots=True)
class Variables:
    """The values that the text of one deck may name."""

    values: Mapping[str, str] = field(default_factory=dict)

    def filled(self, text: str) -> str:
        """Return a line with the values that it names."""
        if "{{" not in text or len(text) > _LONGEST:
            return text
        return _PART.sub(lambda part: self.values.get(part["name"] or "", part[0]), text)

    def lines(self, written: Sequence[str]) -> Sequence[str]:
        """Return the lines of a Markdown file with the values that they name."""
        blocks, found, at = Blocks(written), list(written), 0
        while at < len(written):
            end, _ = blocks.verbatim(at)
            if end == at:
                found[at] = self.filled(written[at])
            at = max(end, at + 1)
        return found

    def unknown(self, text: str, span: Span) -> Iterator[Diagnostic]:
        """Yield a warning for each name in a line at `span` that is nearly one of the values'."""
        if "{{" not in text or len(text) > _LONGEST:
            return
        for part in _PART.finditer(text):
            name = part["name"] or ""
            near = get_close_matches(name, self.values, 1, 0.75) if name and name not in self.values else []
            if near:
                message = f"no value is called {name}, so the slide shows {part[0]}"
                place = Span(span.path, span.line, part.start() + 1)
                yield warning("unknown-variable", place, message, f"did you mean {{{{{near[0]}}}}}?")


NONE = Variables()
"""What a deck without values has."""


def variables(front: Mapping[str, object], course: Mapping[str, str]) -> Variables:
    """Return the values of a deck: the texts, numbers and dates of its front matter, then those of its course."""
    own = {name: _text(value) for name, value in front.items() if isinstance(value, _VALUE)}
    return Variables({**course, **own})


_VALUE = (str, bool, int, float, date)


def _text(value: str | float | date) -> str:
    return " ".join((value.isoformat() if isinstance(value, date) else printed(value)).split())
