"""A phone that turns the slides: whom the preview answers, and what about."""

import asyncio
import json

import pytest
from starlette.datastructures import Headers

from kejian.preview.rebuild import Preview
from kejian.preview.remote import PHONES, Remote, from_here
from kejian.preview.server import application

HERE, PHONE, SERVER = ("192.0.2.1", 1234), ("192.0.2.9", 1234), ("192.0.2.1", 8000)
PAGE = """<main><div class="slides">
<section class="slide" data-h="0" data-v="0" aria-label="One"><aside class="notes"><p>Say <span data-tex="x">?</span>.
</p><p>Wait.</p></aside></section>
<section class="slide" data-h="1" data-v="0" aria-label="Left out" data-visibility="hidden"></section>
<section class="slide" data-h="2" data-v="0" aria-label="Two"></section>
</div></main>"""


class Room:
    """A preview with a remote, and who asks it."""

    def __init__(self, course):
        self.turned, self.reported = [], []
        self.preview = Preview(course=course, emit=lambda *_: None, today=lambda: "2026-12-01")
        self.preview.opened["slides/a.html"] = PAGE
        page = self.preview.out / "slides" / "a.html"
        page.parent.mkdir(parents=True)
        page.write_text(PAGE)
        self.loop = None
        self.remote = Remote(pages=self.preview.opened, decks=self, report=self.reported.append)
        self.web = application(self.preview, self, ["192.0.2.1"], remote=self.remote)

    def emit(self, event, data):
        self.turned.append((event, data))

    def ask(self, path, said=None, *, client=PHONE, cookie="", origin="http://192.0.2.1:8000", host="192.0.2.1:8000"):
        """The status, the headers and the body of an answer; of a stream, its first event."""
        sent, body = [], b"" if said is None else json.dumps(said).encode()
        headers = {"host": host, "origin": origin, "cookie": cookie}
        scope = {
            "type": "http", "http_version": "1.1", "scheme": "http", "root_path": "", "query_string": b"",
            "method": "GET" if said is None else "POST", "path": path, "client": client, "server": SERVER,
            "headers": [(name.encode(), value.encode()) for name, value in headers.items() if value],
        }  # fmt: skip
        waiting = [{"type": "http.request", "body": body}]

        async def receive():
            if not waiting:
                while len(sent) < 2:
                    await asyncio.sleep(0)
            return waiting.pop() if waiting else {"type": "http.disconnect"}

        async def send(message):
            sent.append(message)

        asyncio.run(self.web(scope, receive, send))
        text = b"".join(message.get("body", b"") for message in sent[1:]).decode()
        return sent[0]["status"], Headers(raw=sent[0]["headers"]), text

    def join(self, code=None):
        """The cookie of a phone that has exchanged the code."""
        status, headers, _ = self.ask("/_remote/join", {"code": code or self.remote.pairing.code})
        assert status == 204
        self.set = headers["set-cookie"]
        return self.set.partition(";")[0]

    def place(self, page="slides/a.html", window="w", h=0):
        assert self.ask("/_place", {"window": window, "page": page, "h": h, "v": 0}, client=HERE)[0] == 204

    def seen(self, cookie):
        """What the phone shows."""
        status, _, text = self.ask("/_remote/events", cookie=cookie)
        assert status == 200
        return json.loads(text.partition("data: ")[2])


@pytest.fixture
def room(tmp_path):
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides" / "a.md").write_text("<!-- slide -->\n\n# One\n")
    return Room(tmp_path)


def test_the_phone_shows_the_slide_with_its_notes_and_what_comes_next(room):
    cookie = room.join()
    assert room.seen(cookie) == {}  # no deck is open
    room.place()
    notes = "Say $x$.\nWait."
    assert room.seen(cookie) == {"number": 1, "count": 2, "title": "One", "next": "Two", "notes": notes}
    room.place(h=2)
    assert room.seen(cookie) == {"number": 2, "count": 2, "title": "Two", "next": None, "notes": ""}


def test_the_phone_turns_the_page_that_was_looked_at_last(room):
    cookie = room.join()
    room.place(window="first")
    room.place(window="second", h=2)
    for to in ("next", "previous"):
        assert room.ask("/_remote/turn", {"to": to}, cookie=cookie)[0] == 204
    assert room.turned == [("turn", {"window": "second", "to": to}) for to in ("next", "previous")]


def test_a_page_that_closes_is_shown_no_more_and_another_one_stays(room):
    cookie = room.join()
    room.place()
    room.place(page="", window="another")
    assert room.seen(cookie)["title"] == "One"
    room.place(page="")
    assert room.seen(cookie) == {}


def test_a_page_that_the_preview_has_not_sent_is_not_read(room):
    cookie = room.join()
    room.place(page="../secret.html")
    assert room.seen(cookie) == {}


@pytest.mark.parametrize("cookie", ["", "kejian-remote=", "kejian-remote=x", "kejian-remote=abcdefgh23"])
def test_without_the_token_nothing_is_turned_and_nothing_is_read(room, cookie):
    room.remote.pairing.code = "abcdefgh23"
    for _ in range(2):
        assert room.ask("/_remote/events", cookie=cookie)[0] == 403
        assert room.ask("/_remote/turn", {"to": "next"}, cookie=cookie)[0] == 403
        room.remote.pairing.exchange("abcdefgh23")  # another phone has it
    assert room.turned == []


def test_scripts_and_other_sites_do_not_get_the_token(room):
    room.join()
    assert {"HttpOnly", "Path=/_remote", "SameSite=strict"} <= set(room.set.split("; "))


def test_a_code_counts_once_and_five_wrong_ones_end_it(room):
    def refused(code):
        status, _, text = room.ask("/_remote/join", {"code": code})
        return status, json.loads(text)["refused"]

    assert [refused("wrong") for _ in range(6)] == [(403, "wrong")] * 4 + [(403, "locked")] * 2
    assert refused(room.remote.pairing.code) == (403, "locked")
    assert ["too many wrong codes" in words for words in room.reported] == [True]


def test_a_code_that_was_used_is_refused(room):
    room.join()
    assert room.ask("/_remote/join", {"code": room.remote.pairing.code})[0] == 403
    assert room.reported == ["a phone has connected; its code counts no more"]


@pytest.mark.parametrize("said", [{}, {"to": "first"}, {"to": 1}, [], {"to": "x" * 9000}])
def test_a_phone_can_turn_slides_and_nothing_else(room, said):
    assert room.ask("/_remote/turn", said, cookie=room.join())[0] == 400
    assert room.turned == []


@pytest.mark.parametrize("said", [{"page": "slides/a.html", "h": -1}, {"h": "1"}, {"window": "x" * 41}, []])
def test_a_place_that_is_none_is_refused(room, said):
    assert room.ask("/_place", said, client=HERE)[0] == 400


@pytest.mark.parametrize("path", ["/", "/slides/a.html", "/_live.js", "/_events", "/_kejian/deck.js", "/_remote/",
    "/_remote/../slides/a.html", "/_remote/page.js/../../slides/a.html", "/_remotes", "//_remote"])  # fmt: skip
def test_other_machines_reach_the_phone_s_page_alone(room, path):
    assert room.ask(path)[0] == 403
    assert room.ask(path, cookie=room.join())[0] == 403


def test_this_machine_reaches_all_of_it(room):
    assert room.ask("/slides/a.html", client=HERE)[2].startswith("<main>")
    assert "/_place" in room.ask("/_live.js", client=HERE)[2]
    assert room.ask("/_remote", client=HERE)[0] == 200


def test_other_machines_cannot_say_which_slide_is_shown(room):
    assert room.ask("/_place", {"page": "slides/a.html"}, cookie=room.join())[0] == 403
    assert room.ask("/_show", {"page": "slides/a.html", "h": 0, "v": 0})[0] == 403


@pytest.mark.parametrize("path", sorted(PHONES))
def test_the_phone_s_paths_are_guarded_as_all_others_are(room, path):
    said = {} if path.endswith(("join", "turn")) else None
    cookie = room.join()
    assert room.ask(path, said, cookie=cookie, origin="http://attacker.invalid")[0] == 403
    assert room.ask(path, said, cookie=cookie, host="attacker.invalid", origin="")[0] == 400


def test_the_page_runs_its_own_script_alone_and_is_in_no_frame(room):
    status, headers, html = room.ask("/_remote")
    policy = headers["content-security-policy"]
    assert status == 200
    assert {"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"} <= set(policy.split("; "))
    assert room.remote.pairing.code not in html
    assert room.ask("/_remote/page.js")[1]["content-type"].startswith("text/javascript")
    assert room.ask("/_remote/page.css")[1]["content-type"].startswith("text/css")


def test_without_a_remote_its_paths_are_not_there(room):
    room.web = application(room.preview, room, ["192.0.2.1"])
    assert room.ask("/_remote")[0] == 404
    assert "/_place" not in room.ask("/_live.js", client=HERE)[2]


@pytest.mark.parametrize(("client", "here"), [("127.0.0.1", True), ("::1", True), ("::ffff:127.0.0.1", True),
    ("192.0.2.1", True), ("192.0.2.9", False), ("fe80::1%eth0", False), ("none", False), ("", False)])  # fmt: skip
def test_a_machine_knows_itself_by_its_addresses(client, here):
    assert from_here({"client": (client, 1), "server": SERVER}) is here
    assert from_here({"client": None, "server": SERVER}) is False
