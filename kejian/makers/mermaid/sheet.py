"""An engine's style sheet as attributes of what it styles: a page takes no sheet that a drawing brings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import tinycss2
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

PROPERTIES = frozenset(
    "fill stroke stroke-width stroke-dasharray stroke-linecap stroke-linejoin opacity fill-opacity stroke-opacity "
    "font-size font-weight font-style text-anchor dominant-baseline alignment-baseline baseline-shift visibility "
    "display text-decoration letter-spacing stop-color stop-opacity paint-order marker-start marker-mid "
    "marker-end".split()
)
_RESET = frozenset({"revert", "inherit", "initial", "unset", "auto"})
_NUMBER = "data-nth"
_STATE = re.compile(r"::|:(?!not\(|nth-|first-|last-|only-)")
_NAMES = re.compile(r"#[\w-]+|\.[\w-]+|\[[^\]]*\]|(?<![\w.#-])[a-zA-Z][\w-]*")

_Weight = tuple[bool, int, int, int, int]
"""Whether it is important, then the counts of ids, of classes and of tags, then the place in the sheet."""


@dataclass(frozen=True, slots=True)
class _Rule:
    selector: str
    name: str
    value: str
    weight: _Weight


def applied(root: ET.Element) -> None:
    """Write the declarations of all sheets in `root` as attributes of the elements that they match."""
    rules = sorted(_rules("\n".join(_sheets(root))), key=lambda rule: rule.weight)
    elements = list(root.iter())
    inline = [_declared(element.attrib.pop("style", "")) for element in elements]
    for number, element in enumerate(elements):
        element.set(_NUMBER, str(number))
    tree = LexborHTMLParser(_plain(root))
    matched = {selector: _matched(tree, selector) for selector in dict.fromkeys(rule.selector for rule in rules)}
    important = [rule for rule in rules if rule.weight[0]]
    _write(elements, [rule for rule in rules if not rule.weight[0]], matched)
    for element, own in zip(elements, inline, strict=True):
        del element.attrib[_NUMBER]
        element.attrib.update({name: value for name, value, _ in own})
    _write(elements, important, matched)
    for element, own in zip(elements, inline, strict=True):
        element.attrib.update({name: value for name, value, wins in own if wins})


def _write(elements: list[ET.Element], rules: list[_Rule], matched: dict[str, tuple[int, ...]]) -> None:
    for rule in rules:
        for number in matched[rule.selector]:
            elements[number].set(rule.name, rule.value)


def _sheets(root: ET.Element) -> Iterator[str]:
    return (element.text or "" for element in root.iter() if element.tag.rpartition("}")[2] == "style")


def _plain(root: ET.Element) -> str:
    """Return the elements without text or namespaces, as a parser of HTML matches them."""

    def written(element: ET.Element) -> Iterator[str]:
        name = element.tag.rpartition("}")[2]
        kept = {
            key: value for key, value in element.attrib.items() if key in {_NUMBER, "id", "class"} or "data-" in key
        }
        attributes = "".join(f' {key}="{_quoted(value)}"' for key, value in kept.items())
        yield f"<kj-{name.lower()}{attributes}>"
        for child in element:
            yield from written(child)
        yield f"</kj-{name.lower()}>"

    return "".join(written(root))


def _quoted(value: str) -> str:
    return value.replace("&", "&amp;").replace('"', "&quot;")


def _matched(tree: LexborHTMLParser, selector: str) -> tuple[int, ...]:
    try:
        return tuple(int(node.attributes[_NUMBER] or 0) for node in tree.css(selector))
    except SelectolaxError:  # a selector that it cannot read matches nothing
        return ()


def _rules(sheet: str) -> Iterator[_Rule]:
    for place, rule in enumerate(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)):
        if rule.type != "qualified-rule":
            continue
        declared = list(_declared(tinycss2.serialize(rule.content)))
        for one in tinycss2.serialize(rule.prelude).split(","):
            selector = one.strip()
            if declared and selector and not _STATE.search(selector):
                named = _renamed(selector)
                yield from (
                    _Rule(named, name, value, (wins, *_counts(selector), place)) for name, value, wins in declared
                )


def _renamed(selector: str) -> str:
    """Return a selector whose tags are those of `_plain`."""
    return _NAMES.sub(lambda found: found[0] if found[0][0] in "#.[" else f"kj-{found[0].lower()}", selector)


def _counts(selector: str) -> tuple[int, int, int]:
    kinds = [found[0] for found in _NAMES.findall(selector)]
    classes = sum(kind in ".[" for kind in kinds)
    return kinds.count("#"), classes, len(kinds) - kinds.count("#") - classes


def _declared(style: str) -> list[tuple[str, str, bool]]:
    """Return the declarations that are of use in a drawing: name, value, whether important."""
    found = tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True) if style else []
    return [
        (one.lower_name, value, one.important)
        for one in found
        if one.type == "declaration"
        and one.lower_name in PROPERTIES
        and (value := tinycss2.serialize(one.value).strip()).lower() not in _RESET
    ]
