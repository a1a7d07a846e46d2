"""Preview server: the site on a loopback address, and server-sent events that patch open pages."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from socket import socket
from typing import Annotated

import msgspec
import uvicorn
import watchfiles
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from kejian.core import config, templates
from kejian.core.disk.files import Folder
from kejian.core.paths import INDEX
from kejian.parse.html.lookup import MARKDOWN
from kejian.preview import address
from kejian.preview.changes import watched
from kejian.preview.cross_origin import Guard, apart
from kejian.preview.diff import version
from kejian.preview.events import EventStreams, event_text
from kejian.preview.listening import port_of
from kejian.preview.rebuild import Preview
from kejian.preview.remote import OwnMachine, Remote
from kejian.preview.remote import script as turned_script
from kejian.preview.request_body import decoded
from kejian.render.pages import SHARED

HOSTS = ["localhost", "127.0.0.1"]
ANY = ("0.0.0.0", "::")  # noqa: S104 -- addresses that stand for all of a machine's
"""Addresses to listen to under which no request is answered: a page elsewhere could lead a browser there."""


class _ShownSlide(msgspec.Struct, frozen=True):
    """A slide that pages are to show. page: its path in the site; h, v: the slide's column and row, from 0."""

    page: Annotated[str, msgspec.Meta(max_length=4096)]
    h: Annotated[int, msgspec.Meta(ge=0, lt=1_000_000)]
    v: Annotated[int, msgspec.Meta(ge=0, lt=1_000_000)]


class _Site(StaticFiles):
    """Serves the preview's files without caching; pages get the script that patches them, and their
    text is recorded.
    """

    def __init__(self, preview: Preview) -> None:
        super().__init__(directory=preview.out, html=True, check_dir=False)
        self.preview = preview

    async def get_response(self, path: str, scope: Scope) -> Response:
        moment = self.preview.moment
        response = await self._found(path, scope)
        file = Path(getattr(response, "path", ""))
        if file.is_relative_to(self.preview.out):
            name = file.relative_to(self.preview.out).as_posix()
            if _is_page(name, self.preview.course):
                page = file.read_text("utf-8")
                self.preview.opened[name] = page
                response = HTMLResponse(_live(page, moment))
            elif not name.startswith(f"{SHARED}/"):
                trusted = config.load(Folder(self.preview.course))[0].scripts
                response.headers["Content-Security-Policy"] = apart(name, scripts=trusted)
        response.headers["Cache-Control"] = "no-store"
        return response

    async def _found(self, path: str, scope: Scope) -> Response:
        """Return the file; a missing one is tried again, since it is briefly missing while a site is swapped in."""
        for _ in range(3):
            try:
                return await super().get_response(path, scope)
            except HTTPException as e:
                if e.status_code != 404:
                    raise
            await asyncio.sleep(0.05)
        return await super().get_response(path, scope)


def _is_page(name: str, course: Path) -> bool:
    """Return whether a file of the site is a generated page: the index, or one with a source in the course."""
    stem = name.removesuffix(".html")
    return name != stem and (name == INDEX or any((course / f"{stem}{suffix}").is_file() for suffix in MARKDOWN))


def _live(html: str, moment: str) -> str:
    """Return a page with the preview's script, and a policy that lets it connect to this server.

    moment: the site's state before the page was read, from which the server derives what the page has missed.
    """
    known = f'<meta name="kejian-version" content="{version(html)}" data-moment="{moment}">'
    html = html.replace("</head>", f"{known}\n</head>", 1)
    html = html.replace("default-src &#39;none&#39;;", "default-src &#39;none&#39;; connect-src &#39;self&#39;;", 1)
    return html.replace("</body>", '<script src="/_live.js"></script>\n</body>', 1)


def application(
    preview: Preview,
    events: EventStreams,
    hosts: Sequence[str] = HOSTS,
    *,
    port: int = 0,
    in_editor: bool = False,
    remote: Remote | None = None,
) -> Starlette:
    """Return the web application; building and watching start and stop with it.

    port: noted for editors while it runs. in_editor: as in `Guard`. remote: for a phone; other machines get its page
    alone.
    """
    script = templates.text(templates.environment(), "theme/live.js") + (turned_script() if remote else "")
    others = [Middleware(OwnMachine)] if remote else []

    async def live(_: Request) -> Response:
        return Response(script, media_type="text/javascript", headers={"Cache-Control": "no-store"})

    return Starlette(
        routes=[
            Route("/_live.js", live),
            Route("/_events", partial(_listen, preview, events)),
            Route(address.PATH, partial(_show, events), methods=["POST"]),
            *(remote.routes() if remote else ()),
            Mount("/", _Site(preview)),
        ],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=hosts),
            Middleware(Guard, in_editor=in_editor),
            *others,
        ],
        lifespan=partial(_lifespan, preview, events, port),
    )


async def _listen(preview: Preview, events: EventStreams, request: Request) -> Response:
    """Answer a page that listens with the events that follow its state."""
    if request.method == "HEAD":
        return Response(media_type="text/event-stream")
    first = {"hello": preview.missed(request.query_params.get("since", "")), **preview.state()}
    state = "".join(event_text(name, data) for name, data in first.items())
    return StreamingResponse(events.stream(lambda: state), media_type="text/event-stream")


@asynccontextmanager
async def _lifespan(preview: Preview, events: EventStreams, port: int, _: Starlette) -> AsyncIterator[None]:
    events.loop = asyncio.get_running_loop()
    await asyncio.to_thread(preview.rebuild)
    gc.collect()
    gc.freeze()  # freeze what the first build made, so that garbage collection does not delay edits
    watching = asyncio.create_task(_watch(preview))
    address.note(preview.course, port)
    yield
    address.forget(preview.course, port)
    preview.ended.set()
    watching.cancel()


async def _show(events: EventStreams, request: Request) -> Response:
    """Make open pages show the slide that a request names."""
    asked = await decoded(request, _ShownSlide)
    if asked is None:
        return Response(status_code=400)
    events.emit("show", msgspec.to_builtins(asked))
    return Response(status_code=204)


async def _watch(preview: Preview) -> None:
    """Rebuild after every burst of changes to files that a build reads, or to new ones beside them."""
    wanted = watched(preview.course)
    async for _ in watchfiles.awatch(
        preview.course, watch_filter=wanted, debounce=40, step=5, ignore_permission_denied=True
    ):
        await asyncio.to_thread(preview.rebuild)


def names(host: str) -> list[str]:
    """Return the host names under which a server that listens on `host` responds."""
    return [*HOSTS, *({host} - {*ANY})]


def serve(
    preview: Preview,
    events: EventStreams,
    listening: socket,
    host: str = HOSTS[0],
    *,
    in_editor: bool = False,
    remote: Remote | None = None,
) -> None:
    """Serve until interrupted. host: a permitted host name besides those of this machine. Others: see `application`."""
    settings = uvicorn.Config(
        application(preview, events, names(host), port=port_of(listening), in_editor=in_editor, remote=remote),
        log_level="warning",
        timeout_graceful_shutdown=1,
        ws="none",
        proxy_headers=False,
        server_header=False,
    )
    uvicorn.Server(settings).run([listening])
