"""Decides which files of a course are published: an allow-list of kinds, and further endings that the course names.

Browsers determine a file's type by its ending, the server's header, or its first bytes. A file that any of these
identifies as a page would run in a tab or a frame as a page of the site, under no Content Security Policy. So all three
must agree that it is something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from posixpath import basename, splitext
from typing import NamedTuple

from kejian.core.disk.files import FileAccessError, Folder
from kejian.parse.html.active_content import drawing

PICTURES = "apng avif bmp gif ico jfif jpeg jpg png tif tiff webp"
KINDS: Mapping[str, str] = {
    "pictures": f"{PICTURES} svg",
    "films, sounds and their texts": "aac flac m4a m4v mov mp3 mp4 mpeg mpg oga ogg ogv opus srt vtt wav weba webm",
    "documents": "doc docx djvu epub odp ods odt pdf ppt pptx ps xls xlsx",
    "archives": "7z bz2 gz tar tgz whl xz zip zst",
    "text": "adoc bib log markdown md rst tex txt",
    "data": (
        "arrow bin csv dat db feather h5 hdf5 idx ini json jsonl keras mat ndjson npy npz onnx parquet pb pkl "
        "pt pth safetensors sqlite tflite toml tsv ubyte yaml yml"
    ),
    "fonts": "eot otf ttc ttf woff woff2",
    "sources": (
        "bat c cc cfg cpp cs css cu diff dot f90 go gv h hpp hs java jl js kt lua m mjs ml nb patch "
        "proto ps1 py pyi qmd r rb rmd rs scala sh sql swift ts v vhd"
    ),
    "notebooks": "ipynb",
}
ENDINGS = frozenset(ending for endings in KINDS.values() for ending in endings.split())
FRAMED = frozenset(f"{PICTURES} svg".split())
"""What a frame may hold besides pages of the generator: a PDF may hold scripts and forms that send themselves."""

PAGES = frozenset(
    "asa asax ascx ashx asp aspx atom cfm cgi dhtml eml fcgi hta htc htm html htmls htt htx jhtml jnlp "
    "jsp jspx mathml mht mhtm mhtml mml phar php php3 php4 php5 php7 phps phtml pht pl rdf rhtml rss shtm "
    "shtml stm swf svgz vml wml wsdl xbl xht xhtm xhtml xlf xml xsd xsl xslt xul".split()
)
"""What browsers, or servers for them, take for pages."""

_PACKED = frozenset("br bz2 gz lz lzma xz z zst".split())
_CERTAIN = frozenset(
    f"{PICTURES} svg {KINDS['films, sounds and their texts']} {KINDS['documents']} {KINDS['fonts']} txt zip".split()
)
"""Endings that any server knows, so that none before it counts."""

_BLANKS = b"\x00\t\n\v\f\r "
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_TAGS = "!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|svg"
_PAGE = re.compile(rb"<(?:!--|\?xml|(?:" + _TAGS.encode() + rb")(?:[\s>/]|$))", re.IGNORECASE)
"""How a page begins for a browser that has to guess (https://mimesniff.spec.whatwg.org), and an SVG document."""

_TRUSTED = "if you trust every file of the course, set `scripts = true` in kejian.toml"
_ENDING = re.compile(r"[a-z0-9]{1,20}")


class PublishRefusal(NamedTuple):
    """A file that is not published: why, and what to do about it."""

    message: str
    hint: str


class PublishPolicy(NamedTuple):
    """What a course permits. scripts: any file. more: endings beyond the list. frames: origins of hosts in frames."""

    scripts: bool = False
    more: frozenset[str] = frozenset()
    frames: tuple[str, ...] = ()

    def refusal(self, path: str, folder: Folder) -> PublishRefusal | None:
        """Return why the course's file `path` is not published; `None` if it is."""
        if self.scripts:
            return None
        return self._kind(basename(path)) or _content(path, folder)

    def framed(self, path: str, folder: Folder) -> PublishRefusal | None:
        """Return why the file `path` may not be shown in a frame; `None` if it may."""
        refusal, ending = self.refusal(path, folder), ending_of(path)
        if refusal or self.scripts or ending in FRAMED:
            return refusal
        why = f"a frame holds pictures, drawings and pages of the course's own decks, but this has {_named(ending)}"
        return PublishRefusal(why, "link to the file instead, or show a picture of it")

    def kept(self, path: str, folder: Folder) -> PublishRefusal | None:
        """Like `refusal`, for a file that the course names itself, whose ending need not be known."""
        ending = ending_of(path)
        wider = self._replace(more=self.more | {ending})
        return wider.refusal(path, folder) if ending or self.scripts else _content(path, folder)

    def _kind(self, name: str) -> PublishRefusal | None:
        """Return what is wrong with a file's name."""
        ending = ending_of(name)
        page = next((one for one in _taken_for(name, ending) if one in PAGES), "")
        if page:
            why = f"it is a page of its own, which this course does not allow to run: browsers open {_named(page)} so"
            return PublishRefusal(why, _TRUSTED)
        if ending in ENDINGS | self.more:
            return None
        if not _ENDING.fullmatch(ending):
            return PublishRefusal(f"its name has {_named(ending)}, so a browser would guess what it is", _rename(name))
        why = f"{_named(ending)} is none of the kinds of files that are published"
        return PublishRefusal(why, f'if browsers do not run such files, add it in kejian.toml: publish = ["{ending}"]')


def _taken_for(name: str, ending: str) -> Iterator[str]:
    """Yield the endings by which a server might determine a file's type: the last if all servers know it, else each.

    A compressed drawing, which cannot be examined, counts as a page.
    """
    yield ending
    head, *rest = name.lower().split(";")
    yield ending_of(head) if rest else ""
    if ending not in _CERTAIN:
        inner = name.lower().split(".")[1:-1]
        yield from ("svgz" if one == "svg" and ending in _PACKED else one for one in inner)


def ending_of(path: str) -> str:
    """Return the ending of a file's name in lower case without its dot; "" if it has none."""
    return splitext(basename(path))[1].lower().removeprefix(".")


def wrong_endings(endings: Iterable[str], *, scripts: bool) -> str:
    """Return what is wrong with the endings that a course adds; "" if nothing is."""
    for ending in endings:
        if not _ENDING.fullmatch(ending):
            return f"`publish` holds {ending!r}: an ending is written in lower-case letters and digits, without a dot"
        if not scripts and ending in PAGES:
            return f"`publish` holds {ending!r}: browsers run such files as pages, which needs `scripts = true` as well"
    return ""


def begins_as_page(data: bytes) -> bool:
    """Return whether a browser that sniffs the first bytes would take them for a page or a drawing."""
    for mark in _MARKS:
        data = data.removeprefix(mark)
    return _PAGE.match(data.replace(b"\0", b"").lstrip(_BLANKS)) is not None


def _content(path: str, folder: Folder) -> PublishRefusal | None:
    """Return what is wrong with a file's content."""
    try:
        if ending_of(path) == "svg":
            found = drawing(folder.data(path))
            return PublishRefusal(found, f"export the drawing anew without it; or, {_TRUSTED}") if found else None
        if not begins_as_page(folder.head(path)):
            return None
    except FileAccessError as e:
        return PublishRefusal(str(e), e.hint)
    except OSError as e:
        return PublishRefusal(f"the file cannot be read: {e.strerror}", "make it readable, or name another")
    why = "it begins as a page does, so a browser that guesses what it is would run it"
    return PublishRefusal(why, f"begin it with something else than a tag; or, {_TRUSTED}")


def _named(ending: str) -> str:
    return f"the ending .{ending}" if ending else "no ending"


def _rename(name: str) -> str:
    return f"rename it, for instance to {splitext(name)[0].strip('. ') or 'file'}.txt"
