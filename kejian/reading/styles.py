"""Style sheets: the local files that they name are published beside them, and none may lead out of the course."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kejian.diagnostics import Diagnostic, Span, warning
from kejian.folder import Folder, Unreadable, is_remote, resolve
from kejian.reading.active import acting

_COMMENT = re.compile(r"/\*(?:[^*]|\*(?!/))*+(?:\*/)?")
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})(?:\r\n|[ \t\n\r\f])?|([^\n\r\f]))")
_URL = re.compile(r"""\burl\(\s{0,9}["']?([^"')\s]{1,2000})|@import\s{0,9}["']([^"']{1,2000})["']""", re.IGNORECASE)
_TEXT = re.compile(r""""([^"\n]{1,2000})"|'([^'\n]{1,2000})'""")

# In a page opened from a folder `//host/x` is a file of another machine, and no policy keeps it from being asked.
_HOST = re.compile(r"file:|[/\\]{2}[^/\\\s]", re.IGNORECASE)


def plain(css: str) -> str:
    """`css` without comments and escapes, with which an address could be spelled otherwise; its lines stay."""
    css = _COMMENT.sub(lambda comment: " " + "\n" * comment[0].count("\n"), css)
    return _ESCAPE.sub(_unescaped, css) if "\\" in css else css


def leaving(css: str, base: str, folder: Folder) -> str:
    """The first address in `css`, which stands in the file `base`, that leads to a file outside of the course."""
    text = plain(css)
    named = (match[1] or match[2] for pattern in (_URL, _TEXT) for match in pattern.finditer(text))
    return next((target for target in named if _leaves(target, base, folder)), "")


@dataclass(slots=True)
class Sheets:
    """The style sheets of a deck. scripts: whether the course allows files that run when they are opened."""

    folder: Folder
    scripts: bool
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def assets(self, path: str) -> tuple[str, ...]:
        """The sheet at `path` and the files that it and those it imports name; none where it may not be used."""
        found: dict[str, None] = {path: None}
        for name in (queue := [path]):
            more = self._named(name)
            if more is None:
                return ()
            queue += [one for one in more if one.endswith(".css") and one not in found]
            found |= dict.fromkeys(more)
        return tuple(found)

    def _named(self, path: str) -> list[str] | None:
        try:
            text = self.folder.text(path)
        except Unreadable as e:
            self._warn("style-unreadable", Span(path), f"{path}: {e}", e.hint)
            return []
        out = leaving(text, path, self.folder)
        if out:
            message = f"the style sheet is left out: it names {out}, which is not in the course"
            self._warn("outside-course", Span(path), message, "keep what a deck uses inside the course's folder")
            return None
        return list(self._files(plain(text), path))

    def _files(self, text: str, path: str) -> Iterator[str]:
        for match in _URL.finditer(text):
            target = (match[1] or match[2]).partition("?")[0].partition("#")[0]
            span = Span(path, text.count("\n", 0, match.start()) + 1)
            if not target or target.startswith("data:"):
                continue
            if is_remote(target):
                message = f"the style asks another host for {target}; a published page does not"
                self._warn("remote-style", span, message, "download it into the course")
            elif not self.folder.has(asset := resolve(path, target)):
                self._warn("missing-style-file", span, f"the file {target} is missing", "check the path")
            elif not self.scripts and (why := acting(asset, self.folder)):
                self._warn("active-file", span, f"{target} is left out: {why.message}", why.hint)
            else:
                yield asset

    def _warn(self, code: str, span: Span, message: str, hint: str) -> None:
        self.diagnostics.append(warning(code, span, message, hint))


def _leaves(target: str, base: str, folder: Folder) -> bool:
    if _HOST.match(target.strip()):
        return True
    if is_remote(target):
        return False
    try:
        folder.real(resolve(base, target.partition("?")[0].partition("#")[0]))
    except Unreadable:
        return True
    return False


def _unescaped(escape: re.Match[str]) -> str:
    code = int(escape[1], 16) if escape[1] else 0
    return escape[2] or (chr(code) if 0 < code < 0x110000 else "\ufffd")
