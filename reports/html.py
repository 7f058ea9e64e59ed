"""Writes the report as one self-contained HTML file: no network, a table that can be sorted."""

from __future__ import annotations

from pathlib import Path

from reports.quarterly import QuarterlyReport
from reports.render import document


def write_html(report: QuarterlyReport, path: Path) -> None:
    """Write the edition for browsers.

    Args:
        report: what it says.
        path: the file, replaced if it exists.

    Raises:
        ReportError: the report lacks a value that a page prints.
    """
    path.write_text(document(report, "screen"), encoding="utf-8", newline="\n")
