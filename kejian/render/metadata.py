"""What a page says of itself to search engines and link previews, and the site's files for crawlers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from kejian.core.addresses import quoted
from kejian.core.config import Course
from kejian.core.model import Page
from kejian.core.paths import INDEX

NO_JEKYLL = Page(".nojekyll", b"")
"""An empty file: without it GitHub's pages leave out folders whose names begin with `_`."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """A page's metadata, each text "" where there is none. url, picture: whole addresses. kind: of Open Graph."""

    description: str
    url: str
    picture: str
    kind: str


def metadata(course: Course, page: str, description: object = "") -> Metadata:
    """Return what the page at the path `page` says of itself; `description`: of its own, if that is a text."""
    own = description if isinstance(description, str) else ""
    return Metadata(
        description=" ".join((own or course.description).split()),
        url=_whole(course, page),
        picture=_whole(course, course.picture) if course.picture else "",
        kind="website" if page == INDEX else "article",
    )


def sitemap(course: Course, pages: Iterable[str]) -> list[Page]:
    """Return `sitemap.xml` with the site's pages, if the course says where it is published."""
    if not course.url:
        return []
    found = "".join(f"<url><loc>{escape(_whole(course, page))}</loc></url>\n" for page in sorted({*pages, INDEX}))
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return [Page("sitemap.xml", f"{head}{found}</urlset>\n".encode())]


def _whole(course: Course, path: str) -> str:
    """Return the address of a file of the site; the start page is its folder."""
    return f"{course.url.rstrip('/')}/{'' if path == INDEX else quoted(path)}" if course.url else ""
