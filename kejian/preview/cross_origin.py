"""Protects the preview from other sites that are open in the same browser.

Any site can make a browser send requests to a loopback address. Such requests are refused by the browser's own headers
(`Origin`, `Sec-Fetch-Site`), and responses carry headers that keep other sites from reading, framing or sniffing them.
Files that the course brings along are sandboxed: opened directly, they neither run nor reach the pages.
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
_APART = (
    "sandbox; default-src 'none'; img-src 'self' data:; media-src 'self'; style-src 'unsafe-inline'; font-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
_TRUSTED = "sandbox allow-scripts; frame-ancestors 'self'"
_PDF = "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
"""Chromium shows no PDF in a sandbox; what a PDF holds runs in a viewer that is one."""

EDITOR = "frame-ancestors 'self' vscode-webview: vscode-file:"
"""Who may show a page in a frame where a panel of the editor does."""

_OURSELVES = ("", "none", "same-origin")
_RUNNING = frozenset(("html", "htm", "xhtml", "svg"))
_FRAMES = ("iframe", "frame", "embed", "object", "fencedframe")


class Guard:
    """ASGI middleware around the preview's site.

    in_editor: a panel of VS Code may show the pages in a frame: its own pages, and no other site's.
    """

    def __init__(self, app: ASGIApp, *, in_editor: bool = False) -> None:
        self.app, self.in_editor = app, in_editor

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond with 403 to another site, else with the site's response and headers that confine it."""
        if scope["type"] == "http":
            if foreign(Headers(scope=scope), in_editor=self.in_editor):
                await PlainTextResponse("this preview answers its own pages only", 403)(scope, receive, send)
                return
            send = _kept_here(send, in_editor=self.in_editor)
        await self.app(scope, receive, send)


def apart(path: str, *, scripts: bool) -> str:
    """Return the Content Security Policy of a course's own file, by its path in the site.

    scripts: the course permits scripts; they run, but with an opaque origin.
    """
    ending = path.lower().rpartition(".")[2]
    return _PDF if ending == "pdf" else _TRUSTED if scripts and ending in _RUNNING else _APART


def foreign(headers: Headers, *, in_editor: bool = False) -> bool:
    """Return whether a request comes from another site, unless it follows a link.

    in_editor: or opens a page in a frame, which the response allows to the editor alone.
    """
    origin = headers.get("origin")
    if origin is not None and origin != f"http://{headers.get('host', '')}":
        return True
    framed = not in_editor and headers.get("sec-fetch-dest") in _FRAMES
    navigates = headers.get("sec-fetch-mode") == "navigate" and not framed
    return headers.get("sec-fetch-site", "") not in _OURSELVES and not navigates


def _kept_here(send: Send, *, in_editor: bool) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(_ALWAYS)
            if in_editor and "content-security-policy" not in headers:
                del headers["X-Frame-Options"]
                headers["Content-Security-Policy"] = EDITOR
        await send(message)

    return sent
