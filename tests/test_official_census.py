"""The Census Bureau's own NAICS files, and County Business Patterns of Durham County put back into its layout."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from connectors import census_cbp, census_naics

FILES = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "official"
NAICS = FILES / "naics"
pytestmark = pytest.mark.skipif(not FILES.is_dir(), reason="the agencies' files (../shared/data/official) are not here")


def test_the_2022_titles_have_every_code_and_the_ranges() -> None:
    path = NAICS / "2-6 digit_2022_Codes.xlsx"
    table = census_naics.parse_titles(path, path.name)
    assert len(table) == 2_125
    title = table.set_index("naics_code")["naics_title"]
    assert title["31-33"] == "Manufacturing"
    assert title["3254"] == "Pharmaceutical and Medicine Manufacturing"
    assert table["naics_code"].str.len().value_counts().to_dict() == {6: 1_012, 5: 692, 4: 308, 3: 96, 2: 17}


def test_the_2022_index_has_every_entry_but_its_pointers() -> None:
    path = NAICS / "2022_NAICS_Index_File.xlsx"
    table = census_naics.parse_index(path, path.name)
    assert len(table) == 20_398 - 25
    assert "quarantined" not in table.attrs
    titles = NAICS / "2-6 digit_2022_Codes.xlsx"
    known = set(census_naics.parse_titles(titles, titles.name)["naics_code"])
    assert set(table["naics_code"]) <= known


@pytest.mark.parametrize(("older", "rows"), [("2002", 1_200), ("2007", 1_184), ("2012", 1_069), ("2017", 1_150)])
def test_the_concordances_join_each_vintage_to_the_next(older: str, rows: int) -> None:
    newer = str(int(older) + 5)
    name = f"{older}_to_{newer}_NAICS.csv"
    table = census_naics.parse_concordance(NAICS / name, name)
    assert len(table) == rows
    assert set(table["from_vintage"]) == {older}
    assert set(table["to_vintage"]) == {newer}
    assert (table["from_code"] + table["to_code"]).is_unique


def test_the_2022_codes_of_the_concordance_are_the_2022_titles() -> None:
    titles = NAICS / "2-6 digit_2022_Codes.xlsx"
    six = census_naics.parse_titles(titles, titles.name)["naics_code"].loc[lambda codes: codes.str.fullmatch(r"\d{6}")]
    joined = census_naics.parse_concordance(NAICS / "2017_to_2022_NAICS.csv", "2017_to_2022_NAICS.csv")
    assert set(joined["to_code"]) == set(six)


@pytest.mark.parametrize(
    ("year", "employment", "withheld"),
    [(2017, 144_824, 15), (2018, 191_807, 0), (2019, 196_311, 0), (2020, 197_674, 0), (2021, 198_466, 0)],
)
def test_durham_in_the_county_layout_adds_up_to_its_published_sums(year: int, employment: int, withheld: int) -> None:
    long = pd.read_csv(FILES / "cbp" / "cbp_durham_37063_naics4_naics6_2017_2021.csv", dtype=str)
    rows = long.loc[long["naics_digits"].eq("4") & long["year"].eq(str(year))].fillna("0")
    lines = [
        f'"37","063","{row.naics}//","G",{row.employment},"G",0,"G",{row.annual_payroll_1000},{row.establishments}'
        for row in rows.itertuples()
    ]
    head = "fipstate,fipscty,naics,emp_nf,emp,qp1_nf,qp1,ap_nf,ap,est"
    table = census_cbp.parse("\n".join([head, *lines]).encode(), f"cbp{year % 100}co.txt")
    assert table["employment"].sum() == employment
    assert int(table["suppressed"].sum()) == withheld
    assert table.loc[table["suppressed"], "employment"].isna().all()
    pharma = table.loc[table["naics_code"] == "3254"].iloc[0]
    assert pharma["annual_payroll_usd"] > pharma["employment"] * 10_000
