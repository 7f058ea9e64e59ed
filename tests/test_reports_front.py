"""Page 1: every number on it is found again in the attached CSV, and the same page goes out by e-mail."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest
from pypdf import PdfReader

from reports import charts
from reports.charts.slope import Slope
from reports.frames import csv_attachments
from reports.pdf import render_pdf
from reports.quarterly import QuarterlyReport
from reports.render import document, email_fragment
from tests.reports_fixture import empty_report, full_report
from tests.reports_outlook import COUNTIES, PORTFOLIO, SECTORS, SLOPE

_NUMBER = re.compile(r"\d[\d,.]*\d|\d")


@pytest.fixture(scope="module")
def front() -> tuple[QuarterlyReport, str]:
    report = full_report(6)
    page = document(replace(report, pages=report.pages[:1]), "print")
    content = render_pdf(page, report.as_of, report.run_id, {})
    return report, PdfReader(io.BytesIO(content)).pages[0].extract_text()


def test_every_number_on_page_one_is_found_again_in_its_csv(front: tuple[QuarterlyReport, str]) -> None:
    report, text = front
    rows = csv.DictReader(io.StringIO(csv_attachments(report)["page_one.csv"].decode()))
    told = " ".join(" ".join(row.values()) for row in rows)
    known = set(_NUMBER.findall(told)) | set(_NUMBER.findall(f"{report.edition.replace('Q', ' Q')} {report.run_id}"))
    foot = re.compile(r"^Program gap report · run .*|^page \d+|.* \d+ / \d+$", re.MULTILINE)
    body = foot.sub("", text).replace("page ", "page")
    printed = set(_NUMBER.findall(re.sub(r"page\d+", "", body)))
    assert len(printed) > 20
    assert printed - known == set()


def test_the_mail_says_what_page_one_says() -> None:
    report = full_report(6)
    mail = email_fragment(report)
    for decision in report.decisions:
        assert decision.program in mail and decision.sentence.replace("'", "&#39;") in mail
    assert report.headline in mail and report.budget in mail


def test_the_mail_needs_nothing_from_anywhere() -> None:
    mail = email_fragment(replace(full_report(6), headline='<script>alert("x")</script>'))
    assert not re.search(r"<(style|script|img|link)|https?:|class=", mail)
    assert "&lt;script&gt;" in mail
    assert "No program calls for a change" in email_fragment(empty_report())


def test_the_new_drawings_say_in_words_what_they_show() -> None:
    assert "Program 0, diploma from 40 to 35" in charts.slope(SLOPE)
    assert "this budget" in charts.frontier(PORTFOLIO.frontier, PORTFOLIO.budget)
    assert "Pine: 25% counts, jobs not known" in charts.tiles(COUNTIES)
    assert "(99 to 117)" in charts.multiple(SECTORS[0].industries[0])
    assert "<svg" in charts.slope(Slope("a", "b", SLOPE.lines[:1])) and "<svg" in charts.frontier((), None)


def test_a_dossier_is_a_page_of_its_own_only_where_the_word_is_close() -> None:
    report = full_report(30)
    page = document(report, "print")
    closing = [item for item in report.pages if item.row.action == "close"]
    assert closing and page.count('class="program dossier') == len(closing)
    assert "every gate is passed" in page
    assert page.count("Gates of closing.") == sum(item.row.action == "review" for item in report.pages)


def test_figures_of_the_new_pages_are_attached() -> None:
    tables = csv_attachments(full_report(30))
    names = {"portfolio", "limits", "frontier", "counties", "industries_by_year", "closing_gates", "teach_out"}
    assert {f"{name}.csv" for name in names | {"changed_programs", "youth_pipelines", "settling"}} <= set(tables)
