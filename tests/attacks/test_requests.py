"""Requests that attack the preview server, byte for byte as `preview/requests.md` has them, at a real one."""

import asyncio
import contextlib
import runpy
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from markdown_it.utils import read_fixture_file

from kejian.preview.events import EventStreams
from kejian.preview.rebuild import Preview
from kejian.preview.server import application, names

HERE = Path(__file__).parent
CASES = read_fixture_file(HERE / "preview" / "requests.md")
BROUGHT = {
    "d.svg": "<svg xmlns='http://www.w3.org/2000/svg'><rect width='9' height='9'/></svg>",
    "d.png": "x",
    "d.txt": "x",
    "d.js": "x",
    "d.pdf": "%PDF-1.7",
    "d.mp4": "x",
}
TOKEN = runpy.run_path(str(HERE / "corpus.py"))["TOKEN"]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The port of a server for a small course beside a secret."""
    around = tmp_path_factory.mktemp("around")
    slides = around / "course" / "slides"
    slides.mkdir(parents=True)
    (around / "secret.txt").write_text(TOKEN)
    (around / "course" / "kejian.toml").write_text(f'title = "{TOKEN[:6]}"')
    (slides / "link.txt").symlink_to(around / "secret.txt")
    (slides / "a.md").write_text("<!-- slide -->\n\n# a\n\n[x](link.txt)\n" + "".join(map("[x]({})\n".format, BROUGHT)))
    for name, text in BROUGHT.items():
        (slides / name).write_text(text)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, HERE.parents[1] / "build.py", "serve", slides.parent, "--port", str(port)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 180
    page = f"GET /slides/a.html HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
    while not asked(port, page).startswith(b"HTTP/1.1 200"):
        assert time.monotonic() < end
        time.sleep(0.1)
    yield port, around / "secret.txt"
    process.terminate()
    process.wait(60)


def asked(port, request):
    """The answer to a request, as far as it comes within a moment once it has begun."""
    answer = b""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 60) as connection:
        connection.sendall(request)
        while part := connection.recv(65536):
            connection.settimeout(1)
            answer += part
            head, _, body = answer.partition(b"\r\n\r\n")
            if b"content-length: %d" % len(body) in head.lower():
                break
    return answer


def written(text, port, secret):
    lines = text.removesuffix("\n").replace("{HOST}", f"127.0.0.1:{port}").replace("{SECRET}", str(secret))
    lines = lines.replace("{LONG}", "a" * 200_000).replace("{DIGITS}", "9" * 5000)
    return ("\r\n".join(lines.split("\n")) + "\r\n\r\n").encode()


@pytest.mark.slow
@pytest.mark.parametrize("title, text, statuses", [case[1:] for case in CASES], ids=[case[1] for case in CASES])
def test_a_request_is_answered_as_it_should_be(server, title, text, statuses):  # noqa: ARG001 -- a name for the case
    answer = asked(server[0], written(text, *server))
    head = answer.partition(b"\r\n\r\n")[0].lower()
    assert answer[9:12].decode() in statuses.split()
    assert TOKEN.encode() not in answer
    assert answer.count(b"HTTP/1.1 200") <= 1
    assert b"access-control-allow" not in head
    if answer.startswith(b"HTTP/1.1 2"):
        assert b"cross-origin-resource-policy: same-origin" in head
        assert b"x-content-type-options: nosniff" in head
        assert b"x-frame-options: sameorigin" in head


@pytest.mark.slow
@pytest.mark.parametrize("name", BROUGHT)
def test_files_of_the_course_are_served_in_a_sandbox(server, name):
    head = asked(server[0], written(f"GET /slides/{name} HTTP/1.1\nHost: {{HOST}}\n", *server)).lower()
    assert head.startswith(b"http/1.1 200")
    assert b"x-content-type-options: nosniff" in head
    policy = head.partition(b"content-security-policy: ")[2].partition(b"\r\n")[0].decode()
    assert "frame-ancestors 'self'" in policy
    assert ("sandbox; default-src 'none'" in policy) == (name != "d.pdf")


@pytest.mark.slow
@pytest.mark.parametrize("path", ["slides/a.html", "index.html", "_kejian/deck.js", "_kejian/theme.css", "_live.js"])
def test_generated_files_are_served_without_a_sandbox(server, path):
    head = asked(server[0], written(f"GET /{path} HTTP/1.1\nHost: {{HOST}}\n", *server)).lower()
    assert head.startswith(b"http/1.1 200")
    assert b"sandbox" not in head.partition(b"\r\n\r\n")[0]


@pytest.mark.slow
def test_slow_clients_do_not_delay_others(server):
    port, _ = server
    slow = [socket.create_connection(("127.0.0.1", port), 10) for _ in range(60)]
    for one in slow:
        one.sendall(b"GET /slides/a.html HTTP/1.1\r\nHost: 127")
    assert asked(port, written("GET /slides/a.html HTTP/1.1\nHost: {HOST}\n", *server)).startswith(b"HTTP/1.1 200")
    for one in slow:
        one.close()


@pytest.mark.slow
def test_the_server_listens_to_this_machine_alone(server):
    port, _ = server
    addresses = {found[4][0] for found in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    for address in addresses - {"127.0.0.1"}:
        with pytest.raises(OSError, match=r"refused|timed out"):
            socket.create_connection((address, port), 2)


@pytest.mark.parametrize(
    ("host", "asked", "status"),
    [("0.0.0.0", "localhost", 200), ("0.0.0.0", "0.0.0.0", 400), ("::", "[::]", 400), ("box.local", "box.local", 200),
     ("box.local", "evil.example", 400)],
)  # fmt: skip
def test_server_on_all_addresses_answers_under_its_own_host_names_only(host, asked, status, tmp_path):
    """A page elsewhere may lead a browser to `0.0.0.0`; a name of the machine is one that was given."""
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides" / "a.md").write_text("<!-- slide -->\n\n# a\n")
    web = application(
        Preview(course=tmp_path, emit=lambda *_: None, today=lambda: "2026-11-24"), EventStreams(), names(host)
    )
    heard = []

    async def send(message):
        heard.append(message)

    asked_for = {"method": "GET", "path": "/_live.js", "headers": [(b"host", asked.encode())]}
    scope = {"type": "http", "http_version": "1.1", "scheme": "http", "query_string": b"", "root_path": "", **asked_for}
    asyncio.run(web(scope, None, send))
    assert heard[0]["status"] == status
