"""The preview answers its own pages and a reader who follows a link, not the other sites that are open in a browser.

Any site may make a browser ask a loopback address. What it asks for is refused by the browser's own word about who asks
(`Origin`, `Sec-Fetch-Site`); what is answered may not be read, framed or taken for another kind of file elsewhere.
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ALWAYS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
}
_OURSELVES = ("", "none", "same-origin")
_FRAMES = ("iframe", "frame", "embed", "object", "fencedframe")


class Guard:
    """ASGI middleware around the preview's site."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403 to another site; else the answer, with headers that keep it here."""
        if scope["type"] == "http":
            if foreign(Headers(scope=scope)):
                await PlainTextResponse("this preview answers its own pages only", 403)(scope, receive, send)
                return
            send = _kept_here(send)
        await self.app(scope, receive, send)


def foreign(headers: Headers) -> bool:
    """Whether the browser says that another site asks. That a reader comes from there by a link is fine."""
    origin = headers.get("origin")
    if origin is not None and origin != f"http://{headers.get('host', '')}":
        return True
    navigates = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") not in _FRAMES
    return headers.get("sec-fetch-site", "") not in _OURSELVES and not navigates


def _kept_here(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(_ALWAYS)
        await send(message)

    return sent
