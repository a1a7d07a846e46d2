"""The build: the single code path of every command that builds."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from kejian.core import config
from kejian.core.diagnostics import Diagnostic, failed, ordered, strict
from kejian.core.disk import scratch
from kejian.core.disk.cache_folder import cache_folder
from kejian.core.disk.files import Folder
from kejian.core.disk.store import Store, digest
from kejian.core.parallel import spread
from kejian.examples.answers import Limits
from kejian.examples.filler import ExampleFiller
from kejian.parse import discover, left_out
from kejian.parse.deck import load
from kejian.pipeline import foreign
from kejian.pipeline.context import BuildContext, prepare
from kejian.pipeline.fill import HoleFiller
from kejian.pipeline.page_builder import PageBuilder, Parsed
from kejian.pipeline.page_cache import CachedPage, LostPageError, PageCache, installed
from kejian.pipeline.publishing import publish
from kejian.pipeline.refusals import REFUSED, because, no_edition, refused
from kejian.pipeline.report import Options, Report, ignore_page
from kejian.pipeline.shared_files import incomplete
from kejian.pipeline.single_files import SingleFiles, single_files
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
    if not root.is_dir():
        return refused("no-course", f"there is no folder {options.course}", "name the folder of a course")
    if root.is_relative_to(options.out.resolve()) and not options.out.is_symlink():
        return refused("out-is-course", f"--out {options.out} would replace the course", "name another folder")
    folder = Folder(root)
    course, wrong = config.load(folder)
    if wrong:
        return Report(diagnostics=wrong)
    paths = discover.sources(root, course, options.out.resolve())
    if not paths:
        return Report(diagnostics=(discover.no_decks(options.course), *left_out.foreign(folder, options.out.resolve())))
    if options.edition not in ("", *course.editions):
        return no_edition(options.edition, course)
    setting = prepare(folder, course, options.edition, trusted=options.trusts)
    told = left_out.findings(folder, course, options.out.resolve(), paths)
    setting = replace(setting, wrong=(*setting.wrong, *told))
    try:
        return _run(options, folder, setting, paths)
    except ForeignFilesError as found:
        return Report(diagnostics=foreign.refused(setting.around.course, options.out, found))


def _page_cache(options: Options, folder: Folder, setting: BuildContext, examples: str) -> PageCache:
    names = sorted(path.name for path in (folder.root / examples).rglob("*.py")) if examples else ()
    runs = examples or setting.around.course.slide_code
    return PageCache(
        store=Store(cache_folder(folder.root) / "cache"),
        setting=digest(setting.digest, installed() if runs else "", *names),
        today=options.today,
        verify_cache=options.verify_cache,
        redraw_all=bool(options.rerun),
    )


def _page_builder(
    options: Options, folder: Folder, setting: BuildContext, memo: PageCache, examples: str, parsed: Sequence[Parsed]
) -> PageBuilder:
    settings = setting.around.course
    wrong = failed([*setting.wrong, *(found for file in parsed for found in file.deck.diagnostics)])
    return PageBuilder(
        setting=setting,
        filling=HoleFiller(store=memo.store, makers=setting.makers, progress=options.progress),
        verified=ExampleFiller(
            folder=folder.watched(),
            name=examples,
            store=memo.store,
            language=settings.language,
            progress=options.progress,
            today=options.today,
            execute=options.execute,
            stopped=options.stopped,
            executor=options.executor,
            limits=Limits.of(settings),
            rerun=options.rerun,
        ),
        memo=memo,
        shown=ignore_page if wrong else options.shown,
    )


def _run(options: Options, folder: Folder, setting: BuildContext, paths: Sequence[str]) -> Report:
    scratch.sweep(cache_folder(folder.root))
    examples = discover.examples(folder.root, setting.around.course)
    memo = _page_cache(options, folder, setting, examples)
    files = list(_files(folder, setting, memo, paths))
    parsed = [file for file in files if isinstance(file, Parsed)]
    drawing = _page_builder(options, folder, setting, memo, examples, parsed)
    drawing.prepare(parsed)
    site = SitePublisher(
        out=options.out, course=folder.root, keeps=partial(foreign.keeps, setting.around.course, options.out)
    )
    drawn = _drawn(drawing, parsed)
    built = [next(drawn) if isinstance(file, Parsed) else file for file in files]
    singles = single_files(built, setting, memo, folder, options.progress) if options.single_file else SingleFiles()
    found = _findings(built, singles, setting, options)
    report = _report(found, built, drawing)
    if report.failed:
        return report
    written, assets = publish(built, singles, setting, memo, site, folder, fast=options.fast)
    if not options.fast:
        memo.store.prune()
    late = any(found.code == "not-verified" for found in report.diagnostics) or incomplete(built, setting, memo.store)
    reads = dict(pair for known in (folder.reads, *(file.reads for file in built), assets) for pair in known.items())
    valid_on = max(file.valid_on for file in built)
    return replace(report, written=written, incomplete=options.fast and late, reads=reads, valid_on=valid_on)


def _files(
    folder: Folder, setting: BuildContext, memo: PageCache, paths: Sequence[str]
) -> Iterator[Parsed | CachedPage]:
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


def _parsed(folder: Folder, setting: BuildContext, path: str) -> Parsed:
    own = folder.watched()
    return Parsed(load(path, replace(setting.around, folder=own)), dict(own.reads))


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


def _report(found: Sequence[Diagnostic], built: Sequence[CachedPage], drawing: PageBuilder) -> Report:
    decks = [file for file in built if file.slides]
    made, ran = drawing.filling.made, drawing.verified.ran
    return Report(
        diagnostics=tuple(found),
        decks=len(decks),
        pages=len(built) - len(decks),
        slides=sum(file.slides for file in decks),
        made=made,
        reused=sum(file.holes for file in built) - made - ran,
        ran=ran,
    )
