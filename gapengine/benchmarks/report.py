"""The report and the employer brief alone: the PDF of the embedded quarter in a process of its own, and one brief."""

from __future__ import annotations

import json
import os
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from gapengine import assumptions, briefing, college, snapshot
from gapengine.benchmarks.machine import machine
from gapengine.run import execute

TARGET_SECONDS, TARGET_MB, BRIEF_SECONDS = 8.0, 400.0, 5.0

# A process that has nothing but the report's plain data, as a run hands it over.
_RENDER = """
import json, pickle, sys, time
from pathlib import Path
from reports import html, pdf, workbook
from reports.frames import csv_attachments, frames, sources
report = pickle.loads(Path(sys.argv[1]).read_bytes())
out, seconds, pages = Path(sys.argv[2]), {}, []
def timed(name, write):
    start = time.perf_counter()
    write()
    seconds[name] = round(time.perf_counter() - start, 3)
timed("pdf", lambda: pages.append(pdf.write_pdf(report, csv_attachments(report), out / "report.pdf")))
status = Path("/proc/self/status").read_text()  # what getrusage says of a child would hold its parent's peak
peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
timed("html", lambda: html.write_html(report, out / "report.html"))
timed("excel", lambda: workbook.write_workbook(frames(report), sources(report), out / "report.xlsx"))
size = (out / "report.pdf").stat().st_size / 1e6
print(json.dumps({"seconds": seconds, "pages": pages[0], "peak_mb": round(peak, 1), "pdf_mb": size}))
"""
_BRIEF = (
    "brief --company Example --naics 3254 --jobs 400 --county {county} --start {start} --by {by} --wage 72000 --json"
)


def measure() -> dict[str, Any]:
    """Render the embedded quarter's report, and write one brief as a user would."""
    place = college.embedded()
    chosen = assumptions.for_college(place)
    loaded = college.load(place, chosen)
    run = execute(snapshot.load(), loaded, chosen)
    with tempfile.TemporaryDirectory(prefix="gapengine-bench-") as folder:
        (Path(folder) / "report.pickle").write_bytes(pickle.dumps(briefing.brief(run)))
        done = subprocess.run(
            [sys.executable, "-c", _RENDER, f"{folder}/report.pickle", folder],
            check=True,
            capture_output=True,
            text=True,
            timeout=600,
        )
        made = json.loads(done.stdout)
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
        "seconds": made["seconds"]["pdf"],
        "stages": made["seconds"] | {"brief": round(brief, 2)},
        "brief_cpu_seconds": round(used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime, 2),
        "pages": made["pages"],
        "pdf_mb": round(made["pdf_mb"], 2),
        "peak_mb": made["peak_mb"],
        "peak_is": "of the process that sets the PDF",
        "target": {"seconds": TARGET_SECONDS, "peak_mb": TARGET_MB, "brief_seconds": BRIEF_SECONDS},
        "within_target": made["seconds"]["pdf"] <= TARGET_SECONDS
        and made["peak_mb"] <= TARGET_MB
        and brief <= BRIEF_SECONDS,
    }
