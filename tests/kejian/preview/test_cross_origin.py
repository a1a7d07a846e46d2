"""Whom the preview answers, by what a browser says of who asks, and how it shows what the course brings along."""

import asyncio

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from kejian.preview.cross_origin import EDITOR, Guard, apart, foreign


@pytest.mark.parametrize(
    "headers, expected",
    [
        ({}, False),
        ({"sec-fetch-site": "same-origin", "sec-fetch-mode": "no-cors"}, False),
        ({"sec-fetch-site": "none", "sec-fetch-mode": "navigate"}, False),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}, False),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"}, True),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "script"}, True),
        ({"sec-fetch-site": "same-site", "sec-fetch-mode": "cors"}, True),
        ({"origin": "http://localhost:8917"}, False),
        ({"origin": "http://localhost:8918"}, True),
        ({"origin": "https://localhost:8917"}, True),
        ({"origin": "http://attacker.invalid"}, True),
        ({"origin": "null"}, True),
        ({"origin": ""}, True),
    ],
)
def test_another_site_is_foreign(headers, expected):
    assert foreign(Headers({"host": "localhost:8917"} | headers)) is expected


FRAME = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"}


def test_a_panel_of_the_editor_may_frame_pages_where_it_is_allowed_and_nothing_else():
    assert foreign(Headers(FRAME)) is True
    assert foreign(Headers(FRAME), in_editor=True) is False
    assert foreign(Headers(FRAME | {"origin": "http://attacker.invalid"}), in_editor=True) is True
    assert foreign(Headers(FRAME | {"sec-fetch-mode": "no-cors"}), in_editor=True) is True


@pytest.mark.parametrize("in_editor", [False, True])
def test_pages_say_who_may_frame_them(in_editor):
    page = Starlette(routes=[Route("/", lambda _: PlainTextResponse("x")), Route("/own", own)])
    client = asked(Guard(page, in_editor=in_editor), "/")
    assert client.get("x-frame-options") == (None if in_editor else "SAMEORIGIN")
    assert client.get("content-security-policy") == (EDITOR if in_editor else None)
    assert asked(Guard(page, in_editor=in_editor), "/own")["content-security-policy"] == "sandbox"
    assert asked(Guard(page, in_editor=in_editor), "/own")["x-frame-options"] == "SAMEORIGIN"


def own(_):
    return PlainTextResponse("x", headers={"Content-Security-Policy": "sandbox"})


def asked(app, path):
    """The headers of an answer."""
    sent = []

    async def receive():
        return {"type": "http.request"}

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""}
    asyncio.run(app(scope, receive, send))
    return Headers(raw=sent[0]["headers"])


@pytest.mark.parametrize("path", ["slides/a.svg", "a.png", "a.txt", "a.html", "a.PDF.svg", "a"])
def test_what_the_course_brings_along_is_shown_in_a_sandbox(path):
    rules = apart(path, scripts=False).split("; ")
    assert {"sandbox", "default-src 'none'"} <= set(rules)
    assert not any("script" in rule for rule in rules)


def test_a_pdf_needs_its_viewer():
    assert "sandbox" not in apart("a.PDF", scripts=False)


def test_page_with_permitted_scripts_runs_with_an_opaque_origin():
    assert "sandbox allow-scripts;" in apart("demo.html", scripts=True)
    assert apart("a.png", scripts=True) == apart("a.png", scripts=False)
