"""The report and the employer brief alone: the PDF of the embedded quarter as a run has it set, and one brief."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gapengine import assumptions, briefing, college, snapshot
from gapengine.benchmarks.machine import machine, watched
from gapengine.run import execute
from reports import html, workbook
from reports.apart import Apart
from reports.frames import csv_attachments, frames, sources

TARGET_SECONDS, TARGET_MB, BRIEF_SECONDS = 8.0, 400.0, 5.0

_BRIEF = (
    "brief --company Example --naics 3254 --jobs 400 --county {county} --start {start} --by {by} --wage 72000 --json"
)


def measure() -> dict[str, Any]:
    """Render the embedded quarter's report, and write one brief as a user would."""
    place = college.embedded()
    chosen = assumptions.for_college(place)
    loaded = college.load(place, chosen)
    run = execute(snapshot.load(), loaded, chosen)
    report = briefing.brief(run)
    with tempfile.TemporaryDirectory(prefix="gapengine-bench-") as folder:
        out = Path(folder)
        start = time.perf_counter()
        with Apart() as apart, watched(apart.process_id) as held:
            apart.begin(report, csv_attachments(report), out / "report.pdf")
            pages = apart.pages()
            seconds = {"pdf": time.perf_counter() - start}
        seconds["html"] = _timed(lambda: html.write_html(report, out / "report.html"))
        seconds["excel"] = _timed(lambda: workbook.write_workbook(frames(report), sources(report), out / "report.xlsx"))
        pdf_mb = (out / "report.pdf").stat().st_size / 1e6
        words = _BRIEF.format(county=loaded.counties[0], start=run.as_of.year + 1, by=run.as_of.year + 5).split()
        start = time.perf_counter()
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [sys.executable, "-m", "gapengine", *words, "--out", folder],
            check=True,
            capture_output=True,
            timeout=600,
            env=os.environ,
        )
        brief = time.perf_counter() - start
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "name": "report",
        "machine": machine(),
        "what": "PDF, HTML and Excel of the embedded quarter from its plain data; one brief as a command",
        "seconds": round(seconds["pdf"], 2),
        "stages": {name: round(taken, 2) for name, taken in seconds.items()} | {"brief": round(brief, 2)},
        "brief_cpu_seconds": round(used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime, 2),
        "pages": pages,
        "pdf_mb": round(pdf_mb, 2),
        "peak_mb": held[-1],
        "peak_is": "of the process that sets the PDF, which a run starts beside itself; its start is in the seconds",
        "target": {"seconds": TARGET_SECONDS, "peak_mb": TARGET_MB, "brief_seconds": BRIEF_SECONDS},
        "within_target": seconds["pdf"] <= TARGET_SECONDS and held[-1] <= TARGET_MB and brief <= BRIEF_SECONDS,
    }


def _timed(write: Callable[[], None]) -> float:
    start = time.perf_counter()
    write()
    return time.perf_counter() - start
