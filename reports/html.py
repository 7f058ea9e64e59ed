"""Writes the report as one self-contained HTML file: no network, a table that can be sorted."""

from __future__ import annotations

from pathlib import Path

from reports.brief_page import brief_document
from reports.employer_brief import EmployerBrief
from reports.faces import with_faces
from reports.quarterly import QuarterlyReport
from reports.render import document, email_fragment


def write_html(report: QuarterlyReport, path: Path) -> None:
    """Write the edition for browsers.

    Args:
        report: what it says.
        path: the file, replaced if it exists.

    Raises:
        ReportError: the report lacks a value that a page prints.
    """
    path.write_text(with_faces(document(report, "screen")), encoding="utf-8", newline="\n")


def write_email(report: QuarterlyReport, path: Path) -> None:
    """Write page 1 as a fragment to paste into an e-mail: no style sheet, no picture, no address.

    Raises:
        ReportError: the report lacks a value that it prints.
    """
    path.write_text(email_fragment(report), encoding="utf-8", newline="\n")


def write_brief_html(brief: EmployerBrief, path: Path) -> None:
    """Write an employer brief for browsers.

    Raises:
        ReportError: the brief lacks a value that a page prints.
    """
    path.write_text(with_faces(brief_document(brief, "screen")), encoding="utf-8", newline="\n")
