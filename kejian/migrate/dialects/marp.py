"""Decks for Marp: rules between slides, directives and notes in comments, pictures as backgrounds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kejian.migrate.dialects.slides import ForeignSlide, Remarks, Translated, deck, prose
from kejian.parse.lines.frontmatter import FrontMatter

_RULE = re.compile(r"(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}")
_DIRECTIVE = re.compile(r"^\s*(_?)([a-zA-Z]+):\s*(.*?)\s*$")
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)([^)]*)\)")
_SIZE = re.compile(r"(w|width|h|height):(\S+)")
_FIT = re.compile(r"^(#{1,6}\s+)<!--\s*fit\s*-->\s*(.*)$")
_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)")
_SIZES = {"16:9": (1280, 720), "4:3": (960, 720), str(4 * 60 + 3): (960, 720)}
"""Sizes by name; YAML takes `4:3` for minutes and seconds."""
_KNOWN = (
    *("marp", "theme", "paginate", "size", "math", "class", "backgroundColor", "backgroundImage", "color"),
    *("header", "footer", "style", "headingDivider", "backgroundPosition", "backgroundRepeat", "backgroundSize"),
)
_HEADING = re.compile(r"(#{1,6})\s")


def marp(front: FrontMatter, lines: Sequence[str], path: str) -> Translated:
    """Rewrite a deck for Marp."""
    remarks = Remarks(path, "Marp")
    values = front.values
    numbered = list(enumerate(lines, 1))[front.lines :]
    standing = {key: str(values[key]) for key in _KNOWN if key in values and not isinstance(values[key], dict | list)}
    slides = []
    for slide in _cut(numbered, _divider(values.get("headingDivider"))):
        _finish(slide, standing, remarks)
        slides.append(slide)
    if style := values.get("style"):
        slides[0].lines = [(1, f"<style>\n{str(style).strip()}\n</style>\n"), *slides[0].lines]
    return Translated(deck(_front(values, remarks), [one for one in slides if not one.is_empty]), tuple(remarks.found))


def _divider(written: object) -> int:
    """Return the level down to which headings begin slides; 0 for none."""
    levels = written if isinstance(written, list) else [written]
    return max((level for level in levels if isinstance(level, int)), default=0)


def _cut(lines: Sequence[tuple[int, str]], divider: int) -> Iterator[ForeignSlide]:
    slide = ForeignSlide()
    for index, number, text, outside in prose(lines):
        heading = _HEADING.match(text) if outside else None
        underline = index > 0 and text.startswith("-") and bool(lines[index - 1][1].strip())
        if outside and _RULE.fullmatch(text.rstrip()) and not underline:
            yield slide
            slide = ForeignSlide()
            continue
        if heading and len(heading[1]) <= divider and not slide.is_empty:
            yield slide
            slide = ForeignSlide()
        slide.lines.append((number, text))
    yield slide


def _finish(slide: ForeignSlide, standing: dict[str, str], remarks: Remarks) -> None:
    """Set the slide's attributes by its directives and by those that stand since an earlier slide."""
    own: dict[str, str] = {}
    text = _comments(slide, standing, own)
    slide.lines = [
        (number, _line(line, number, slide, remarks) if outside else line) for _, number, line, outside in prose(text)
    ]
    used = {**standing, **own}
    slide.classes += [name for name in used.get("class", "").split() if name]
    if colour := used.get("backgroundColor"):
        slide.attributes["data-background-color"] = colour
    if picture := _URL.search(used.get("backgroundImage", "")):
        slide.attributes.setdefault("data-background-image", picture[1])
    for name in ("header", "footer"):
        if used.get(name):
            remarks.add(slide.lines[0][0] if slide.lines else 1, f"`{name}`", _RUNNING[name])
    if used.get("color"):
        remarks.add(
            slide.lines[0][0] if slide.lines else 1, "`color`", "write a class, and its colour in a style sheet"
        )


_RUNNING = {
    "header": "write HEADER and a title on each slide",
    "footer": 'write footer = ["…"] in kejian.toml, and FOOTER on each slide',
}


def _comments(slide: ForeignSlide, standing: dict[str, str], own: dict[str, str]) -> list[tuple[int, str]]:
    """Return the slide's lines without comments: these are directives, or else notes."""
    kept: list[tuple[int, str]] = []
    inside: list[str] | None = None
    for _, number, line, outside in prose(slide.lines):
        if inside is None and outside and line.lstrip().startswith("<!--") and not _FIT.match(line):
            inside = []
            line = line.lstrip().removeprefix("<!--")
        if inside is None:
            kept.append((number, line))
            continue
        body, closed, rest = line.partition("-->")
        inside.append(body)
        if closed:
            _comment(inside, slide, standing, own)
            inside = None
            kept += [(number, rest)] if rest.strip() else []
    return kept


def _comment(body: Sequence[str], slide: ForeignSlide, standing: dict[str, str], own: dict[str, str]) -> None:
    lines = [line for line in body if line.strip()]
    found = [_DIRECTIVE.match(line) for line in lines]
    if lines and all(one and one[2] in _KNOWN for one in found):
        for one in found:
            if one:
                (own if one[1] else standing)[one[2]] = one[3].strip("\"'")
    elif lines:
        slide.notes += [*([""] if slide.notes else []), *(line.strip() for line in body)]


def _line(line: str, number: int, slide: ForeignSlide, remarks: Remarks) -> str:
    if heading := _FIT.match(line):
        return f"{heading[1]}{heading[2]} {{.r-fit-text}}"
    return _PICTURE.sub(lambda one: _picture(one, number, slide, remarks), line)


def _picture(found: re.Match[str], number: int, slide: ForeignSlide, remarks: Remarks) -> str:
    words = found[1].split()
    sizes = {"w": "width", "h": "height"}
    styles = [(sizes.get(one[1], one[1]), one[2]) for word in words if (one := _SIZE.fullmatch(word))]
    if "bg" in words:
        if any(word.partition(":")[0] in ("left", "right") for word in words):
            remarks.add(number, "a background beside the text", "put text and picture in ::: columns")
        slide.attributes["data-background-image"] = found[2]
        if "fit" in words or "contain" in words:
            slide.attributes["data-background-size"] = "contain"
        return ""
    if any(word.startswith(("blur", "brightness", "contrast", "grayscale", "opacity", "sepia")) for word in words):
        remarks.add(number, "a filter of a picture", "change the picture itself")
    alt = " ".join(word for word in words if not _SIZE.fullmatch(word) and ":" not in word)
    attributes = " ".join(f'{name}="{value.removesuffix("px")}"' for name, value in styles)
    return f"![{alt}]({found[2]}{found[3]})" + (f"{{{attributes}}}" if attributes else "")


def _front(values: Mapping[str, object], remarks: Remarks) -> dict[str, object]:
    kept = {key: value for key, value in values.items() if key not in _KNOWN}
    size = _SIZES.get(str(values.get("size", "16:9")), _SIZES["16:9"])
    if values.get("theme") not in (None, "default"):
        remarks.add(1, f"the theme `{values['theme']}`", "name one of reveal.js' themes: theme: white.css")
    return kept | {"presentation": {"width": size[0], "height": size[1]}}
