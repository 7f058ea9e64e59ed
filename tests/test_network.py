"""Tests reach this machine only."""

from __future__ import annotations

import socket
import urllib.error
import urllib.request

import pytest

from tests.conftest import NetworkError


@pytest.mark.parametrize("host", ["192.0.2.1", "example.org", "2001:db8::1"])
def test_a_test_that_reaches_another_machine_fails(host: str) -> None:
    with pytest.raises(NetworkError, match=host), socket.create_connection((host, 80), timeout=0.1):
        pass


def test_an_address_given_to_the_socket_itself_is_refused_too() -> None:
    with socket.socket() as sock, pytest.raises(NetworkError):
        sock.connect_ex(("192.0.2.1", 80))


def test_a_web_address_is_not_fetched() -> None:
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen("http://example.org", timeout=1)


def test_a_server_on_this_machine_is_reached() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=5) as client,
        server.accept()[0] as peer,
    ):
        client.sendall(b"openings")
        assert peer.recv(8) == b"openings"
