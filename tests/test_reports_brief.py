"""The employer brief: two sheets, archival and accessible, hostile words printed as they are."""

from __future__ import annotations

import importlib
import importlib.util
import io
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from reports import charts
from reports.brief_page import MOST_OCCUPATIONS, brief_document
from reports.employer_brief import EmployerBrief
from reports.html import write_brief_html
from reports.pdf import write_brief_pdf
from tests.brief_fixture import full_brief


def made(brief: EmployerBrief, folder: Path) -> bytes:
    write_brief_pdf(brief, folder / "brief.pdf")
    return (folder / "brief.pdf").read_bytes()


def bare() -> EmployerBrief:
    return EmployerBrief(
        "College", "", "Company", "Industry", "County", "3 jobs.", "2026-11-22", "x", "A finding", "Why."
    )


@pytest.mark.parametrize("occupations", [0, 1, 40])
def test_it_is_two_sheets_however_much_there_is(occupations: int, tmp_path: Path) -> None:
    brief = replace(full_brief(occupations), headline="A very long finding " * 20, standfirst="Words and words. " * 80)
    assert len(PdfReader(io.BytesIO(made(brief, tmp_path))).pages) == 2


@pytest.mark.skipif(importlib.util.find_spec("page") is None, reason="page-validation is not installed")
def test_it_is_archival_and_accessible(tmp_path: Path) -> None:
    page = importlib.import_module("page")
    for brief in (full_brief(), bare()):
        content = made(brief, tmp_path)
        for profile in (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1):
            assert [f.rule_id for f in page.validate_pdf_bytes(content, profile=profile).failures] == []


def test_the_same_brief_gives_the_same_bytes(tmp_path: Path) -> None:
    assert made(full_brief(), tmp_path) == made(full_brief(), tmp_path)


def test_hostile_words_are_printed_as_they_are(tmp_path: Path) -> None:
    words = "<script>alert(1)</script> {{ 7 * 7 }} \u202eevil"
    write_brief_html(replace(full_brief(), company=words), tmp_path / "brief.html")
    page = (tmp_path / "brief.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7 * 7 }} evil" in page
    assert "<script" not in page and "\u202e" not in page


def test_what_is_not_known_is_said() -> None:
    page = brief_document(bare(), "print")
    assert "No staffing pattern is known" in page and "No program of the college leads to" in page
    assert "not published" in brief_document(full_brief(), "print")


def test_jobs_in_occupations_that_are_not_listed_are_counted() -> None:
    page = brief_document(full_brief(14), "print")
    rest = sum(job.jobs for job in full_brief(14).occupations[MOST_OCCUPATIONS:])
    assert f"; {38 + rest:.0f} more jobs are spread over others" in page


def test_the_columns_say_their_totals() -> None:
    drawing = charts.quarters(["2027 Q1", "2027 Q2"], [("One", [3.0, 0.0]), ("Two", [4.0, 5.0])])
    assert "2027 Q1: 7; 2027 Q2: 5" in drawing
