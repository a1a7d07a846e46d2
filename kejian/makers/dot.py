"""Preparation of DOT sources: fonts whose metrics fit Chinese, no access to files, checked links.

Without system fonts Graphviz estimates a Chinese character at 0.75 em with Times metrics, so text overflows its box.
With Verdana metrics it is 1.05 em, and Latin text is widest too, so every diagram is laid out with Verdana and drawn
with the page's font. Font names are case-insensitive in Graphviz, so letter case encodes bold and italic.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from functools import cache

from kejian.core import programs

REGULAR, BOLD, ITALIC = "Verdana", "VERDANA", "verdana"
MONO, BOLD_MONO = "Courier", "COURIER"

_SECONDS = 60
_FILES = frozenset({"image", "shapefile", "imagepath", "fontpath", "stylesheet", "_background"})
_LINKS = frozenset(end + name for end in ("", "edge", "head", "tail", "label") for name in ("url", "href"))
_TOKEN = re.compile(
    r'\s+|//[^\n]*|/\*(?:[^*]|\*(?!/))*(?:\*/)?|^\#[^\n]*|"(?:[^"\\]|\\.)*"?|[\w.\u0080-\U0010ffff]+|->|.',
    re.DOTALL | re.MULTILINE,
)
_SKIPPED = re.compile(r"\s|//|/\*|\#.")
_ANGLE = re.compile(r"[<>]")
_FACE = re.compile(r"(\bface\s*=\s*)(\"[^\"]*\"|'[^']*')", re.IGNORECASE)
_PICTURE = re.compile(r"<img\b", re.IGNORECASE)
_SCHEME = re.compile(r"(?:https?:|mailto:|\#|(?![a-z][a-z0-9+.-]*:)(?!//))", re.IGNORECASE)
_IGNORED = re.compile(r"[\x00-\x20]+")


def prepared(source: str) -> str:
    """Return the source with our fonts in place of its own, without attributes that name files;
    line numbers are kept.
    """
    tokens = list(_tokens(source))
    out = [_replaced(text, _assigned(tokens, index)) for index, (_, text) in enumerate(tokens)]
    opening = next((index for index, (_, text) in enumerate(tokens) if text == "{"), None)
    if opening is not None:
        out[opening] += "".join(f"{kind}[fontname={REGULAR}]" for kind in ("graph", "node", "edge"))
    return "".join(out)


def _replaced(text: str, name: str) -> str:
    """Return the replacement of a token that is the value of the attribute `name`."""
    if name == "fontname":
        return f'"{_font(_plain(text))}"'
    if name in _FILES:
        return '""' + "\n" * text.count("\n")
    if text.startswith("<"):
        return _FACE.sub(lambda face: f'{face[1]}"{_font(face[2])}"', text)
    return text


def left_out(source: str) -> Iterator[tuple[str, int, str, str]]:
    """Yield what a drawing does not keep of a source: a code, the line, a clause, and what to type."""
    tokens, line = list(_tokens(source)), 1
    for index, (_, token) in enumerate(tokens):
        name, value = _assigned(tokens, index), _plain(token)
        if name in _LINKS and not allowed(value):
            what = f"the drawing leaves out the link {value!r}: its scheme is not allowed"
            yield "bad-link", line, what, "use http:, https:, mailto:, a path in the course or #id"
        elif name in _FILES and value:
            what = f"the drawing leaves out {name}={value!r}: a diagram reads no files"
            do = f"; show the picture on the slide, ![]({value})" if name == "image" else ""
            yield "diagram-part", line, what, f"take {name}= out{do}"
        elif token.startswith("<") and (picture := _PICTURE.search(token)):
            what = "the drawing leaves out the picture of this label: a diagram reads no files"
            place = line + token.count("\n", 0, picture.start())
            yield "diagram-part", place, what, "take <img> out; show a picture on the slide, ![](a.png)"
        line += token.count("\n")


def allowed(link: str) -> bool:
    """Return whether a link is http, https, mailto, relative or within the page. Browsers ignore blanks in a scheme."""
    return _SCHEME.match(_IGNORED.sub("", link)) is not None


def _tokens(source: str) -> Iterator[tuple[int, str]]:
    """Yield each token with its offset; together they are the whole source."""
    position = 0
    while position < len(source):
        found = _TOKEN.match(source, position)
        assert found is not None
        end = _html_end(source, position) if found[0] == "<" else found.end()
        yield position, source[position:end]
        position = end


def _html_end(source: str, start: int) -> int:
    """Return the offset after the `>` that closes the HTML string at `start`, or the end of the source."""
    depth = 0
    for angle in _ANGLE.finditer(source, start):
        depth += 1 if angle[0] == "<" else -1
        if depth == 0:
            return angle.end()
    return len(source)


def _assigned(tokens: list[tuple[int, str]], index: int) -> str:
    """Return the lower-case name of the attribute that the token at `index` is the value of, or ""."""
    if _SKIPPED.match(tokens[index][1]):
        return ""
    before = _before(tokens, index)
    if before < 0 or tokens[before][1] != "=":
        return ""
    name = _before(tokens, before)
    return _plain(tokens[name][1]).lower() if name >= 0 else ""


def _before(tokens: list[tuple[int, str]], index: int) -> int:
    index -= 1
    while index >= 0 and _SKIPPED.match(tokens[index][1]):
        index -= 1
    return index


def _plain(token: str) -> str:
    return token[1:-1].replace('\\"', '"') if token.startswith('"') else token


def _font(wanted: str) -> str:
    mono = re.search(r"mono|courier|consol|menlo|typewriter", wanted, re.IGNORECASE)
    bold = re.search(r"bold|black|heavy|黑", wanted, re.IGNORECASE)
    if mono:
        return BOLD_MONO if bold else MONO
    if bold:
        return BOLD
    return ITALIC if re.search(r"italic|oblique", wanted, re.IGNORECASE) else REGULAR


def system(source: str, engine: str) -> dict[str, object]:
    """Draw a prepared source with the system's `dot`; the result has the worker's form: `svg`, or
    `error` and `line`.
    """
    found = programs.find("dot")
    if not found:
        return {"error": "there is no `dot` on this machine", "line": 0}
    # With SERVER_NAME set, Graphviz opens no file that a source names.
    environment = {**os.environ, "SERVER_NAME": "kejian", "GV_FILE_PATH": ""}
    try:
        done = subprocess.run(  # noqa: S603 - an executable, a layout engine's name that was checked, and data on stdin
            [found, "-Tsvg", f"-K{engine}"],
            input=source.encode(),
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env=environment,
        )
    except subprocess.TimeoutExpired:
        return {"error": f"`dot` was still at it after {_SECONDS} seconds", "line": 0}
    if done.returncode == 0:
        return {"svg": done.stdout.decode()}
    told = done.stderr.decode(errors="replace").strip()
    message = told[max(told.find("Error: "), 0) :].removeprefix("Error: ").removeprefix("<stdin>: ")
    where = re.search(r"\bin line (\d+)", message)
    return {"error": message or f"`dot` ended with {done.returncode}", "line": int(where[1]) if where else 0}


@cache
def version() -> str:
    """Return the version of the system's `dot`, or "" if there is none."""
    found = programs.find("dot")
    if not found:
        return ""
    return subprocess.run([found, "-V"], capture_output=True, text=True, check=False).stderr.strip()  # noqa: S603
