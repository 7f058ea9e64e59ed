"""Files with a fault: the reader names what, where and what to do, and never takes an unknown for a zero."""

from __future__ import annotations

import gzip
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors import bls_oews, bls_qcew, census_cbp
from connectors.cells import codes, numbers
from connectors.reading import Layout, SourceError, csv_frame, excel_frame
from connectors.tables import TableError

RECORDINGS = Path(__file__).resolve().parent / "recordings"
QCEW = (RECORDINGS / "bls_qcew" / "parse" / "01001.csv").read_bytes()
CBP = (RECORDINGS / "census_cbp" / "parse" / "cbp21co.txt").read_bytes()
OEWS = (RECORDINGS / "bls_oews" / "parse" / "oews_nat3d_m2024_dl.csv").read_bytes()
LAYOUT = Layout("the layout document", ("code", "name"), optional=("note",))


def qcew(reply: bytes) -> pd.DataFrame:
    return bls_qcew.parse(reply, "01001.csv")


def read(reply: bytes) -> pd.DataFrame:
    return csv_frame(reply, "file.csv", LAYOUT)


@pytest.mark.parametrize("column", ["area_fips", "disclosure_code", "month3_emplvl", "avg_wkly_wage"])
def test_a_renamed_column_is_named(column: str) -> None:
    renamed = f"{column}_new"
    with pytest.raises(SourceError) as caught:
        qcew(QCEW.replace(f'"{column}"'.encode(), f'"{renamed}"'.encode(), 1))
    assert (caught.value.source, caught.value.line, caught.value.column) == ("01001.csv", 1, column)
    assert f"renamed to '{renamed}'" in str(caught.value)
    assert "Field Layouts" in caught.value.remedy


@pytest.mark.parametrize(("one", "other"), [("month1_emplvl", "month3_emplvl"), ("own_code", "industry_code")])
def test_swapped_columns_are_named(one: str, other: str) -> None:
    head, body = QCEW.split(b"\n", 1)
    cells = head.decode().split(",")
    at, to = cells.index(f'"{one}"'), cells.index(f'"{other}"')
    cells[at], cells[to] = cells[to], cells[at]
    with pytest.raises(SourceError, match="swapped") as caught:
        qcew(",".join(cells).encode() + b"\n" + body)
    assert one in str(caught.value)
    assert other in str(caught.value)


def test_swapped_wages_of_a_workbook_are_seen_by_their_order() -> None:
    text = "area,occ_code,occ_title,group,tot_emp,emp_prse,h_mean,a_mean,mean_prse,"
    text += "h_pct10,h_pct25,h_median,h_pct75,h_pct90,a_pct10,a_pct25,a_median,a_pct75,a_pct90\n"
    text += "37,11-1011,Chief Executives,detailed,9000,2.0,90,190000,1.0,1,2,3,4,5,150000,120000,90000,60000,30000\n"
    with pytest.raises(SourceError, match="impossible rows"):
        bls_oews.parse(text.encode(), "state_M2013.csv")


def test_leading_zeros_na_and_ranges_stay_text() -> None:
    frame = read(b"code,name\n01001,NA\n31-33,null\n007,nan\n")
    assert frame["code"].tolist() == ["01001", "31-33", "007"]
    assert frame["name"].tolist() == ["NA", "null", "nan"]
    assert set(qcew(QCEW)["area_fips"]) == {"01001"}


def test_suppressed_cells_are_null_never_zero() -> None:
    hidden = qcew(QCEW).loc[lambda table: ~table["disclosed"]]
    assert len(hidden) == 1
    assert hidden["employment"].isna().all()
    withheld = census_cbp.parse(CBP, "cbp21co.txt").loc[lambda table: table["suppressed"]]
    assert withheld["naics_code"].tolist() == ["6113", "541714"]
    assert withheld["employment"].isna().all()
    assert withheld["annual_payroll_usd"].isna().all()


def test_identical_rows_are_folded_and_conflicting_ones_are_an_error() -> None:
    lines = QCEW.splitlines(keepends=True)
    assert len(qcew(b"".join([*lines, lines[1]]))) == len(qcew(QCEW))
    with pytest.raises(TableError, match="share the key"):
        qcew(b"".join([*lines, lines[1].replace(b"11410", b"11411")]))


def test_the_same_bytes_give_the_same_table() -> None:
    pd.testing.assert_frame_equal(qcew(QCEW), qcew(QCEW))
    pd.testing.assert_frame_equal(qcew(QCEW), qcew(gzip.compress(QCEW)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_encodings_of_windows_are_decoded(encoding: str) -> None:
    frame = read("code,name\n01,café – déjà\n".encode(encoding))
    assert frame["name"].tolist() == ["café – déjà"]


@pytest.mark.parametrize(
    ("reply", "line"),
    [
        (b"code,name\n01,a\n02,b\x00\n", 3),
        (b"code,name\n01,\x81\n", 2),
        (b"\xef\xbb\xbfcode,name\n01,\xff\n", 2),
        (b"code,name\n01,a\n02\n", 3),
        (b"code,name\n01,a\n02,b,c\n", 3),
        (b'title\n\n"code","name"\n01,a\n02\n', 5),
    ],
)
def test_what_cannot_be_read_is_an_error_with_its_line(reply: bytes, line: int) -> None:
    with pytest.raises(SourceError) as caught:
        read(reply)
    assert caught.value.line == line
    assert f"file.csv, line {line}" in str(caught.value)


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (b"", "empty"),
        (b"\r\n", "empty"),
        (b"code,name\n", "found none"),
        (b"<!DOCTYPE html><html><body>Not found</body></html>", "web page"),
        (gzip.compress(b"code,name\n01,a\n" * 900, mtime=0)[:-30], "whole gzip"),
        (b'code,name\n01,"a\n02,b\n', "expected"),
    ],
)
def test_an_empty_cut_or_wrong_reply_is_an_error(reply: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        read(reply)


def test_a_text_is_no_workbook() -> None:
    with pytest.raises(SourceError, match="Excel workbook"):
        excel_frame(b"code,name\n01,a\n", "file.xlsx", LAYOUT)


def test_impossible_values_are_set_aside_and_counted() -> None:
    table = qcew(QCEW.replace(b"8100,8150,8200", b"8100,8150,-8200"))
    assert len(table) == len(qcew(QCEW)) - 1
    assert table.attrs["quarantined"] == ["01001.csv, line 3: employment_month3 below zero"]
    assert "quarantined" not in qcew(QCEW).attrs


def test_words_where_numbers_belong_are_an_error_with_line_and_column() -> None:
    with pytest.raises(SourceError, match="'many'") as caught:
        qcew(QCEW.replace(b"8100,8150,8200", b"8100,many,8200"))
    assert (caught.value.line, caught.value.column) == (3, "month2_emplvl")


def test_an_unknown_disclosure_code_is_set_aside() -> None:
    table = qcew(QCEW.replace(b'"2023","1","N"', b'"2023","1","X"'))
    assert table.attrs["quarantined"] == ["01001.csv, line 4: unknown disclosure code"]


def test_the_markers_of_oews_are_null_or_top_coded() -> None:
    body = b"325000,Chemical Manufacturing,3-digit,5,29-1216,Physicians,detailed,*,#\n"
    table = bls_oews.parse(OEWS + body, "oews_nat3d_m2024_dl.csv").set_index("soc_code")
    assert table.loc["25-1194", ["employment", "wage_top_coded"]].isna().tolist() == [True, False]
    assert pd.isna(table.loc["29-1216", "employment"])
    assert pd.isna(table.loc["29-1216", "wage_mean_usd"])
    assert table["wage_top_coded"].to_dict() == {"00-0000": False, "51-9011": False, "25-1194": False, "29-1216": True}
    with pytest.raises(SourceError, match="'#'"):
        bls_oews.parse(OEWS + body.replace(b"*,#", b"#,1"), "oews_nat3d_m2024_dl.csv")


def test_a_file_that_does_not_state_its_year_asks_for_it() -> None:
    with pytest.raises(SourceError, match="year in the name"):
        census_cbp.parse(CBP, "county.txt")
    assert set(census_cbp.parse(CBP, "county.txt", year=2019)["year"]) == {2019}
    with pytest.raises(SourceError, match="M2024"):
        bls_oews.parse(OEWS, "all.csv")


@given(st.lists(st.integers(min_value=-(10**12), max_value=10**12), min_size=1))
def test_numbers_survive_thousands_separators(values: list[int]) -> None:
    frame = pd.DataFrame({"jobs": [f" {value:,} " for value in values]}, dtype="str")
    assert numbers(frame, "jobs", "file").tolist() == values


@given(st.from_regex(r"\A\d{2}-\d{4}\Z"), st.sampled_from(["{}", '="{}"', " {} ", "{} (1)", "{}[2]", '="{}" (3)(4)']))
def test_codes_lose_their_wrapping_and_nothing_else(code: str, wrapping: str) -> None:
    assert codes(pd.Series([wrapping.format(code)], dtype="str")).tolist() == [code]
