"""Decks for Quarto's revealjs format: slides begin at headings, attributes stand behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kejian.core.attributes import parse, printed
from kejian.migrate.dialects.slides import ForeignSlide, Remarks, Translated, deck, prose
from kejian.parse.lines.frontmatter import FrontMatter

_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*(?:\{([^{}]*)\})?\s*$")
_RULE = re.compile(r"-{3,}\s*")
_CHUNK = re.compile(r"^(\s*)```\{(\w+)([^}]*)\}\s*$")
_OPTION = re.compile(r"^\s*#\|\s*([\w-]+):\s*(.*?)\s*$")
_INCLUDE = re.compile(r"^\{\{<\s*include\s+(\S+?)\s*>\}\}\s*$")
_SHORTCODE = re.compile(r"\{\{<\s*(\w+)[^>]*>\}\}")
_CALLOUT = re.compile(r"^:::+\s*\{\.callout-(note|tip|warning|caution|important)([^}]*)\}\s*$")
_TITLE = re.compile(r'title="([^"]*)"')
_MARK = ("background", "transition", "auto-animate", "visibility", "state", "timing", "autoslide")
_OPTIONS = {
    "theme": "theme",
    "width": "width",
    "height": "height",
    "margin": "margin",
    "transition": "transition",
    "slide-number": "slideNumber",
    "center": "center",
    "loop": "loop",
    "controls": "controls",
    "progress": "progress",
    "hash": "hash",
    "history": "history",
    "navigation-mode": "navigationMode",
}
"""Options of the format, and of reveal.js."""
_THEMES = {"dark": "black"}
"""Themes of Quarto that reveal.js calls otherwise."""
_OWN = ("format", "title", "subtitle", "author", "date", "institute", "execute", "jupyter", "engine", "embed-resources")


def quarto(front: FrontMatter, lines: Sequence[str], path: str) -> Translated:
    """Rewrite a deck for Quarto."""
    remarks = Remarks(path, "Quarto")
    values, options = front.values, _format(front.values)
    level = options.get("slide-level", 2)
    numbered = list(enumerate(lines, 1))[front.lines :]
    slides = [_cover(values)] if values.get("title") else []
    for slide in _cut(numbered, level if isinstance(level, int) else 2):
        slide.lines = list(_body(slide.lines, remarks))
        if options.get("incremental") is True:
            slide.attributes["incremental"] = "true"
        slides.append(slide)
    kept = {key: value for key, value in values.items() if key not in _OWN or key == "title"}
    kept["pauses"] = True
    return Translated(
        deck(kept | _presentation(options, remarks), [one for one in slides if not one.is_empty]), tuple(remarks.found)
    )


def _format(values: Mapping[str, object]) -> Mapping[str, object]:
    found = values.get("format")
    options = found.get("revealjs") if isinstance(found, dict) else None
    return options if isinstance(options, dict) else {}


def _presentation(options: Mapping[str, object], remarks: Remarks) -> dict[str, object]:
    found = {ours: options[name] for name, ours in _OPTIONS.items() if name in options}
    theme = found.get("theme")
    names = theme if isinstance(theme, list) else [theme]
    sheets = [str(name) for name in names if name and str(name).endswith(".scss")]
    if sheets:
        remarks.add(1, f"the theme {sheets[0]}", 'compile it, and write @import "own.css" above the first slide')
    plain = [str(name) for name in names if name and not str(name).endswith(".scss")]
    found.pop("theme", None)
    if plain and plain[0] != "default":
        name = plain[0].removesuffix(".css")
        found["theme"] = f"{_THEMES.get(name, name)}.css"
    for name in ("logo", "footer", "css", "chalkboard", "multiplex", "menu", "include-in-header"):
        if options.get(name):
            remarks.add(1, f"the option `{name}`", _INSTEAD.get(name, "leave it out of the front matter"))
    return {"presentation": found} if found else {}


_IMPORT = "import the new deck as well: its code moves into the examples package"
_INSTEAD = {
    "logo": 'write logo = "…" in kejian.toml',
    "footer": 'write footer = ["…"] in kejian.toml, and FOOTER on each slide',
    "css": 'write @import "own.css" above the first slide',
}


def _cover(values: Mapping[str, object]) -> ForeignSlide:
    authors = values.get("author")
    people = [
        one.get("name", "") if isinstance(one, dict) else one
        for one in (authors if isinstance(authors, list) else [authors])
    ]
    below = [str(one) for one in (values.get("subtitle"), *people, values.get("institute"), values.get("date")) if one]
    lines = [f"# {values['title']}", *(text for one in below for text in ("", one))]
    return ForeignSlide(lines=[(1, line) for line in lines])


def _cut(lines: Sequence[tuple[int, str]], level: int) -> Iterator[ForeignSlide]:
    """Yield slides; those below a heading of a higher level than `level` stand below it."""
    slide, grouped = ForeignSlide(), False
    for index, number, text, outside in prose(lines):
        heading = _HEADING.match(text) if outside else None
        rule = outside and _RULE.fullmatch(text) and not (index and lines[index - 1][1].strip())
        if rule or (heading and len(heading[1]) <= level):
            yield slide
            higher = heading is not None and len(heading[1]) < level
            slide = ForeignSlide(attributes={"vertical": "true"} if grouped and not higher else {})
            grouped = grouped or higher
        if heading and len(heading[1]) <= level:
            _attributes(slide, heading[3] or "")
            slide.lines += [(number, f"{heading[1]} {heading[2]}")] if heading[2] else []
        elif not rule:
            slide.lines.append((number, text))
    yield slide


def _attributes(slide: ForeignSlide, braced: str) -> None:
    for key, value in parse(braced).items:
        if key == "class":
            slide.classes += printed(value).split()
        elif key == "id":
            slide.attributes["id"] = printed(value)
        else:
            slide.attributes[f"data-{key}" if key.startswith(_MARK) else key] = printed(value)


def _body(lines: Sequence[tuple[int, str]], remarks: Remarks) -> Iterator[tuple[int, str]]:
    """Yield the lines of a slide, with chunks of code as ours are."""
    options: dict[str, str] = {}
    pending: tuple[int, re.Match[str]] | None = None
    closing: list[str] = []
    for _, number, text, outside in prose(lines):
        chunk = _CHUNK.match(text)
        if chunk and not pending:
            pending, options = (number, chunk), {}
        elif pending and (option := _OPTION.match(text)):
            options[option[1]] = option[2]
        else:
            if pending:
                yield pending[0], _fence(pending[1], options, pending[0], remarks)
                pending = None
            yield from _plain(number, text, closing, remarks) if outside else [(number, text)]


def _fence(chunk: re.Match[str], options: Mapping[str, str], line: int, remarks: Remarks) -> str:
    """Return the opening of a listing; code that runs becomes an example in a further step."""
    shown = options.get("echo", "true") != "false"
    run = chunk[2] == "python" and options.get("eval", "true") != "false"
    if run:
        remarks.add(line, "code that runs where it stands", _IMPORT)
    attributes = ["cmd=true"] * run + ["hide"] * (run and not shown)
    if "label" in options:
        attributes.append(f"#{options['label']}")
    if "code-line-numbers" in options:
        steps = options["code-line-numbers"].strip("\"'")
        attributes.append(f'highlight="{steps}"')
    braced = f" {{{' '.join(attributes)}}}" if attributes else ""
    return f"{chunk[1]}```{chunk[2]}{braced}"


def _plain(number: int, text: str, closing: list[str], remarks: Remarks) -> Iterator[tuple[int, str]]:
    if found := _INCLUDE.match(text):
        yield number, f'@import "{found[1].replace(".qmd", ".md")}"'
    elif found := _CALLOUT.match(text):
        title = _TITLE.search(found[2])
        yield number, f"!!! {found[1]}" + (f' "{title[1]}"' if title else "")
        closing.append(text)
    elif closing and re.fullmatch(r":::+\s*", text):
        closing.pop()
        yield number, ""
    else:
        if shortcode := _SHORTCODE.search(text):
            remarks.add(number, f"the shortcode `{shortcode[1]}`", "write Markdown or HTML in its place")
        yield number, ("    " if closing and text.strip() else "") + text
