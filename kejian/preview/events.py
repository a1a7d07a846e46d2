"""Server-sent events to open pages."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

WAITING = 200
"""Events that may wait for a page that does not read them; then it is let go, and comes back by itself."""


def event_text(name: str, data: object) -> str:
    """Return an event as it is sent."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


@dataclass(slots=True)
class EventStreams:
    """The event streams of open pages, a queue for each; `emit` may be called from any thread."""

    loop: asyncio.AbstractEventLoop | None = None
    queues: set[asyncio.Queue[str]] = field(default_factory=set)

    def emit(self, event: str, data: object) -> None:
        """Send an event to every open page."""
        if self.loop is not None and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._put, event_text(event, data))

    def _put(self, text: str) -> None:
        for queue in list(self.queues):
            try:
                queue.put_nowait(text)
            except asyncio.QueueFull:
                self.queues.discard(queue)

    async def stream(self, first: Callable[[], str]) -> AsyncIterator[str]:
        """Yield events for one page until it disconnects, which periodic comments detect."""
        queue: asyncio.Queue[str] = asyncio.Queue(WAITING)
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
