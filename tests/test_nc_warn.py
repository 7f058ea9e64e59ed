"""Notices of layoffs: three layouts of PDF and a CSV give one table; what may count twice is marked; a scan is an
error."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from PIL import Image

from connectors import nc_warn
from connectors.reading import SourceError
from connectors.source import Ask, Place

RECORDINGS = Path(__file__).resolve().parent / "recordings" / "nc_warn" / "parse"
ASK = Ask(Place("37", ("37063",)), date(2026, 11, 24))


def notices(*rows: tuple[str, str | None, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["company", "city", "kind", "notice_date"], dtype="str")
    return frame.assign(county_fips=pd.Series(None, index=frame.index, dtype="str"))


@pytest.mark.parametrize("name", ["warn_2016.pdf", "warn_2019.pdf", "warn_2024.pdf", "warn_2026.csv"])
def test_every_layout_gives_companies_workers_and_days(name: str) -> None:
    table = nc_warn.parse((RECORDINGS / name).read_bytes(), name)
    assert table["notice_date"].str.startswith(name[5:9]).all()
    assert set(table["kind"]) <= {"Layoff", "Closure"}
    assert table["workers"].sum() > 100


def test_a_scanned_page_is_an_error_that_names_it() -> None:
    picture = Image.new("1", (200, 300), 1)
    scan = io.BytesIO()
    picture.save(scan, "PDF")
    with pytest.raises(SourceError, match=r"scan\.pdf.*page 1 of 1.*scan") as caught:
        nc_warn.parse(scan.getvalue(), "scan.pdf")
    assert "text recognition" in caught.value.remedy


def test_a_layoff_before_a_closure_of_the_same_place_is_marked_and_both_rows_stay() -> None:
    table = nc_warn.parse((RECORDINGS / "warn_2026.csv").read_bytes(), "warn_2026.csv")
    rows = table.loc[table["company"].str.startswith("Sample Foods")]
    assert rows["repeated"].tolist() == [True, False]
    assert rows["workers"].tolist() == [40, 1110]


@pytest.mark.parametrize(
    ("rows", "marked"),
    [
        (
            [("Loom Inc.", "Durham", "Layoff", "2024-01-05"), ("LOOM, LLC", "durham", "Closure", "2025-01-05")],
            [True, False],
        ),
        ([("Loom", "Durham", "Layoff", "2020-01-05"), ("Loom", "Durham", "Closure", "2025-01-05")], [False, False]),
        ([("Loom", "Durham", "Layoff", "2024-01-05"), ("Loom", "Cary", "Closure", "2024-05-05")], [False, False]),
        ([("Loom", "Durham", "Layoff", "2024-01-05"), ("Loom", "Durham", "Layoff", "2024-05-05")], [False, False]),
        ([("Loom", "Durham", "Layoff", "2024-06-05"), ("Loom", "Durham", "Closure", "2024-05-05")], [False, False]),
    ],
    ids=["closure follows", "too late", "another place", "a second layoff", "closure came first"],
)
def test_only_a_layoff_that_a_later_closure_follows_may_count_twice(
    rows: list[tuple[str, str, str, str]], marked: list[bool]
) -> None:
    assert nc_warn.repeated(notices(*rows)).tolist() == marked


def test_the_page_of_a_year_is_followed_to_its_csv_and_the_archives_to_each_year() -> None:
    (listing,) = nc_warn.wanted_current(ASK)
    assert listing.address.endswith("report-workforce-warn-summary-list-2026")
    page = b'<a href="https://files.nc.gov/commerce/warn-2026-11-20.csv?VersionId=a&amp;b=1">CSV</a>'
    (csv,) = nc_warn.current(listing, page)
    assert csv.address == "https://files.nc.gov/commerce/warn-2026-11-20.csv?VersionId=a&b=1"
    assert "files.nc.gov" in nc_warn.SOURCE.hosts
    with pytest.raises(SourceError, match="CSV"):
        nc_warn.current(listing, b"<html>nothing</html>")
    (archives,) = nc_warn.wanted_archive(ASK)
    links = b'<a href="/warn-report-2019/open">2019</a><a href="/x/report-workforce-warn-listings-2025/open">2025</a>'
    found = nc_warn.archive(archives, links)
    assert [(item.period, item.name) for item in found] == [("2019", "warn_2019.pdf"), ("2025", "warn_2025.pdf")]
    assert found[0].address == "https://www.commerce.nc.gov/warn-report-2019/open"
