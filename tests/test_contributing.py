"""The example of CONTRIBUTING works as printed: one file and one reply are a source that can be pulled."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import connectors
from connectors.catalogue import Connector, connectors_of
from connectors.source import Ask, Place
from gapengine.store import manifest, pulling
from tests.agency import session
from tests.store_kit import Heard, one

CHECKOUT = Path(__file__).resolve().parents[1]
GUIDE = (CHECKOUT / "CONTRIBUTING.md").read_text(encoding="utf-8")
NOW = datetime(2024, 9, 1, tzinfo=UTC)


def printed(language: str) -> str:
    (block,) = re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)
    return block


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Connector]:
    """The printed file, put where a new connector goes."""
    (tmp_path / "example_totals.py").write_text(printed("python"), encoding="utf-8")
    monkeypatch.setattr(connectors, "__path__", [*connectors.__path__, str(tmp_path)])
    found = [connector for connector in connectors_of() if connector.source.name == "example_totals"]
    yield found[0]
    sys.modules.pop("connectors.example_totals")


def test_the_example_is_found_without_being_registered(example: Connector) -> None:
    assert example.source.publisher == "Example State Labor Office"
    assert [feed.title for feed in example.feeds] == ["area_totals"]


def test_its_parser_reads_the_printed_reply(example: Connector) -> None:
    table = example.feeds[0].parse(printed("csv").encode(), "2024Q1.csv")
    assert table.to_dict("list")["area_fips"] == ["01001", "01003"]
    assert table["employment"].tolist()[0] == 12345.0 and table["employment"].isna().tolist() == [False, True]


def test_it_is_pulled_from_a_folder_and_from_the_agency(example: Connector, tmp_path: Path, httpserver: object) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "download (1).csv").write_text(printed("csv"))
    store = tmp_path / "store"
    got = one(pulling.from_folder(store, folder, (example,), Heard(), now=NOW))
    assert (got.status, got.rows, got.covers_until) == ("new", 2, date(2024, 3, 31))
    asked = Ask(Place("01", ("01001",)), NOW.date())
    assert [item.period for item in example.feeds[0].wanted(asked)] == ["2024Q1", "2024Q2"]
    server = httpserver
    server.expect_request("/labor.example.gov/totals/2024Q1.csv").respond_with_data(printed("csv"))
    server.expect_request("/labor.example.gov/totals/2024Q2.csv").respond_with_data("", status=404)
    again = pulling.from_agencies(store, asked, (example,), lambda ledger: session(server.port, ledger=ledger), Heard())
    assert (one(again).status, one(again).missing) == ("unchanged", ("2024Q2 is not yet published",))
    with manifest.opened(store) as kept:
        assert [vintage.period for vintage in kept.all_vintages()] == ["2024Q1"]
