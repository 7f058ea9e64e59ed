"""Downloads: whatever an agency's server does, a session ends with a whole reply or one sentence that says why not."""

from __future__ import annotations

import gzip
import hashlib
import ssl
import time
import zlib
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from connectors.fetched import FetchError, Known, Manners, NotPublished
from connectors.http import Session
from connectors.source import CSV, EXCEL, JSON, ZIP, Wanted
from tests.agency import QUICK, drips, misbehaving, resets, says, session

TABLE = b'"area_fips","qtr"\n"37063","1"\n'
ADDRESS = "https://data.example.gov/2016/1/area/37063.csv"
WANTED = Wanted(ADDRESS, "37063.csv", period="2016Q1")


def known(body: bytes, etag: str = "", modified: str = "") -> Known:
    return Known(hashlib.sha256(body).hexdigest(), etag, modified)


@pytest.fixture
def plays(httpserver: HTTPServer) -> Any:
    def play(body: bytes | Response = TABLE, **options: Any) -> Session:
        reply = body if isinstance(body, Response) else Response(body, **options)
        httpserver.expect_request("/data.example.gov/2016/1/area/37063.csv").respond_with_response(reply)
        return session(httpserver.port)

    return play


def test_gives_the_bytes_as_received_and_how_to_ask_again(plays: Any) -> None:
    got = plays(TABLE, headers={"ETag": '"a1"', "Last-Modified": "Tue, 06 Sep 2016 14:00:00 GMT"}).fetch(WANTED)
    assert got.body == TABLE and not got.unchanged
    assert (got.sha256, got.etag) == (hashlib.sha256(TABLE).hexdigest(), '"a1"')
    assert got.last_modified.startswith("Tue, 06 Sep")


def test_names_the_program_and_the_contact_address(httpserver: HTTPServer, plays: Any) -> None:
    plays().fetch(WANTED)
    agent = httpserver.log[0][0].headers["User-Agent"]
    assert agent.startswith("gapengine/") and "analyst@example.org" in agent


def test_a_refused_user_agent_is_told_to_set_a_contact_address(plays: Any) -> None:
    with pytest.raises(FetchError, match=r"403.*GAPENGINE_CONTACT"):
        plays(b"Access Denied", status=403).fetch(WANTED)


PAGES = [b"<!DOCTYPE html><title>Page  not\nfound</title>", b"\n <HTML><title>Page not found</title>"]


@pytest.mark.parametrize("page", PAGES)
def test_a_web_page_instead_of_a_table_is_an_error_that_quotes_its_title(plays: Any, page: bytes) -> None:
    with pytest.raises(FetchError, match=r"37063\.csv: expected a table in CSV, found a web page \('Page not found'\)"):
        plays(page, content_type="text/csv").fetch(WANTED)


def test_a_table_that_calls_itself_a_web_page_is_an_error(plays: Any) -> None:
    with pytest.raises(FetchError, match="calls itself a web page"):
        plays(b"We are down for maintenance", content_type="text/html").fetch(WANTED)


@pytest.mark.parametrize("kind", [ZIP, EXCEL, JSON])
def test_bytes_of_another_kind_are_an_error(plays: Any, kind: str) -> None:
    with pytest.raises(FetchError, match="found bytes that start with"):
        plays(b"\x00\x01\x02").fetch(Wanted(ADDRESS, "x", kind))


def test_a_body_shorter_than_its_length_is_asked_for_again() -> None:
    short = says(TABLE[:10], f"Content-Length: {len(TABLE)}")
    with misbehaving(short, short, says(TABLE, f"Content-Length: {len(TABLE)}")) as port:
        assert session(port).fetch(WANTED).body == TABLE
    with misbehaving(short) as port, pytest.raises(FetchError, match="tried 3 times"):
        session(port).fetch(WANTED)


ARCHIVE = b"PK\x03\x04 files PK\x05\x06" + bytes(18)


@pytest.mark.parametrize(("kind", "whole"), [(CSV, TABLE), (JSON, b'{"status": "OK"}'), (ZIP, ARCHIVE)])
def test_a_cut_body_without_a_length_is_seen_by_its_end(kind: str, whole: bytes) -> None:
    cut = whole[:-20] if kind == ZIP else whole[:-3]
    with misbehaving(says(cut)) as port, pytest.raises(FetchError, match="found it cut"):
        session(port).fetch(Wanted(ADDRESS, "x", kind))
    with misbehaving(says(whole)) as port:
        assert session(port).fetch(Wanted(ADDRESS, "x", kind)).body == whole


def test_a_cut_zip_archive_is_asked_for_again() -> None:
    cut = says(b"PK\x03\x04 half", "Content-Length: 9")
    with misbehaving(cut, says(ARCHIVE, f"Content-Length: {len(ARCHIVE)}")) as port:
        assert session(port).fetch(Wanted(ADDRESS, "x.zip", ZIP)).body == ARCHIVE


def test_a_reset_in_mid_body_is_asked_for_again() -> None:
    with misbehaving(resets(TABLE[:5]), says(TABLE, f"Content-Length: {len(TABLE)}")) as port:
        assert session(port).fetch(WANTED).body == TABLE
    with misbehaving(resets(TABLE[:5])) as port, pytest.raises(FetchError, match=r"lost it after|expected an answer"):
        session(port).fetch(WANTED)


def test_a_compressed_reply_that_unpacks_to_too_much_is_stopped_on_the_way() -> None:
    packer = zlib.compressobj(wbits=31)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(64)) + packer.flush()
    reply = says(bomb, "Content-Encoding: gzip", f"Content-Length: {len(bomb)}")
    with misbehaving(reply) as port, pytest.raises(FetchError, match="at most 1,000,000 bytes"):
        session(port).fetch(Wanted(ADDRESS, "x.csv", max_bytes=1_000_000))


def test_a_compressed_reply_is_unpacked_and_a_cut_one_refused() -> None:
    packed = gzip.compress(TABLE)
    with misbehaving(says(packed, "Content-Encoding: gzip", f"Content-Length: {len(packed)}")) as port:
        assert session(port).fetch(WANTED).body == TABLE
    with misbehaving(says(packed[:-9], "Content-Encoding: gzip")) as port, pytest.raises(FetchError):
        session(port).fetch(WANTED)


def test_a_slow_drip_ends_at_the_deadline() -> None:
    begin = time.monotonic()
    quick = Manners(interval=0.0, deadline=0.6, backoff=0.0)
    with misbehaving(drips(TABLE * 100, 0.02)) as port, pytest.raises(FetchError, match=r"whole reply within 0\.6 s"):
        session(port, manners=quick).fetch(WANTED)
    assert time.monotonic() - begin < 3


def test_a_retry_after_of_a_day_is_capped(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/data.example.gov/2016/1/area/37063.csv").respond_with_data(
        "busy", status=503, headers={"Retry-After": "86400"}
    )
    waits: list[float] = []
    manners = Manners(interval=0.0, deadline=600.0, backoff=1.0, longest_wait=60.0)
    with pytest.raises(FetchError, match="503"):
        session(httpserver.port, manners=manners, sleep=waits.append).fetch(WANTED)
    assert waits == [60.0, 60.0]


def test_waits_longer_after_each_failure(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/data.example.gov/2016/1/area/37063.csv").respond_with_data("", status=500)
    waits: list[float] = []
    with pytest.raises(FetchError, match="500"):
        session(httpserver.port, manners=Manners(interval=0.0, backoff=1.0), sleep=waits.append).fetch(WANTED)
    assert waits == [1.0, 2.0]


def test_asks_one_host_at_most_once_a_second(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/data.example.gov/2016/1/area/37063.csv").respond_with_data(TABLE)
    httpserver.expect_request("/other.example.gov/x.csv").respond_with_data(TABLE)
    now = [100.0]
    waits: list[float] = []

    def sleep(seconds: float) -> None:
        waits.append(round(seconds, 6))
        now[0] += seconds

    polite = session(httpserver.port, manners=Manners(), clock=lambda: now[0], sleep=sleep)
    polite.fetch(WANTED)
    now[0] += 0.25
    polite.fetch(Wanted("https://other.example.gov/x.csv", "x.csv"))
    polite.fetch(WANTED)
    assert waits == [0.75]


def test_an_unchanged_file_is_not_sent_again(httpserver: HTTPServer) -> None:
    def answer(request: Request) -> Response:
        return Response(status=304) if request.headers.get("If-None-Match") == '"a1"' else Response(TABLE)

    httpserver.expect_request("/data.example.gov/2016/1/area/37063.csv").respond_with_handler(answer)
    got = session(httpserver.port).fetch(WANTED, known(TABLE, '"a1"'))
    assert got.unchanged and got.body is None and got.etag == '"a1"'
    assert session(httpserver.port).fetch(WANTED).body == TABLE


def test_not_modified_without_a_stored_file_is_an_error(plays: Any) -> None:
    with pytest.raises(FetchError, match="told that it has not changed"):
        plays(Response(status=304)).fetch(WANTED)


def test_under_a_weak_etag_the_hash_decides(httpserver: HTTPServer) -> None:
    bodies = iter([TABLE, TABLE + b'"37135","1"\n'])

    def answer(request: Request) -> Response:
        assert "If-None-Match" not in request.headers
        return Response(next(bodies), headers={"ETag": 'W/"a1"'})

    httpserver.expect_request("/data.example.gov/2016/1/area/37063.csv").respond_with_handler(answer)
    asking = session(httpserver.port)
    assert asking.fetch(WANTED, known(TABLE, 'W/"a1"')).unchanged
    assert not asking.fetch(WANTED, known(TABLE, 'W/"a1"')).unchanged


ELSEWHERE = (
    "https://evil.example.com/x.csv",
    "http://data.example.gov/x.csv",
    "ftp://data.example.gov/x",
    "file:///etc/passwd",
)


@pytest.mark.parametrize("target", ELSEWHERE)
def test_a_redirect_to_another_host_or_away_from_https_is_refused(plays: Any, target: str) -> None:
    with pytest.raises(FetchError, match="was sent on to"):
        plays(Response(status=302, headers={"Location": target})).fetch(WANTED)


def test_a_redirect_on_the_host_or_to_one_the_source_names_is_followed(httpserver: HTTPServer) -> None:
    moved = Response(status=301, headers={"Location": "/new.csv"})
    httpserver.expect_request("/data.example.gov/2016/1/area/37063.csv").respond_with_response(moved)
    elsewhere = Response(status=302, headers={"Location": "https://files.example.gov/new.csv"})
    httpserver.expect_request("/data.example.gov/new.csv").respond_with_response(elsewhere)
    httpserver.expect_request("/files.example.gov/new.csv").respond_with_data(TABLE)
    got = session(httpserver.port).fetch(WANTED, hosts=["files.example.gov"])
    assert got.body == TABLE and got.address == "https://files.example.gov/new.csv"


def test_a_circle_of_redirects_ends(plays: Any) -> None:
    with pytest.raises(FetchError, match="sent on 5 times"):
        plays(Response(status=302, headers={"Location": ADDRESS})).fetch(WANTED)


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with HTTPServer(host="127.0.0.1", ssl_context=_own_certificate(tmp_path)) as server:
        server.expect_request("/x.csv").respond_with_data(TABLE)
        plain = Session("analyst@example.org", manners=QUICK)
        with pytest.raises(FetchError, match="certificate that can be trusted"):
            plain.fetch(Wanted(f"https://127.0.0.1:{server.port}/x.csv", "x.csv"))


def test_an_address_that_is_not_https_is_not_asked() -> None:
    with pytest.raises(FetchError, match="https"):
        Session("analyst@example.org", manners=QUICK).fetch(Wanted("http://127.0.0.1:9/x.csv", "x.csv"))


def test_without_a_connection_it_says_that_the_last_snapshot_stays_in_use() -> None:
    with pytest.raises(FetchError, match=r"expected an answer from data\.example\.gov.*last snapshot stays in use"):
        session(9).fetch(WANTED)


@pytest.mark.parametrize("reply", [Response(status=404), Response(b"")])
def test_a_coming_period_that_is_missing_is_not_yet_published(plays: Any, reply: Response) -> None:
    coming = Wanted(ADDRESS, "37063.csv", period="2016Q2", coming=True)
    with pytest.raises(NotPublished, match="2016Q2 is not yet published"):
        plays(reply).fetch(coming)


def test_a_past_period_that_is_missing_is_an_error(plays: Any) -> None:
    with pytest.raises(FetchError, match="404") as caught:
        plays(Response(status=404)).fetch(WANTED)
    assert not isinstance(caught.value, NotPublished)


def _own_certificate(folder: Any) -> ssl.SSLContext:
    import datetime  # noqa: PLC0415 - only for this certificate

    from cryptography import x509  # noqa: PLC0415
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    day = datetime.datetime(2020, 1, 1)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(day)
        .not_valid_after(day.replace(year=2120))
        .sign(key, hashes.SHA256())
    )
    path = folder / "own.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(built.public_bytes(serialization.Encoding.PEM) + private)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context
