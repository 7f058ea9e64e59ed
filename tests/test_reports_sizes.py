"""Reports of every size: nothing clipped, no heading alone, one total in every place."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from reports.frames import csv_attachments, frames, sources
from reports.quarterly import QuarterlyReport
from reports.render import document
from reports.workbook import write_workbook
from tests.layout import clipped, laid_out, left_alone
from tests.reports_fixture import full_report

LONG = "Automotive systems technology with a concentration in electric and hybrid drive trains and diagnostics, evening"


def sized(programs: int) -> QuarterlyReport:
    report = full_report(programs)
    return replace(report, programs_finding=f"{programs} programs")


def long_names() -> QuarterlyReport:
    report = full_report(9)
    rows = tuple(replace(row, title=f"{LONG} {LONG} {number}") for number, row in enumerate(report.programs))
    pages = tuple(replace(page, row=row) for page, row in zip(report.pages, rows, strict=True))
    chosen = tuple(replace(item, program=LONG) for item in report.decisions)
    return replace(report, programs=rows, pages=pages, decisions=chosen)


def quiet() -> QuarterlyReport:
    """A quarter without announcements."""
    return replace(full_report(4), announcements=(), layoffs=(), arrivals_finding="", arrivals_note="", slope=None)


def first_edition() -> QuarterlyReport:
    report = full_report(4)
    bare = tuple(replace(page, row=replace(page.row, completions=())) for page in report.pages)
    return replace(report, changes=(), slope=None, pages=bare, programs=tuple(page.row for page in bare))


def sound(report: QuarterlyReport, at_least: int) -> list[str]:
    """The pages' trouble; fails where there are too few or page 1 is not one page."""
    pages = laid_out(report)
    assert len(pages) >= at_least
    starts = [
        [
            box.element.get("id")
            for box in page.descendants()
            if box.element_tag == "section" and box.element is not None
        ]
        for page in pages[:2]
    ]
    assert set(starts[0]) == {"decisions"} and "contents" in starts[1], "page 1 is one page"
    return clipped(pages) + left_alone(pages)


def _sections(page: Any) -> list[Any]:
    return [box for box in page.descendants() if box.element_tag == "section" and box.element is not None]


def totals(report: QuarterlyReport, folder: Path) -> None:
    """Programs, openings and graduates are the same in the tables, the attachments, the workbook and the page."""
    tables = frames(report)
    attached = csv_attachments(report)
    write_workbook(tables, sources(report), folder / "report.xlsx")
    book = CalamineWorkbook.from_path(str(folder / "report.xlsx"))
    page = document(report, "screen")
    assert page.count('<tr data-action="') == len(report.programs)
    if not report.programs:
        assert "programs.csv" not in attached and "No program is judged by openings" in page
        return
    wanted = tables["programs"]["addressable_p50"].sum()
    csv = pd.read_csv(io.BytesIO(attached["programs.csv"]))
    assert len(csv) == len(report.programs) and csv["addressable_p50"].sum() == pytest.approx(wanted)
    sheet = next(name for name in book.sheet_names if name.lower().startswith("programs"))
    rows = book.get_sheet_by_name(sheet).to_python()
    head = next(number for number, row in enumerate(rows) if "addressable_p50" in row)
    column = rows[head].index("addressable_p50")
    cells = [row[column] for row in rows[head + 1 :] if isinstance(row[column], float | int)]
    assert sum(cells) == pytest.approx(wanted) and len(cells) == len(csv)


@pytest.mark.parametrize("programs", [0, 1, 20])
def test_a_report_of_any_size_is_whole(programs: int, tmp_path: Path) -> None:
    report = sized(programs)
    assert sound(report, 4) == []
    totals(report, tmp_path)


@pytest.mark.hard
@pytest.mark.parametrize("programs", [60, 500])
def test_a_large_report_is_whole(programs: int, tmp_path: Path) -> None:
    report = sized(programs)
    assert sound(report, programs // 2) == []
    totals(report, tmp_path)


@pytest.mark.parametrize("make", [long_names, quiet, first_edition])
def test_a_report_with_little_or_much_to_say_is_whole(make: object, tmp_path: Path) -> None:
    report = make()  # type: ignore[operator]
    assert sound(report, 6) == []
    totals(report, tmp_path)


def test_a_first_edition_says_that_there_is_nothing_to_compare() -> None:
    said = "“What changed” follows from the next on"
    assert said in document(first_edition(), "print")
    assert said not in document(full_report(2), "print")


def test_the_embedded_quarter_is_whole(report: QuarterlyReport) -> None:
    assert sound(report, 60) == []
