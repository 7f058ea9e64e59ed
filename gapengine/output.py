"""Writes a run: run.json, tidy tables and the reports, into one folder that appears whole or not at all."""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
import tempfile
import time
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from gapengine import __version__, briefing
from gapengine.arrow import write_parquet
from gapengine.briefing import tables as tidy
from gapengine.briefing.front import gate_counts
from gapengine.decisions.plain import plain
from gapengine.errors import MissingLibrary
from gapengine.portfolio import rendered, study
from gapengine.portfolio.study import Study
from gapengine.rows import records
from gapengine.run import Run
from reports import html, text, workbook
from reports.apart import Apart
from reports.errors import MissingLibraryError
from reports.frames import csv_attachments
from reports.frames import frames as report_frames
from reports.frames import sources as source_rows

_LIBRARIES = ("numpy", "pandas", "pyarrow", "scipy", "weasyprint")


@dataclass(frozen=True)
class Written:
    """What a run left on disk.

    Attributes:
        folder: runs/<college>/<edition>/<run id>.
        lines: the three lines that matter most.
        seconds: wall time by stage, the report's included.
    """

    folder: Path
    lines: tuple[str, ...]
    seconds: dict[str, float] = field(default_factory=dict)


def write(run: Run, out: Path, deeper: Study | None = None) -> Written:
    """Write a run's folder; a folder of the same id is replaced, for it holds the same bytes.

    Args:
        run: the run.
        out: folder for runs.
        deeper: the portfolio's other budgets, prices and worlds, stored and printed where they were computed.

    Raises:
        MissingLibrary: Pango is not installed; tables, HTML and Excel are written all the same.
    """
    target = out / run.college.short_name / run.edition / run.run_id
    target.parent.mkdir(parents=True, exist_ok=True)
    working = Path(tempfile.mkdtemp(prefix=f".{run.run_id}-", dir=target.parent))
    missing: MissingLibrary | None = None
    try:
        seconds, missing = _fill(run, working, deeper)
        if deeper is None and (target / "portfolio").is_dir():  # of `gapengine portfolio`, which asked the same run
            shutil.copytree(target / "portfolio", working / "portfolio")
        if target.exists():
            shutil.rmtree(target)
        working.replace(target)
    finally:
        shutil.rmtree(working, ignore_errors=True)
    if missing is not None:
        raise missing
    return Written(target, briefing.three_lines(run), {**run.seconds, **seconds})


def _fill(run: Run, folder: Path, deeper: Study | None) -> tuple[dict[str, float], MissingLibrary | None]:
    start = time.perf_counter()
    missing = None
    with Apart() as apart:
        frames = tidy.tables(run)
        (folder / "tables").mkdir()
        hashes = {name: _parquet(frame, folder / "tables" / f"{name}.parquet") for name, frame in frames.items()}
        document = json.dumps(describe(run, hashes), indent=2, sort_keys=True).encode() + b"\n"
        (folder / "run.json").write_bytes(document)
        tables_done = time.perf_counter()
        if deeper is not None:
            study.store(deeper, folder)
        report = briefing.brief(run, deeper)
        apart.begin(report, {"run.json": document, **csv_attachments(report)}, folder / "report.pdf")
        html.write_html(report, folder / "report.html")
        html.write_email(report, folder / "summary.html")
        (folder / "summary.txt").write_text(text.summary_text(report), encoding="utf-8")
        workbook.write_workbook(report_frames(report), source_rows(report), folder / "report.xlsx")
        others_done = time.perf_counter()
        try:
            apart.pages()
        except MissingLibraryError as error:
            missing = MissingLibrary(str(error))
    done = time.perf_counter()
    return {
        "tables": round(tables_done - start, 3),
        "html and excel": round(others_done - tables_done, 3),
        "pdf": round(done - others_done, 3),
    }, missing


def _parquet(frame: pd.DataFrame, path: Path) -> str:
    """Write a table; return the hash of its bytes."""
    write_parquet(frame, path)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def describe(run: Run, hashes: dict[str, str]) -> dict[str, Any]:
    """What run.json holds: everything that went in, and the advice that came out."""
    return {
        "run_id": run.run_id,
        "edition": run.edition,
        "as_of": run.as_of.isoformat(),
        "seed": run.seed,
        "college": {
            "name": run.college.name,
            "unit_id": run.college.unit_id,
            "sha256": run.college.sha256,
        },
        "snapshot": {"as_of": run.snapshot.as_of.isoformat(), "sha256": run.snapshot.sha256},
        "versions": {"gapengine": __version__, "python": platform.python_version()}
        | {name: version(name) for name in _LIBRARIES},
        "assumptions": {name: item.value for name, item in run.assumptions.items()},
        "overridden": sorted(name for name, item in run.assumptions.items() if item.overridden),
        "gap_period": list(run.period),
        "scenario": run.what_if,
        "heard": run.past.sha256,
        "programs": programs(run),
        "gates": gate_counts(run),
        "tables": hashes,
    }


def programs(run: Run) -> list[dict[str, Any]]:
    """The programs of a run as scripts outside rely on them."""
    rows = {row["program"]: row for row in records(tidy.programs(run))}
    out = []
    for advice in run.advice:
        row = rows[advice.evidence.program.program_id]
        out.append(
            {
                "program": advice.evidence.program.program_id,
                "cip_code": row["cip_code"],
                "award_level": row["award_level"],
                "market": row["market"],
                "action": advice.action,
                "sections": advice.sections,
                "gap": {name: round(float(row[f"gap_{name}"]), 3) for name in ("p10", "p50", "p90")},
                "p_shortage": round(advice.evidence.p_shortage, 4),
                "p_surplus": round(advice.evidence.p_surplus, 4),
                "taxonomies_agree": advice.taxonomies_agree,
                "certainty": advice.certainty,
                "reasons": list(advice.reasons),
                "flip": [
                    {"name": flip.name, "value": round(flip.value, 4), "now": round(flip.now, 4), "to": flip.to}
                    for flip in advice.flips
                ],
                **plain(advice),
            }
        )
    return out


def summary(run: Run, written: Written) -> dict[str, Any]:
    """What `gapengine run --json` prints."""
    return {
        "run": str(written.folder),
        "edition": run.edition,
        "programs": programs(run),
        "gates": gate_counts(run),
        "portfolio": rendered.as_json(run.portfolio),
        "seconds": written.seconds,
    }
