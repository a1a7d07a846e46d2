"""Texts of the published pages in the course's language: a file in `words/` for each, English for all others."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

_FOLDER = Path(__file__).with_name("words")


class _Words(msgspec.Struct, frozen=True):
    """A file. page: texts by name, `%` for a number or a name. speaker: by what reveal.js' plugin says in English."""

    page: dict[str, str]
    speaker: dict[str, str]


def words(language: str) -> Mapping[str, str]:
    """Return the templates' texts by name; `language` is a BCP 47 tag. `%` is a placeholder for a number or a name."""
    return _read(_known(language)).page


def speaker_words(language: str) -> Mapping[str, str]:
    """Return what to say for each of the words of the speaker's window; empty where they stay English."""
    return _read(_known(language)).speaker


def ink_words(language: str) -> Mapping[str, str]:
    """Return what the buttons of the drawing tools say, by their names."""
    return {name.removeprefix("ink_"): text for name, text in words(language).items() if name.startswith("ink_")}


def languages() -> tuple[str, ...]:
    """Return the tags of the languages that there are texts in."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.json")))


@cache
def _known(language: str) -> str:
    tag = language.lower().split("-")[0]
    return tag if tag.isalpha() and (_FOLDER / f"{tag}.json").is_file() else "en"


@cache
def _read(tag: str) -> _Words:
    return msgspec.json.decode((_FOLDER / f"{tag}.json").read_bytes(), type=_Words)
