"""The flow of a build, as code: the one path that every command takes."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path

from jinja2 import TemplateError

from kejian import config, discover, render
from kejian.diagnostics import Diagnostic, Severity, Span, error, failed, ordered, strict
from kejian.fill import Filling, Progress
from kejian.folder import Folder, Unreadable
from kejian.makers import typeset
from kejian.memo import Built, Memo
from kejian.model import Deck, Diagram, Hole, Slide, Source
from kejian.parse import parse
from kejian.publish import NotOurs, Site
from kejian.setting import Setting, prepare
from kejian.shared_files import shared_files
from kejian.store import Store
from kejian.toolchain import ToolchainError


@dataclass(frozen=True, slots=True)
class Options:
    """What a build is asked: the course's folder, where the site goes, whether warnings are errors."""

    course: Path
    out: Path
    strict: bool = False
    progress: Progress = lambda words: None  # noqa: ARG005 -- silence


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did. `written` counts the files of the site that changed; on an error nothing was published."""

    diagnostics: tuple[Diagnostic, ...] = ()
    decks: int = 0
    pages: int = 0
    slides: int = 0
    made: int = 0
    reused: int = 0
    written: int = 0
    seconds: float = 0.0

    @property
    def failed(self) -> bool:
        """Whether nothing was published."""
        return failed(self.diagnostics)

    def summary(self, out: Path) -> str:
        """One line of figures, and what became of the site."""
        warnings = sum(d.severity is Severity.WARNING for d in self.diagnostics)
        errors = sum(d.severity is Severity.ERROR for d in self.diagnostics)
        counts = (
            f"{_number(self.decks, 'deck')}, {_number(self.pages, 'page')}, {_number(self.slides, 'slide')}; "
            f"{_number(self.made, 'hole')} filled, {self.reused} reused; "
            f"{_number(errors, 'error')}, {_number(warnings, 'warning')}; {self.seconds:.2f} s"
        )
        where = "nothing published" if errors else f"{_number(self.written, 'file')} new in {out}"
        return f"{counts} — {where}"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def build(options: Options) -> Report:
    """Build the course and publish its site; with any error the site stays as it was."""
    start = time.monotonic()
    try:
        report = _build(options)
    except ToolchainError as e:
        report = _refused("not-set-up", str(e), "")
    except NotOurs:
        hint = "name another folder with --out, or empty this one"
        report = _refused("out-not-ours", f"{options.out} holds files that no build wrote", hint)
    except TemplateError as e:
        place = Span(f"templates/{getattr(e, 'name', None) or ''}", getattr(e, "lineno", None) or 1)
        hint = "mend the course's template, or remove it to get the default one"
        report = Report((error("bad-template", place, f"a template cannot be drawn: {e.message}", hint),))
    except OSError as e:
        file = f"{e.filename}: " if e.filename else ""
        report = _refused("cannot-go-on", f"{file}{e.strerror or e}", "the site is as it was")
    return replace(report, seconds=time.monotonic() - start)


def _refused(code: str, message: str, hint: str) -> Report:
    return Report((error(code, Span("."), message, hint),))


def _build(options: Options) -> Report:
    root = options.course.resolve()
    if not root.is_dir():
        return _refused("no-course", f"there is no folder {options.course}", "name the folder of a course")
    if root.is_relative_to(options.out.resolve()):
        return _refused("out-is-course", f"--out {options.out} would replace the course", "name another folder")
    folder = Folder(root)
    course, wrong = _settings(folder)
    if wrong:
        return Report(wrong)
    paths = discover.sources(root, course, options.out.resolve())
    if not paths:
        hint = "write a Markdown file with a line <!-- slide --> into slides/"
        return _refused("no-decks", f"{options.course} holds no deck", hint)
    setting = prepare(folder, course)
    return _run(options, folder, setting, paths)


def _settings(folder: Folder) -> tuple[config.Course, tuple[Diagnostic, ...]]:
    if not folder.has(config.FILE):
        return config.Course(), ()
    try:
        return config.read(folder.text(config.FILE))
    except Unreadable as e:
        return config.Course(), (error("bad-config", Span(config.FILE), str(e), e.hint),)


def _run(options: Options, folder: Folder, setting: Setting, paths: Sequence[str]) -> Report:
    store = Store(folder.root / ".kejian" / "cache")
    memo = Memo(store, setting.digest)
    files = list(_files(folder, setting, memo, paths))
    filling = Filling(store, setting.makers, options.progress)
    filling.prepare(hole for file in files if isinstance(file, _Parsed) for hole in file.holes)
    site = Site(options.out)
    try:
        built = [_drawn(file, setting, filling, memo) if isinstance(file, _Parsed) else file for file in files]
        found = _findings(built, setting, options)
        report = Report(tuple(found), **_counts(built, filling))
        if report.failed:
            return report
        written = _publish(built, setting, memo, site, folder)
    finally:
        site.abandon()
    store.prune()
    return replace(report, written=written)


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A file that has been parsed, and what was read for it."""

    deck: Deck
    reads: Mapping[str, str]

    @property
    def holes(self) -> tuple[Hole, ...]:
        slides = (self.deck.preface, *self.deck.slides)
        return tuple(hole for slide in slides for hole in slide.holes)


def _files(folder: Folder, setting: Setting, memo: Memo, paths: Sequence[str]) -> Iterator[_Parsed | Built]:
    """Each file as it was built before, or parsed anew; the Markdown files they link to come after them."""
    queue = list(paths)
    known = set(queue)
    for path in queue:
        file = memo.recall(path, folder) or _parsed(folder.watched(), setting, path)
        yield file
        for link in file.links if isinstance(file, Built) else file.deck.links:
            if link not in known:
                known.add(link)
                queue.append(link)


def _parsed(folder: Folder, setting: Setting, path: str) -> _Parsed:
    around = replace(setting.around, folder=folder)
    try:
        deck = parse(Source(path, folder.text(path)), around)
    except Unreadable as e:
        found = error("unreadable", Span(path), str(e), e.hint)
        deck = Deck(path, path, Slide("", Span(path)), (), {}, {}, diagnostics=(found,))
    return _Parsed(deck, dict(folder.reads))


def _drawn(file: _Parsed, setting: Setting, filling: Filling, memo: Memo) -> Built:
    """The file's page, drawn and remembered; a page on which a hole failed is drawn anew by the next build."""
    deck = file.deck
    filled = filling.filled(file.holes)
    failures = [found for found in filled.values() if isinstance(found, Diagnostic)]
    notes = [found for hole in file.holes if isinstance(hole, Diagram) for found in typeset.warnings(hole)]
    page = render.document(deck, filled, setting.site)
    entry = render.entry(deck)
    built = Built(
        deck.path,
        page.path,
        sha256(page.data).hexdigest(),
        len(page.data),
        deck.title,
        entry.headings,
        len(deck.slides),
        len(set(file.holes)),
        render.has_notes(deck),
        "".join(sorted(set(page.data.decode()))),
        deck.assets,
        deck.links,
        tuple(ordered([*deck.diagnostics, *failures, *notes])),
        file.reads,
    )
    memo.keep_page(built, page.data)
    if not failures:
        memo.remember(built)
    return built


def _findings(built: Sequence[Built], setting: Setting, options: Options) -> list[Diagnostic]:
    found = [d for file in built for d in file.diagnostics]
    found += [*setting.wrong, *discover.collisions([file.source for file in built])]
    return ordered(strict(found) if options.strict else found)


def _counts(built: Sequence[Built], filling: Filling) -> dict[str, int]:
    decks = [file for file in built if file.slides]
    return {
        "decks": len(decks),
        "pages": len(built) - len(decks),
        "slides": sum(file.slides for file in decks),
        "made": filling.made,
        "reused": sum(file.holes for file in built) - filling.made,
    }


def _publish(built: Sequence[Built], setting: Setting, memo: Memo, site: Site, folder: Folder) -> int:
    """Give the site every file and swap it in; returns how many files changed."""
    for file in built:
        site.keep(file.page, file.digest, file.size, partial(memo.page, file))
    for path in sorted(
        {asset for file in built for asset in file.assets} | set(filter(None, [setting.around.course.logo]))
    ):
        site.write(path, folder.data(path))
    for page in shared_files(built, setting, memo.store):
        site.write(page.path, page.data)
    return site.commit()
