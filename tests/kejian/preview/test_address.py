"""Where a preview notes its port, and how an editor asks it for a slide."""

import socket
import threading

import pytest
import uvicorn

from kejian.core.disk.cache_folder import NAME
from kejian.preview import address
from kejian.preview.rebuild import Preview
from kejian.preview.server import application

SLIDE = ("slides/deck.html", 2, 1)


class Events:
    """What is sent to open pages."""

    def __init__(self):
        self.sent, self.loop = [], None

    def emit(self, event, data):
        self.sent.append((event, data))


@pytest.fixture
def preview(demo):
    """A running preview's events, and its port; it builds nothing."""
    events = Events()
    app = application(Preview(course=demo, emit=events.emit, today=lambda: "2026-12-01"), events)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield events, listening.getsockname()[1]
        server.should_exit = True
        thread.join()


def test_a_preview_that_has_noted_its_port_is_asked_for_a_slide(demo, preview):
    events, port = preview
    assert address.show(demo, *SLIDE) is False
    address.note(demo, port)
    assert address.show(demo, *SLIDE) is True
    assert events.sent == [("show", {"page": "slides/deck.html", "h": 2, "v": 1})]


def test_a_note_is_forgotten_by_the_preview_that_wrote_it(demo):
    address.note(demo, 8001)
    address.forget(demo, 8002)
    assert address.noted(demo) == 8001
    address.forget(demo, 8001)
    assert address.noted(demo) == 0


def test_a_preview_that_has_ended_shows_nothing(demo):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address.note(demo, free.getsockname()[1])
    assert address.show(demo, *SLIDE) is False


def test_a_note_that_came_with_a_checkout_is_not_believed(demo):
    (demo / NAME / "preview").mkdir(parents=True)
    (demo / NAME / "preview" / "port").write_text("80\n", "ascii")
    assert address.noted(demo) == 0


@pytest.mark.parametrize("text", ["", "many", "-1"])
def test_a_note_that_is_no_port_shows_nothing(text, demo):
    address.note(demo, 8001)
    (demo / NAME / "preview" / "port").write_text(text, "ascii")
    assert address.show(demo, *SLIDE) is False
