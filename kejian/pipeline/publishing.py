"""All files of a built course given to its site: the course's own, the pages, and what pages share."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from kejian.core.disk.files import Folder
from kejian.core.disk.store import digest
from kejian.core.model import Page
from kejian.parse.html.publishable import PublishPolicy
from kejian.pipeline.context import BuildContext
from kejian.pipeline.page_cache import CachedPage, PageCache
from kejian.pipeline.report import SingleFiles
from kejian.pipeline.search_index import search_index
from kejian.pipeline.shared_files import drawing, is_drawing, shared_files
from kejian.render.publish import SitePublisher


def publish(
    built: Sequence[CachedPage],
    singles: SingleFiles,
    setting: BuildContext,
    memo: PageCache,
    site: SitePublisher,
    folder: Folder,
    *,
    fast: bool,
) -> tuple[int, dict[str, str]]:
    """Give the site every file and swap it in; returns how many files changed, and the digests of the assets."""
    # Pages come after the course's own files, so that no file can take the place of a page or of a script of ours.
    course = setting.around.course
    wanted = {asset for file in built for asset in file.assets} | set(filter(None, [course.logo, course.picture]))
    publishing = PublishPolicy(course.scripts, frozenset(course.publish))
    wanted = {path for path in wanted if publishing.refusal(path, folder) is None}  # by whatever way it came
    assets = {path: _asset(path, folder, site, setting, memo) for path in sorted(wanted)}
    index = search_index(built, memo, fast=fast)
    for one in (*(one for file in built for one in file.kept), index):
        site.keep(one.path, one.digest, one.size, partial(memo.content, one))
    for page in (*shared_files(built, setting, memo.store, fast=fast), *singles.pages):
        site.write(page.path, page.data)
    return site.commit(), assets


def _asset(path: str, folder: Folder, site: SitePublisher, setting: BuildContext, memo: PageCache) -> str:
    """Publish a file of the course, and return the digest of what the course has."""
    if not is_drawing(setting, path):
        return site.copy(path, folder.file(path))
    source = folder.digest(path)
    key = digest("drawing", setting.digest, path, source)
    page = memo.find(key) or memo.keep_as(Page(path, drawing(setting, folder.data(path))), key)
    site.keep(page.path, page.digest, page.size, partial(memo.content, page))
    return source
