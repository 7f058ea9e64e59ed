"""Every connector says what to ask for, purely; and every file of an agency is recognised by one connector alone."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from connectors import (
    bls_industry_projections,
    census_naics,
    census_naics_texts,
    nces_ipeds_dictionary,
    onet,
    onet_titles,
)
from connectors.catalogue import connectors_of
from connectors.headers import is_text_or_workbook, mismatch, top_of
from connectors.reading import SourceError, load
from connectors.source import KINDS, Ask, Feed, Parser, Place, Wanted
from connectors.tables import TABLES

RECORDINGS = Path(__file__).resolve().parent / "recordings"
DURHAM = Place("37", ("37063", "37135", "37037", "37145"), ("20500", "39580"))
ASK = Ask(DURHAM, date(2026, 11, 24), frozenset())
FEEDS = [(connector.source.name, feed) for connector in connectors_of() for feed in connector.feeds]
IDS = [f"{name}.{feed.title}" for name, feed in FEEDS]

EXACT = {
    "official/cip2020/CIPCode2020.csv": "nces_cip_soc",
    "official/cip_soc/CIP2020_SOC2018_Crosswalk.xlsx": "nces_cip_soc",
    "official/ep/industry_2020_30.xlsx": "bls_industry_projections",
    "official/ep/nem-onet-to-soc-crosswalk.xlsx": "bls_matrix",
    "official/ep/occupation_2016_26.xlsx": "bls_projections",
    "official/ep/occupation_2022_32.xlsx": "bls_projections",
    "official/ep/occupation_2024_34.xlsx": "bls_projections",
    "official/ep/occupation_web_export_2020_30.csv": "bls_projections",
    "official/ep/occupation_web_export_2022_32.csv": "bls_projections",
    "official/ipeds/c2024_c.csv.gz": "nces_ipeds",
    "official/ipeds/completions_varlist.xlsx": "nces_ipeds_dictionary",
    "official/ipeds/hd2024.csv.gz": "nces_ipeds",
    "official/naics/2-6 digit_2022_Codes.xlsx": "census_naics",
    "official/naics/2022_NAICS_Cross_References.xlsx": "census_naics_texts",
    "official/naics/2022_NAICS_Descriptions.xlsx": "census_naics_texts",
    "official/naics/2022_NAICS_Index_File.xlsx": "census_naics",
    "official/naics/2022_NAICS_Structure_Summary_Table.xlsx": "census_naics_texts",
    "official/nem/NEM_IND_510000_2020_30.csv": "bls_matrix",
    "official/oews/nat4d_M2019_owner_dl.xlsx": "bls_oews",
    "official/oews/national_M2024_dl.xlsx": "bls_oews",
    "official/oews/national_M2025_dl.xlsx": "bls_oews",
    "official/oews/natsector_M2024_dl.xlsx": "bls_oews",
    "official/onet/Alternate Titles.txt": "onet_titles",
    "official/onet/Education, Training, and Experience Categories.txt": "onet",
    "official/onet/Education, Training, and Experience.txt": "onet",
    "official/onet/Job Zone Reference.txt": "onet",
    "official/onet/Job Zones.txt": "onet",
    "official/onet/Occupation Data.txt": "onet",
    "official/onet/Read Me.txt": "onet",
    "official/onet/Related Occupations.txt": "onet",
    "official/onet/Sample of Reported Titles.txt": "onet_titles",
    "official/qcew_api/2019_annual_37000.csv.gz": "bls_qcew",
    "official/qcew_api/2020_annual_37000.csv.gz": "bls_qcew",
    "official/qcew_api/2024_annual_US000.csv.gz": "bls_qcew",
    "official/soc/soc_2010_to_2018_crosswalk.xlsx": "bls_soc",
}
"""Files that are byte for byte the agency's (and nine QCEW files by area), and the connector that must take each.

The workbooks of the Employment Projections hold tables of two connectors: occupations, and industries of the matrix.
"""
ALSO = {"bls_projections": {"bls_industry_projections"}}


def recognising(path: Path) -> list[tuple[str, Feed]]:
    raw = load(path, path.name)
    top = top_of(raw, path.name) if is_text_or_workbook(path.name, raw) else None

    def is_of(feed: Feed) -> bool:
        by_header = top is not None and feed.headers and mismatch(top, feed.headers) is None
        return bool(by_header or (feed.recognise is not None and feed.recognise(raw)))

    return [(name, feed) for name, feed in FEEDS if is_of(feed)]


def test_every_connector_has_feeds_and_every_feed_a_declared_table() -> None:
    without = [connector.source.name for connector in connectors_of() if not connector.feeds]
    assert without == []
    assert [
        name for (_, feed), name in zip(FEEDS, IDS, strict=True) if TABLES.get(feed.table.name) is not feed.table
    ] == []


@pytest.mark.parametrize(("name", "feed"), FEEDS, ids=IDS)
def test_what_is_wanted_is_an_agencys_address_and_the_same_every_time(name: str, feed: Feed) -> None:
    wanted = feed.wanted(ASK)
    assert wanted == feed.wanted(ASK)
    for item in wanted:
        assert re.fullmatch(r"https://[a-z0-9.-]+\.(gov|com|org)/\S+", item.address), item.address
        assert item.kind in KINDS
        assert item.name
        if item.listing:
            assert feed.follow is not None
    assert len({(item.address, item.body) for item in wanted}) == len(wanted)
    assert feed.headers or feed.recognise is not None, "no file given by hand could be recognised"


@pytest.mark.parametrize("year", [2024, 2026, 2031])
def test_what_is_wanted_follows_the_day_and_never_asks_for_the_far_future(year: int) -> None:
    for _, feed in FEEDS:
        for item in feed.wanted(Ask(DURHAM, date(year, 3, 1), frozenset())):
            if item.period[:4].isdigit() and not item.settled:
                assert int(item.period[:4]) <= year


def test_the_quarters_and_areas_of_qcew_are_asked_for_by_the_agencys_addresses() -> None:
    (feed,) = (feed for name, feed in FEEDS if name == "bls_qcew" and feed.title == "qcew")
    addresses = {item.address: item for item in feed.wanted(ASK)}
    base = "https://data.bls.gov/cew/data/api"
    assert f"{base}/2026/1/area/37063.csv" in addresses
    assert addresses[f"{base}/2026/2/area/37063.csv"].coming
    assert {f"{base}/2025/4/area/{area}.csv" for area in ("37135", "C2050", "37000", "US000")} <= set(addresses)


def test_a_page_is_followed_to_the_archive_that_it_names() -> None:
    (feed,) = (feed for name, feed in FEEDS if name == "onet" and feed.title == "job_zones")
    (listing,) = feed.wanted(ASK)
    page = (
        b'<a href="/dl_files/database/db_29_1_text.zip">29.1</a> <a href="/dl_files/database/db_31_0_text.zip">31.0</a>'
    )
    assert feed.follow is not None
    (archive,) = feed.follow(listing, page)
    assert archive.address == "https://www.onetcenter.org/dl_files/database/db_31_0_text.zip"
    assert archive.period == "31.0"
    with pytest.raises(SourceError, match="db_VERSION_text"):
        feed.follow(listing, b"<html>moved</html>")


def test_pages_of_the_county_are_followed_until_one_is_not_full() -> None:
    (feed,) = (feed for name, feed in FEEDS if name == "durham_agendas" and feed.title == "agenda_items")
    (first,) = feed.wanted(ASK)
    assert feed.follow is not None
    event = '{"EventId": %d, "EventDate": "2026-03-09T00:00:00"}'
    full = f"[{','.join(event % number for number in range(500))}]".encode()
    *items, following = feed.follow(first, full)
    assert len(items) == 500
    assert items[7].address.endswith("/events/7/eventitems?AgendaNote=1&MinutesNote=1")
    assert following.address == first.address.replace("$skip=0", "$skip=500")
    assert len(feed.follow(following, f"[{event % 1}]".encode())) == 1
    assert feed.follow(items[0], b"[]") == ()


def test_the_list_of_industries_is_followed_to_the_page_of_each_line_item() -> None:
    (feed,) = (feed for name, feed in FEEDS if name == "bls_matrix" and feed.title == "industry_staffing")
    recordings = Path(__file__).resolve().parent / "recordings" / "bls_industry_projections" / "parse_industries"
    assert feed.follow is not None
    pages = feed.follow(
        Wanted("https://www.bls.gov/", "occupation.xlsx"), (recordings / "occupation_2024_34.xlsx").read_bytes()
    )
    assert [page.name for page in pages] == ["nationalMatrix_IND_3250A1.html", "nationalMatrix_IND_541700.html"]
    assert pages[0].address == "https://data.bls.gov/projections/nationalMatrix?queryParams=3250A1&ioType=i"


def test_every_exact_file_is_recognised_by_its_connector_alone_and_no_other_file_by_any(shared_data: Path) -> None:
    due = {path: {name} | ALSO.get(name, set()) for path, name in EXACT.items()}
    by_area = [str(path.relative_to(shared_data)) for path in (shared_data / "official/qcew").glob("*.csv.gz")]
    due |= {path: {"bls_qcew"} for path in by_area}
    assert len(by_area) == 9
    found = {}
    for folder in ("official", "tables", "benchmarks"):
        for path in sorted(item for item in (shared_data / folder).rglob("*") if item.is_file()):
            if names := {name for name, _ in recognising(path)}:
                found[str(path.relative_to(shared_data))] = names
    assert set(found) == set(due)
    assert {path: names for path, names in found.items() if not names <= due[path]} == {}


@pytest.mark.parametrize(
    ("path", "parse", "rows"),
    [
        ("ep/industry_2020_30.xlsx", bls_industry_projections.parse, 252),
        ("ep/occupation_2024_34.xlsx", bls_industry_projections.parse_industries, 456),
        ("ipeds/completions_varlist.xlsx", nces_ipeds_dictionary.parse, 1_653),
        ("naics/2022_NAICS_Cross_References.xlsx", census_naics_texts.parse_cross_references, 4_601),
        ("naics/2022_NAICS_Descriptions.xlsx", census_naics_texts.parse_descriptions, 2_125),
        ("naics/2022_NAICS_Structure_Summary_Table.xlsx", census_naics_texts.parse_counts, 21),
        ("onet/Alternate Titles.txt", onet_titles.parse_alternate_titles, 55_120),
        ("onet/Sample of Reported Titles.txt", onet_titles.parse_reported_titles, 7_798),
        ("onet/Occupation Data.txt", onet.parse_occupations, 1_016),
        ("onet/Education, Training, and Experience Categories.txt", onet.parse_categories, 41),
        ("onet/Job Zone Reference.txt", onet.parse_zone_meanings, 5),
        ("onet/Read Me.txt", onet.parse_release, 1),
    ],
)
def test_the_agencys_own_file_gives_all_its_rows(shared_data: Path, path: str, parse: Parser, rows: int) -> None:
    table = parse(shared_data / "official" / path, Path(path).name)
    assert len(table) == rows
    assert "quarantined" not in table.attrs


def test_the_titles_of_industries_are_as_many_as_their_sectors_have(shared_data: Path) -> None:
    folder = shared_data / "official" / "naics"
    titles = census_naics.parse_titles(folder / "2-6 digit_2022_Codes.xlsx", "2-6 digit_2022_Codes.xlsx")["naics_code"]
    name = "2022_NAICS_Structure_Summary_Table.xlsx"
    counts = census_naics_texts.parse_counts(folder / name, name).set_index("sector_code").loc["Total"]
    by_depth = titles.loc[~titles.str.contains("-")].str.len().value_counts()
    columns = ["subsectors", "industry_groups", "naics_industries", "national_industries"]
    assert [by_depth[digits] for digits in (3, 4, 5, 6)] == counts[columns].tolist()
