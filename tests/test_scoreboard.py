"""The partners' scoreboard and the totals of the report: every value with its period, every total in one size."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gapengine import briefing
from gapengine.briefing import scoreboard
from gapengine.briefing.front import key_figures
from gapengine.run import Run
from reports.quarterly import QuarterlyReport
from reports.render import document
from reports.wording import number
from tools import lines


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2026", ""),
        ("2025-26", ""),
        ("2024", "2 years old"),
        ("2020-21", "5 years old"),
        ("2019 to 2021", "5 years old"),
        ("first class", "date not stated"),
        ("", "date not stated"),
    ],
)
def test_an_old_value_says_how_old_it_is(period: str, said: str) -> None:
    assert scoreboard._stale(period, 2026) == said


def test_every_value_of_the_scoreboard_has_its_period_or_says_that_nobody_stated_it(report: QuarterlyReport) -> None:
    assert any(item.stale for item in report.indicators) and any(not item.value for item in report.indicators)
    for item in report.indicators:
        if item.value:
            assert item.period or item.stale, item.name
        else:
            assert not item.period and not item.stale
    page = document(report, "screen")
    assert page.count("◆ date not stated") == sum(item.stale == "date not stated" for item in report.indicators)


def test_what_the_engine_computes_replaces_what_a_partner_once_stated(run: Run) -> None:
    given = {item.title: item for item in run.college.indicators}
    for shown in scoreboard.indicators(run):
        if given[shown.name].computed:
            assert (
                not shown.stale and shown.value != f"{given[shown.name].value:g}" if given[shown.name].value else True
            )


def test_the_jobs_of_the_arrivals_are_one_number_in_every_place(run: Run, report: QuarterlyReport) -> None:
    assert report.arrivals_total is not None
    total = number(report.arrivals_total.p50)
    assert total in [figure.value for figure in key_figures(run)]
    assert total in report.arrivals_finding and total in report.arrivals_note
    listed = sum(round(item.expected.p50) for item in report.announcements if item.expected)
    assert f"add up to {number(listed)}" in report.arrivals_note


def test_every_source_shows_the_rows_of_its_own_files(run: Run, report: QuarterlyReport) -> None:
    counted = [item.rows for item in run.snapshot.datasets.values()]
    assert [source.rows for source in report.sources] == counted
    assert None not in counted and len(set(counted)) >= len(counted) - 2


def test_rows_of_files_are_counted_without_their_heading(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x,y\n1,2\n\n3,4\n")
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(b"x\n1\n2\n3\n"))
    pq.write_table(pa.table({"x": [1, 2, 3, 4]}), tmp_path / "c.parquet")
    assert [lines.rows(tmp_path / name) for name in ("a.csv", "b.csv.gz", "c.parquet")] == [2, 3, 4]
    with pytest.raises(ValueError, match="expected a Parquet"):
        lines.rows(tmp_path / "d.bin")


def test_page_one_opens_with_the_programs_that_it_lists(run: Run) -> None:
    shown = briefing.brief(run)
    first = [item.program.split(",")[0].lower() for item in shown.decisions if item.action in ("expand", "launch")][:3]
    assert all(name in shown.standfirst.lower() for name in first)
    assert not re.search(r"\bdraws\b", " ".join(item.sentence for item in shown.decisions))
