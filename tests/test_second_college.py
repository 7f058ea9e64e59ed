"""Another college, another state, another sector: an invented folder and its own invented figures, nothing else."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from gapengine import assumptions, briefing, college, frozen, ledger, snapshot
from gapengine.cli import app
from gapengine.run import Run, execute
from reports import pdf
from tests.colleges import write
from tests.colleges.figures import EDITIONS
from tests.embedded_quarter import advice

CHECKOUT = Path(__file__).resolve().parents[1]
CLOSED, LAUNCHED = "travel-services-certificate", "marine-maintenance-diploma"


@pytest.fixture(scope="module")
def quarters(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, ...]:
    """Three editions, each hearing the ledger of those before it."""
    base = tmp_path_factory.mktemp("lakeport")
    settings = assumptions.for_college(write.LAKEPORT).override(["draws=300"])
    loaded = college.load(write.LAKEPORT, settings)
    runs = []
    for number, edition in enumerate(EDITIONS):
        figures = snapshot.load(write.snapshot(base / f"figures{number}", edition))
        run = execute(figures, loaded, settings, ledger=ledger.read(base / "ledger.sqlite", loaded.short_name))
        ledger.record(base / "ledger.sqlite", loaded.short_name, frozen.freeze(run))
        runs.append(run)
    return tuple(runs)


def test_three_editions_of_it_are_three_quarters(quarters: tuple[Run, ...]) -> None:
    assert [run.edition for run in quarters] == ["2027Q1", "2027Q2", "2027Q3"]
    assert [len(run.past.editions) for run in quarters] == [0, 1, 2]
    assert quarters[0].college.state_fips != college.load().state_fips


def test_it_reaches_one_launch_with_its_sections_cost_and_date(quarters: tuple[Run, ...]) -> None:
    last = quarters[-1]
    assert [item.evidence.program.program_id for item in last.advice if item.action == "launch"] == [LAUNCHED]
    found = advice(last, LAUNCHED)
    assert found.sections >= 1 and found.growth.first_completers == "2028Q4"
    assert found.cost == tuple(found.sections * 90000 for _ in range(3)), "the college's own cost"
    assert found.growth.once is not None and found.growth.once[1] == 250000 + (found.sections - 1) * 60000
    assert [code for code, _ in found.growth.placed] == ["49-3051"]


def test_it_reaches_one_close_in_the_third_edition_and_not_before(quarters: tuple[Run, ...]) -> None:
    assert [advice(run, CLOSED).action for run in quarters] == ["review", "review", "close"]
    for run in quarters[:2]:
        dossier = advice(run, CLOSED).dossier
        assert dossier is not None
        assert dossier.open_gates == ("surplus in consecutive editions and vintages",)
    assert [item.evidence.program.program_id for item in quarters[-1].advice if item.action == "close"] == [CLOSED]


def test_the_close_comes_with_its_full_dossier(quarters: tuple[Run, ...]) -> None:
    dossier = advice(quarters[-1], CLOSED).dossier
    assert dossier is not None and dossier.complete and len(dossier.verdicts) == 8
    assert all(verdict.finding for verdict in dossier.verdicts)
    assert "2027Q1 to 2027Q3" in dossier.verdicts[0].finding and "2025, 2026" in dossier.verdicts[0].finding
    plan = dossier.teach_out
    assert plan is not None and (plan.last_intake, plan.ends) == ("2027Q3", "2028Q3")
    assert [year.sections for year in plan.years] == [4, 0, 0, 0, 0]
    assert plan.years[1].cost_usd < plan.years[1].kept_cost_usd and plan.value_of_going_on_usd[2] < 0
    assert dossier.shared_with == ("retail-management-certificate",)
    assert {row.group for row in dossier.equity} >= {"sex: women", "sex: men"}
    assert [item.tried_by for item in dossier.alternatives].count("the college") == 2


def test_the_report_prints_the_close_and_what_was_said_before(quarters: tuple[Run, ...]) -> None:
    report = briefing.brief(quarters[-1])
    assert [item.program_id for item in report.decisions if item.action == "close"] == [CLOSED]
    assert report.action_counts["close"] == 1
    assert (
        report.last_quarter.startswith("2027Q2 advised on 5 programs") and "from review to close" in report.last_quarter
    )
    assert "forecasts of awards now due" in report.last_quarter, "the completions of 2026 are in"


def test_page_one_names_the_close_and_stays_one_page_and_the_dossier_another(
    quarters: tuple[Run, ...], tmp_path: Path
) -> None:
    report = briefing.brief(quarters[-1])
    assert report.headline.endswith("one should be taught out and one needs a review")
    assert "Travel services, certificate from review to close" in report.last_quarter
    assert "at the college's own costs" in report.budget
    assert not any("no program is closed here" in caveat for caveat in report.caveats)
    pdf.write_pdf(report, {}, tmp_path / "report.pdf")
    pages = [page.extract_text() for page in PdfReader(tmp_path / "report.pdf").pages]
    assert "Last quarter's advice" in pages[0] and "In this report" in pages[1][:200]
    dossier = [number for number, page in enumerate(pages) if "Dossier on closing" in page]
    assert len(dossier) == 1
    assert all(part in pages[dossier[0]] for part in ("Gates", "Teaching out", "Students", "Instead of closing"))


def test_a_program_with_a_surplus_but_without_its_own_figures_stays_at_review(quarters: tuple[Run, ...]) -> None:
    found = advice(quarters[-1], "retail-management-certificate")
    assert found.action == "review" and found.dossier is not None
    assert {"the college's own seats and costs", "alternatives"} <= set(found.dossier.open_gates)
    assert [item.what for item in found.dossier.alternatives] == ["run one section less"]


@pytest.mark.parametrize(
    ("file", "gate"),
    [
        ("alternatives.csv", "alternatives"),
        ("equity.csv", "equity table"),
        ("shared.csv", "shared courses and teachers"),
        ("capacity.csv", "the college's own seats and costs"),
    ],
)
def test_without_one_of_its_files_the_third_edition_says_review(
    quarters: tuple[Run, ...], tmp_path: Path, file: str, gate: str
) -> None:
    folder = write.folder(tmp_path / "lakeport")
    (folder / file).unlink()
    last = quarters[-1]
    again = execute(last.snapshot, college.load(folder, last.assumptions), last.assumptions, ledger=last.past)
    found = advice(again, CLOSED)
    assert found.action == "review" and found.dossier is not None
    assert found.dossier.open_gates == (gate,)


def test_the_command_runs_it_from_a_folder_that_brings_its_own_figures(tmp_path: Path) -> None:
    folder = write.folder(tmp_path / "lakeport")
    write.snapshot(folder / "snapshot", EDITIONS[0])
    (folder / "assumptions.toml").write_text(
        '[draws]\nvalue = 60\nlow = 50\nhigh = 5000\nunit = "draws"\nwhy = "Few."\nsource = "a test"\n'
    )
    arguments = ["run", "--college", str(folder), "--out", str(tmp_path / "runs"), "--json"]
    first, second = (CliRunner().invoke(app, arguments, catch_exceptions=False) for _ in range(2))
    printed = json.loads(first.stdout)
    assert printed["edition"] == "2027Q1" and len(printed["programs"]) == 5
    assert json.loads(second.stdout)["run"] == printed["run"], "the same quarter again is the same run"
    assert (Path(printed["run"]) / "report.pdf").stat().st_size > 10_000
    shown = CliRunner().invoke(
        app, ["history", LAUNCHED, "--college", str(folder), "--out", str(tmp_path / "runs"), "--json"]
    )
    rows = json.loads(shown.stdout)
    assert [(row["edition"], row["action"]) for row in rows] == [("2027Q1", "launch")]


NAMED = re.compile(r"durham|biotech|biowork|raleigh|research triangle|north carolina|\bnc\b", re.IGNORECASE)
ABOUT_THE_EMBEDDED = (
    "gapengine/data/",
    "gapengine/benchmarks/",
    "gapengine/arrivals/consensus.py",  # ranks the connectors of announcing sites by their names
    "gapengine/arrivals/reading.py",  # the same
    "gapengine/arrivals/names.py",  # words that tell no company from another
    "gapengine/arrivals/cohorts.py",  # published cohorts of one state's incentive programs
)


def test_nothing_in_code_names_the_embedded_college_or_its_sector() -> None:
    """Names in the text of code, strings included; comments and docstrings may give examples."""
    found = []
    for package in ("gapengine", "models", "reports"):
        for file in sorted((CHECKOUT / package).rglob("*.py")):
            name = str(file.relative_to(CHECKOUT))
            if name.startswith(ABOUT_THE_EMBEDDED):
                continue
            tree = ast.parse(file.read_text(encoding="utf-8"))
            docs = {
                id(node.body[0].value)
                for node in ast.walk(tree)
                if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
                and node.body
                and isinstance(node.body[0], ast.Expr)
            }
            for node in ast.walk(tree):
                text = ""
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                    text = node.value
                elif isinstance(node, ast.Name | ast.Attribute):
                    text = node.id if isinstance(node, ast.Name) else node.attr
                if NAMED.search(text):
                    found.append(f"{name}:{getattr(node, 'lineno', 0)}: {text[:80]}")
    assert found == []
