"""The paragraphs of a shape of PowerPoint as lines of Markdown: lists with their levels, prose, listings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kejian.migrate.powerpoint.inline import A, Element, markdown, plain, runs

_LEVELS = 9
_FENCE = "```"


@dataclass(frozen=True, slots=True)
class ListStyles:
    """Which paragraphs have bullets where they do not say so: the styles of a shape and of what it inherits from.

    usual: the bullet of a shape that none of them speaks of.
    """

    styles: Sequence[Element]
    usual: str = ""

    def bullet(self, paragraph: Element, level: int) -> str:
        """Return `-`, `1.`, or "" for none."""
        own = paragraph.find(f"{A}pPr")
        named = (style.find(f"{A}lvl{level + 1}pPr") for style in self.styles)
        for properties in (own, *named):
            found = None if properties is None else _bullet(properties)
            if found is not None:
                return found
        return self.usual


def _bullet(properties: Element) -> str | None:
    for name, bullet in (("buNone", ""), ("buAutoNum", "1."), ("buChar", "-"), ("buBlip", "-")):
        if properties.find(f"{A}{name}") is not None:
            return bullet
    return None


@dataclass(slots=True)
class _Lists:
    """Open lists while paragraphs are written: at each level the width of its bullet, and the last number."""

    widths: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    def item(self, bullet: str, level: int) -> tuple[str, str]:
        """Return the bullet of the next item at a level, and the blanks before it."""
        level = min(level, len(self.widths))
        if level == len(self.widths):
            self.widths.append(0)
            self.numbers.append(0)
        del self.widths[level + 1 :], self.numbers[level + 1 :]
        self.numbers[level] = self.numbers[level] + 1 if bullet == "1." else 0
        mark = f"{self.numbers[level]}. " if bullet == "1." else "- "
        self.widths[level] = len(mark)
        return mark, " " * sum(self.widths[:level])


def body(element: Element, styles: ListStyles, links: Mapping[str, str]) -> list[str]:
    """Return the text of a shape. links: addresses by the ids of its slide."""
    if code := listing(element):
        return [_FENCE, *code, _FENCE]
    return list(_written(element, styles, links))


def _written(element: Element, styles: ListStyles, links: Mapping[str, str]) -> Iterator[str]:
    lists = _Lists()
    for paragraph in element.iter(f"{A}p"):
        text = markdown(runs(paragraph, links))
        if not text:
            continue
        level = _level(paragraph)
        bullet = styles.bullet(paragraph, level)
        if bullet:
            mark, before = lists.item(bullet, level)
            yield f"{before}{mark}{text}"
        else:
            if lists.widths:
                yield ""
            lists = _Lists()
            yield from (text, "")


def _level(paragraph: Element) -> int:
    properties = paragraph.find(f"{A}pPr")
    written = "" if properties is None else properties.get("lvl") or ""
    return min(int(written), _LEVELS - 1) if written.isdecimal() else 0


def listing(element: Element) -> list[str]:
    """Return the lines of a shape whose text is monospaced and plain, [] for any other."""
    paragraphs = [list(runs(one, {})) for one in element.iter(f"{A}p")]
    written = [run for pieces in paragraphs for run in pieces if run.text.strip()]
    if not written or not all(run.marks.code and not (run.marks.bold or run.marks.italic) for run in written):
        return []
    if any(one.find(f".//{A}hlinkClick") is not None for one in element.iter(f"{A}p")):
        return []
    lines = "\n".join(map(plain, paragraphs)).expandtabs(4).replace("\xa0", " ").rstrip().split("\n")
    return lines if len(lines) > 1 and not any(line.lstrip().startswith(_FENCE) for line in lines) else []


def words(element: Element) -> str:
    """Return the text of a shape on one line, as a title is written."""
    return " ".join(markdown(runs(paragraph, {})) for paragraph in element.iter(f"{A}p")).replace("<br>", " ").strip()
