"""The workbook and the attached tables hold the report's figures, and no text in them can run as a formula."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from reports.frames import csv_attachments, csv_bytes, frames, harmless, sources
from reports.workbook import write_workbook
from tests.reports_fixture import empty_report, full_report


def test_the_workbook_opens_with_units_and_sources(tmp_path: Path) -> None:
    report = full_report(6)
    write_workbook(frames(report), sources(report), tmp_path / "a.xlsx")
    book = CalamineWorkbook.from_path(tmp_path / "a.xlsx")
    assert book.sheet_names[0] == "units and sources"
    first = book.get_sheet_by_name("units and sources").to_python()
    assert first[1][:2] == ["openings, graduates, gap, unplaced", "people a year"]
    assert any("Bureau of Labor Statistics" in row for row in first)


def test_workbook_and_csv_hold_the_same_figures(tmp_path: Path) -> None:
    report = full_report(6)
    write_workbook(frames(report), sources(report), tmp_path / "a.xlsx")
    rows = CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_name("programs").to_python()
    table = pd.read_csv(io.BytesIO(csv_attachments(report)["programs.csv"]), dtype={"cip_code": str})
    place = rows[0].index("gap_p50")
    assert sum(row[place] for row in rows[1:]) == pytest.approx(table["gap_p50"].sum())
    assert table["gap_p50"].sum() == pytest.approx(sum(row.gap.p50 for row in report.programs if row.gap))
    assert list(table["cip_code"]) == [row.cip_code for row in report.programs]


def test_the_same_tables_give_the_same_workbook(tmp_path: Path) -> None:
    report = full_report(3)
    for name in ("a.xlsx", "b.xlsx"):
        write_workbook(frames(report), sources(report), tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_an_unknown_cell_is_empty_and_never_zero(tmp_path: Path) -> None:
    frame = pd.DataFrame({"n": [1.0, float("nan")], "t": ["x", None]})
    write_workbook({"t": frame}, [], tmp_path / "a.xlsx")
    rows = CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_name("t").to_python()
    assert rows[1] == [1.0, "x"]
    assert len(rows) == 2 or rows[2] == ["", ""]
    assert csv_bytes(frame) == b"n,t\n1.0,x\n,\n"


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-cmd|x", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")'])
def test_formulas_are_neutralised(text: str, tmp_path: Path) -> None:
    assert harmless(text).startswith("'")
    report = replace(full_report(2), programs=(replace(full_report(2).programs[0], title=text),), pages=())
    write_workbook(frames(report), sources(report), tmp_path / "a.xlsx")
    rows = CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_name("programs").to_python()
    assert str(rows[1][1]).startswith("'")
    assert b"," + text.encode() not in csv_attachments(report)["programs.csv"]


@pytest.mark.parametrize("number", ["-5", "+3", "-0.25", "1e3"])
def test_a_number_stays_a_number(number: str) -> None:
    assert harmless(number) == number


@given(st.text())
def test_no_text_starts_like_a_formula(text: str) -> None:
    safe = harmless(text)
    assert not safe or safe[0] not in "=@\t\r"


def test_an_empty_report_has_a_workbook(tmp_path: Path) -> None:
    report = empty_report()
    write_workbook(frames(report), sources(report), tmp_path / "a.xlsx")
    assert CalamineWorkbook.from_path(tmp_path / "a.xlsx").sheet_names == ["units and sources", "page_one"]
