"""The build: the single code path of every command that builds."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from kejian.core.diagnostics import Diagnostic, failed, ordered, strict
from kejian.core.disk import scratch
from kejian.core.disk.cache_folder import cache_folder
from kejian.core.disk.files import Folder
from kejian.core.disk.store import Store, digest
from kejian.core.model import Example
from kejian.core.parallel import spread
from kejian.parse import discover
from kejian.parse.deck import load
from kejian.parse.known_slides import SlideStore
from kejian.parse.labels.elsewhere import Answers, completed
from kejian.parse.linked import followed
from kejian.pipeline import foreign
from kejian.pipeline.context import BuildContext
from kejian.pipeline.fill import Fill, Filler, HoleFiller, LateFiller
from kejian.pipeline.open_course import OpenCourse, open_course
from kejian.pipeline.page_builder import PageBuilder, Parsed
from kejian.pipeline.page_cache import CachedPage, LostPageError, PageCache, installed
from kejian.pipeline.publishing import publish
from kejian.pipeline.refusals import REFUSED, because, refused
from kejian.pipeline.report import Options, Report, SingleFiles, ignore_page
from kejian.pipeline.shared_files import incomplete
from kejian.render.drawn_slides import DrawnSlides
from kejian.render.publish import ForeignFilesError, SitePublisher

_TEXT = 100_000
"""Bytes of Markdown that are worth more than one process: they take a tenth of a second to parse."""
_SLIDES = 60
"""Slides that are worth more than one process: they take a tenth of a second to draw."""


def build(options: Options) -> Report:
    """Build the course and publish its site; after any error the site stays as it was."""
    start = time.monotonic()
    try:
        report = _build(options)
    except LostPageError as e:  # build once more, with every cached page verified
        report = (
            refused("cannot-go-on", str(e), "build again")
            if options.verify_cache
            else build(replace(options, verify_cache=True))
        )
    except REFUSED as e:
        report = because(e, options.out)
    return replace(report, seconds=time.monotonic() - start)


def _build(options: Options) -> Report:
    root = options.course.resolve()
    if root.is_relative_to(options.out.resolve()) and not options.out.is_symlink():
        return refused("out-is-course", f"--out {options.out} would replace the course", "name another folder")
    course = open_course(options.course, options.out, options.edition, trusted=options.trusts)
    if not isinstance(course, OpenCourse):
        return Report(diagnostics=course)
    try:
        return _run(options, course)
    except ForeignFilesError as found:
        return Report(diagnostics=foreign.refused(course.settings, options.out, found))


def _page_cache(options: Options, course: OpenCourse) -> PageCache:
    root, examples = course.folder.root, course.examples
    names = sorted(path.name for path in (root / examples).rglob("*.py")) if examples else ()
    runs = examples or course.settings.slide_code
    return PageCache(
        store=Store(cache_folder(root) / "cache"),
        setting=digest(course.context.digest, installed() if runs else "", *names),
        today=options.today,
        verify_cache=options.verify_cache,
        redraw_all=bool(options.rerun),
    )


def _page_builder(options: Options, course: OpenCourse, memo: PageCache, parsed: Sequence[Parsed]) -> PageBuilder:
    setting = course.context
    wrong = failed([*setting.wrong, *(found for file in parsed for found in file.deck.diagnostics)])
    return PageBuilder(
        setting=setting,
        fill=Fill(
            HoleFiller(store=memo.store, makers=setting.makers, progress=options.progress),
            {Example: _example_filler(options, course, memo)},
        ),
        memo=memo,
        shown=ignore_page if wrong else options.shown,
        slides=DrawnSlides(setting.digest, None if options.fast else memo.store),
        preview=options.fast,
    )


def _example_filler(options: Options, course: OpenCourse, memo: PageCache) -> Filler:
    begin = partial(_examples, options, course, memo)
    return begin() if options.rerun else LateFiller(begin)  # what is to run again may be quoted by no deck


def _examples(options: Options, course: OpenCourse, memo: PageCache) -> Filler:
    """Return the filler of examples, which takes a fifth of a build's start to import."""
    from kejian.examples.answers import Limits
    from kejian.examples.filler import ExampleFiller
    from kejian.examples.run import executors

    return ExampleFiller(
        folder=course.folder.watched(),
        name=course.examples,
        store=memo.store,
        language=course.settings.language,
        progress=options.progress,
        today=options.today,
        execute=options.execute,
        stopped=options.stopped,
        executor=options.executor or executors.local,
        limits=Limits.of(course.settings),
        rerun=options.rerun,
    )


def _run(options: Options, course: OpenCourse) -> Report:
    folder, setting = course.folder, course.context
    scratch.sweep(cache_folder(folder.root))
    memo = _page_cache(options, course)
    slides = None if options.fast else SlideStore(memo.store, memo.setting)  # a preview has them in memory
    alone = list(_files(folder, setting, memo, slides, course.paths))
    files = completed(alone, partial(_again, folder, setting, slides))
    parsed = [file for file in files if isinstance(file, Parsed)]
    drawing = _page_builder(options, course, memo, parsed)
    drawing.prepare(parsed)
    site = SitePublisher(
        out=options.out, course=folder.root, keeps=partial(foreign.keeps, course.settings, options.out)
    )
    drawn = _drawn(drawing, parsed)
    built = [next(drawn) if isinstance(file, Parsed) else file for file in files]
    singles = _single_files(built, course, memo, options) if options.single_file else SingleFiles()
    found = _findings(built, singles, setting, options)
    report = _report(found, built, drawing)
    if report.failed and not (options.keep_going and _only_parts_failed(setting, singles, built)):
        return report
    written, assets = publish(built, singles, setting, memo, site, folder, fast=options.fast)
    if not options.fast:
        memo.store.prune()
    late = any(found.code == "not-verified" for found in report.diagnostics) or incomplete(built, setting, memo.store)
    reads = dict(pair for known in (folder.reads, *(file.reads for file in built), assets) for pair in known.items())
    valid_on = max(file.valid_on for file in built)
    return replace(
        report,
        written=written,
        incomplete=options.fast and late,
        reads=reads,
        valid_on=valid_on,
        guessed=course.guessed,
        published=True,
    )


def _single_files(built: Sequence[CachedPage], course: OpenCourse, memo: PageCache, options: Options) -> SingleFiles:
    from kejian.pipeline.single_files import single_files  # few builds need it, and its start takes its time

    return single_files(built, course.context, memo, course.folder, options.progress)


def _files(
    folder: Folder, setting: BuildContext, memo: PageCache, slides: SlideStore | None, paths: Sequence[str]
) -> Iterator[Parsed | CachedPage]:
    """Yield each file as it was built before, or parsed anew; the Markdown files they link to come after them."""

    def read(wanted: Sequence[str]) -> Sequence[Parsed | CachedPage]:
        before = {path: memo.recall(path, folder) for path in wanted}
        new = [path for path, built in before.items() if built is None]
        parsed = iter(
            spread(partial(_parsed, folder, setting, slides), new, [_size(folder, path) for path in new], _TEXT)
        )
        return [built or next(parsed) for built in before.values()]

    return followed(paths, read)


def _parsed(
    folder: Folder, setting: BuildContext, slides: SlideStore | None, path: str, answers: Answers | None = None
) -> Parsed:
    own = folder.watched()
    return Parsed(load(path, replace(setting.around, folder=own), slides, answers), dict(own.reads), answers or {})


def _again(
    folder: Folder, setting: BuildContext, slides: SlideStore | None, file: Parsed | CachedPage, answers: Answers
) -> Parsed:
    """Return a file parsed with what other decks have of the labels that it refers to."""
    return _parsed(folder, setting, slides, file.deck.path if isinstance(file, Parsed) else file.source, answers)


def _size(folder: Folder, path: str) -> int:
    try:
        return folder.file(path).stat().st_size
    except OSError:
        return 0


def _drawn(drawing: PageBuilder, files: Sequence[Parsed]) -> Iterator[CachedPage]:
    """The built files; drawn one after the other where a preview waits for their pages."""
    if drawing.shown is ignore_page:
        return iter(spread(drawing.built, files, [len(file.deck.slides) for file in files], _SLIDES))
    return map(drawing.built, files)


def _findings(
    built: Sequence[CachedPage], singles: SingleFiles, setting: BuildContext, options: Options
) -> list[Diagnostic]:
    found = [*singles.diagnostics, *(d for file in built for d in file.diagnostics)]
    found += [*setting.wrong, *discover.collisions([file.source for file in built])]
    return ordered(strict(found) if options.strict else found)


def _only_parts_failed(setting: BuildContext, singles: SingleFiles, built: Sequence[CachedPage]) -> bool:
    """Return whether every error is about a part of a page, which shows it in its place."""
    return not failed([*setting.wrong, *singles.diagnostics, *discover.collisions([file.source for file in built])])


def _report(found: Sequence[Diagnostic], built: Sequence[CachedPage], drawing: PageBuilder) -> Report:
    decks = [file for file in built if file.slides]
    made, ran = drawing.fill.cached.made, drawing.fill.own[Example].made
    return Report(
        diagnostics=tuple(found),
        decks=len(decks),
        pages=len(built) - len(decks),
        slides=sum(file.slides for file in decks),
        made=made,
        reused=sum(file.holes for file in built) - made - ran,
        ran=ran,
    )
