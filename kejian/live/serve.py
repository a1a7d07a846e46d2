"""Live preview: the site on a loopback address, and events that tell open pages what to patch."""

from __future__ import annotations

import asyncio
import gc
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

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

from kejian import templates
from kejian.live.guard import Guard
from kejian.live.patches import version
from kejian.live.preview import Preview

HOSTS = ["localhost", "127.0.0.1"]
_WAITING = 200
"""Events that may wait for a page that does not read them; then it is let go, and comes back by itself."""
_IGNORED = frozenset({".git", ".kejian", ".venv", "__pycache__", "node_modules", "site", "outputs"})


@dataclass(slots=True)
class Events:
    """Open pages, each with a queue; `tell` may be called from any thread."""

    loop: asyncio.AbstractEventLoop | None = None
    queues: set[asyncio.Queue[str]] = field(default_factory=set)

    def tell(self, event: str, data: object) -> None:
        """Send an event to every open page."""
        if self.loop is not None and not self.loop.is_closed():
            text = f"event: {event}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
            self.loop.call_soon_threadsafe(self._put, text)

    def _put(self, text: str) -> None:
        for queue in list(self.queues):
            try:
                queue.put_nowait(text)
            except asyncio.QueueFull:
                self.queues.discard(queue)

    async def stream(self, first: Callable[[], str]) -> AsyncIterator[str]:
        """The events for one page, until it goes away; a comment now and then finds out whether it has."""
        queue: asyncio.Queue[str] = asyncio.Queue(_WAITING)
        self.queues.add(queue)
        try:
            yield first()
            while queue in self.queues:
                try:
                    yield await asyncio.wait_for(queue.get(), 15)
                except TimeoutError:
                    yield ": still here\n\n"
        finally:
            self.queues.discard(queue)


class _Site(StaticFiles):
    """The preview's files, never cached; pages get the script that patches them, and are remembered as opened."""

    def __init__(self, preview: Preview) -> None:
        super().__init__(directory=preview.out, html=True, check_dir=False)
        self.preview = preview

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await self._found(path, scope)
        file = Path(getattr(response, "path", ""))
        if file.suffix == ".html" and file.is_relative_to(self.preview.out):
            page = file.read_text("utf-8")
            self.preview.opened[file.relative_to(self.preview.out).as_posix()] = page
            response = HTMLResponse(_live(page))
        response.headers["Cache-Control"] = "no-store"
        return response

    async def _found(self, path: str, scope: Scope) -> Response:
        """The file; one that is missing is looked for again, since a site that is being swapped in is away a moment."""
        for _ in range(3):
            try:
                return await super().get_response(path, scope)
            except HTTPException as e:
                if e.status_code != 404:
                    raise
            await asyncio.sleep(0.05)
        return await super().get_response(path, scope)


def _live(html: str) -> str:
    """A page that may listen to this server and knows how to patch itself; the published page may and does not."""
    html = html.replace("</head>", f'<meta name="kejian-version" content="{version(html)}">\n</head>', 1)
    html = html.replace("default-src &#39;none&#39;;", "default-src &#39;none&#39;; connect-src &#39;self&#39;;", 1)
    return html.replace("</body>", '<script src="/_live.js"></script>\n</body>', 1)


def application(preview: Preview, events: Events) -> Starlette:
    """The web application; building and watching begin and end with it."""
    script = templates.text(templates.environment(), "theme/live.js")

    async def live(_: Request) -> Response:
        return Response(script, media_type="text/javascript", headers={"Cache-Control": "no-store"})

    async def listen(request: Request) -> Response:
        if request.method == "HEAD":
            return Response(media_type="text/event-stream")
        return StreamingResponse(events.stream(lambda: "event: hello\ndata: {}\n\n"), media_type="text/event-stream")

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        events.loop = asyncio.get_running_loop()
        await asyncio.to_thread(preview.rebuild)
        gc.collect()
        gc.freeze()  # what the first build made stays; looking through it again would hold up an edit now and then
        watching = asyncio.create_task(_watch(preview))
        yield
        preview.ended.set()
        watching.cancel()

    return Starlette(
        routes=[
            Route("/_live.js", live),
            Route("/_events", listen),
            Mount("/", _Site(preview)),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS), Middleware(Guard)],
        lifespan=life,
    )


async def _watch(preview: Preview) -> None:
    """Rebuild after every burst of changes to a file that a build reads, or that is new beside one."""
    async for changes in watchfiles.awatch(
        preview.course, watch_filter=_wanted(preview.course), debounce=40, step=5, ignore_permission_denied=True
    ):
        if any(Path(path).suffix not in (".new", ".tmp", ".swp") for _, path in changes):
            await asyncio.to_thread(preview.rebuild)


def _wanted(course: Path) -> Callable[[watchfiles.Change, str], bool]:
    root = course.resolve()

    def wanted(_: watchfiles.Change, path: str) -> bool:
        parts = Path(path).relative_to(root).parts if Path(path).is_relative_to(root) else ()
        return bool(parts) and not _IGNORED & set(parts) and not parts[-1].startswith((".", "#", "4913"))

    return wanted


def serve(preview: Preview, events: Events, port: int) -> None:
    """Serve until interrupted; raises `OSError` where the port is taken."""
    settings = uvicorn.Config(
        application(preview, events),
        host="127.0.0.1",
        port=port,
        log_level="warning",
        timeout_graceful_shutdown=1,
        ws="none",
        proxy_headers=False,
        server_header=False,
    )
    uvicorn.Server(settings).run()
