"""Detects active content in SVG files, which would run when a browser opens them directly.

As a picture inside a page such a file is harmless, since it runs no script. But it is published, and if it is opened in
a tab or in a frame it runs as a page of the site, under no Content Security Policy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from xml.parsers import expat

from kejian.core import css
from kejian.core.addresses import bare, inside

_ELEMENTS = frozenset(
    "script iframe frame frameset object embed applet portal fencedframe link meta base form handler listener".split()
)
_CHANGES = frozenset(("set", "animate"))
_ADDRESSES = frozenset(("href", "src", "action", "formaction", "data", "to", "from", "by", "values"))
_LOADED = frozenset(("href", "src", "srcset", "poster", "background"))
_SET = re.compile(r"[^\s,]++")
_IGNORED = re.compile(r"[\x00-\x20]+")
_ACTS = re.compile(r"(?:^|;)(?:javascript:|vbscript:|data:(?!image/|font/|audio/|video/))", re.IGNORECASE)
_UP = re.compile(r"(?:^|[/\\])(?:\.|%2e){2}(?:[/\\]|$)", re.IGNORECASE)
_OWN = "drawing.svg"


class _Acts(Exception):  # noqa: N818 -- ends the parse; not an error
    """A drawing contains active content."""


@lru_cache(maxsize=1024)
def drawing(data: bytes) -> str:
    """Describe the active content of an SVG document, "" if there is none. Parses as a browser does, up to the first
    XML error.

    Cached, since a preview asks for the same drawings after every edit.
    """
    reading = _Reading()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reading.begin
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.text
    parser.ProcessingInstructionHandler = _instruction
    parser.ExternalEntityRefHandler = _outside
    try:
        parser.Parse(data, True)  # noqa: FBT003 -- expat takes no keywords
    except _Acts as e:
        return str(e)
    except (expat.ExpatError, ValueError, LookupError) as e:
        return f"it is not a drawing that can be read: {e}"
    return ""


@dataclass(slots=True)
class _Reading:
    """Parser state. style: pieces of the style sheet that is being read, if any."""

    style: list[str] | None = None

    def begin(self, full: str, attributes: dict[str, str]) -> None:
        name = full.rpartition(" ")[2].lower()
        if name in _ELEMENTS:
            raise _Acts(f"it holds <{name}>, which acts when the file is opened by itself")
        self.style = [] if name == "style" else self.style
        for key, value in attributes.items():
            _attribute(name, key.rpartition(" ")[2].lower(), value)

    def text(self, data: str) -> None:
        if self.style is not None:
            self.style.append(data)

    def end(self, full: str) -> None:
        if full.rpartition(" ")[2].lower() == "style" and self.style is not None:
            _styled("".join(self.style))
            self.style = None


def _attribute(element: str, attribute: str, value: str) -> None:
    if attribute.startswith("on"):
        raise _Acts(f"it holds an event handler {attribute}=")
    address = _IGNORED.sub("", value).lower()
    if attribute in _ADDRESSES and (_ACTS.search(address) or (element == "use" and address.startswith("data:"))):
        raise _Acts(f"it holds an address that acts: {value.strip()[:40]}")
    changed = value.strip().lower().rpartition(":")[2] if attribute == "attributename" else ""
    if element in _CHANGES and changed.startswith("on"):
        raise _Acts(f"it sets an event handler {value.strip()}=")
    if element in _CHANGES and changed in _LOADED:
        raise _Acts(f"it changes an address: {value.strip()}=")
    if attribute == "base" or (attribute in _LOADED and element != "a"):
        for part in _SET.findall(value) if attribute == "srcset" else (value,):
            _stays(part)
    elif attribute == "style" or attribute in css.PAINTED:
        _styled(value)


def _stays(address: str) -> None:
    """Raise unless an address that is loaded when the drawing is opened stays within the drawing or beside it."""
    read = bare(address)
    if read[:1] in ("", "#") or read[:5].lower() == "data:":
        return
    if inside(read, _OWN) is None or _UP.search(read):
        raise _Acts(f"it asks for another file when it is opened by itself: {address.strip()[:40]}")


def _styled(style: str) -> None:
    try:
        found = css.addresses(style)
    except css.AmbiguousCssError as e:
        raise _Acts(f"it holds a style that cannot be read for sure: {e}") from None
    for one in found:
        _stays(one.value)


def _instruction(target: str, data: str) -> None:  # noqa: ARG001 -- expat's interface
    if target.lower() == "xml-stylesheet":
        raise _Acts("it is transformed by a style sheet of its own")


def _outside(context: str, base: str | None, system: str | None, public: str | None) -> int:  # noqa: ARG001 -- as above
    raise _Acts(f"it asks for another document, {system}")
