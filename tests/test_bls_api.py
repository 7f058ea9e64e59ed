"""The BLS Public Data API: few queries, no key in sight, and a reply that says 200 and failed is a failure."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors import bls_api
from connectors.reading import SourceError
from connectors.source import Ask, Feed, Place

PLACE = Place("37", ("37063", "37135", "37037", "37145", "37183"), ("20500", "39580"))
FEEDS: tuple[Feed, ...] = bls_api.FEEDS


def reply(status: str, message: list[str], series: list[dict[str, object]] | None = None) -> bytes:
    results = {"series": series} if series is not None else {}
    return json.dumps({"status": status, "responseTime": 3, "message": message, "Results": results}).encode()


@pytest.mark.parametrize(
    ("keys", "most", "per_day", "years"), [(frozenset(), 25, 25, 10), ({bls_api.KEY}, 50, 500, 20)]
)
def test_queries_keep_within_what_the_agency_allows(keys: set[str], most: int, per_day: int, years: int) -> None:
    asked = [item for feed in FEEDS for item in feed.wanted(Ask(PLACE, date(2026, 11, 24), frozenset(keys)))]
    assert 0 < len(asked) <= 10
    for item in asked:
        query = json.loads(item.body or b"")
        assert 0 < len(query["seriesid"]) <= most
        assert int(query["endyear"]) - int(query["startyear"]) < years
        assert item.quota is not None
        assert (item.quota.name, item.quota.per_day) == ("bls_api", per_day)
        assert query.get("registrationkey") == ("{GAPENGINE_BLS_KEY}" if keys else None)


@settings(deadline=None)
@given(st.lists(st.integers(0, 999), unique=True, max_size=120), st.integers(1990, 2024), st.booleans())
def test_chunks_ask_for_every_series_and_year_once(numbers: list[int], first: int, has_key: bool) -> None:
    series = [f"LAUCN37{number:03d}0000000003" for number in numbers]
    asked = [
        (name, year)
        for part, start, stop in bls_api.chunks(series, first, first + 12, has_key=has_key)
        for name in part
        for year in range(start, stop + 1)
    ]
    assert sorted(asked) == sorted((name, year) for name in series for year in range(first, first + 13))


def test_the_name_of_a_query_holds_every_series_for_messages() -> None:
    (item, *_) = FEEDS[0].wanted(Ask(PLACE, date(2026, 11, 24)))
    asked = json.loads(item.body or b"")["seriesid"]
    assert bls_api.label(asked) in item.name
    for series in asked:
        assert series[:-2] in item.name


def test_a_failed_status_with_code_200_is_an_error_that_lists_the_series() -> None:
    name = f"BLS API 2017 to 2026: {bls_api.label(['LAUMT372050000000003', 'LAUMT372050000000004'])}"
    refused = reply(
        "REQUEST_NOT_PROCESSED", ["Request could not be serviced, as the daily threshold has been reached."]
    )
    with pytest.raises(
        SourceError, match=r"LAUMT3720500000000\(03 04\).*REQUEST_NOT_PROCESSED.*daily threshold"
    ) as caught:
        bls_api.parse_labor_force(refused, name)
    assert "tomorrow" in caught.value.remedy


@pytest.mark.parametrize(
    "message",
    [
        "The key:0123456789abcdef0123456789abcdef provided by the User is invalid.",
        "daily threshold allocated to the user with registration key 0123456789abcdef0123456789abcdef has been reached",
        "The key: ab12-x9 is not known",
    ],
)
def test_a_key_that_the_agency_repeats_is_in_no_error(message: str) -> None:
    with pytest.raises(SourceError) as caught:
        bls_api.parse_jobs(reply("REQUEST_FAILED", [message]), "jobs.json")
    assert "withheld" in str(caught.value)
    assert "0123456789abcdef" not in str(caught.value)
    assert "ab12" not in str(caught.value)


def test_a_series_that_does_not_exist_is_named_and_the_others_are_read() -> None:
    good = {"seriesID": "SMU37205000000000001", "data": [{"year": "2026", "period": "M05", "value": "350.1"}]}
    lost = {"seriesID": "SMU37205009900000001", "data": []}
    said = ["Series does not exist for Series SMU37205009900000001"]
    table = bls_api.parse_jobs(reply("REQUEST_SUCCEEDED", said, [good, lost]), "jobs.json")
    assert table["jobs"].tolist() == [350_100]
    assert table.attrs["quarantined"] == ["jobs.json: series SMU37205009900000001 has no figures"]
    with pytest.raises(SourceError, match="found none in any series"):
        bls_api.parse_jobs(reply("REQUEST_SUCCEEDED", said, [lost]), "jobs.json")


def test_a_value_that_is_no_number_is_named_by_series_and_month() -> None:
    bad = {"seriesID": "SMU37205000000000001", "data": [{"year": "2026", "period": "M05", "value": "many"}]}
    with pytest.raises(SourceError, match=r"2026 M05.*'many'") as caught:
        bls_api.parse_jobs(reply("REQUEST_SUCCEEDED", [], [bad]), "jobs.json")
    assert caught.value.column == "SMU37205000000000001"
