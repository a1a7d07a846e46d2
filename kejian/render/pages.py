"""Renders decks, plain pages and the index as HTML, and the files that all of them share."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment

from kejian.core import templates
from kejian.core.addresses import address, quoted
from kejian.core.config import Course
from kejian.core.disk.store import digest
from kejian.core.messages import ink_words, speaker_words, words
from kejian.core.model import Deck, Filled, Page
from kejian.parse.html import sanitize
from kejian.parse.html.lookup import page_path
from kejian.render import colours, first_paint, licences, looks, reveal_config, spacing, stage, utility_css
from kejian.render.course_index import IndexEntry, parts
from kejian.render.csp import policy, popup_hashes
from kejian.render.drawn_slides import DrawnSlides, RenderedPage
from kejian.render.first_paint import InlineScripts, Letters
from kejian.render.holes import HoleSlots
from kejian.render.looks import Look
from kejian.render.metadata import metadata
from kejian.render.sections import section, sources

SHARED = "_kejian"
NONE_KNOWN = DrawnSlides()
_FRAME = 'class="kj-frame'
_NOTES = re.compile(r'<aside\b[^>]*\bclass="[^"]*\bnotes\b')
_LOGO = re.compile(r"<img\b(?![^<>]*\ssrc\s*=)[^<>]*?\sclass=[\"']?([^\"'<>]*)[^<>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteContext:
    """What all pages of a site have in common.

    title: the course's name. scripts: the inline scripts of each page. popup: hashes of the speaker window's scripts.
    letters: makes the font of a first slide. index: the site has an `index.html`.
    """

    course: Course
    jinja: Environment
    scripts: InlineScripts
    title: str = ""
    popup: str = ""
    letters: Letters = lambda characters, weight: ("", "")  # noqa: ARG005 -- no font
    index: bool = True


def site(
    course: Course, title: str, modules: Path, jinja: Environment, letters: Letters = lambda *_: ("", "")
) -> SiteContext:
    """Return the context for `course`, with reveal.js from `modules` (a node_modules folder) and its templates."""
    plugin = (modules / "reveal.js/dist/plugin/notes.js").read_text(encoding="utf-8")
    return SiteContext(
        course=course,
        jinja=jinja,
        scripts=first_paint.scripts(jinja),
        title=course.title or title,
        popup=popup_hashes(plugin),
        letters=letters,
    )


def has_notes(deck: Deck) -> bool:
    """Return whether the deck has reveal.js' speaker view: by its front matter, or by default if a slide has notes."""
    asked = deck.reveal.get("enableSpeakerNotes")
    if asked is not None:
        return bool(asked)
    return any(slide.attributes.text("data-notes") or _NOTES.search(slide.html) for slide in deck.slides)


def document(
    deck: Deck, filled: Filled, site: SiteContext, notebook: str = "", known: DrawnSlides = NONE_KNOWN
) -> RenderedPage:
    """Render the page of a Markdown file: a deck of slides, or a plain page if it has no slide marks.

    notebook: the path in the site of the deck's notebook, if there is one. known: slides that were drawn before.
    """
    slots = HoleSlots(filled, "../" * deck.path.count("/"))
    look = looks.deck(deck, site.course) if deck.slides else looks.page(site.course)
    dress = _dress(deck, site, look)
    preface = dress(slots.fill(deck.preface))
    around = _stage(deck, site) if looks.FRAME in look.parts else None
    clean = sanitize.clean if not site.course.scripts else str
    columns = known.drawn(
        deck.path,
        repr((around, look, sorted(deck.own.parts), sorted(deck.own.classes))),
        sources(deck.slides, slots.fill, places=around is not None),
        lambda source: looks.formulas(dress(section(source, clean, around)), deck.own),
    )
    slides = [slide for column in columns for slide in column]
    classes = utility_css.used(preface).union(*(slide.classes for slide in slides)) - deck.own.classes
    foreign = any(_FRAME in html for html in (preface, *(slide.html for slide in slides)))
    values = _common(deck.path, deck.title, site, deck.front.get("description")) | {
        "theme": look.shade,
        "follows": look.follows,
        "look": look,
        "policy": _policy(deck, site, site.course.frames if foreign else ()),
        "notebook": address(notebook, deck.path) if notebook else "",
        "glyphs": slots.hoisted(),
        "utilities": looks.utilities(utility_css.css(classes), look),
        "imported_styles": [address(style, deck.path) for style in deck.styles],
        "imported_scripts": [address(script, deck.path) for script in deck.scripts],
    }
    if not deck.slides:
        return RenderedPage(path=page_path(deck.path), shell=_html("page.html", site, values | {"content": preface}))
    mark = digest("slides", deck.path, preface)  # no deck holds a digest of itself
    values |= {"preface": preface, "slides": mark, "frames": foreign} | _slides(deck, site, look, slides[0].html)
    return RenderedPage(path=page_path(deck.path), shell=_html("deck.html", site, values), mark=mark, columns=columns)


def _stage(deck: Deck, site: SiteContext) -> stage.Stage:
    return stage.stage(deck, site.title, site.course.author, titled=looks.asked(deck, site.course))


def _dress(deck: Deck, site: SiteContext, look: Look) -> Callable[[str], str]:
    """Return what a deck's HTML goes through at last: it gets the logo, and the house's colours and spacing."""
    logo = address(site.course.logo, deck.path) if site.course.logo else ""
    twins = colours.twins(site.jinja) if look.parts else None

    def dressed(html: str) -> str:
        html = _with_logo(html, logo, site)
        return spacing.spaced(twins.page(html)) if twins else html

    return dressed


def index(entries: Iterable[IndexEntry], site: SiteContext) -> Page:
    """Render `index.html`: the parts that the settings name, then other decks as cards and plain pages as links."""
    grouped, others = parts(list(entries), site.course.sections)
    values = _common("index.md", site.title, site) | {
        "theme": looks.page(site.course).shade,
        "follows": looks.page(site.course).follows,
        "policy": policy(site.scripts.hashes),
        "utilities": "",
        "imported_styles": (),
        "logo": quoted(site.course.logo),
        "parts": grouped,
        "decks": [one for one in others if one.slides],
        "pages": [one for one in others if not one.slides],
    }
    return _page("index.html", "index.html", site, values)


def assets(site: SiteContext, modules: Path, *, notes: bool) -> list[Page]:
    """Return the files that pages share, except `fonts.css` and the search index.

    notes: some deck has a speaker view.
    """
    reveal = modules / "reveal.js"
    copied = {"reveal.js": "dist/reveal.js", "reveal.css": "dist/reveal.css"}
    copied["zoom.js"] = "dist/plugin/zoom.js"
    if notes:
        copied["notes.js"] = "dist/plugin/notes.js"
    search = {"minisearch.js": "dist/umd/index.js"}
    ours = {name: templates.text(site.jinja, f"theme/{name}") for name in templates.SCRIPTS}
    ours["theme.css"] = looks.sheet(site.jinja)
    return [
        *(Page(f"{SHARED}/{name}", (reveal / path).read_bytes()) for name, path in copied.items()),
        *(Page(f"{SHARED}/{name}", (modules / "minisearch" / path).read_bytes()) for name, path in search.items()),
        *(Page(f"{SHARED}/{name}", text.encode()) for name, text in ours.items()),
        *_licences(site, modules),
    ]


def _licences(site: SiteContext, modules: Path) -> Iterator[Page]:
    """Yield the licences of all shipped parts, as one page and beside the files."""
    found = licences.licences(modules)
    path = f"{SHARED}/{licences.PAGE}"
    values = _common(path, words(site.course.language)["licences"], site) | {
        "theme": looks.page(site.course).shade,
        "follows": looks.page(site.course).follows,
        "policy": policy(site.scripts.hashes),
        "utilities": "",
        "imported_styles": (),
        "licences": found,
    }
    yield _page("licences.html", path, site, values)
    for one in found:
        if one.part.beside:
            yield Page(f"{SHARED}/{one.part.beside}", one.text.encode())


def _common(path: str, title: str, site: SiteContext, description: object = "") -> dict[str, object]:
    language = site.course.language
    prefix = "../" * path.count("/")
    return {
        "meta": metadata(site.course, page_path(path), description),
        "language": language,
        "author": site.course.author,
        "title": title,
        "site_title": site.title,
        "prefix": prefix,
        "home": f"{prefix}index.html" if site.index and path != "index.md" else "",
        "notebook": "",
        "page": page_path(path) if path != "index.md" else "",
        "words": words(language),
        "notice": licences.notice(),
        "scripts": site.scripts,
    }


def _slides(deck: Deck, site: SiteContext, look: Look, first: str) -> dict[str, object]:
    config = reveal_config.configuration(deck, site.course.size, look)
    return {
        "size": first_paint.size(config),
        "sized": reveal_config.sized(deck, site.course.size),
        "unit": first_paint.unit(config, looks.CANVAS),
        "letters": site.letters(first_paint.characters(first), 400),
        "bold": site.letters(first_paint.bold(first), 700) if looks.FRAME in look.parts else ("", ""),
        "notes": has_notes(deck),
        "ink": json.dumps(ink_words(site.course.language), ensure_ascii=False),
        "speaker": json.dumps(dict(speaker_words(site.course.language)), ensure_ascii=False) if has_notes(deck) else "",
        "centred": deck.reveal.get("center", True) is not False,
        "config": json.dumps(config, ensure_ascii=False, default=str).replace("<", "\\u003c"),
        **{f"deck_{key}": text if isinstance(text := deck.front.get(key), str) else "" for key in ("class", "id")},
    }


def _policy(deck: Deck, site: SiteContext, frames: Iterable[str]) -> str:
    if site.course.scripts:
        return policy("'unsafe-inline'", frames)
    popup = site.popup if deck.slides and has_notes(deck) else ""
    return policy(f"{site.scripts.hashes} {popup}".strip(), frames)


def _with_logo(html: str, logo: str, site: SiteContext) -> str:
    """Set the source of pictures that stand for the logo; without a logo they stay empty."""
    if not logo:
        return html
    names = {"hust", site.course.logo_class}

    def named(image: re.Match[str]) -> str:
        return image[0].replace("<img", f'<img src="{logo}"', 1) if names & set(image[1].split()) else image[0]

    return _LOGO.sub(named, html)


def _page(template: str, path: str, site: SiteContext, values: Mapping[str, object]) -> Page:
    return Page(path, _html(template, site, values).encode())


def _html(template: str, site: SiteContext, values: Mapping[str, object]) -> str:
    return site.jinja.get_template(template).render(values)
