"""What every test stands on: no network beyond this machine, and the place of the figures beside the checkout."""

from __future__ import annotations

import ipaddress
import os
import socket
import uuid
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from gapengine import assumptions, briefing, college, snapshot
from gapengine.run import Run, execute
from reports.quarterly import QuarterlyReport
from tests.recorded_assumptions import RecordedAssumptions

settings.register_profile("gapengine", deadline=None)  # a busy machine is slow, and that is no fault
settings.load_profile("gapengine")

CHECKOUT = Path(__file__).resolve().parents[1]
SHARED_DATA = CHECKOUT.parent / "shared" / "data"


class NetworkError(RuntimeError):
    """A test tried to leave this machine."""


def _refuse_elsewhere(host: object) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return
    try:
        local = ipaddress.ip_address(str(name)).is_loopback
    except ValueError:
        local = False
    if not local:
        raise NetworkError(
            f"a test tried to reach {name!r}; tests reach 127.0.0.1 and ::1 only, so give it a recording"
        )


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    def guarded(method: str) -> Any:
        reach = getattr(socket.socket, method)

        def connect(self: socket.socket, address: Any, *rest: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6):
                _refuse_elsewhere(address[0])
            return reach(self, address, *rest)

        return connect

    resolve = socket.getaddrinfo

    def getaddrinfo(host: Any, *rest: Any, **options: Any) -> Any:
        _refuse_elsewhere(host)
        return resolve(host, *rest, **options)

    for method in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, method, guarded(method))
    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    # Commands that a test starts are not patched, but they heed these.
    for variable in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(variable, "http://127.0.0.1:9")
    for variable in [name for name in os.environ if name.startswith("GAPENGINE_")]:
        monkeypatch.delenv(variable)
    # Nobody's store is read or written by a test that names none.
    monkeypatch.setenv("GAPENGINE_STORE", str(tmp_path_factory.getbasetemp() / "stores" / uuid.uuid4().hex))


@pytest.fixture(scope="session")
def httpserver_listen_address() -> tuple[str, int]:
    """Where the agencies that tests play are found: any free port of this machine."""
    return "127.0.0.1", 0


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of agencies' files beside the checkout; a test that needs it is skipped where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip("no ../shared/data beside the checkout: the agencies' own files are not in the repository")
    return SHARED_DATA


@pytest.fixture(scope="session")
def recorded() -> RecordedAssumptions:
    """The embedded assumptions with few draws; they remember which of them the run and its report read."""
    return RecordedAssumptions(assumptions.for_college(college.embedded()).override(["draws=200"]).by_name)


@pytest.fixture(scope="session")
def run(recorded: RecordedAssumptions) -> Run:
    """The embedded quarter, run once for all tests. Treat it as read-only."""
    return execute(snapshot.load(), college.load(college.embedded(), recorded), recorded)


@pytest.fixture(scope="session")
def report(run: Run) -> QuarterlyReport:
    """What the report says of the embedded quarter. Treat it as read-only."""
    return briefing.brief(run)
