"""OEWS: the agency's own workbooks and CSVs, from the May 2025 layout back to that of 2000."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from connectors import bls_oews

FILES = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "official" / "oews"
pytestmark = pytest.mark.skipif(not FILES.is_dir(), reason="the agencies' files (../shared/data/official) are not here")

STATE_ORDER = ("area", "st", "occ_code", "occ_tit", "group", "occ_group", "tot_emp", "emp_prse", "h_mean", "a_mean")
STATE_ORDER += ("mean_prse", "h_wpct1", "h_pct1", "h_wpct2", "h_pct2", "h_median", "h_wpct7", "h_pct7", "h_wpct9")
STATE_ORDER += (
    "h_pct9",
    "a_wpct1",
    "a_pct1",
    "a_wpct2",
    "a_pct2",
    "a_median",
    "a_wpct7",
    "a_pct7",
    "a_wpct9",
    "a_pct9",
)


def parsed(name: str) -> pd.DataFrame:
    return bls_oews.parse(FILES / name, name)


@pytest.mark.parametrize(
    ("name", "rows", "year", "total"),
    [
        ("national_M2025_dl.xlsx", 1_401, 2025, 155_495_730),
        ("national_M2024_dl.xlsx", 1_403, 2024, 154_187_380),
        ("natsector_M2024_dl.xlsx", 16_434, 2024, 154_187_400),
        ("oews_nat3d_m2024_dl.csv", 18_783, 2024, 154_187_400),
        ("oews_nat5d_6d_m2024_dl.csv", 7_730, 2024, 28_725_670),
    ],
)
def test_rows_year_and_total_employment_are_the_agencys(name: str, rows: int, year: int, total: float) -> None:
    table = parsed(name)
    assert len(table) == rows
    assert set(table["year"]) == {year}
    assert table.loc[table["occupation_group"] == "total", "employment"].sum() == total
    assert "quarantined" not in table.attrs


def test_the_nation_is_its_major_groups() -> None:
    table = parsed("national_M2024_dl.xlsx")
    by_group = table.groupby("occupation_group")["employment"].sum()
    assert by_group["major"] == pytest.approx(by_group["total"], rel=1e-5)
    assert by_group["detailed"] == pytest.approx(by_group["total"], rel=1e-5)


def test_wages_at_the_top_code_are_null_and_flagged() -> None:
    table = parsed("national_M2024_dl.xlsx").set_index(["soc_code", "occupation_group"])
    managers = table.loc[("11-0000", "major")]
    assert managers["wage_top_coded"]
    assert pd.isna(managers["wage_p90_usd"])
    assert managers["wage_p75_usd"] == 171_610
    nurses = table.loc[("29-1141", "detailed")]
    assert not nurses["wage_top_coded"]
    assert nurses["wage_p90_usd"] > nurses["wage_median_usd"] > 0


def test_suppressed_cells_of_three_digit_industries_are_null() -> None:
    table = parsed("oews_nat3d_m2024_dl.csv")
    detailed = table.loc[table["occupation_group"] == "detailed"]
    assert (len(detailed), int(detailed["employment"].isna().sum())) == (18_698, 1_413)
    assert (detailed["employment"].dropna() > 0).all()
    assert table["naics_code"].nunique() == 85


def test_schools_and_hospitals_keep_their_owners() -> None:
    table = parsed("nat4d_M2019_owner_dl.xlsx")
    assert len(table) == 9_438
    assert set(table["own_code"]) == {"2", "3", "5"}
    total = table.loc[table["occupation_group"].eq("total") & table["naics_code"].eq("611100")]
    assert total.set_index("own_code")["employment"].to_dict() == {"2": 64_200, "3": 7_654_290, "5": 886_790}
    assert (table["occupation_group"].eq("broad") & table["soc_code"].eq("11-2030")).any()


def test_fourteen_years_of_state_files_are_read_in_their_own_spellings() -> None:
    path = FILES / "state_nc_2000_2013.csv.gz"
    stacked = pd.read_csv(path, dtype=str, keep_default_na=False)
    totals = {}
    for archive, rows in stacked.groupby("srcfile"):
        year = 2000 + int(str(archive)[-8:-6])
        used = [name for name in rows if (rows[name] != "").any()]
        order = [name for start in STATE_ORDER for name in used if name.startswith(start)]
        text = rows[order].to_csv(index=False)
        table = bls_oews.parse(text.encode(), f"state_nc_{year}.csv")
        assert len(table) == len(rows)
        assert set(table["area_code"]) == {"37"}
        totals[year] = table.loc[table["occupation_group"] == "major", "employment"].sum()
    assert sorted(totals) == list(range(2000, 2014))
    assert all(3_600_000 < total < 4_200_000 for total in totals.values()), totals
