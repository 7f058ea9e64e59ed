"""Small counts of people that a college supplies: on no page, in no attachment, and not to be computed from them."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import numpy as np
import pypdf
import pytest

from gapengine import assumptions, briefing, college, output, snapshot
from gapengine.briefing import tables
from gapengine.run import Run, execute
from reports import html, pdf, text
from reports.frames import csv_attachments, frames, sources
from reports.quarterly import QuarterlyReport
from reports.workbook import write_workbook
from tests.colleges import write
from tests.colleges.figures import EDITIONS
from tests.embedded_quarter import advice

STATED, ENROLLED = "welding-certificate", "retail-management-certificate"
SEVEN, SIX = 7, 6


def _change(path: Path, program: str, **cells: object) -> None:
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    for row in rows:
        if row["program_id"] == program:
            row.update({name: str(value) for name, value in cells.items()})
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A college of which one program has seven completers, another six students, a group three, an indicator four."""
    folder = write.folder(tmp_path_factory.mktemp("few") / "lakeport")
    _change(folder / "programs.csv", STATED, completers_low=SEVEN, completers_high=SEVEN)
    _change(folder / "programs.csv", ENROLLED, fill_rate="", sections="", seats="", seats_per_section="")
    (folder / "sections.csv").write_text(
        f"program_id,year,term,sections,seats,enrolled\n{ENROLLED},2026,fall,1,29,{SIX}\n", encoding="utf-8"
    )
    _change(folder / "equity.csv", "travel-services-certificate", enrolled=3, completers=2)
    (folder / "indicators.toml").write_text(
        '[hired]\ntitle = "Hired"\ndefinition = "At work."\nunit = "people a year"\nowner = "The college"\n'
        'better = "higher"\nvalue = 4\nperiod = "2027"\n',
        encoding="utf-8",
    )
    settings = assumptions.for_college(folder).override(["draws=80"])
    figures = snapshot.load(write.snapshot(folder / "figures", EDITIONS[0]))
    return execute(figures, college.load(folder, settings), settings)


@pytest.fixture(scope="module")
def report(run: Run) -> QuarterlyReport:
    return briefing.brief(run)


def test_small_counts_are_known_as_such(run: Run) -> None:
    assert [program.program_id for program in run.college.programs if program.few_completers] == [STATED]
    assert [program.program_id for program in run.college.programs if program.few_enrolled] == [ENROLLED]
    assert [item.evidence.program.program_id for item in run.advice if item.evidence.few] == [STATED]
    assert advice(run, ENROLLED).evidence.basis == "completions", "a federal count is shown as published"


def test_their_graduates_are_in_no_row_and_no_attachment(report: QuarterlyReport) -> None:
    page = next(item for item in report.pages if item.row.program_id == STATED)
    assert (page.row.graduates, page.row.unplaced, page.placement) == (None, None, None)
    assert page.fan is not None and page.fan.capacity is None
    assert page.row.uncounted == "fewer than 10"
    row = frames(report)["programs"].set_index("program_id").loc[STATED]
    assert row[[f"graduates_p{p}" for p in (10, 50, 90)]].isna().all()


def test_the_share_of_seats_taken_by_few_students_is_withheld(report: QuarterlyReport) -> None:
    taken = frames(report)["capacity"].query("program_id == @ENROLLED and name == 'Seats filled'")
    assert len(taken) == 1 and taken["value"].isna().all() and set(taken["standing"]) == {"unknown"}


def test_nothing_that_leaves_the_run_holds_the_counts_or_their_multiples(
    run: Run, report: QuarterlyReport, tmp_path: Path
) -> None:
    html.write_html(report, tmp_path / "report.html")
    attached = csv_attachments(report)
    document = json.dumps(output.describe(run, {}))
    write_workbook(frames(report), sources(report), tmp_path / "report.xlsx")
    pdf.write_pdf(report, attached, tmp_path / "report.pdf")
    printed = " ".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "report.pdf").pages)
    everything = [
        re.sub(r"base64,[^)]*", "", (tmp_path / "report.html").read_text(encoding="utf-8")),
        printed,
        document,
        text.summary_text(report),
        *(content.decode() for content in attached.values()),
        *(frame.to_csv() for frame in tables.tables(run).values()),
    ]
    evidence = advice(run, STATED).evidence
    for draws in (evidence.supply, evidence.unplaced, evidence.placed):
        for value in (float(np.median(draws)), float(draws.mean())):
            assert value < 0.1 or not [part for part in everything if f"{value:.6f}"[:-1] in part], value
    assert "withheld, for the college counts fewer than ten people" in document
    assert printed.count("fewer than 10") >= 2  # the table and the page
    assert str(SIX / 29)[:7] not in " ".join(everything)


def test_an_indicator_of_few_people_is_not_printed(report: QuarterlyReport) -> None:
    (shown,) = report.indicators
    assert shown.value == "under 10"
    assert csv_attachments(report)["indicators.csv"].decode().count("under 10") == 1


def test_a_group_of_few_students_gives_neither_its_count_nor_a_share(run: Run) -> None:
    found = advice(run, "travel-services-certificate")
    assert found.dossier is not None and found.dossier.equity
    for row in found.dossier.equity:
        assert row.students is None and row.share_of_program is None and row.share_of_college is None
