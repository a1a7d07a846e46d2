"""The socket of the preview."""

import socket

import pytest

from kejian.preview.listening import DEFAULT, NoPortError, host_for_phones, listen, port_of


def test_any_free_port_and_a_given_one():
    with listen("127.0.0.1", 0) as first:
        port = port_of(first)
        assert port > 0
        with socket.create_connection(("127.0.0.1", port)):
            pass
        with pytest.raises(NoPortError, match=f"127.0.0.1:{port}: Address already in use") as raised:
            listen("127.0.0.1", port)
    assert raised.value.hint == "type `--port 0` for any that is free"


def test_without_one_it_is_the_default_or_the_next_that_is_free():
    with listen("127.0.0.1", None) as first, listen("127.0.0.1", None) as second:
        assert DEFAULT <= port_of(first) < port_of(second)


@pytest.mark.parametrize("port", [-1, 65_536, 10**9])
def test_a_number_that_is_no_port(port):
    with pytest.raises(NoPortError, match=f"{port} is no port"):
        listen("127.0.0.1", port)


def test_an_address_of_another_machine_is_no_matter_of_the_port():
    with pytest.raises(NoPortError, match=r"192\.0\.2\.1:0: ") as raised:
        listen("192.0.2.1", 0)
    assert raised.value.hint == "leave out `--host`, or write `--host 0.0.0.0`"


@pytest.mark.parametrize("host", ["no.such.host.invalid", "a" * 300, "\u2603"])
def test_a_host_that_is_none(host):
    with pytest.raises(NoPortError):
        listen(host, 0)


def test_a_phone_reaches_a_machine_by_an_address_in_the_network():
    assert host_for_phones("198.51.100.7") == "198.51.100.7"
    found = host_for_phones("0.0.0.0")
    with listen("0.0.0.0", 0) as server, socket.create_connection((found, port_of(server))) as phone:
        assert phone.getpeername()[0] == found


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_phone_does_not_reach_this_machine_alone(host):
    with pytest.raises(NoPortError, match=f"a phone does not reach {host}") as raised:
        host_for_phones(host)
    assert raised.value.hint == f"type `kejian serve --remote --host {host_for_phones('0.0.0.0')}`"
