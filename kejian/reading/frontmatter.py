"""Front matter: the YAML between `---` lines at the very start of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kejian.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The keys of a file's front matter, and the number of lines it takes (0 without one)."""

    values: Mapping[str, object]
    lines: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def presentation(self) -> dict[str, object]:
        """What is handed to reveal.js; anything but a mapping counts as empty."""
        found = self.values.get("presentation")
        return dict(found) if isinstance(found, dict) else {}


def read(text: str, path: str) -> FrontMatter:
    """The front matter of `text`. What is not YAML is a warning and counts as empty; it is never shown."""
    if not text.startswith("---"):
        return FrontMatter({})
    lines = text.split("\n")
    end = next((i for i, line in enumerate(lines[1:], 1) if line.startswith("---")), 0)
    if not end:
        return FrontMatter({})
    from kejian.reading import yaml_keys  # imported where a file has any

    values, found = yaml_keys.read("\n".join(lines[1:end]), path)
    return FrontMatter(values, end + 1, found)
