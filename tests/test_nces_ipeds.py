"""IPEDS: the agency's own totals, and files that are cut, swapped or impossible."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors import nces_ipeds, nces_ipeds_dictionary
from connectors.reading import SourceError
from connectors.tables import TableError

FILES = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "official" / "ipeds"
RECORDINGS = Path(__file__).resolve().parent / "recordings" / "nces_ipeds"
official = pytest.mark.skipif(not FILES.is_dir(), reason="the agencies' files (../shared/data/official) are not here")

DURHAM_TECH = "198455"
AWARDS = {2020: 1_317, 2021: 1_825, 2022: 987, 2023: 1_331, 2024: 870}
HEADER = "UNITID,CIPCODE,MAJORNUM,AWLEVEL,XCTOTALT,CTOTALT,XCTOTALM,CTOTALM,XCTOTALW,CTOTALW\n"


def completions(*rows: str, name: str = "c2024_a.csv", header: str = HEADER) -> pd.DataFrame:
    return nces_ipeds.parse_completions((header + "\n".join(rows) + "\n").encode(), name)


def reencoded(year: int) -> pd.DataFrame:
    """A re-encoded file of the folder, as a converter hands it over: Durham Tech and every tenth institution."""
    frame = pd.read_parquet(FILES / f"c{year}_a.parquet")
    unit = frame["UNITID"].astype("int64")
    return frame.loc[(unit % 10 == 0) | (unit == int(DURHAM_TECH))]


@official
@pytest.mark.parametrize("year", AWARDS)
def test_programs_add_up_to_the_printed_totals(year: int) -> None:
    frame = reencoded(year)
    table = nces_ipeds.tidy_completions(frame, f"c{year}_a")
    totals = frame.loc[frame["CIPCODE"] == "99"]
    assert table["awards"].sum() == totals["CTOTALT"].sum() > 0
    own = table.loc[table["unit_id"] == DURHAM_TECH]
    assert own["awards"].sum() == AWARDS[year]
    assert set(own["award_level_code"]) == {"2", "3", "21"}
    assert set(own["year"]) == {year}
    assert own["provisional"].isna().all()


@official
def test_the_directory_has_6072_institutions_with_county_codes_of_five_digits() -> None:
    table = nces_ipeds.parse_institutions(FILES / "hd2024.csv.gz", "hd2024.csv.gz").set_index("unit_id")
    assert len(table) == 6_072
    assert table.loc[DURHAM_TECH, "name"] == "Durham Technical Community College"
    assert table.loc[DURHAM_TECH, "county_fips"] == "37063"
    assert table.loc["100654", "county_fips"] == "01089"
    assert table["county_fips"].dropna().str.fullmatch(r"\d{5}").all()
    assert table["county_fips"].isna().sum() == 3


@official
def test_durham_techs_completers_of_2024_are_the_agencys() -> None:
    table = nces_ipeds.parse_completers(FILES / "c2024_c.csv.gz", "c2024_c.csv.gz")
    own = table.loc[table["unit_id"] == DURHAM_TECH].set_index("award_level_category")["completers"]
    assert len(table) == 16_104
    assert own.to_dict() == {"3": 491, "2": 79, "12": 237}


@official
def test_the_dictionary_says_that_2024_is_provisional() -> None:
    variables = nces_ipeds_dictionary.parse(FILES / "completions_varlist.xlsx", "c2024_a.xlsx")
    assert set(variables["release"]) == {"provisional"}
    assert set(variables["file"]) == {"C2024_A"}
    levels = variables.loc[variables["variable"] == "AWLEVEL"].set_index("code")["meaning"]
    assert levels["3"] == nces_ipeds.AWARD_LEVELS["3"]


def test_every_award_level_that_the_recordings_use_has_a_name() -> None:
    path = RECORDINGS / "parse_completions" / "c2023_a_rv.csv"
    levels = set(nces_ipeds.parse_completions(path, path.name)["award_level_code"])
    assert {"20", "21", "3"} <= levels <= set(nces_ipeds.AWARD_LEVELS)


def test_the_grand_total_is_dropped_for_first_and_second_majors() -> None:
    table = completions(
        '990001,"01.0101",1,3,R,7,R,3,R,4', '990001,"99",1,3,R,7,R,3,R,4', '990001,"01.0101",2,3,R,2,R,1,R,1',
        '990001,"99",2,3,R,2,R,1,R,1',
    )  # fmt: skip
    assert table[["cip_code", "major_number", "awards"]].to_numpy().tolist() == [
        ["01.0101", "1", 7.0],
        ["01.0101", "2", 2.0],
    ]


def test_a_file_whose_end_is_cut_off_does_not_add_up() -> None:
    with pytest.raises(SourceError, match=r"990001, award level 3, major 1 has 0 awards in programs and 7 in the tot"):
        completions('990001,"99",1,3,R,7,R,3,R,4', '990001,"01.0101",1,21,R,7,R,3,R,4', '990001,"99",1,21,R,7,R,3,R,4')


def test_the_release_is_carried_where_it_is_known() -> None:
    row = '990001,"01.0101",1,3,R,7,R,3,R,4'
    assert completions(row)["provisional"].isna().all()
    assert completions(row, name="c2023_a_rv.csv")["provisional"].eq(False).all()
    reply = (HEADER + row).encode()
    assert nces_ipeds.parse_completions(reply, "c2024_a.csv", provisional=True)["provisional"].all()


def test_swapped_columns_are_named() -> None:
    header = HEADER.replace("CIPCODE,MAJORNUM", "MAJORNUM,CIPCODE")
    with pytest.raises(SourceError, match=r"c2024_a\.csv, line 1, column '(MAJORNUM|CIPCODE)'.*swapped"):
        completions('990001,1,"01.0101",3,R,7,R,3,R,4', header=header)


def test_a_renamed_column_is_named() -> None:
    with pytest.raises(SourceError, match=r"line 1, column 'CTOTALT'.*missing"):
        completions('990001,"01.0101",1,3,R,7,R,3,R,4', header=HEADER.replace("CTOTALT", "AWARDS"))


def test_impossible_counts_are_set_aside_and_named() -> None:
    table = completions(
        '990001,"01.0101",1,3,R,-7,R,3,R,4', '990002,"01.0101",1,3,R,5,R,1,R,4', '990002,"01.0102",1,3,R,6,R,1,R,5'
    )
    assert table["awards"].tolist() == [5, 6]
    assert table.attrs["quarantined"][0] == "c2024_a.csv, line 2: awards below zero"


def test_a_repeated_row_is_folded_and_a_contradicting_one_an_error() -> None:
    row = '990001,"01.0101",1,3,R,7,R,3,R,4'
    assert len(completions(row, row)) == 1
    with pytest.raises(TableError, match=r"share the key.*990001"):
        completions(row, row.replace("R,7,R,3", "R,8,R,4"))


def test_a_program_code_that_lost_its_zeros_is_an_error() -> None:
    with pytest.raises(TableError, match=r"'cip_code'.*'1\.0101'"):
        completions("990001,1.0101,1,3,R,7,R,3,R,4")


def test_a_name_without_the_year_asks_for_it() -> None:
    with pytest.raises(SourceError, match=r"download\.csv: expected the year"):
        completions('990001,"01.0101",1,3,R,7,R,3,R,4', name="download.csv")


def test_an_institution_called_na_in_a_city_called_na_keeps_both_names() -> None:
    header = "UNITID,INSTNM,CITY,STABBR,SECTOR,ICLEVEL,CONTROL,COUNTYCD\n"
    table = nces_ipeds.parse_institutions((header + "990001,NA,NA,AL,4,2,1,1001\n").encode(), "hd2024.csv")
    row = table.iloc[0]
    assert (row["name"], row["city"], row["county_fips"]) == ("NA", "NA", "01001")


@settings(max_examples=25)
@given(st.lists(st.integers(0, 500), min_size=1, max_size=8), st.integers(1, 50))
def test_any_lost_award_is_seen(awards: list[int], lost: int) -> None:
    rows = [f'990001,"01.{at:04d}",1,3,R,{count},R,0,R,{count}' for at, count in enumerate(awards)]
    good, bad = sum(awards), sum(awards) + lost
    assert completions(*rows, f'990001,"99",1,3,R,{good},R,0,R,{good}')["awards"].sum() == good
    with pytest.raises(SourceError, match="add up"):
        completions(*rows, f'990001,"99",1,3,R,{bad},R,0,R,{bad}')
