"""The flow of a build, as code: the one path that every command takes."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from jinja2 import TemplateError

from kejian import abandoned, config
from kejian.diagnostics import Diagnostic, Span, error, failed, ordered, strict
from kejian.drawing import Drawing, Parsed
from kejian.fill import Filling
from kejian.folder import Folder
from kejian.memo import Built, LostPageError, Memo, installed
from kejian.page.publish import NotOurs, Site
from kejian.reading import discover
from kejian.reading.parse import load
from kejian.report import Options, Report, unseen
from kejian.running.places import NoExecutorError
from kejian.running.verified import Verified
from kejian.search_index import search_index
from kejian.setting import Setting, prepare
from kejian.shared_files import behind, shared_files
from kejian.single_files import Singles, single_files
from kejian.spread import spread
from kejian.store import Store, digest
from kejian.toolchain import ToolchainError

_TEXT = 100_000
"""Bytes of Markdown that are worth more than one process: they take a tenth of a second to parse."""
_SLIDES = 60
"""Slides that are worth more than one process: they take a tenth of a second to draw."""


def build(options: Options) -> Report:
    """Build the course and publish its site; with any error the site stays as it was."""
    start = time.monotonic()
    try:
        report = _build(options)
    except LostPageError as e:  # a second look at the cache goes through all of it
        report = _refused("cannot-go-on", str(e), "build again") if options.wary else build(replace(options, wary=True))
    except ToolchainError as e:
        report = _refused("not-set-up", str(e), "")
    except NoExecutorError as e:
        report = _refused("no-executor", str(e), e.hint)
    except NotOurs:
        hint = "name another folder with --out, or empty this one"
        report = _refused("out-not-ours", f"{options.out} holds files that no build wrote", hint)
    except RecursionError:
        report = _refused("too-deep", "a file of the course nests deeper than can be followed", "undo the last change")
    except (TemplateError, OverflowError) as e:  # the second: a range that is too long for a template
        place = Span(f"templates/{getattr(e, 'name', None) or ''}", getattr(e, "lineno", None) or 1)
        hint = "mend the course's template, or remove it to get the default one"
        report = Report((error("bad-template", place, f"a template cannot be drawn: {e}", hint),))
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
    course, wrong = config.load(folder)
    if wrong:
        return Report(wrong)
    paths = discover.sources(root, course, options.out.resolve())
    if not paths:
        hint = "write a Markdown file with a line <!-- slide --> into slides/"
        return _refused("no-decks", f"{options.course} holds no deck", hint)
    setting = prepare(folder, course)
    return _run(options, folder, setting, paths)


def _run(options: Options, folder: Folder, setting: Setting, paths: Sequence[str]) -> Report:
    abandoned.sweep(folder.root / ".kejian")
    store = Store(folder.root / ".kejian" / "cache")
    name = discover.examples(folder.root, setting.around.course)
    names = sorted(path.name for path in (folder.root / name).rglob("*.py")) if name else ()
    runs = name or setting.around.course.slide_code
    memo = Memo(store, digest(setting.digest, installed() if runs else "", *names), options.today, options.wary)
    files = list(_files(folder, setting, memo, paths))
    language, how = setting.around.course.language, (options.execute, options.stopped, options.executor)
    verified = Verified(folder.watched(), name, store, language, options.progress, options.today, *how)
    parsed = [file for file in files if isinstance(file, Parsed)]
    wrong = failed([*setting.wrong, *(found for file in parsed for found in file.deck.diagnostics)])
    shown = unseen if wrong else options.shown
    drawing = Drawing(setting, Filling(store, setting.makers, options.progress), verified, memo, shown)
    drawing.prepare(parsed)
    site = Site(options.out)
    drawn = _drawn(drawing, parsed)
    built = [next(drawn) if isinstance(file, Parsed) else file for file in files]
    singles = single_files(built, setting, memo, folder, options.progress) if options.single_file else Singles()
    found = _findings(built, singles, setting, options)
    report = _report(found, built, drawing)
    if report.failed:
        return report
    written, assets = _publish(built, singles, setting, memo, site, folder, quick=options.quick)
    if not options.quick:
        store.prune()
    late = any(found.code == "not-verified" for found in report.diagnostics) or behind(built, setting, store)
    reads = dict(pair for known in (folder.reads, *(file.reads for file in built), assets) for pair in known.items())
    day = max(file.day for file in built)
    return replace(report, written=written, behind=options.quick and late, reads=reads, day=day)


def _files(folder: Folder, setting: Setting, memo: Memo, paths: Sequence[str]) -> Iterator[Parsed | Built]:
    """Each file as it was built before, or parsed anew; the Markdown files they link to come after them."""
    wanted = list(paths)
    known = set(wanted)
    while wanted:
        before = {path: memo.recall(path, folder) for path in wanted}
        new = [path for path, built in before.items() if built is None]
        parsed = iter(spread(partial(_parsed, folder, setting), new, [_size(folder, path) for path in new], _TEXT))
        files = [built or next(parsed) for built in before.values()]
        yield from files
        links = dict.fromkeys(link for file in files for link in file.links)
        wanted = [link for link in links if link not in known]
        known.update(wanted)


def _parsed(folder: Folder, setting: Setting, path: str) -> Parsed:
    own = folder.watched()
    return Parsed(load(path, replace(setting.around, folder=own)), dict(own.reads))


def _size(folder: Folder, path: str) -> int:
    try:
        return folder.file(path).stat().st_size
    except OSError:
        return 0


def _drawn(drawing: Drawing, files: Sequence[Parsed]) -> Iterator[Built]:
    """What the files become; one after the other where somebody waits for their pages."""
    if drawing.shown is unseen:
        return iter(spread(drawing.built, files, [len(file.deck.slides) for file in files], _SLIDES))
    return map(drawing.built, files)


def _findings(built: Sequence[Built], singles: Singles, setting: Setting, options: Options) -> list[Diagnostic]:
    found = [*singles.diagnostics, *(d for file in built for d in file.diagnostics)]
    found += [*setting.wrong, *discover.collisions([file.source for file in built])]
    return ordered(strict(found) if options.strict else found)


def _report(found: Sequence[Diagnostic], built: Sequence[Built], drawing: Drawing) -> Report:
    decks = [file for file in built if file.slides]
    made, ran = drawing.filling.made, drawing.verified.ran
    return Report(
        tuple(found),
        decks=len(decks),
        pages=len(built) - len(decks),
        slides=sum(file.slides for file in decks),
        made=made,
        reused=sum(file.holes for file in built) - made - ran,
        ran=ran,
    )


def _publish(
    built: Sequence[Built],
    singles: Singles,
    setting: Setting,
    memo: Memo,
    site: Site,
    folder: Folder,
    *,
    quick: bool,
) -> tuple[int, dict[str, str]]:
    """Give the site every file and swap it in; returns how many files changed, and the digests of the assets."""
    # Pages come after the course's own files, so that no file can take the place of a page or of a script of ours.
    wanted = {asset for file in built for asset in file.assets} | set(filter(None, [setting.around.course.logo]))
    assets = {path: site.copy(path, folder.file(path)) for path in sorted(wanted)}
    index = search_index(built, memo, quick=quick)
    for one in (*(one for file in built for one in file.kept), index):
        site.keep(one.path, one.digest, one.size, partial(memo.content, one))
    for page in (*shared_files(built, setting, memo.store, quick=quick), *singles.pages):
        site.write(page.path, page.data)
    return site.commit(), assets
