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

from kejian.live.serve import _WAITING, Events

HERE = Path(__file__).parent
CASES = read_fixture_file(HERE / "preview" / "requests.md")
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
    (slides / "a.md").write_text("<!-- slide -->\n\n# a\n\n[x](link.txt)\n")
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
def test_slow_clients_keep_nobody_waiting(server):
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


def test_a_page_that_does_not_read_is_let_go():
    async def run():
        events = Events(asyncio.get_running_loop())
        stream = events.stream(lambda: "hello")
        assert await anext(stream) == "hello"
        for number in range(_WAITING + 2):
            events.tell("changed", [number])
        await asyncio.sleep(0)
        assert events.queues == set()
        return [text async for text in stream]

    assert len(asyncio.run(run())) <= _WAITING
