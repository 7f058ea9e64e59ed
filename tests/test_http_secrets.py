"""Secrets and quotas: a key goes out with its request and is seen nowhere else; calls stay within the allowance."""

from __future__ import annotations

import logging

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from connectors.fetched import FetchError
from connectors.source import JSON, Quota, Wanted
from tests.agency import Stage, session

KEY = "s3cr3t/k3y=="
KEYED = Wanted(
    "https://api.example.gov/v2?registrationkey={GAPENGINE_BLS_KEY}",
    "v2.json",
    JSON,
    body=b'{"registrationkey": "{GAPENGINE_BLS_KEY}"}',
)


def test_a_secret_is_sent_and_appears_nowhere_else(httpserver: HTTPServer, caplog: pytest.LogCaptureFixture) -> None:
    bodies = []

    def answer(request: Request) -> Response:
        bodies.append(request.get_data())
        return Response(b'{"message": "The key:' + KEY.encode() + b' is invalid."}', content_type="application/json")

    httpserver.expect_request("/api.example.gov/v2").respond_with_handler(answer)
    caplog.set_level(logging.WARNING, logger="werkzeug")
    caplog.set_level(logging.DEBUG, logger="urllib3")
    with session(httpserver.port, secrets={"GAPENGINE_BLS_KEY": KEY}) as asking:
        got = asking.fetch(KEYED)
    assert bodies == [b'{"registrationkey": "' + KEY.encode() + b'"}']
    assert KEY.encode() not in (got.body or b"") and b"{GAPENGINE_BLS_KEY}" in (got.body or b"")
    assert "registrationkey" in caplog.text
    for secret in (KEY, "s3cr3t%2Fk3y"):
        assert secret not in caplog.text + got.address + repr(asking) + repr(KEYED)


def test_a_secret_is_in_no_error(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/api.example.gov/v2").respond_with_data("no", status=400)
    moved = Response(status=302, headers={"Location": f"https://evil.example.com/?k={KEY}"})
    httpserver.expect_request("/api.example.gov/moved").respond_with_response(moved)
    asking = session(httpserver.port, secrets={"GAPENGINE_BLS_KEY": KEY})
    unreachable = session(9, secrets={"GAPENGINE_BLS_KEY": KEY})
    sent_on = Wanted("https://api.example.gov/moved", "m", JSON)
    for which, wanted in ((asking, KEYED), (unreachable, KEYED), (asking, sent_on)):
        with pytest.raises(FetchError) as caught:
            which.fetch(wanted)
        assert KEY not in str(caught.value) and "s3cr3t" not in str(caught.value)
        assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_calls_beyond_the_agency_s_quota_are_not_made(httpserver: HTTPServer) -> None:
    class Two:
        left = 2

        def spend(self, quota: Quota) -> bool:
            assert quota.per_day == 2
            self.left -= 1
            return self.left >= 0

    httpserver.expect_request("/api.example.gov/v2").respond_with_data("{}")
    asking = session(httpserver.port, ledger=Two())
    wanted = Wanted("https://api.example.gov/v2", "v2", JSON, quota=Quota("api", 2))
    asking.fetch(wanted)
    asking.fetch(wanted)
    with pytest.raises(FetchError, match=r"2 a day.*tomorrow"):
        asking.fetch(wanted)
    assert len(asking.adapter.asked if isinstance(asking.adapter, Stage) else []) == 2
