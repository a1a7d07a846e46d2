"""What the settings mean, from their docstrings: for the manual, and as a JSON Schema for editors."""

from __future__ import annotations

import re

import msgspec

from kejian.core.config import FILE, Course
from kejian.core.dialect import Dialect
from kejian.core.start_page import Section


def schema() -> dict[str, object]:
    """Return a JSON Schema of the settings; descriptions come from the docstring of `Course`."""
    parts = msgspec.json.schema(Course)["$defs"]
    for part in (Course, Dialect, Section):
        for name, words in described(part).items():
            parts[part.__name__]["properties"][name]["description"] = words
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **parts.pop("Course"),
        "$defs": parts,
        "title": FILE,
        "description": "The settings of a course.",
    }


def described(part: type[msgspec.Struct] = Course) -> dict[str, str]:
    """Map each setting of a struct to its description in the struct's docstring."""
    from inspect import cleandoc

    lines = re.split(r"\n(?=\w+: )", cleandoc(part.__doc__ or "").partition("\n\n")[2])
    return {name: " ".join(words.split()) for name, _, words in (line.partition(": ") for line in lines)}
