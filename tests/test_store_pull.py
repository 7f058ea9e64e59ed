"""A pull takes a source whole or not at all; what the store had stays in use."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from connectors.catalogue import Connector
from connectors.source import Quota
from gapengine.store import manifest
from gapengine.store.files import read_vintage, reply_path
from gapengine.store.pull import Acceptance
from tests.store_kit import ASK, FIRST, MORNING, QCEW, Agency, held, one, qcew

NEXT_DAY = MORNING + timedelta(days=1)


@pytest.fixture
def agency(httpserver: HTTPServer) -> Agency:
    playing = Agency(httpserver)
    playing.serves(1, qcew())
    return playing


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def rows(store: Path, as_of: date | None = None) -> list[float]:
    with manifest.opened(store) as kept:
        frames = [read_vintage(store, item.table_name, item.sha256) for item in kept.newest(as_of)]
    return [float(value) for frame in frames for value in frame["employment"]]


def test_keeps_the_reply_as_received_and_the_rows_read_from_it(agency: Agency, store: Path) -> None:
    got = one(agency.pull(store))
    assert (got.status, got.rows, got.vintages) == ("new", 12, 1)
    with manifest.opened(store) as kept:
        (reply,), (vintage,) = kept.all_replies(), kept.all_vintages()
    path = reply_path(store, reply.sha256)
    assert path.read_bytes() == qcew()
    sidecar = json.loads(path.with_name(f"{path.name}.json").read_text())
    assert sidecar["address"] == "https://data.bls.gov/cew/data/api/2016/1/area/37063.csv"
    assert sidecar["retrieved_at"].startswith("2016-11-15T09:00")
    assert (vintage.series, vintage.period, vintage.replies) == ("37063", "2016Q1", reply.sha256)


def test_says_which_period_is_not_yet_published(agency: Agency, store: Path) -> None:
    pulled = agency.pull(store)
    assert pulled.exit_code == 0
    assert one(pulled).missing == ("2016Q2 is not yet published",)


def test_says_how_old_the_newest_figures_are(agency: Agency, store: Path) -> None:
    got = one(agency.pull(store))
    assert (got.covers_until, got.age_days) == (date(2016, 3, 31), 229)


def test_the_same_bytes_again_change_nothing(agency: Agency, store: Path) -> None:
    agency.pull(store)
    got = one(agency.pull(store, now=NEXT_DAY))
    assert (got.status, got.rows, got.vintages) == ("unchanged", 0, 0)
    with manifest.opened(store) as kept:
        assert len(kept.all_vintages()) == 1


def test_an_unmodified_file_that_is_gone_here_is_fetched_again(httpserver: HTTPServer, store: Path) -> None:
    def answer(request: Request) -> Response:
        known = request.headers.get("If-None-Match") == '"a"'
        return Response(status=304) if known else Response(qcew(), headers={"ETag": '"a"'})

    httpserver.expect_request("/data.bls.gov/cew/data/api/2016/1/area/37063.csv").respond_with_handler(answer)
    httpserver.expect_request("/data.bls.gov/cew/data/api/2016/2/area/37063.csv").respond_with_data("", status=404)
    agency = Agency(httpserver)
    agency.pull(store)
    with manifest.opened(store) as kept:
        path = reply_path(store, kept.all_replies()[0].sha256)
    assert one(agency.pull(store)).status == "unchanged"
    path.unlink()
    assert one(agency.pull(store)).status == "unchanged"
    assert path.read_bytes() == qcew()


def test_a_revision_is_a_new_vintage_and_the_old_one_serves_the_days_before(agency: Agency, store: Path) -> None:
    agency.pull(store)
    agency.serves(1, qcew(jobs=1010))
    assert one(agency.pull(store, now=NEXT_DAY, accept=Acceptance("analyst", "revised"))).status == "new"
    assert rows(store)[0] == 1013.0
    assert rows(store, NEXT_DAY.date())[0] == 1013.0
    assert rows(store, MORNING.date())[0] == 1003.0
    assert rows(store, MORNING.date() - timedelta(days=1)) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (qcew(cells=4), "qcew 37063 2016Q1: rows: 4 after 12 (-66.7%; -10% to +15% may be)"),
        (qcew(jobs=2000), "total of column 'employment': 24,102 after 12,102"),
        (qcew(jobs=1020), "cells of 12 common rows have changed"),
        (qcew().replace(b'"31', b'"41'), "12 of 12 keys are gone (100%; 5% may be), such as area_fips 37063"),
    ],
    ids=["rows", "totals", "cells", "keys"],
)
def test_a_vintage_that_looks_wrong_is_refused_with_the_difference(
    agency: Agency, store: Path, wrong: bytes, said: str
) -> None:
    agency.pull(store)
    limits = FIRST.feeds[0].limits
    strict = Connector(FIRST.source, (replace(FIRST.feeds[0], limits=_stricter(limits)),))
    agency.serves(1, wrong)
    pulled = agency.pull(store, None, NEXT_DAY, strict)
    got = one(pulled)
    assert (got.status, pulled.exit_code) == ("refused", 6)
    assert said in got.message and "--accept WHY" in got.message and got.message.startswith("bls_qcew:")
    assert held(store) == {"2016Q1": 12} and rows(store)[0] == 1003.0


def _stricter(limits: object) -> object:
    return replace(limits, changed=0.1)


def test_whoever_accepts_it_is_recorded_with_the_reason_and_the_difference(agency: Agency, store: Path) -> None:
    agency.pull(store)
    agency.serves(1, qcew(cells=4))
    got = one(agency.pull(store, Acceptance("analyst", "BLS left eight industries out"), NEXT_DAY))
    assert got.status == "new" and "accepted by analyst: BLS left eight industries out" in got.message
    with manifest.opened(store) as kept:
        newest = kept.all_vintages()[-1]
    assert (newest.accepted_by, newest.why) == ("analyst", "BLS left eight industries out")
    assert "rows: 4 after 12" in newest.difference
    assert rows(store, MORNING.date()) == [1003.0 + cell for cell in range(12)]


def test_a_next_period_unlike_the_last_is_refused(agency: Agency, store: Path) -> None:
    agency.pull(store)
    agency.server.clear()
    for quarter, body in ((1, qcew()), (2, qcew(quarter=2, jobs=3000))):
        path = f"/data.bls.gov/cew/data/api/2016/{quarter}/area/37063.csv"
        agency.server.expect_request(path).respond_with_data(body)
    got = one(agency.pull(store, now=NEXT_DAY))
    assert got.status == "refused" and "qcew 37063 2016Q2: total of column 'employment' beside 2016Q1" in got.message


RENAMED = qcew().replace(b'"month3_emplvl"', b'"month3_employment"', 1)
SWAPPED = qcew().replace(b'"qtrly_estabs","month1_emplvl"', b'"month1_emplvl","qtrly_estabs"', 1)
CUT = qcew()[:-200]
PAGE = b"<!DOCTYPE html><html><head><title>Service unavailable</title></head></html>"


@pytest.mark.parametrize(
    ("reply", "code", "said"),
    [
        (RENAMED, 6, "column 'month3_emplvl': .*renamed to 'month3_employment'"),
        (SWAPPED, 6, "column 'month1_emplvl': .*swapped"),
        (CUT, 6, r"2016\.q1 37063\.csv, line 1\d: expected 42 cells"),
        (PAGE, 4, r"area/37063\.csv: expected a table in CSV, found a web page \('Service unavailable'\)"),
    ],
    ids=["renamed", "swapped", "cut", "page"],
)
def test_a_bad_reply_leaves_the_last_vintage_in_use_and_says_where(
    agency: Agency, store: Path, reply: bytes, code: int, said: str
) -> None:
    agency.pull(store)
    before = rows(store)
    agency.serves(1, reply)
    pulled = agency.pull(store, now=NEXT_DAY)
    got = one(pulled)
    assert (got.status, pulled.exit_code) == ("failed", code)
    assert got.message.startswith("bls_qcew: ")
    assert re.search(said, got.message), got.message
    assert rows(store) == before and got.age_days == 230
    agency.serves(1, qcew())
    assert one(agency.pull(store, now=NEXT_DAY)).status == "unchanged"


def test_offline_the_last_snapshot_stays_and_its_age_is_stated(agency: Agency, store: Path) -> None:
    agency.pull(store)
    agency.server.stop()
    try:
        pulled = agency.pull(store, now=NEXT_DAY)
    finally:
        agency.server.start()
    got = one(pulled)
    assert (got.status, pulled.exit_code, got.age_days) == ("failed", 4, 230)
    assert "last snapshot stays in use" in got.message
    assert held(store) == {"2016Q1": 12}


def test_one_source_that_fails_leaves_the_others(agency: Agency, store: Path) -> None:
    other = Connector(
        replace(FIRST.source, name="a_failing_one"),
        (replace(FIRST.feeds[0], wanted=lambda ask: [_elsewhere()]),),
    )
    pulled = agency.pull(store, None, MORNING, other, FIRST)
    assert [outcome.status for outcome in pulled.outcomes] == ["failed", "new"]
    assert pulled.exit_code == 4 and held(store) == {"2016Q1": 12}


def _elsewhere() -> object:
    first = FIRST.feeds[0].wanted(ASK)[0]
    return replace(first, address="https://data.bls.gov/nothing.csv")


def test_a_key_is_nowhere_in_the_store(agency: Agency, store: Path) -> None:
    feed = FIRST.feeds[0]
    keyed = feed.wanted(ASK)[0]
    keyed = replace(keyed, headers={"X-Key": "{GAPENGINE_BLS_KEY}"})
    connector = Connector(FIRST.source, (replace(feed, wanted=lambda ask: [keyed]),))
    agency.pull(store, None, MORNING, connector, secrets={"GAPENGINE_BLS_KEY": "s3cr3t-k3y"})
    assert agency.server.log[0][0].headers["X-Key"] == "s3cr3t-k3y"
    assert not [path for path in store.rglob("*") if path.is_file() and b"s3cr3t-k3y" in path.read_bytes()]


def test_calls_are_counted_over_restarts(store: Path) -> None:
    store.mkdir()
    quota = Quota("bls_api", 2)
    for _ in range(2):
        with manifest.opened(store, create=True) as kept:
            assert kept.spend(quota)
    with manifest.opened(store, create=True) as kept:
        assert not kept.spend(quota)
        assert kept.spend(Quota("another", 1))


def test_what_an_agency_will_not_revise_is_not_asked_for_again(agency: Agency, store: Path) -> None:
    feed = FIRST.feeds[0]
    settled = [replace(item, settled=True) for item in feed.wanted(ASK)[:1]]
    connector = Connector(FIRST.source, (replace(feed, wanted=lambda ask: settled),))
    agency.pull(store, None, MORNING, connector)
    asked = len(agency.server.log)
    assert one(agency.pull(store, None, NEXT_DAY, connector)).status == "unchanged"
    assert len(agency.server.log) == asked


def test_two_feeds_of_one_address_ask_for_it_once(agency: Agency, store: Path) -> None:
    before = replace(QCEW.feeds[2], wanted=FIRST.feeds[0].wanted)
    agency.pull(store, None, MORNING, Connector(FIRST.source, (FIRST.feeds[0], before)))
    asked = [entry[0].path for entry in agency.server.log]
    assert len(asked) == len(set(asked)) == 2
    assert held(store) == {"2015Q1": 12, "2016Q1": 12}
