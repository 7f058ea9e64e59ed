"""Every agency, played on this machine in its own layout: its recorded reply is pulled; a bad one changes nothing."""

from __future__ import annotations

import fnmatch
import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from pytest_httpserver import HTTPServer

from connectors.bodies import wrong_kind
from connectors.catalogue import Connector, connectors_of
from connectors.source import Ask, Feed, Place, Wanted
from gapengine.store import manifest, pulling
from gapengine.store.pull import Outcome
from tests.agency import session
from tests.store_kit import Heard, one

RECORDINGS = Path(__file__).resolve().parent / "recordings"
ASK = Ask(Place("37", ("37063", "37135"), ("20500",)), date(2026, 11, 24))
NOW = datetime(2026, 11, 24, tzinfo=UTC)
PAGE = b"<!DOCTYPE html><html><head><title>Down for maintenance</title></head></html>"


def recordings(connector: Connector, feed: Feed) -> list[Path]:
    parse = feed.parse.func if isinstance(feed.parse, partial) else feed.parse
    folder = RECORDINGS / connector.source.name / getattr(parse, "__name__", "none")
    return sorted(path for path in folder.glob("*") if not path.name.endswith(".expected.csv"))


def answer(wanted: Wanted, recording: Path) -> bytes | None:
    """The reply that holds a recording: itself, or an archive of it; None where it is not what is wanted."""
    if not wanted.members:
        return recording.read_bytes()
    if not any(fnmatch.fnmatchcase(recording.name.lower(), pattern.lower()) for pattern in wanted.members):
        return None
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(f"folder/{recording.name}", recording.read_bytes())
    return packed.getvalue()


def plays() -> list[tuple[Connector, Feed, Wanted, bytes]]:
    """One reply of each feed that is asked for directly and has a recording that fits."""
    out = []
    for connector in connectors_of():
        for feed in connector.feeds:
            for wanted in [item for item in feed.wanted(ASK) if not item.listing][:1]:
                found = [(path, answer(wanted, path)) for path in recordings(connector, feed)]
                fitting = [(path, body) for path, body in found if body and wrong_kind(body, wanted) is None]
                if fitting:
                    path, body = fitting[-1]
                    asked = wanted if wanted.members else replace(wanted, name=path.name)
                    out.append((connector, feed, asked, body))
    return out


PLAYS = plays()


def pull(server: HTTPServer, store: Path, connector: Connector, feed: Feed, wanted: Wanted) -> tuple[Outcome, int]:
    only = Connector(connector.source, (replace(feed, wanted=lambda ask: (wanted,), follow=None),))
    made = partial(session, server.port)
    pulled = pulling.from_agencies(store, ASK, (only,), lambda ledger: made(ledger=ledger), Heard(), now=NOW)
    return one(pulled), pulled.exit_code


def test_most_agencies_are_played() -> None:
    assert len({connector.source.name for connector, *_ in PLAYS}) >= 8
    assert {"bls_qcew", "bls_oews", "nces_ipeds", "census_cbp"} <= {connector.source.name for connector, *_ in PLAYS}


@pytest.mark.parametrize(
    ("connector", "feed", "wanted", "body"), PLAYS, ids=[f"{play[0].source.name}.{play[1].title}" for play in PLAYS]
)
def test_its_reply_is_pulled_and_a_page_in_its_place_changes_nothing(
    connector: Connector, feed: Feed, wanted: Wanted, body: bytes, httpserver: HTTPServer, tmp_path: Path
) -> None:
    parts = urlsplit(wanted.address)
    path = f"/{parts.hostname}{unquote(parts.path)}"
    httpserver.expect_request(path).respond_with_data(body)
    got, code = pull(httpserver, tmp_path, connector, feed, wanted)
    assert (got.status, code) == ("new", 0), got.message
    with manifest.opened(tmp_path) as kept:
        before = kept.newest()
    assert got.rows == sum(vintage.rows for vintage in before) > 0
    httpserver.clear()
    httpserver.expect_request(path).respond_with_data(PAGE, content_type="text/html")
    settled = replace(wanted, settled=False)
    got, code = pull(httpserver, tmp_path, connector, feed, settled)
    assert (got.status, code) == ("failed", 4)
    assert got.message.startswith(f"{connector.source.name}: ") and "found a web page" in got.message
    with manifest.opened(tmp_path) as kept:
        assert kept.newest() == before
