"""What pages say of themselves, and the files for crawlers."""

import pytest

from kejian.core.config import Course, read
from kejian.render.metadata import metadata, sitemap

COURSE = Course(url="https://example.org/课/", description="About\n  nets", picture="slides/a b.png")


def test_addresses_are_whole_and_the_start_page_is_the_folder():
    about = metadata(COURSE, "slides/卷积.html")
    assert about.url == "https://example.org/课/slides/%E5%8D%B7%E7%A7%AF.html"
    assert about.picture == "https://example.org/课/slides/a%20b.png"
    assert metadata(COURSE, "index.html").url == "https://example.org/课/"


def test_a_page_s_own_description_wins():
    assert metadata(COURSE, "a.html").description == "About nets"
    assert metadata(COURSE, "a.html", "Own").description == "Own"
    assert metadata(COURSE, "a.html", 3).description == "About nets"


def test_without_an_address_there_is_none():
    about = metadata(Course(picture="a.png"), "a.html")
    assert (about.url, about.picture, about.kind) == ("", "", "article")
    assert sitemap(Course(), ["a.html"]) == []


def test_the_sitemap_names_each_page_once():
    (page,) = sitemap(Course(url="https://a.org"), ["index.html", "b&c.html"])
    assert page.path == "sitemap.xml"
    lines = page.data.decode().split("\n")[2:4]
    assert lines == [f"<url><loc>https://a.org/{name}</loc></url>" for name in ("b&amp;c.html", "")]


@pytest.mark.parametrize("url", ["example.org", "ftp://a.org", "https://a.org/?x", "https://a.org/a b", 'https://"'])
def test_an_address_is_one_of_the_web(url):
    assert [found.code for found in read(f"url = '{url}'\n")[1]] == ["bad-config"]
