"""What a request may say in its body, and how much of it is read."""

import asyncio

import msgspec
import pytest
from starlette.requests import Request

from kejian.preview.request_body import decoded


class Slide(msgspec.Struct):
    """What these requests are to say."""

    h: int


def said(*pieces):
    waiting = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]

    async def receive():
        return waiting.pop(0) if waiting else {"type": "http.request", "body": b"", "more_body": False}

    return asyncio.run(decoded(Request({"type": "http", "method": "POST", "headers": []}, receive), Slide))


def test_a_body_that_comes_in_pieces_is_read_whole():
    assert said(b'{"h"', b": 3}") == Slide(3)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"h": "3"}', b'{"v": 3}', b"\xff", b'{"h": 3}' + b" " * 9000])
def test_what_is_something_else_or_too_long_is_nothing(body):
    assert said(body) is None
