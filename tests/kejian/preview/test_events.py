"""Events that a server sends to open pages."""

import asyncio

from kejian.preview.events import WAITING, EventStreams


def test_a_page_that_does_not_read_is_let_go():
    async def run():
        events = EventStreams(asyncio.get_running_loop())
        stream = events.stream(lambda: "hello")
        assert await anext(stream) == "hello"
        for number in range(WAITING + 2):
            events.emit("changed", [number])
        await asyncio.sleep(0)
        assert events.queues == set()
        return [text async for text in stream]

    assert len(asyncio.run(run())) <= WAITING


def test_an_event_goes_to_every_open_page_in_the_format_of_a_stream():
    async def run():
        events = EventStreams(asyncio.get_running_loop())
        pages = [events.stream(lambda: "first"), events.stream(lambda: "first")]
        assert [await anext(page) for page in pages] == ["first", "first"]
        events.emit("show", {"h": 1})
        return [await anext(page) for page in pages]

    assert asyncio.run(run()) == ['event: show\ndata: {"h": 1}\n\n'] * 2
