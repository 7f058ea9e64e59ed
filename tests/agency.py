"""Plays agencies on this machine: https requests of a session arrive at a local server, under the agency's own name."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

from connectors.fetched import Manners
from connectors.http import Session
from connectors.secrets import Secrets

QUICK = Manners(interval=0.0, deadline=20.0, backoff=0.0, longest_wait=0.0)


class Stage(HTTPAdapter):
    """Carries ``https://HOST/PATH`` to ``http://127.0.0.1:PORT/HOST/PATH``."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self.port = port
        self.asked: list[requests.PreparedRequest] = []

    def send(self, request: requests.PreparedRequest, *rest: Any, **options: Any) -> requests.Response:
        asked = str(request.url)
        parts = urlsplit(asked)
        self.asked.append(request.copy())
        query = f"?{parts.query}" if parts.query else ""
        request.url = f"http://127.0.0.1:{self.port}/{parts.hostname}{parts.path}{query}"
        response = super().send(request, *rest, **options | {"proxies": {}})
        response.url = asked
        return response


def session(port: int, **options: Any) -> Session:
    """A session whose https requests end at a port of this machine, without waits unless asked for."""
    secrets = Secrets(options.pop("secrets", {}))
    settings = {"contact": "analyst@example.org", "manners": QUICK} | options
    return Session(adapter=Stage(port), secrets=secrets, **settings)


@contextmanager
def misbehaving(*replies: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server that gives each connection, in turn, to one function; the last one serves all that follow.

    Yields:
        The port.
    """
    server = socket.create_server(("127.0.0.1", 0))
    closing = threading.Event()

    def serve() -> None:
        count = 0
        while not closing.is_set():
            try:
                client, _ = server.accept()
            except OSError:
                return
            with client:
                reply = replies[min(count, len(replies) - 1)]
                count += 1
                try:
                    client.recv(65536)
                    reply(client)
                except OSError:
                    pass

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield server.getsockname()[1]
    finally:
        closing.set()
        server.close()


def says(body: bytes, *headers: str, status: str = "200 OK") -> Callable[[socket.socket], None]:
    """Sends these bytes under these header lines, then closes the connection."""

    def reply(client: socket.socket) -> None:
        client.sendall("\r\n".join([f"HTTP/1.1 {status}", "Connection: close", *headers, "", ""]).encode() + body)

    return reply


def resets(body: bytes) -> Callable[[socket.socket], None]:
    """Promises more, sends these bytes and resets the connection."""

    def reply(client: socket.socket) -> None:
        client.sendall(f"HTTP/1.1 200 OK\r\nContent-Length: {len(body) + 1000}\r\n\r\n".encode() + body)
        time.sleep(0.05)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")

    return reply


def drips(body: bytes, seconds: float) -> Callable[[socket.socket], None]:
    """Sends one byte at a time, with a pause after each."""

    def reply(client: socket.socket) -> None:
        client.sendall(f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode())
        for at in range(len(body)):
            client.sendall(body[at : at + 1])
            time.sleep(seconds)

    return reply
