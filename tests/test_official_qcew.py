"""QCEW: the agency's own files of 2016 to 2024, by-area and API layout, quarterly and annual."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from connectors import bls_qcew

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data"
QCEW = DATA / "official" / "qcew"
API = DATA / "official" / "qcew_api"
pytestmark = pytest.mark.skipif(not QCEW.is_dir(), reason="the agencies' files (../shared/data) are not here")


def by_area(code: str) -> Path:
    (path,) = QCEW.glob(f"2016.q1-q4 {code} *.csv.gz")
    return path


@pytest.fixture(scope="module")
def durham() -> pd.DataFrame:
    path = by_area("37063")
    return bls_qcew.parse(path, path.name)


def all_industries(table: pd.DataFrame) -> pd.DataFrame:
    return table.loc[(table["own_code"] == "0") & (table["naics_code"] == "10")].set_index("quarter")


def test_durham_totals_are_the_agencys(durham: pd.DataFrame) -> None:
    totals = all_industries(durham)["employment_month3"]
    assert totals[1] == 193_956
    assert totals[4] == 198_367


def test_durham_has_all_rows_and_industries(durham: pd.DataFrame) -> None:
    assert len(durham) == 6_192
    assert durham["naics_code"].nunique() == 1_450
    assert durham.loc[durham["own_code"] == "5", "naics_code"].nunique() == 1_392
    assert "31-33" in set(durham["naics_code"])
    assert "quarantined" not in durham.attrs


def test_what_is_suppressed_is_null_and_what_is_a_true_zero_stays_zero(durham: pd.DataFrame) -> None:
    hidden = durham.loc[~durham["disclosed"]]
    assert len(hidden) == 2_900
    assert hidden[["employment", "employment_month1", "total_wages_usd", "avg_weekly_wage_usd"]].isna().all(axis=None)
    assert (hidden["establishments"] > 0).all()
    shown = durham.loc[durham["disclosed"]]
    assert shown["employment"].notna().all()
    assert (shown["establishments"] == 0).sum() == 77


def test_ownerships_add_up_to_the_total(durham: pd.DataFrame) -> None:
    totals = durham.loc[durham["naics_code"].eq("10") & durham["own_code"].isin(["1", "2", "3", "5"])]
    assert totals["disclosed"].all()
    summed = totals.groupby("quarter")["employment"].sum()
    assert (summed == all_industries(durham)["employment"]).all()


def test_2015_is_derived_where_both_codes_are_blank_and_nowhere_else() -> None:
    path = by_area("37063")
    before = bls_qcew.derive_year_before(path, path.name)
    raw = pd.read_csv(path, dtype=str, keep_default_na=False)
    open_both = raw.loc[(raw["disclosure_code"] == "") & (raw["oty_disclosure_code"] == "")]
    assert len(before) == len(open_both) == 2_993
    assert (before["year"] == 2015).all()
    assert before["derived"].all()
    assert all_industries(before).loc[1, "employment_month3"] == 193_956 - 4_612


def test_derived_2015_agrees_with_the_table_derived_by_others() -> None:
    published = DATA / "tables" / "durham_employment_quarterly_2015_2016.csv"
    theirs = pd.read_csv(published, dtype={"county_fips": str, "own_code": str, "industry_code": str})
    theirs = theirs.loc[theirs["derived"] & theirs["disclosed"] & theirs["year"].eq(2015)]
    ours = pd.concat([bls_qcew.derive_year_before(path, path.name) for path in sorted(QCEW.glob("*County*"))])
    left = theirs.rename(columns={"county_fips": "area_fips", "industry_code": "naics_code"})
    both = left.merge(ours, on=["area_fips", "own_code", "naics_code", "year", "quarter"], how="left")
    assert len(both) > 5_000
    assert both["employment"].notna().all()
    assert np.array_equal(both["month3_employment"], both["employment_month3"])


@pytest.mark.parametrize(
    ("code", "rows"),
    [
        ("37183", 7_800),
        ("37135", 5_324),
        ("37037", 4_248),
        ("37145", 3_200),
        ("37077", 3_700),
        ("37001", 5_636),
        ("37000", 10_988),
        ("C2050", 6_532),
    ],
)
def test_every_area_has_all_its_rows(code: str, rows: int) -> None:
    path = by_area(code)
    table = bls_qcew.parse(path, path.name)
    assert len(table) == rows
    assert set(table["area_fips"]) == {code}


@pytest.mark.parametrize(
    ("name", "rows", "employment"),
    [
        ("2024_annual_US000.csv.gz", 4_526, 154_990_441),
        ("2019_annual_37000.csv.gz", 2_740, 4_498_572),
        ("2020_annual_37000.csv.gz", 2_739, 4_322_076),
    ],
)
def test_the_annual_api_layout_is_read(name: str, rows: int, employment: float) -> None:
    table = bls_qcew.parse(API / name, name)
    assert len(table) == rows
    assert table["quarter"].isna().all()
    total = table.loc[(table["own_code"] == "0") & (table["naics_code"] == "10"), "employment"]
    assert total.tolist() == [employment]


def test_the_quarterly_api_layout_is_read() -> None:
    path = API / "oh_2020_quarterly_39041_39049.csv.gz"
    table = bls_qcew.parse(path, path.name)
    assert len(table) == 15_232
    first = table.iloc[0]
    assert (first["area_fips"], first["establishments"], first["employment"]) == ("39041", 5_791, 87_534)


def test_the_annual_year_before_is_what_was_published_then() -> None:
    now = API / "2020_annual_37000.csv.gz"
    then = API / "2019_annual_37000.csv.gz"
    derived = all_industries(bls_qcew.derive_year_before(now, now.name))["employment"].iloc[0]
    published = all_industries(bls_qcew.parse(then, then.name))["employment"].iloc[0]
    assert derived == pytest.approx(published, rel=1e-3)
