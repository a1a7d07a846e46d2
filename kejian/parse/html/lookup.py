"""Looks up what a deck refers to: publishable files, confined styles, frames."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from kejian.core import addresses
from kejian.core.addresses import inside, is_remote, path_of, resolve
from kejian.core.disk.files import FileAccessError, Folder
from kejian.parse.html import css as styles
from kejian.parse.html.publishable import PublishPolicy

MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")
_MADE = ("index.html", "_kejian/licences.html")
_COLOUR = re.compile(r"#[0-9a-fA-F]{1,8}")


def page_path(path: str) -> str:
    """Return the path in the site of the page made from the Markdown file at `path`."""
    return posixpath.splitext(path)[0] + ".html"


@dataclass(frozen=True, slots=True)
class TargetProblem:
    """A problem with a target whose place is not yet known: `snippet` is its spelling in the source."""

    code: str
    snippet: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """Looks up targets of one deck. `linked` collects the Markdown files that it links to, each of which becomes a
    page.
    """

    deck: str
    folder: Folder
    publishing: PublishPolicy = field(default_factory=PublishPolicy)
    assets: list[str] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)
    findings: list[TargetProblem] = field(default_factory=list)

    def path(self, written: str, kind: str) -> str | None:
        """Return a file's course path, and publish the file; `None`, with a finding, if it cannot be published."""
        found = self._found(written, kind)
        if isinstance(found, TargetProblem):
            self.findings.append(found)
            return None
        self.assets.append(found)
        return found

    def _found(self, written: str, kind: str) -> str | TargetProblem:
        shown = addresses.shown(written)
        if is_remote(written):
            message = f"the {kind} {shown} is not in the course; a published page asks no other host"
            hint = "download it into the course; a file with a colon in its name is written with ./ in front"
            if kind in ("picture", "background"):
                hint = "download it into the course; `kejian import --fetch` offers that as a patch"
            return TargetProblem(f"remote-{_slug(kind)}", written, message, hint)
        path = resolve(self.deck, path_of(written))
        try:
            real = self.folder.real(path)
        except FileAccessError as e:
            return TargetProblem("outside-course", written, f"the {kind} {shown}: {e}", e.hint)
        if not self.folder.has(path):
            hint = "name a file in the folder" if _is_folder(real) else "is the path right? It is relative to the deck"
            hint = self._sharp(written) or hint
            return TargetProblem(f"missing-{_slug(kind)}", written, f"the {kind} {shown} is missing", hint)
        why = self.publishing.refusal(path, self.folder)
        return TargetProblem("active-file", written, f"the {kind} {shown}: {why.message}", why.hint) if why else path

    def _sharp(self, written: str) -> str:
        """Return a hint if a `#` or `?` in a file's name was parsed as a fragment or query."""
        whole = written.replace("#", "%23").replace("?", "%3F")
        there = whole != written and self.folder.has(resolve(self.deck, whole))
        return f"`#` and `?` end a path: write {whole}" if there else ""

    def file(self, written: str, kind: str) -> str | None:
        """Return the URL on the page of a file or of a `data:` address; `None`, with a finding, if there is none."""
        written = written.strip()
        if addresses.bare(written)[:5].lower() == "data:":
            held = addresses.embedded(written)
            if not held:
                message = f"the {kind} {written[:40]} holds no picture, sound or film"
                self._wrong(f"remote-{_slug(kind)}", written, message, "keep it as a file of the course")
            return held or None
        path = self.path(written, kind)
        return None if path is None else addresses.address(path, self.deck)

    def pictures(self, written: str) -> str:
        """Return the pictures of a slide's background as reveal.js takes them: one `data:` address, or a list."""
        if _COLOUR.fullmatch(written):
            return written
        found = addresses.embedded(written)
        return found or ",".join(filter(None, (self._picture(one) for one in self._items(written))))

    def _picture(self, written: str) -> str:
        path = self.path(written, "background")
        found = addresses.background(path, self.deck) if path is not None else ""
        if path is not None and not found:
            message = (
                f"the background {written}: reveal.js shows no picture behind a slide with a comma, ? or # in its path"
            )
            self._wrong("missing-background", written, message, "rename the file")
        return found

    def films(self, written: str) -> str:
        """Return the videos of a slide's background: a list, from which the browser plays the first that it can."""
        paths = (self.path(one, "background") for one in self._items(written))
        return ",".join(addresses.address(path, self.deck) for path in paths if path is not None)

    def _items(self, written: str) -> Iterable[str]:
        """Split a list; a file whose name contains a comma counts as one item."""
        whole = inside(written, self.deck)
        if whole is not None and "," in written and self.folder.has(whole):
            return (written.strip(),)
        return filter(None, (one.strip() for one in written.split(",")))

    def frame(self, written: str) -> str:
        """Return the URL of a frame's content: a picture, a drawing, or a page of the course; "" for anything else."""
        name, mark, anchor = written.strip().partition("#")
        page = self.page(name)
        if page:
            self.linked.append(page)
            return addresses.address(page_path(page), self.deck) + mark + addresses.quoted(anchor)
        path = self.path(name, "frame") if self.framed(name) else None
        return "" if path is None else addresses.address(path, self.deck)

    def page(self, written: str) -> str:
        """Return the Markdown file that a link or a frame names directly or by its page; "" if there is none."""
        path = "" if is_remote(written) else resolve(self.deck, path_of(written))
        if path.lower().endswith(MARKDOWN):
            return path if self.folder.has(path) else ""
        if not path.endswith(".html") or (self.publishing.scripts and self.folder.has(path)):
            return ""
        sources = (path.removesuffix(".html") + ending for ending in MARKDOWN)
        return next(filter(self.folder.has, sources), "")

    def made(self, written: str) -> str:
        """Return the generated page (such as the index) that a link names; "" if it names none."""
        path = "" if is_remote(written) else resolve(self.deck, path_of(written))
        return path if path in _MADE and not self.folder.has(path) else ""

    def framed(self, written: str) -> bool:
        """Return whether a frame may show the target, if it exists; adds a finding if not."""
        path = resolve(self.deck, path_of(written))
        if is_remote(written) or self.page(written) or not self.folder.has(path):
            return True
        why = self.publishing.framed(path, self.folder)
        if why:
            code = "active-file" if self.publishing.refusal(path, self.folder) else "not-in-a-frame"
            self._wrong(code, written, f"the frame {written}: {why.message}", why.hint)
        return not why

    def style(self, css: str) -> str:
        """Return the style, and publish the files that it names; "", with a finding, if it is rejected."""
        out = styles.leaving(css, self.deck, self.folder)
        if out:
            code = "outside-course" if out.written else "style-unreadable"
            self._wrong(code, out.written or css[:40], f"a style is left out: {out.why}", out.hint)
            return ""
        for one in styles.files(css):
            self.path(one.value, "style file")
        return css

    def _wrong(self, code: str, written: str, message: str, hint: str) -> None:
        self.findings.append(TargetProblem(code, written, message, hint))


def _is_folder(real: Path) -> bool:
    with suppress(OSError):  # a name can be too long for the system call
        return real.is_dir()
    return False


def _slug(kind: str) -> str:
    return kind.replace(" ", "-")
