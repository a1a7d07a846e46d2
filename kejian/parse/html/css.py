"""Style sheets of a deck: local files that they name are published with them, and none may refer outside the course."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from kejian.core import css
from kejian.core.addresses import bare, inside, is_remote
from kejian.core.css import Address, AmbiguousCssError
from kejian.core.diagnostics import Diagnostic, Span, warning
from kejian.core.disk.files import FileAccessError, Folder
from kejian.parse.html.publishable import PublishPolicy

_WEB = ("http://", "https://")
"""What the pages' own policy keeps from being asked for; a warning is enough."""
_SPELL = 'end each text and comment, and put the address in quotes: url("picture.png")'


class RefusedStyle(NamedTuple):
    """A rejected style. written: the address, or "". line: in the style, 1-based."""

    why: str
    hint: str
    written: str = ""
    line: int = 1


def leaving(text: str, base: str, folder: Folder, *, web: bool = False) -> RefusedStyle | None:
    """Return why the style `text` in the file `base` refers, or may refer, outside the course; `None` if it does not.

    web: leave addresses on the web to the page's Content Security Policy.
    """
    try:
        found = css.addresses(text)
    except AmbiguousCssError as e:
        return RefusedStyle(f"it cannot be read for sure: {e}", _SPELL, "", e.line)
    return next(filter(None, (_judged(one, base, folder, web=web) for one in found)), None)


def _judged(one: Address, base: str, folder: Folder, *, web: bool) -> RefusedStyle | None:
    read = bare(one.value)
    if _stays(one, read) or (read.lower().startswith(_WEB) and (web or one.kind == "text")):
        return None
    path = inside(read, base)
    if path is not None:
        try:
            folder.real(path)
        except FileAccessError:
            path = None
    if path is not None:
        return None
    hint = "keep what a deck uses inside the course's folder, and name it relative to the file that names it"
    return RefusedStyle(f"it names {one.value}, which is not in the course", hint, one.value, one.line)


def _stays(one: Address, read: str) -> bool:
    """Return whether an address needs no file at all."""
    return not read or read.startswith("#") or (one.kind != "import" and read[:5].lower() == "data:")


def files(text: str) -> Iterator[Address]:
    """Return the addresses in a readable style that name files of the course or of another host."""
    for one in css.addresses(text):
        if one.kind != "text" and not _stays(one, bare(one.value)):
            yield one


@dataclass(slots=True)
class Sheets:
    """The style sheets of a deck."""

    folder: Folder
    publishing: PublishPolicy
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def assets(self, path: str) -> tuple[str, ...]:
        """Return the sheet at `path` and all files that it and its imports name; nothing if it is rejected."""
        found: dict[str, None] = {path: None}
        for name in (queue := [path]):
            more = self._named(name)
            if more is None:
                return ()
            queue += [one for one, kind in more if (kind == "import" or one.endswith(".css")) and one not in found]
            found |= dict.fromkeys(one for one, _ in more)
        return tuple(found)

    def texts(self, used: Iterable[Iterable[str]]) -> Iterator[str]:
        """Yield the texts of the sheets among these files, each once."""
        for path in dict.fromkeys(path for paths in used for path in paths if path.endswith(".css")):
            yield self.folder.text(path)

    def _named(self, path: str) -> list[tuple[str, css.Kind]] | None:
        try:
            text = self.folder.text(path)
        except FileAccessError as e:
            self._warn("style-unreadable", Span(path), f"the style sheet is left out: {e}", e.hint)
            return None
        out = leaving(text, path, self.folder, web=True)
        if out:
            code = "outside-course" if out.written else "style-unreadable"
            self._warn(code, Span(path, out.line), f"the style sheet is left out: {out.why}", out.hint)
            return None
        return list(self._files(text, path))

    def _files(self, text: str, path: str) -> Iterator[tuple[str, css.Kind]]:
        for one in files(text):
            target, span = one.value, Span(path, one.line)
            if is_remote(target):
                message = f"the style asks another host for {target}; a published page does not"
                self._warn("remote-style", span, message, "download it into the course")
                continue
            asset = inside(target, path) or path
            if not self.folder.has(asset):
                self._warn("missing-style-file", span, f"the file {target} is missing", "check the path")
            elif why := self.publishing.refusal(asset, self.folder):
                self._warn("active-file", span, f"{target} is left out: {why.message}", why.hint)
            else:
                yield asset, one.kind

    def _warn(self, code: str, span: Span, message: str, hint: str) -> None:
        self.diagnostics.append(warning(code, span, message, hint))
