"""The PDF is archival, accessible, the same every time, and holds what it says it holds."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import io
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from reports import pdf
from reports.errors import MissingLibraryError, ReportError
from reports.fitting import PAIRED
from reports.frames import csv_attachments
from reports.pdf import render_pdf, write_pdf
from reports.quarterly import ActionKind, Announcement, Decision, ProgramPage, QuarterlyReport
from reports.render import document
from reports.wording import ACTION_ORDER
from tests.reports_fixture import empty_report, full_report

ATTACHED = {"run.json": b'{"seed": 1}\n', "odd.csv": b"a\r"}


def made(report: QuarterlyReport, folder: Path, attachments: dict[str, bytes] | None = None) -> bytes:
    path = folder / "report.pdf"
    write_pdf(report, ATTACHED if attachments is None else attachments, path)
    return path.read_bytes()


def texts(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[QuarterlyReport, bytes]:
    report = full_report(6)
    return report, made(report, tmp_path_factory.mktemp("small"), csv_attachments(report) | ATTACHED)


def test_the_same_report_gives_the_same_bytes(small: tuple[QuarterlyReport, bytes], tmp_path: Path) -> None:
    report, content = small
    assert made(full_report(6), tmp_path, csv_attachments(report) | ATTACHED) == content


@pytest.mark.skipif(importlib.util.find_spec("page") is None, reason="page-validation is not installed")
def test_it_is_archival_and_accessible(small: tuple[QuarterlyReport, bytes], tmp_path: Path) -> None:
    page = importlib.import_module("page")
    for content in (small[1], made(empty_report(), tmp_path)):
        for profile in (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1):
            report = page.validate_pdf_bytes(content, profile=profile)
            assert [(failure.rule_id, failure.message) for failure in report.failures] == []


def test_every_attachment_comes_out_as_it_went_in(small: tuple[QuarterlyReport, bytes]) -> None:
    report, content = small
    wanted = csv_attachments(report) | ATTACHED
    reader = PdfReader(io.BytesIO(content))
    assert {name: parts[0] for name, parts in reader.attachments.items()} == wanted
    listed = "".join(texts(content)).replace("\n", "")
    for data in wanted.values():
        assert hashlib.sha256(data).hexdigest()[:32] in listed


def test_each_program_stands_on_exactly_one_page(small: tuple[QuarterlyReport, bytes]) -> None:
    report, content = small
    pages = texts(content)
    on = [[i for i, page in enumerate(pages) if f"CIP {program.row.cip_code}" in page] for program in report.pages]
    assert [len(places) for places in on] == [1] * len(report.pages)
    of = {program.row.program_id: places[0] for program, places in zip(report.pages, on, strict=True)}
    for program in report.pages:
        company = [other.row for other in report.pages if of[other.row.program_id] == of[program.row.program_id]]
        assert len(company) == 1 or all(row.action in PAIRED for row in company)
    assert max(on)[0] < next(i for i, page in enumerate(pages) if "Programs judged by transfer" in page)


def test_programs_without_a_decision_share_a_sheet(tmp_path: Path) -> None:
    report = full_report(6)
    pages = tuple(replace(page, row=replace(page.row, action="hold")) for page in report.pages)
    found = texts(made(replace(report, pages=pages), tmp_path))
    assert 3 <= sum("What would change this." in page for page in found) < 6


def wordy_report(action: ActionKind) -> QuarterlyReport:
    report = full_report(3, wordy=6)
    pages = tuple(
        replace(
            page,
            row=replace(
                page.row,
                title="A very long name of a program " * 8,
                action=action,
                advice="Add two evening sections of 16 " * 4,
            ),
            summary="It says a great deal about the few numbers that stand behind the advice. " * 12,
            reasons=page.reasons * 4,
            flips=page.flips * 9,
            gates=("A rule that held the advice back until more is known. " * 4,) * 6,
            occupations=page.occupations * 5,
            others=page.others * 5,
            capacity=page.capacity * 4,
            placement_assumption="Some stay, some leave, and nobody counts them. " * 20,
            notes=("Mind this as well, and that. " * 20,) * 6,
        )
        for page in report.pages
    )
    return replace(report, pages=pages, transfer=(), changes=())


def test_the_wordiest_program_still_fits_one_page(tmp_path: Path) -> None:
    pages = texts(made(wordy_report("expand"), tmp_path))
    first = next(i for i, page in enumerate(pages) if "Program by program\n" in page)
    marks = ["Placement." in page and "Occupations it prepares for" in page for page in pages[first : first + 3]]
    assert marks == [True, True, True]


def test_the_wordiest_program_without_a_decision_is_not_torn_apart(tmp_path: Path) -> None:
    pages = texts(made(wordy_report("hold"), tmp_path))
    marked = [page for page in pages if "What would change this." in page]
    assert marked and all(page.count("Mind this as well") for page in marked)
    assert all("Mind this as well" not in page for page in pages if page not in marked)


def test_page_one_holds_all_decisions(small: tuple[QuarterlyReport, bytes]) -> None:
    report, content = small
    page = " ".join(texts(content)[0].split())
    for decision in report.decisions:
        assert decision.program in page
    assert report.freshness in page
    assert "Contents" not in page


def test_bookmarks_lead_to_sections_and_programs(small: tuple[QuarterlyReport, bytes]) -> None:
    report, content = small
    outline = PdfReader(io.BytesIO(content)).outline
    names = [str(item.title) for item in outline if not isinstance(item, list)]
    inner = [str(item.title) for part in outline if isinstance(part, list) for item in part]
    assert "Where every number comes from" in names
    assert inner == [page.row.title for page in sorted_pages(report)]


def sorted_pages(report: QuarterlyReport) -> list[ProgramPage]:
    return sorted(report.pages, key=lambda page: ACTION_ORDER.index(page.row.action))


def test_an_empty_report_still_makes_a_calm_page(tmp_path: Path) -> None:
    pages = texts(made(empty_report(), tmp_path, {}))
    assert "No program calls for a change this quarter" in pages[0]
    assert len(pages) == 3


def test_foreign_text_is_printed_as_it_is(tmp_path: Path) -> None:
    nasty = "{{ 7 * 7 }} {% raw %} <script>alert(1)</script> \u202eevil\u200b \x07& ignore all instructions"
    report = replace(
        empty_report(),
        headline=nasty,
        decisions=(Decision("hold", nasty, nasty),),
        announcements=(
            Announcement(nasty, nasty, nasty, "announced", "2026-01-02", source_address="javascript:alert(1)"),
        ),
    )
    content = made(report, tmp_path)
    page = " ".join(texts(content)[0].split())
    assert "{{ 7 * 7 }} {% raw %} <script>alert(1)</script> evil & ignore all instructions" in page
    assert b"javascript" not in content
    assert "\u202e" not in document(report, "print")


def test_an_address_in_the_page_stops_the_build() -> None:
    for address in (
        "https://example.org/a.png",
        "file:///etc/passwd",
        "asset:../secret.ttf",
        "data:image/png;base64,AA",
    ):
        page = f'<html lang="en"><title>t</title><img src="{address}" alt="x">'
        with pytest.raises(ReportError, match="only its own fonts"):
            render_pdf(page, "2026-10-02", "a run", {})


def test_a_warning_of_the_renderer_fails() -> None:
    with pytest.raises(ReportError, match="warned"):
        render_pdf('<html lang="en"><title>t</title><p style="colour: red">x', "2026-10-02", "a run", {})


def test_without_pango_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent() -> object:
        raise MissingLibraryError(f"PDF needs the Pango library. Run: {pdf.INSTALL}")

    monkeypatch.setattr(pdf, "_weasyprint", absent)
    with pytest.raises(MissingLibraryError, match="apt-get install"):
        render_pdf("<p>", "2026-10-02", "a run", {})
