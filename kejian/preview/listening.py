"""The preview's listening socket, opened before anything is built, so that a wrong port is reported at once."""

from __future__ import annotations

import errno
import socket
from contextlib import suppress
from ipaddress import ip_address
from typing import Any

DEFAULT = 8000
_TRIED = 20
_ANY = "type `--port 0` for any that is free"
_HOST = "leave out `--host`, or write `--host 0.0.0.0`"


class NoPortError(Exception):
    """The address is not available; `hint` contains what to type."""

    def __init__(self, why: str, hint: str) -> None:
        super().__init__(why)
        self.hint = hint


class _TakenError(NoPortError):
    """The port is in use, or not permitted to this user; the next may be free."""


def listen(host: str, port: int | None) -> socket.socket:
    """Open a socket that listens on `host`. Raises `NoPortError`.

    port: 0 for any free one; `None` for the default or the next free one.
    """
    if port is not None and not 0 <= port <= 65_535:
        raise NoPortError(f"{port} is no port: they go from 0 to 65535", _ANY)
    family, address = _resolved(host)
    if port is not None:
        return _bound(family, address, port)
    for tried in range(DEFAULT, DEFAULT + _TRIED):
        with suppress(_TakenError):
            return _bound(family, address, tried)
    raise NoPortError(f"{host}: all ports from {DEFAULT} to {DEFAULT + _TRIED - 1} are taken", _ANY)


def host_for_phones(host: str) -> str:
    """Return the name under which other machines reach a server that listens on `host`. Raises `NoPortError`."""
    _, address = _resolved(host)
    given = ip_address(address[0].partition("%")[0])
    if not given.is_loopback and not given.is_unspecified:
        return host
    found = _address_in_network()
    if given.is_unspecified and found:
        return found
    shown = found or "192.168.1.5"
    why = f"a phone does not reach {host}" if given.is_loopback else "this machine has no address in a network"
    here = f"type `kejian serve --remote --host {shown}`"
    raise NoPortError(why, here if found else f"{here}, with the address that your phone's network gave this machine")


def _address_in_network() -> str:
    """Return the address that this machine has where its traffic leaves; "" if it is in no network. Sends nothing."""
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        asked.connect(("198.51.100.1", 9))  # an address of no machine, for which the system chooses its own
        return str(asked.getsockname()[0])
    return ""


def port_of(listening: socket.socket) -> int:
    """Return the port of a socket."""
    return int(listening.getsockname()[1])


def _resolved(host: str) -> tuple[socket.AddressFamily, tuple[Any, ...]]:
    try:
        family, *_, address = socket.getaddrinfo(host, 0, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except (OSError, UnicodeError) as e:
        raise NoPortError(f"{host}: {e.strerror if isinstance(e, OSError) else 'no name of a host'}", _HOST) from None
    return family, address


def _bound(family: socket.AddressFamily, address: tuple[Any, ...], port: int) -> socket.socket:
    found = socket.socket(family, socket.SOCK_STREAM)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((address[0], port, *address[2:]))
        found.listen(128)  # so that a second server on this port is reported at once
    except OSError as e:
        found.close()
        taken = e.errno in (errno.EADDRINUSE, errno.EACCES)
        kind, hint = (_TakenError, _ANY) if taken else (NoPortError, _HOST)
        raise kind(f"{address[0]}:{port}: {e.strerror}", hint) from None
    return found
