"""Decks for Slidev: rules with settings below them, layouts, clicks, notes in the last comment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kejian.migrate.dialects.slides import ForeignSlide, Remarks, Translated, deck, prose
from kejian.parse.lines.frontmatter import FrontMatter

_LAYOUTS = {
    "cover": "cover",
    "intro": "cover",
    "section": "section",
    "statement": "statement",
    "fact": "statement",
    "quote": "statement",
    "image": "figure",
    "end": "closing",
}
"""Layouts of Slidev, and ours."""
_PLAIN = ("default", "center", "full", "none", "two-cols", "two-cols-header")
_SETTING = re.compile(r"[A-Za-z][\w-]*:(?:\s.*)?$|\s+\S.*$|-\s.*$|#.*$|\s*$")
_CLICKS = re.compile(r"^(\s*)</?v-clicks?\b([^>]*)>\s*$")
_CLICK = re.compile(r"<v-click\b[^>]*>(.*?)</v-click>")
_SNIPPET = re.compile(r"^<<<\s+@?/?(\S+?)(?:\s+\S.*)?$")
_SLOT = re.compile(r"::(right|left|bottom|default)::\s*$")
_COMPONENT = re.compile(r"<([A-Z]\w+)\b[^>]*/?>")
_OWN = (
    *("layout", "class", "background", "transition", "image", "mdc", "drawings", "highlighter", "colorSchema", "fonts"),
    *("routerMode", "aspectRatio", "canvasWidth", "themeConfig", "lineNumbers", "exportFilename", "selectable"),
    *("presenter", "theme", "info", "titleTemplate", "download", "src", "hide", "level", "clicks", "layoutClass"),
    *("backgroundSize", "addons", "favicon", "monaco", "record", "wakeLock", "remoteAssets", "defaults", "css", "zoom"),
)


def slidev(front: FrontMatter, lines: Sequence[str], path: str) -> Translated:
    """Rewrite a deck for Slidev."""
    remarks = Remarks(path, "Slidev")
    numbered = list(enumerate(lines, 1))[front.lines :]
    slides = []
    for settings, slide in _cut(numbered, front.values):
        if settings.get("src"):
            slide.lines = [(1, f'@import "{str(settings["src"]).lstrip("@/")}"')]
        else:
            _finish(slide, settings, remarks)
        if settings.get("hide"):
            slide.attributes["data-visibility"] = "hidden"
        slides += [] if slide.is_empty else [slide]
    kept = {key: value for key, value in front.values.items() if key not in _OWN}
    size = _size(front.values)
    return Translated(deck(kept | ({"presentation": size} if size else {}), slides), tuple(remarks.found))


def _size(values: Mapping[str, object]) -> dict[str, object]:
    width, ratio = values.get("canvasWidth"), str(values.get("aspectRatio", "16/9"))
    parts = re.fullmatch(r"(\d+)\s*[/:]\s*(\d+)", ratio)
    if not (isinstance(width, int) and parts):
        return {}
    return {"width": width, "height": round(width * int(parts[2]) / int(parts[1]))}


def _cut(
    lines: Sequence[tuple[int, str]], first: Mapping[str, object]
) -> Iterator[tuple[Mapping[str, object], ForeignSlide]]:
    settings, slide, skip = first, ForeignSlide(), 0
    for index, number, text, outside in prose(lines):
        if index < skip:
            continue
        if outside and re.fullmatch(r"-{3,}\s*", text):
            yield settings, slide
            settings, skip = _settings(lines, index + 1)
            slide = ForeignSlide()
        else:
            slide.lines.append((number, text))
    yield settings, slide


def _settings(lines: Sequence[tuple[int, str]], start: int) -> tuple[Mapping[str, object], int]:
    """Return the settings that stand below a rule, and the index of the first line behind them."""
    if start >= len(lines) or not re.match(r"[A-Za-z][\w-]*:(?:\s|$)", lines[start][1]):
        return {}, start
    for end in range(start, len(lines)):
        if re.fullmatch(r"-{3,}\s*", lines[end][1]):
            from kejian.parse.lines import yaml_keys

            return yaml_keys.read("\n".join(text for _, text in lines[start:end]), "")[0], end + 1
        if not _SETTING.match(lines[end][1]):
            break
    return {}, start


def _finish(slide: ForeignSlide, settings: Mapping[str, object], remarks: Remarks) -> None:
    layout = str(settings.get("layout", "default"))
    first = slide.lines[0][0] if slide.lines else 1
    if layout in _LAYOUTS:
        slide.classes.append(_LAYOUTS[layout])
    elif layout in ("image-right", "image-left"):
        slide.lines = _beside(slide.lines, str(settings.get("image", "")), left=layout == "image-left")
    elif layout not in _PLAIN:
        remarks.add(first, f"the layout `{layout}`", "write ::: columns, or a class of your own on the slide's mark")
    slide.classes += str(settings.get("class", "")).split()
    if picture := str(settings.get("background") or (settings.get("image", "") if layout == "image" else "")):
        colour = re.fullmatch(r"#[0-9a-fA-F]{3,8}|[a-z]+", picture)
        slide.attributes["data-background-color" if colour else "data-background-image"] = picture.removeprefix("/")
    if transition := settings.get("transition"):
        slide.attributes["data-transition"] = str(transition).partition("-")[0]
    _take_notes(slide)
    slide.lines = [
        (number, _line(text, number, remarks) if outside else text) for _, number, text, outside in prose(slide.lines)
    ]
    slide.lines = _columns(slide.lines)


def _take_notes(slide: ForeignSlide) -> None:
    """Take the comment at the slide's end as its notes."""
    text = "\n".join(line for _, line in slide.lines).rstrip()
    start = text.rfind("<!--")
    if start >= 0 and text.endswith("-->") and "-->" not in text[start:-3]:
        slide.notes = [line.strip() for line in text[start + 4 : -3].strip().split("\n")]
        slide.lines = slide.lines[: text.count("\n", 0, start)]


def _line(text: str, number: int, remarks: Remarks) -> str:
    if clicks := _CLICKS.match(text):
        steps = "::: incremental" if "v-clicks" in text else "::: {.fragment}"
        return f"{clicks[1]}{':::' if '</' in text else steps}"
    if snippet := _SNIPPET.match(text):
        return f'@import "{snippet[1].partition("#")[0]}"'
    text = _CLICK.sub(r'<span class="fragment">\1</span>', text)
    if component := _COMPONENT.search(text):
        remarks.add(number, f"the component `<{component[1]}>`", "write Markdown or HTML in its place")
    return text


def _columns(lines: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return the lines with `::right::` as a second column; a heading before the first stands above both."""
    plain = [line for line in lines if not ((slot := _SLOT.match(line[1])) and slot[1] != "right")]
    right = next((index for index, (_, text) in enumerate(plain) if _SLOT.match(text)), None)
    if right is None:
        return plain
    first = next((index for index, (_, text) in enumerate(plain) if text.strip()), 0)
    below = first + 1 if plain[first][1].startswith("#") else 0
    return [*plain[:below], *_side_by_side(plain[below:right], plain[right + 1 :])]


def _beside(lines: list[tuple[int, str]], picture: str, *, left: bool) -> list[tuple[int, str]]:
    at = lines[0][0] if lines else 1
    drawn = [(at, f"![]({picture.removeprefix('/')})")] if picture else []
    return _side_by_side(drawn, lines) if left else _side_by_side(lines, drawn)


def _side_by_side(left: list[tuple[int, str]], right: list[tuple[int, str]]) -> list[tuple[int, str]]:
    at = left[-1][0] if left else 1
    return [
        *_written(at, ":::: columns", "::: column"),
        *left,
        *_written(at, ":::", "::: column"),
        *right,
        *_written(at, ":::", "::::"),
    ]


def _written(number: int, *texts: str) -> list[tuple[int, str]]:
    return [(number, text) for name in texts for text in ("", name, "")]
