"""The process that sets the PDF: the same file as without it, errors as they are, nothing left running."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace
from pathlib import Path

import pytest

from reports import apart as apart_module
from reports.apart import Apart
from reports.errors import MissingLibraryError, ReportError
from reports.pdf import write_pdf
from reports.quarterly import QuarterlyReport
from tests.reports_fixture import empty_report

ATTACHED = {"run.json": b'{"seed": 1}\n'}


def gone(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return True
    return False


def test_it_sets_the_same_file(tmp_path: Path) -> None:
    pages = write_pdf(empty_report(), ATTACHED, tmp_path / "here.pdf")
    with Apart() as apart:
        apart.begin(empty_report(), ATTACHED, tmp_path / "there.pdf")
        assert apart.pages() == pages
    assert (tmp_path / "there.pdf").read_bytes() == (tmp_path / "here.pdf").read_bytes()
    assert gone(apart.process_id)


def unprintable() -> QuarterlyReport:
    return replace(empty_report(), as_of="no date")


def test_what_is_wrong_with_the_report_is_said_here(tmp_path: Path) -> None:
    with Apart() as apart, pytest.raises(ReportError, match="no date"):
        apart.begin(unprintable(), {}, tmp_path / "report.pdf")
        apart.pages()


def test_a_missing_library_is_said_as_such(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lacking = (
        "from reports import pdf; from reports.errors import MissingLibraryError\n"
        "def prepare(): raise MissingLibraryError('PDF needs Pango.')\n"
        "pdf.prepare = prepare\n"
    )
    start, found, rest = apart_module._SERVE.partition("from reports.apart")
    monkeypatch.setattr(apart_module, "_SERVE", start.rstrip("; ") + "\n" + lacking + found + rest)
    with Apart() as apart, pytest.raises(MissingLibraryError, match="Pango"):
        apart.begin(empty_report(), {"large.csv": bytes(2_000_000)}, tmp_path / "report.pdf")
        apart.pages()


def test_a_process_that_dies_is_an_error_that_says_so(tmp_path: Path) -> None:
    with Apart() as apart, pytest.raises(ReportError, match="ended with -9"):
        os.kill(apart.process_id, signal.SIGKILL)
        apart.begin(empty_report(), {"large.csv": bytes(2_000_000)}, tmp_path / "report.pdf")
        apart.pages()


def test_nothing_is_left_running_when_the_rest_fails() -> None:
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt), Apart() as apart:
        raise KeyboardInterrupt
    assert gone(apart.process_id)
    assert time.monotonic() - began < 30
