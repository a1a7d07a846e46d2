"""`serve --remote`: a phone turns the slides that a browser of this machine shows, and reads their notes.

Other machines reach the phone's page and nothing else, and what that page says counts with the token of the phone that
had the code. The deck's page says which slide it shows; titles and notes are those of the page that the server sent.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from typing import Annotated, Literal

import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from kejian.core import messages, templates
from kejian.preview.events import EventStreams, event_text
from kejian.preview.pairing import Pairing, Refused
from kejian.preview.request_body import decoded
from kejian.render.speaker_notes import SlideNotes, as_text, notes

PATH = "/_remote"
"""Where the phone's page is."""
PHONES = frozenset({PATH, *(f"{PATH}/{name}" for name in ("page.js", "page.css", "join", "events", "turn"))})
"""All that other machines may ask for. Whole paths: what begins like one of them may lead elsewhere."""
_COOKIE = "kejian-remote"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_NEVER_KEPT = {"Cache-Control": "no-store"}

_Word = Annotated[str, msgspec.Meta(max_length=40)]
_Index = Annotated[int, msgspec.Meta(ge=0, lt=1_000_000)]


class _Code(msgspec.Struct, frozen=True):
    code: _Word


class _Turn(msgspec.Struct, frozen=True):
    to: Literal["next", "previous"]


class _Place(msgspec.Struct, frozen=True):
    """The slide that a page shows. window: the page's own name for itself. page: its path in the site, "" as it
    closes.
    """

    window: _Word = ""
    page: Annotated[str, msgspec.Meta(max_length=4096)] = ""
    h: _Index = 0
    v: _Index = 0


@dataclass(slots=True, kw_only=True)
class Remote:
    """What a phone and a deck's page have to do with each other.

    pages: the text of each page as open pages have it. decks, phones: the event streams of the two.
    report: receives what the lecturer is to know, such as that the code was used.
    """

    pages: Mapping[str, str]
    decks: EventStreams
    report: Callable[[str], None]
    pairing: Pairing = field(default_factory=Pairing)
    phones: EventStreams = field(default_factory=EventStreams)
    _shown: _Place = field(default_factory=_Place)

    def routes(self) -> list[Route]:
        """Return where the phone's page, its parts and the deck's page ask."""
        return [
            Route(PATH, self._page),
            Route(f"{PATH}/page.js", self._part),
            Route(f"{PATH}/page.css", self._part),
            Route(f"{PATH}/join", self._join, methods=["POST"]),
            Route(f"{PATH}/events", self._events, methods=["GET"]),
            Route(f"{PATH}/turn", self._turn, methods=["POST"]),
            Route("/_place", self._place, methods=["POST"]),
        ]

    async def _page(self, request: Request) -> Response:
        language = request.headers.get("accept-language", "")[:20].split(",")[0]
        words = messages.words(language)
        page = templates.environment().get_template("remote/page.html")
        html = page.render(words=words, language=language.split("-")[0] if words is not messages.words("en") else "en")
        return HTMLResponse(html, headers={"Content-Security-Policy": _POLICY, **_NEVER_KEPT})

    async def _part(self, request: Request) -> Response:
        name = request.url.path.rpartition("/")[2]
        kind = "text/javascript" if name.endswith(".js") else "text/css"
        return Response(_template(name), media_type=kind, headers=_NEVER_KEPT)

    async def _join(self, request: Request) -> Response:
        asked = await decoded(request, _Code)
        before = self.pairing.locked
        answer = Refused.WRONG if asked is None else self.pairing.exchange(asked.code)
        if self.pairing.locked and not before:
            self.report("too many wrong codes: no phone can connect now; Ctrl-C, then serve again for a new code")
        if isinstance(answer, Refused):
            return JSONResponse({"refused": answer}, 403, _NEVER_KEPT)
        self.report("a phone has connected; its code counts no more")
        joined = Response(status_code=204)
        joined.set_cookie(_COOKIE, answer, path=PATH, httponly=True, samesite="strict")
        return joined

    async def _events(self, request: Request) -> Response:
        if not self._known(request):
            return Response(status_code=403)
        self.phones.loop = asyncio.get_running_loop()
        stream = self.phones.stream(lambda: event_text("place", self._on_phone()))
        return StreamingResponse(stream, media_type="text/event-stream", headers=_NEVER_KEPT)

    async def _turn(self, request: Request) -> Response:
        if not self._known(request):
            return Response(status_code=403)
        asked = await decoded(request, _Turn)
        if asked is None:
            return Response(status_code=400)
        self.decks.emit("turn", {"window": self._shown.window, "to": asked.to})
        return Response(status_code=204)

    def _known(self, request: Request) -> bool:
        return self.pairing.holds(request.cookies.get(_COOKIE, ""))

    async def _place(self, request: Request) -> Response:
        asked = await decoded(request, _Place)
        if asked is None:
            return Response(status_code=400)
        closed = not asked.page
        if (closed and asked.window == self._shown.window) or asked.page in self.pages:
            self._shown = _Place() if closed else asked
            self.phones.emit("place", self._on_phone())
        return Response(status_code=204)

    def _on_phone(self) -> dict[str, object]:
        """Return what the phone shows of the slide; nothing if no page shows one."""
        slides = _slides(self.pages.get(self._shown.page, ""))
        places = [slide.place for slide in slides]
        here = (self._shown.h, self._shown.v)
        if here not in places:
            return {}
        at = places.index(here)
        after = slides[at + 1].title if at + 1 < len(slides) else None
        said = as_text(slides[at].html)
        return {"number": at + 1, "count": len(slides), "title": slides[at].title, "next": after, "notes": said}


class OwnMachine:
    """ASGI middleware that answers other machines under the paths of `PHONES` alone."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond with 403 where another machine asks for what is not a phone's."""
        if scope["type"] == "http" and scope["path"] not in PHONES and not from_here(scope):
            refused = PlainTextResponse("with --remote this preview shows its pages to its own machine only", 403)
            await refused(scope, receive, send)
            return
        await self.app(scope, receive, send)


def from_here(scope: Scope) -> bool:
    """Return whether a request comes from this machine: by its loopback, or from the address that it was sent to."""
    client, server = scope.get("client"), scope.get("server")
    if not client:
        return False
    try:
        address = ip_address(client[0].partition("%")[0])
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback or bool(server and client[0] == server[0])


def script() -> str:
    """Return what a deck's page runs to be turned, behind the script of the preview."""
    return _template("deck.js")


def _template(name: str) -> str:
    return templates.text(templates.environment(), f"remote/{name}")


@lru_cache(maxsize=4)
def _slides(page: str) -> tuple[SlideNotes, ...]:
    return notes(page) if page else ()
