"""`import --fetch`: pictures of other hosts, from one on this machine."""

import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kejian.cli.main import main
from kejian.migrate.fetch import hosts, remote
from kejian.migrate.patch import patch
from kejian.migrate.plan import adopt

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) + b"\nIEND"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
ANSWERS = {
    "/a.png": ("image/png", PNG),
    "/%E5%9B%BE%201.svg": ("image/svg+xml", SVG),
    "/render": ("image/png", PNG),
    "/page.png": ("text/html", b"<p>log in</p>"),
    "/other/a.png": ("image/png", PNG + b"2"),
}
DECK = """<!-- slide data-background-image="{host}/a.png" -->

![one]({host}/a.png) and ![图](<{host}/图 1.svg>) ![]({host}/render?x=1&y=2)

<img src="{host}/a.png" width="50%">

![]({host}/page.png)
![]({host}/gone.png)
![]({host}/other/a.png)

```md
![]({host}/a.png)
```

[a link]({host}/a.png)
"""


@pytest.fixture
def host():
    """The address of a host, and what it was asked for."""
    asked = []

    class Host(BaseHTTPRequestHandler):
        def do_GET(self):
            path = self.path.partition("?")[0]
            asked.append(path)
            if path not in ANSWERS:
                self.send_error(404)
                return
            kind, data = ANSWERS[path]
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def course(tmp_path, host):
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides" / "a.md").write_text(DECK.format(host=host[0]).replace("图 1", "图%201"), "utf-8")
    return tmp_path


def test_pictures_are_downloaded_once_and_shown_from_the_course(course, host):
    plan = adopt(course, lambda words: None, fetch=True)
    new = {one.path: one.new for one in plan.changes}
    assert {path: data for path, data in new.items() if path.startswith("assets/")} == {
        "assets/a.png": PNG,
        "assets/图-1.svg": SVG,
        "assets/render.png": PNG,
        next(path for path in new if path.startswith("assets/a-")): PNG + b"2",
    }
    assert len(host[1]) == len(set(host[1])) == 6
    text = new["slides/a.md"].decode()
    assert 'data-background-image="../assets/a.png"' in text
    assert "![one](../assets/a.png) and ![图](<../assets/%E5%9B%BE-1.svg>) ![](../assets/render.png)" in text
    assert '<img src="../assets/a.png" width="50%">' in text


def test_code_and_links_stay(course, host):
    plan = adopt(course, lambda words: None, fetch=True)
    text = next(one.new.decode() for one in plan.changes if one.path == "slides/a.md")
    assert f"```md\n![]({host[0]}/a.png)\n```\n\n[a link]({host[0]}/a.png)" in text


def test_what_no_host_gives_is_a_finding_and_stays_as_it_was(course, host):
    plan = adopt(course, lambda words: None, fetch=True)
    found = {(one.span.line, one.message) for one in plan.diagnostics if one.code == "not-fetched"}
    assert found == {
        (7, f"{host[0]}/page.png was not downloaded: the host answers with text/html, which is no picture"),
        (8, f"{host[0]}/gone.png was not downloaded: Not Found"),
    }
    assert not [one for one in plan.diagnostics if one.code.startswith("remote-")]


def test_without_the_option_hosts_are_listed_and_nothing_is_asked_for(course, host, capsys):
    assert main(["import", str(course)]) == 0
    said = capsys.readouterr().err
    name = host[0].removeprefix("http://")
    assert f"pictures of other hosts: {name} (6); --fetch downloads them into assets/" in said
    assert host[1] == []


def test_the_patch_brings_the_pictures_along(course):
    plan = adopt(course, lambda words: None, fetch=True)
    subprocess.run(["git", "init", "-q"], cwd=course, check=True)
    subprocess.run(["git", "apply", "-"], cwd=course, input=patch(plan.changes), check=True)
    assert (course / "assets" / "a.png").read_bytes() == PNG


def test_written_at_once(course):
    assert main(["import", str(course), "--fetch", "--write"]) == 0
    assert (course / "assets" / "render.png").read_bytes() == PNG


def test_hosts_are_counted():
    assert hosts(["http://b.org/1", "http://a.org/1", "http://b.org/2"]) == "a.org (1), b.org (2)"


@pytest.mark.parametrize(
    "line, url",
    [
        ("![a](http://a.org/b.png)", "http://a.org/b.png"),
        ('![a](http://a.org/b.png "title")', "http://a.org/b.png"),
        ("<img alt=x src='https://a.org/b?c=1&amp;d=2'>", "https://a.org/b?c=1&d=2"),
        ('@import "https://a.org/b.svg"', "https://a.org/b.svg"),
        ('<!-- slide data-background="https://a.org/b.jpg" -->', "https://a.org/b.jpg"),
    ],
)
def test_pictures_of_other_hosts(line, url):
    assert [one.url for one in remote([line], "a.md")] == [url]


@pytest.mark.parametrize(
    "line", ["![](a.png)", "[a](http://a.org/b.png)", '@import "https://a.org/b.md"', "http://a.org"]
)
def test_what_is_no_picture_of_another_host(line):
    assert list(remote([line], "a.md")) == []
