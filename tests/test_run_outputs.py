"""`gapengine run`: what it writes, that it says the same everywhere, and that a second run gives the same bytes."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pypdf
import pytest
from python_calamine import CalamineWorkbook

from gapengine import assumptions, college, snapshot
from gapengine.checkup import examine
from gapengine.decisions import advise
from gapengine.portfolio import settled
from gapengine.run import Run, run_id

CHECKOUT = Path(__file__).resolve().parents[1]
ACTIONS = {"expand", "launch", "hold", "watch", "review", "close", "transfer"}
FIELDS = {
    "program",
    "cip_code",
    "award_level",
    "market",
    "action",
    "sections",
    "gap",
    "p_shortage",
    "p_surplus",
    "taxonomies_agree",
    "certainty",
    "reasons",
    "flip",
}
PANGO = {finding.what: finding.ok for finding in examine()}["Pango"]
needs_pango = pytest.mark.skipif(not PANGO, reason="Pango is not installed here: no PDF can be made")
TABLES = {
    "programs", "occupations_fed", "announcements", "arrivals_by_program", "arrivals_by_year",
    "arrivals_history", "displaced_workers", "layoffs", "occupations_without_a_program", "other_providers",
    "assumptions", "sources", "industries", "occupations", "staffing",
    "gap_draws", "portfolio", "limits",
}  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """One command that has ended."""

    folder: Path
    out: Path
    stdout: str
    stderr: str
    code: int

    @property
    def printed(self) -> dict[str, Any]:
        if not PANGO:
            pytest.skip("without Pango a run ends with exit code 3 and prints nothing")
        return json.loads(self.stdout)

    def read(self, name: str) -> pd.DataFrame:
        return pq.read_table(self.folder / "tables" / f"{name}.parquet").to_pandas()

    @property
    def files(self) -> dict[str, bytes]:
        return {str(p.relative_to(self.folder)): p.read_bytes() for p in sorted(self.folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Outcome, Outcome]:
    """The same quarter twice at once: with another hash seed, zone, locale and folder, and a copied college."""
    here, there = tmp_path_factory.mktemp("here"), tmp_path_factory.mktemp("there")
    copied = college.init(there / "a copy of the college")
    settings = ("--set", "draws=60")
    started = [
        _start(here, settings, PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C"),
        _start(there, (*settings, "--college", str(copied)), PYTHONHASHSEED="7", TZ="Asia/Tokyo", LC_ALL="C.UTF-8"),
    ]
    return _end(started[0], here), _end(started[1], there)


def _start(place: Path, options: tuple[str, ...], **variables: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "gapengine", "run", "--json", "--out", str(place / "runs"), *options]
    return subprocess.Popen(
        command,
        cwd=place,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT)} | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def _end(process: subprocess.Popen[str], place: Path) -> Outcome:
    stdout, stderr = process.communicate(timeout=300)
    found = sorted((place / "runs").glob("*/*/*"))
    assert len(found) == 1, f"one folder, without leftovers: {found}\n{stderr}"
    return Outcome(found[0], place / "runs", stdout, stderr, process.returncode)


@pytest.fixture(scope="module")
def outcome(outcomes: tuple[Outcome, Outcome]) -> Outcome:
    return outcomes[0]


# -------------------------------------------------------------------------------------------------- what it writes


def test_a_run_ends_well_and_says_nothing_but_its_json(outcome: Outcome) -> None:
    assert outcome.code == (0 if PANGO else 3), outcome.stderr
    if PANGO:
        assert outcome.stderr == ""
        assert outcome.printed.keys() >= {"run", "edition", "programs", "gates", "seconds", "portfolio"}
        assert Path(outcome.printed["run"]) == outcome.folder


def test_a_run_writes_its_document_tables_and_reports(outcome: Outcome) -> None:
    names = {path.name for path in outcome.folder.iterdir()}
    assert names - {"report.pdf"} == {"run.json", "tables", "report.html", "report.xlsx", "summary.txt", "summary.html"}
    assert {path.stem for path in (outcome.folder / "tables").glob("*.parquet")} == TABLES
    assert all(len(outcome.read(name)) > 0 for name in TABLES)


@needs_pango
def test_the_pdf_is_a_pdf_with_its_figures_attached(outcome: Outcome) -> None:
    reader = pypdf.PdfReader(outcome.folder / "report.pdf")
    assert len(reader.pages) > 50
    assert reader.attachments["run.json"][0] == (outcome.folder / "run.json").read_bytes()
    assert {"programs.csv", "assumptions.csv", "sources.csv"} <= reader.attachments.keys()


def test_page_one_is_one_page_with_last_quarter_on_it(outcome: Outcome) -> None:
    pages = pypdf.PdfReader(outcome.folder / "report.pdf").pages
    assert "Last quarter's advice" in pages[0].extract_text().replace("\u2019", "'")
    assert "In this report" in pages[1].extract_text()[:160]


def test_the_folder_is_named_after_college_edition_and_run(outcome: Outcome) -> None:
    document = json.loads((outcome.folder / "run.json").read_text())
    assert outcome.folder.relative_to(outcome.out).parts == ("durham-tech", document["edition"], document["run_id"])
    assert re.fullmatch(r"\d{4}Q[1-4]", document["edition"])
    assert re.fullmatch(r"[0-9a-f]{12}", document["run_id"])


def test_the_document_holds_all_that_went_in_and_the_hash_of_each_table(outcome: Outcome) -> None:
    document = json.loads((outcome.folder / "run.json").read_text())
    assert document["snapshot"]["sha256"] == snapshot.load(names=()).sha256
    assert document["college"]["sha256"] == college.load().sha256
    assert document["assumptions"]["draws"] == 60 and document["overridden"] == ["draws"]
    assert document["assumptions"].keys() == set(assumptions.load())
    assert document["tables"].keys() == TABLES
    assert "seconds" not in document, "wall times differ from run to run"


# -------------------------------------------------------------------------------------------- the fields of the JSON


def test_every_program_has_the_fields_that_scripts_rely_on(outcome: Outcome) -> None:
    programs = json.loads((outcome.folder / "run.json").read_text())["programs"]
    assert [program["program"] for program in programs] == [program.program_id for program in college.load().programs]
    for program in programs:
        assert program.keys() >= FIELDS
        assert program["action"] in ACTIONS
        assert program["market"] in {"shed", "region", "state"}
        assert program["gap"].keys() == {"p10", "p50", "p90"}
        assert 0 <= program["gap"]["p10"] <= program["gap"]["p50"] <= program["gap"]["p90"]
        assert 0 <= program["p_shortage"] <= 1 and 0 <= program["p_surplus"] <= 1
        assert program["taxonomies_agree"] in {0, 1, 2, 3}
        assert (program["sections"] > 0) == (program["action"] in {"expand", "launch"})
        assert program["reasons"] and all(reason.endswith(".") for reason in program["reasons"])
        assert all(flip.keys() == {"name", "value", "now", "to"} for flip in program["flip"])


def test_what_is_printed_is_what_is_written(outcome: Outcome) -> None:
    document = json.loads((outcome.folder / "run.json").read_text())
    for part in ("edition", "programs", "gates"):
        assert outcome.printed[part] == document[part]
    assert sum(outcome.printed["gates"].values()) >= Counter(p["action"] for p in document["programs"])["watch"]
    stages = {"forecast", "staffing", "openings", "supply", "matching", "decisions", "tables", "pdf"}
    assert stages <= outcome.printed["seconds"].keys()
    assert all(seconds >= 0 for seconds in outcome.printed["seconds"].values())


# ------------------------------------------------------------------------------------------ one number in every place


def _gaps(outcome: Outcome) -> dict[str, dict[str, float]]:
    """Gaps as the JSON gives them, of the programs that are judged by openings."""
    programs = json.loads((outcome.folder / "run.json").read_text())["programs"]
    return {item["program"]: item["gap"] for item in programs if item["action"] != "transfer"}


def _same(table: pd.DataFrame, gaps: dict[str, dict[str, float]]) -> None:
    table = table.set_index("program_id")
    assert set(table.index) == gaps.keys()
    for name in ("p10", "p50", "p90"):
        expected = pd.Series({program: gap[name] for program, gap in gaps.items()})
        found = pd.to_numeric(table[f"gap_{name}"])
        assert not expected[found[expected.index].isna()].any(), "blank where no occupation is known, nowhere else"
        found = found.fillna(0.0)
        np.testing.assert_allclose(found[expected.index], expected, atol=6e-4)
        assert found.sum() == pytest.approx(expected.sum(), abs=0.05)


def test_the_tables_draws_and_rows_give_the_gaps_of_the_json(outcome: Outcome) -> None:
    gaps = _gaps(outcome)
    rows = outcome.read("programs").rename(columns={"program": "program_id"})
    _same(rows[rows["action"] != "transfer"], gaps)
    draws = outcome.read("gap_draws")
    assert len(draws) == 60
    for program, gap in gaps.items():
        assert np.quantile(draws[program], 0.5) == pytest.approx(gap["p50"], abs=1e-3, rel=1e-4)


def test_the_workbook_gives_the_gaps_of_the_json(outcome: Outcome) -> None:
    head, *rows = CalamineWorkbook.from_path(outcome.folder / "report.xlsx").get_sheet_by_name("programs").to_python()
    _same(pd.DataFrame(rows, columns=head), _gaps(outcome))


@needs_pango
def test_the_attachment_of_the_pdf_gives_the_gaps_of_the_json(outcome: Outcome) -> None:
    attached = pypdf.PdfReader(outcome.folder / "report.pdf").attachments["programs.csv"][0]
    _same(pd.read_csv(io.BytesIO(attached)), _gaps(outcome))


def test_the_page_of_every_program_prints_the_gap_of_the_json(outcome: Outcome) -> None:
    html = (outcome.folder / "report.html").read_text(encoding="utf-8")
    article = r'<article class="program [^"]*" id="program-([^"]+)".*?<table class="strip">(.*?)</table>'
    gaps, seen = _gaps(outcome), Counter[str]()
    for program, strip in re.findall(article, html, re.DOTALL):
        heads = re.findall(r"<th [^>]*>(.*?)</th>", strip)
        cells = dict(zip(heads, re.findall(r"<td>(.*?)</td>", strip, re.DOTALL), strict=True))
        seen["Short" if "Short" in cells else "Over"] += 1
        if "Short" in cells:
            gap = gaps[program]
            printed = [float(number.replace(",", "")) for number in re.findall(r"[\d,]+", cells["Short"])]
            if len(printed) == 3:
                assert printed == pytest.approx([gap["p50"], gap["p10"], gap["p90"]], abs=0.51, rel=0.005), program
            else:
                assert cells["Short"] in {"0", "not known"}, program
    assert seen.total() == len(gaps)
    assert seen["Short"] > seen["Over"] > 0


# ------------------------------------------------------------------------------------------------------ the same bytes


def test_hash_seed_zone_locale_and_folder_change_no_byte(outcomes: tuple[Outcome, Outcome]) -> None:
    one, other = outcomes
    assert one.files.keys() == other.files.keys()
    assert [name for name, content in one.files.items() if other.files[name] != content] == []


def test_a_copied_college_gives_the_same_run(outcomes: tuple[Outcome, Outcome]) -> None:
    one, other = outcomes
    assert one.folder.relative_to(one.out) == other.folder.relative_to(other.out)


def test_no_file_names_the_machine(outcome: Outcome) -> None:
    traces = [str(Path.home()).encode() + b"/", str(outcome.out).encode(), str(college.embedded()).encode()]
    traces = [trace for trace in traces if trace != b"//"]
    texts = {name: content for name, content in outcome.files.items() if name.endswith((".json", ".html", ".txt"))}
    assert [(name, trace) for name, content in texts.items() for trace in traces if trace in content] == []


def test_everything_that_goes_in_changes_the_id_of_a_run(run: Run) -> None:
    base = (run.snapshot, run.college, run.assumptions, run.seed, run.as_of)
    assert run_id(*base) == run.run_id
    others = [
        (*base[:2], run.assumptions.override(["draws=201"]), *base[3:]),
        (*base[:3], run.seed + 1, run.as_of),
        (*base[:4], run.as_of.replace(day=run.as_of.day + 1)),
    ]
    assert len({run_id(*base), *(run_id(*other) for other in others)}) == 4


def test_advice_does_not_depend_on_the_order_of_the_programs(run: Run) -> None:
    found = [item.evidence for item in run.advice]
    backwards = settled(advise(found[::-1], run.assumptions), run.portfolio)
    turned = {item.evidence.program.program_id: item for item in backwards}
    for item in run.advice:
        other = turned[item.evidence.program.program_id]
        assert (item.action, item.sections, item.gates, item.flips) == (
            other.action,
            other.sections,
            other.gates,
            other.flips,
        )
