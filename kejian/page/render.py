"""Pages: a deck, a plain page and the index as HTML, and the files that all of them share."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment

from kejian import templates
from kejian.config import Course
from kejian.model import Deck, Filled, Page
from kejian.page import opening, utilities
from kejian.page.opening import Letters, Scripts
from kejian.page.policy import policy, popup_hashes
from kejian.page.sections import sections
from kejian.page.slots import Slots
from kejian.reading import sanitize
from kejian.reading.targets import page_path
from kejian.words import words

SHARED = "_kejian"
_DARK = frozenset({"black", "black-contrast", "night", "moon", "league", "blood", "dracula", "dark"})
_LIGHT = frozenset({"white", "white-contrast", "beige", "sky", "serif", "simple", "solarized", "light"})
_OURS = ("theme", "enableSpeakerNotes", "dependencies", "plugins")
_DEFAULTS = {
    "margin": 0.1,
    "hash": True,
    "pdfMaxPagesPerSlide": 1,
    "pdfSeparateFragments": False,
    "scrollLayout": "compact",
}
# The theme centres by itself: reveal.js would take the height from the slides, and its footers with it.
_FORCED = {"center": False, "display": "flex"}
_LOGO = re.compile(r"<img\b(?![^<>]*\ssrc\s*=)[^<>]*?\sclass=[\"']?([^\"'<>]*)[^<>]*>")


@dataclass(frozen=True, slots=True)
class Site:
    """What all pages of a site have in common.

    title: the course's name. scripts: those in each page. popup: hashes of the speaker window's scripts. letters: makes
    the font of a first slide. index: the site has an `index.html`.
    """

    course: Course
    jinja: Environment
    scripts: Scripts
    title: str = ""
    popup: str = ""
    letters: Letters = lambda characters: ("", "")  # noqa: ARG005 -- no font
    index: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the index. `slides` is 0 for a plain page."""

    path: str
    title: str
    slides: int
    headings: tuple[str, ...] = ()


def site(course: Course, title: str, modules: Path, jinja: Environment, letters: Letters = lambda _: ("", "")) -> Site:
    """The site of `course`, with reveal.js from `modules` (a node_modules folder) and the templates of `jinja`."""
    plugin = (modules / "reveal.js/dist/plugin/notes.js").read_text(encoding="utf-8")
    return Site(course, jinja, opening.scripts(jinja), course.title or title, popup_hashes(plugin), letters)


def has_notes(deck: Deck) -> bool:
    """Whether the deck asks for reveal.js' speaker view."""
    return bool(deck.reveal.get("enableSpeakerNotes"))


def entry(deck: Deck) -> Entry:
    """The deck's line of the index: its title and up to six headings of its slides, each once."""
    titles = dict.fromkeys(slide.title for slide in deck.slides if slide.title and slide.title != deck.title)
    return Entry(deck.path, deck.title, len(deck.slides), tuple(titles)[:6])


def document(deck: Deck, filled: Filled, site: Site, notebook: str = "") -> Page:
    """The page of a Markdown file: a deck of slides, or a plain page when it has no slide marks.

    notebook: the path in the site of the deck as a notebook, if there is one.
    """
    slots = Slots(filled, "../" * deck.path.count("/"))
    logo = _relative(deck.path, site.course.logo) if site.course.logo else ""
    preface = _with_logo(slots.fill(deck.preface), logo, site)
    clean = sanitize.clean if not site.course.scripts else str
    slides = _with_logo(sections(deck.slides, slots.fill, clean), logo, site)
    values = _common(deck.path, deck.title, site) | {
        "theme": _theme(deck, site),
        "policy": _policy(deck, site),
        "notebook": _relative(deck.path, notebook) if notebook else "",
        "glyphs": slots.hoisted(),
        "utilities": utilities.css(utilities.used(preface + slides)),
        "imported_styles": [_relative(deck.path, style) for style in deck.styles],
        "imported_scripts": [_relative(deck.path, script) for script in deck.scripts],
    }
    if deck.slides:
        return _page("deck.html", page_path(deck.path), site, values | _slides(deck, site, preface, slides))
    return _page("page.html", page_path(deck.path), site, values | {"content": preface})


def index(entries: Iterable[Entry], site: Site) -> Page:
    """`index.html`: the decks as cards, the plain pages as links, in the order given."""
    shown = [
        {
            **{name: getattr(e, name) for name in ("path", "title", "slides", "headings")},
            "href": quote(page_path(e.path)),
        }
        for e in entries
    ]
    values = _common("index.md", site.title, site) | {
        "theme": site.course.theme,
        "policy": policy(site.scripts.hashes),
        "utilities": "",
        "imported_styles": (),
        "logo": quote(site.course.logo),
        "decks": [e for e in shown if e["slides"]],
        "pages": [e for e in shown if not e["slides"]],
    }
    return _page("index.html", "index.html", site, values)


def assets(site: Site, modules: Path, *, notes: bool) -> list[Page]:
    """The files that pages share, except `fonts.css` and the search index.

    notes: some deck has a speaker view.
    """
    reveal = modules / "reveal.js"
    copied = {"reveal.js": "dist/reveal.js", "reveal.css": "dist/reveal.css", "reveal.LICENSE.txt": "LICENSE"}
    copied["zoom.js"] = "dist/plugin/zoom.js"
    if notes:
        copied["notes.js"] = "dist/plugin/notes.js"
    search = {"minisearch.js": "dist/umd/index.js", "minisearch.LICENSE.txt": "LICENSE.txt"}
    sheet = "\n".join(templates.text(site.jinja, f"theme/{name}") for name in templates.SHEETS)
    scripts = {name: templates.text(site.jinja, f"theme/{name}") for name in templates.SCRIPTS}
    return [
        *(Page(f"{SHARED}/{name}", (reveal / path).read_bytes()) for name, path in copied.items()),
        *(Page(f"{SHARED}/{name}", (modules / "minisearch" / path).read_bytes()) for name, path in search.items()),
        *(Page(f"{SHARED}/{name}", text.encode()) for name, text in {**scripts, "theme.css": sheet}.items()),
    ]


def _common(path: str, title: str, site: Site) -> dict[str, object]:
    language = site.course.language
    prefix = "../" * path.count("/")
    return {
        "language": language,
        "author": site.course.author,
        "title": title,
        "site_title": site.title,
        "prefix": prefix,
        "home": f"{prefix}index.html" if site.index and path != "index.md" else "",
        "notebook": "",
        "page": page_path(path) if path != "index.md" else "",
        "words": words(language),
        "scripts": site.scripts,
    }


def _slides(deck: Deck, site: Site, preface: str, slides: str) -> dict[str, object]:
    config = configuration(deck, site.course.size)
    return {
        "preface": preface,
        "slides": slides,
        "size": opening.size(config),
        "letters": site.letters(opening.characters(slides)),
        "notes": has_notes(deck),
        "centred": deck.reveal.get("center", True) is not False,
        "config": json.dumps(config, ensure_ascii=False, default=str).replace("<", "\\u003c"),
        "deck_class": _text(deck.front.get("class")),
        "deck_id": _text(deck.front.get("id")),
    }


def configuration(deck: Deck, size: Sequence[int]) -> dict[str, object]:
    """What `Reveal.initialize` is given: the front matter over the defaults."""
    settings = {"width": size[0], "height": size[1], **_DEFAULTS, **deck.reveal, **_FORCED}
    return {key: value for key, value in settings.items() if key not in _OURS}


def _theme(deck: Deck, site: Site) -> str:
    name = _text(deck.reveal.get("theme")).removesuffix(".css").lower()
    return "dark" if name in _DARK else "light" if name in _LIGHT else site.course.theme


def _policy(deck: Deck, site: Site) -> str:
    if site.course.scripts:
        return policy("'unsafe-inline'")
    return policy(f"{site.scripts.hashes} {site.popup if deck.slides and has_notes(deck) else ''}".strip())


def _with_logo(html: str, logo: str, site: Site) -> str:
    """`html` in which pictures that stand for the logo name it; without a logo they stay, and show nothing."""
    if not logo:
        return html
    names = {"hust", site.course.logo_class}

    def named(image: re.Match[str]) -> str:
        return image[0].replace("<img", f'<img src="{logo}"', 1) if names & set(image[1].split()) else image[0]

    return _LOGO.sub(named, html)


def _page(template: str, path: str, site: Site, values: Mapping[str, object]) -> Page:
    return Page(path, site.jinja.get_template(template).render(values).encode())


def _relative(path: str, target: str) -> str:
    return quote(posixpath.relpath(target, posixpath.dirname(path) or "."))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
