"""What a request to the preview says in its body, as far as such a body may be long."""

from __future__ import annotations

from typing import TypeVar

import msgspec
from starlette.requests import Request

_LONGEST = 8192
"""Bytes of a request that names a slide."""

Body = TypeVar("Body", bound=msgspec.Struct)


async def decoded(request: Request, kind: type[Body]) -> Body | None:
    """Return a request's JSON as a struct of this kind; `None` if it is none, or too long."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _LONGEST:
            return None
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.DecodeError:
        return None
