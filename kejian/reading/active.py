"""Files that run when a browser opens them by themselves: pages, and drawings that hold more than a drawing.

Inside a page such a file does nothing: a picture runs no script. But it is published, and a reader who opens it in a
tab, or a slide that shows it in a frame, would run it as a page of the site, under no policy.
"""

from __future__ import annotations

import re
from functools import lru_cache
from posixpath import splitext
from typing import NamedTuple
from xml.parsers import expat

from kejian.folder import Folder, Unreadable

_PAGES = frozenset("html htm xhtml xht shtml mht mhtml xml xsl xslt rdf rss atom svgz swf hta".split())
_ELEMENTS = frozenset(
    "script iframe frame frameset object embed applet portal fencedframe link meta base form handler listener".split()
)
_CHANGES = frozenset(("set", "animate"))
_ADDRESSES = frozenset(("href", "src", "action", "formaction", "data", "to", "from", "by", "values"))
_IGNORED = re.compile(r"[\x00-\x20]+")
_ACTS = re.compile(r"(?:^|;)(?:javascript:|vbscript:|data:(?!image/|font/|audio/|video/))", re.IGNORECASE)
_TRUSTED = "if you trust every file of the course, set `scripts = true` in kejian.toml"


class Acting(NamedTuple):
    """Why a file is not published, and what to do about it."""

    message: str
    hint: str


def acting(path: str, folder: Folder) -> Acting | None:
    """Why a browser that opens the course's file `path` by itself would run it; `None` where it would not."""
    suffix = splitext(path)[1].lower().lstrip(".")
    if suffix in _PAGES:
        return Acting("it is a page of its own, which this course does not allow to run", _TRUSTED)
    if suffix != "svg":
        return None
    try:
        found = drawing(folder.data(path))
    except Unreadable as e:
        return Acting(str(e), e.hint)
    return Acting(found, f"export the drawing anew without it; or, {_TRUSTED}") if found else None


class _Acts(Exception):  # noqa: N818 -- ends the parse; not an error
    """What a drawing holds that acts."""


@lru_cache(maxsize=1024)
def drawing(data: bytes) -> str:
    """What in an SVG document acts, in words. Read as a browser does, up to where it stops being XML.

    A preview asks for the same drawings after every edit.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = _element
    parser.ProcessingInstructionHandler = _instruction
    parser.ExternalEntityRefHandler = _outside
    try:
        parser.Parse(data, True)  # noqa: FBT003 -- expat takes no keywords
    except _Acts as e:
        return str(e)
    except (expat.ExpatError, ValueError, LookupError) as e:
        return f"it is not a drawing that can be read: {e}"
    return ""


def _element(full: str, attributes: dict[str, str]) -> None:
    name = full.rpartition(" ")[2].lower()
    if name in _ELEMENTS:
        raise _Acts(f"it holds <{name}>, which acts when the file is opened by itself")
    for key, value in attributes.items():
        attribute = key.rpartition(" ")[2].lower()
        if attribute.startswith("on"):
            raise _Acts(f"it holds an event handler {attribute}=")
        address = _IGNORED.sub("", value).lower()
        if attribute in _ADDRESSES and (_ACTS.search(address) or (name == "use" and address.startswith("data:"))):
            raise _Acts(f"it holds an address that acts: {value.strip()[:40]}")
        if name in _CHANGES and attribute == "attributename" and value.strip().lower().startswith("on"):
            raise _Acts(f"it sets an event handler {value.strip()}=")


def _instruction(target: str, data: str) -> None:  # noqa: ARG001 -- expat's interface
    if target.lower() == "xml-stylesheet":
        raise _Acts("it is transformed by a style sheet of its own")


def _outside(context: str, base: str | None, system: str | None, public: str | None) -> int:  # noqa: ARG001 -- as above
    raise _Acts(f"it asks for another document, {system}")
