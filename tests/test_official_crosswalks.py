"""The matrix, the crosswalks and O*NET: the agencies' own files, and files with a fault."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from connectors import bls_matrix, bls_soc, nces_cip_soc, onet
from connectors.reading import SourceError
from connectors.tables import TableError

FILES = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "official"
RECORDINGS = Path(__file__).resolve().parent / "recordings"
official = pytest.mark.skipif(not FILES.is_dir(), reason="the agencies' files (../shared/data/official) are not here")

STAFFING = RECORDINGS / "bls_matrix/parse_staffing/National Employment Matrix_IND_541700.csv"


def staffing(path: Path) -> pd.DataFrame:
    return bls_matrix.parse_staffing(path, path.name)


@official
def test_the_official_crosswalk_has_6097_pairs() -> None:
    path = FILES / "cip_soc" / "CIP2020_SOC2018_Crosswalk.xlsx"
    pairs = nces_cip_soc.parse_pairs(path, path.name)
    assert len(pairs) == 6_097
    assert (pairs["soc_code"] == nces_cip_soc.NO_MATCH_SOC).sum() == 194
    assert set(pairs.loc[pairs["cip_code"] == "51.0602", "soc_code"]) == {"25-1071", "29-1292"}


@official
def test_the_crosswalk_as_csv_is_the_workbook() -> None:
    book, text = (FILES / "cip_soc" / f"CIP2020_SOC2018_Crosswalk.{kind}" for kind in ("xlsx", "csv"))
    pd.testing.assert_frame_equal(nces_cip_soc.parse_pairs(book, book.name), nces_cip_soc.parse_pairs(text, text.name))


@official
def test_every_program_of_the_crosswalk_has_a_title() -> None:
    path, book = FILES / "cip2020" / "CIPCode2020.csv", FILES / "cip_soc" / "CIP2020_SOC2018_Crosswalk.xlsx"
    titles = nces_cip_soc.parse_titles(path, path.name)
    pairs = nces_cip_soc.parse_pairs(book, book.name)
    assert len(titles) == 2_848
    assert set(pairs["cip_code"]) - set(titles["cip_code"]) == {nces_cip_soc.NO_MATCH_CIP}
    codes = set(titles["cip_code"])
    assert all({code[:2], code[:5]} <= codes for code in codes)


@official
def test_the_soc_crosswalk_has_its_900_pairs() -> None:
    path = FILES / "soc" / "soc_2010_to_2018_crosswalk.xlsx"
    pairs = bls_soc.parse_crosswalk(path, path.name)
    assert len(pairs) == 900
    assert not pairs["soc_2018_title"].str.contains("#").any()


@official
def test_matrix_occupations_join_projections_and_soc() -> None:
    path = FILES / "ep" / "nem-onet-to-soc-crosswalk.xlsx"
    pairs = bls_matrix.parse_crosswalk(path, path.name)
    assert (len(pairs), pairs["nem_code"].nunique()) == (997, 832)
    laboratory = pairs.loc[pairs["nem_code"] == "29-2010", "soc_code"]
    assert set(laboratory) == {"29-2011", "29-2012"}


@official
def test_line_items_of_an_industry_stay_below_its_total_by_the_cells_withheld() -> None:
    paths = sorted((FILES / "nem").glob("*.csv"))
    assert len(paths) == 39
    for path in paths:
        table = staffing(path)
        items = table.loc[table["occupation_type"] == "Line item", "employment_base"].sum()
        printed = table.loc[table["soc_code"] == "00-0000", "employment_base"].iloc[0]
        assert 0.9 * printed < items < printed, path.name
        assert len(table) == sum(1 for _ in path.open(encoding="utf-8")) - 1


@official
def test_industries_published_combined_are_equal() -> None:
    first, second = (staffing(FILES / "nem" / f"us_staffing_{code}.csv") for code in ("3321", "3329"))
    pd.testing.assert_frame_equal(first.drop(columns="naics_code"), second.drop(columns="naics_code"))


@official
def test_onet_files_have_their_rows() -> None:
    zones = onet.parse_job_zones(FILES / "onet" / "Job Zones.txt", "Job Zones.txt")
    name = "Education, Training, and Experience.txt"
    education = onet.parse_required_education(FILES / "onet" / name, name)
    related = onet.parse_related_occupations(FILES / "onet" / "Related Occupations.txt", "Related Occupations.txt")
    assert (len(zones), len(education), len(related)) == (923, 10_296, 18_460)
    assert education.groupby("onet_code")["share"].sum().sub(1).abs().max() < 0.001
    assert related.groupby("onet_code")["rank"].max().eq(20).all()
    assert zones["job_zone"].between(1, 5).all()


def test_onet_carries_the_attribution_its_licence_asks_for() -> None:
    assert "Used under the CC BY 4.0 license" in onet.SOURCE.licence
    assert "O*NET is a trademark of USDOL/ETA" in onet.SOURCE.licence


def test_a_renamed_column_of_the_crosswalk_is_named() -> None:
    reply = b"CIP2020Code,CIP2020Title,SOC2018,SOC2018Title\n01.0101,Farming.,45-2092,Farmworkers\n"
    with pytest.raises(SourceError, match=r"pairs\.csv, line 1, column 'SOC2018Code'.*renamed to 'soc2018'"):
        nces_cip_soc.parse_pairs(reply, "pairs.csv")


def test_swapped_columns_of_the_crosswalk_are_named() -> None:
    reply = b"SOC2018Code,SOC2018Title,CIP2020Code,CIP2020Title\n45-2092,Farmworkers,01.0101,Farming.\n"
    with pytest.raises(SourceError, match=r"SOC-CIP\.csv, line 1.*order of columns"):
        nces_cip_soc.parse_pairs(reply, "SOC-CIP.csv")


def test_a_program_code_that_lost_its_zeros_is_an_error() -> None:
    reply = b"CIP2020Code,CIP2020Title,SOC2018Code,SOC2018Title\n1.01,Farming.,45-2092,Farmworkers\n"
    with pytest.raises(TableError, match=r"pairs\.csv.*'cip_code'.*'1\.01'"):
        nces_cip_soc.parse_pairs(reply, "pairs.csv")


def test_repeated_pairs_are_folded_and_contradicting_ones_an_error() -> None:
    head = b"CIP2020Code,CIP2020Title,SOC2018Code,SOC2018Title\n"
    pair = b"01.0101,Farming.,45-2092,Farmworkers\n"
    assert len(nces_cip_soc.parse_pairs(head + pair + pair, "pairs.csv")) == 1
    with pytest.raises(TableError, match=r"share the key.*01\.0101"):
        nces_cip_soc.parse_pairs(head + pair + pair.replace(b"Farming", b"Fishing"), "pairs.csv")


def test_an_industry_is_read_from_the_exports_name_or_must_be_given() -> None:
    reply = STAFFING.read_bytes()
    assert set(bls_matrix.parse_staffing(reply, STAFFING.name)["naics_code"]) == {"5417"}
    assert set(bls_matrix.parse_staffing(reply, "export.csv", naics_code="622000")["naics_code"]) == {"622"}
    with pytest.raises(SourceError, match=r"export\.csv: expected the industry"):
        bls_matrix.parse_staffing(reply, "export.csv")


@pytest.mark.parametrize(
    ("printed", "kept"),
    [("510000", "51"), ("541700", "5417"), ("327310", "32731"), ("999200", "999200"), ("TE1000", "TE1000")],
)
def test_matrix_industries_are_naics_without_the_zeros_appended(printed: str, kept: str) -> None:
    table = bls_matrix.parse_staffing(STAFFING.read_bytes(), "export.csv", naics_code=printed)
    assert set(table["naics_code"]) == {kept}


def test_a_matrix_header_without_years_is_named() -> None:
    reply = STAFFING.read_bytes().replace(b"2024 Employment", b"Jobs today")
    with pytest.raises(SourceError, match=r"line 1, column 'YEAR Employment'"):
        bls_matrix.parse_staffing(reply, STAFFING.name)


def test_an_onet_occupation_that_is_not_rated_by_anyone_has_unknown_respondents() -> None:
    path = next((RECORDINGS / "onet/parse_required_education").glob("*.txt"))
    table = onet.parse_required_education(path, path.name)
    assert table["respondents"].isna().tolist() == [False, False, True]
    assert table["share"].sum() == pytest.approx(1)
