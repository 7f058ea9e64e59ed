"""Listens on one address until it is stopped; loopback unless told otherwise."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from functools import partial
from pathlib import Path

import waitress

from gapengine.errors import UsageError
from gapengine.groundwork import Groundwork
from gapengine.serving.page import application

LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})


def listen(ground: Groundwork, host: str, port: int, runs: Path, made: Path, say: Callable[[str], object]) -> None:
    """Serve the page until the process is interrupted.

    Args:
        ground: the figures.
        host: address to listen on.
        port: 0 takes a free one.
        runs: folder of runs, read only.
        made: folder for briefs.
        say: tells the person where the page is.

    Raises:
        UsageError: the address cannot be listened on.
    """
    page = application(lambda: ground, runs.resolve(), made.resolve(), partial(answers_to, host))
    try:
        server = waitress.create_server(page, host=host, port=port, threads=4, ident=None)
    except OSError as error:
        raise UsageError(
            f"--host {host} --port {port}: cannot listen there ({error.strerror}). Choose another port."
        ) from None
    shown = "localhost" if is_local(host) else host
    if not is_local(host):
        say("Other machines can reach this page, without a password. Use it in a network that you trust.")
    say(f"Open http://{shown}:{server.effective_port}/ in a browser. Ctrl-C stops it.")
    try:
        server.run()
    finally:
        server.close()


def is_local(host: str) -> bool:
    """Whether only this machine can reach an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def answers_to(host: str, name: str) -> bool:
    """Whether the page answers under a name: this machine's own and the one it was told to listen on.

    Any other is refused, so that no foreign name can be pointed at this machine. A page that listens on every address
    answers to plain addresses as well, which nobody can point elsewhere.
    """
    name = name.lower()
    if name in LOCAL or name == host.lower():
        return True
    if host not in ("0.0.0.0", "::", "[::]"):
        return False
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return name == socket.gethostname().lower()
    return True
