"""Front matter: the YAML between `---` lines at the very start of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kejian.core.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The keys of a file's front matter, and the number of lines that it takes (0 without one)."""

    values: Mapping[str, object]
    lines: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def presentation(self) -> dict[str, object]:
        """Return the options for reveal.js; anything but a mapping counts as empty."""
        found = self.values.get("presentation")
        return dict(found) if isinstance(found, dict) else {}


def read(text: str, path: str) -> FrontMatter:
    """Parse the front matter of `text`. Invalid YAML is a warning, counts as empty, and is never displayed."""
    if not text.startswith("---"):
        return FrontMatter({})
    lines = text.split("\n")
    end = next((i for i, line in enumerate(lines[1:], 1) if line.startswith("---")), 0)
    if not end:
        return FrontMatter({})
    from kejian.parse.lines import yaml_keys  # imported late: most files need no YAML

    values, found = yaml_keys.read("\n".join(lines[1:end]), path)
    return FrontMatter(values, end + 1, found)
