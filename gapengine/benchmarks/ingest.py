"""Loading a QCEW file of ten million rows into Parquet, against 40 seconds and 1 GB; the rows are generated here.

The file has the 42 columns of the agency's quarterly layout and the value shapes of its 2016 files: quoted text,
figures without quotes, some 60% of the cells suppressed (code N, printed as 0) as in counties by four-digit industry,
a few without an establishment (code -). Codes are made up so that every area, owner, industry and quarter is one row.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from connectors import bls_qcew
from gapengine.benchmarks.machine import machine, peak_mb
from gapengine.store.large import load_qcew

ROWS = 10_000_000
BUDGET_SECONDS, BUDGET_MB = 40.0, 1000.0
SUPPRESSED, EMPTY = 0.58, 0.02
_INDUSTRIES, _OWNERS, _QUARTERS = 1000, "1235", (1, 2, 3, 4)
_BLOCK = _INDUSTRIES * len(_OWNERS) * len(_QUARTERS)
_PATTERNS = 12
_AREA = "?????"


def generate(path: Path, rows: int, seed: int = 2016) -> None:
    """Write a file of that many rows.

    Args:
        path: the file.
        rows: how many.
        seed: of the figures.
    """
    rng = np.random.default_rng(seed)
    columns = bls_qcew.FEEDS[0].headers[0].columns
    patterns = [_block(columns, rng) for _ in range(min(_PATTERNS, -(-rows // _BLOCK)))]
    with path.open("w", encoding="ascii", newline="") as file:
        file.write(",".join(f'"{name}"' for name in columns) + "\n")
        for at in range(-(-rows // _BLOCK)):
            lines = patterns[at % len(patterns)]
            wanted = lines[: rows - at * _BLOCK]
            file.write("".join(wanted).replace(_AREA, f"{1001 + at:05d}"))


def _block(columns: tuple[str, ...], rng: np.random.Generator) -> list[str]:
    """Lines of one area, whose code is still to be put in."""
    jobs = np.round(rng.lognormal(4.0, 1.8, _BLOCK)).astype(int)
    kind = rng.choice(3, _BLOCK, p=[1 - SUPPRESSED - EMPTY, SUPPRESSED, EMPTY])
    out = []
    for at in range(_BLOCK):
        industry, owner, quarter = at // 16, _OWNERS[at // 4 % 4], _QUARTERS[at % 4]
        code = ("", "N", "-")[kind[at]]
        shown = int(jobs[at]) if not code else 0
        cells = {
            "area_fips": f'"{_AREA}"',
            "own_code": f'"{owner}"',
            "industry_code": f'"{1111 + industry}"',
            "agglvl_code": '"76"',
            "size_code": '"0"',
            "year": '"2016"',
            "qtr": f'"{quarter}"',
            "disclosure_code": f'"{code}"',
            "qtrly_estabs": str(shown // 12 + (1 if not code else 0)),
            "total_qtrly_wages": str(shown * 13_127),
            "taxable_qtrly_wages": str(shown * 4_019),
            "qtrly_contributions": str(shown * 61),
            "avg_wkly_wage": "1009" if shown else "0",
            "oty_disclosure_code": f'"{code}"',
            "lq_disclosure_code": f'"{code}"',
        } | {f"month{month}_emplvl": str(shown + month - 2 if shown > 2 else shown) for month in (1, 2, 3)}
        line = (cells.get(name) or _other(name, shown) for name in columns)
        out.append(",".join(line) + "\n")
    return out


def _other(column: str, shown: int) -> str:
    if column.startswith("lq_"):
        return f"{shown % 300 / 100:.2f}"
    return f"{shown % 200 / 10 - 10:.1f}" if column.endswith("_pct_chg") else str(shown % 90 - 45)


def measure(rows: int = ROWS) -> dict[str, Any]:
    """Generate the file, load it in a process of its own, and report seconds and peak memory against the budget."""
    with tempfile.TemporaryDirectory(prefix="gapengine-ingest-") as folder:
        source = Path(folder) / "qcew.csv"
        start = time.perf_counter()
        generate(source, rows)
        generated = time.perf_counter() - start
        command = [sys.executable, "-m", "gapengine.benchmarks.ingest", str(source)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        found: dict[str, Any] = json.loads(done.stdout)
        size = source.stat().st_size
    return {
        "name": "ingest",
        "machine": machine(),
        "what": "a QCEW-shaped CSV of 42 columns to Parquet, with the parser's checks",
        **found,
        "csv_mb": round(size / 1e6, 1),
        "generating_seconds": round(generated, 1),
        "budget": {"seconds": BUDGET_SECONDS, "peak_mb": BUDGET_MB},
        "within_budget": found["seconds"] <= BUDGET_SECONDS and found["peak_mb"] <= BUDGET_MB,
    }


def _timed(source: Path) -> dict[str, Any]:
    wall, processor = time.perf_counter(), time.process_time()
    target = source.with_suffix(".parquet")
    loaded = load_qcew(source, target)
    return {
        "rows": loaded.rows,
        "suppressed": loaded.suppressed,
        "set_aside": loaded.set_aside,
        "seconds": round(time.perf_counter() - wall, 2),
        "cpu_seconds": round(time.process_time() - processor, 2),
        "peak_mb": peak_mb(),
        "parquet_mb": round(target.stat().st_size / 1e6, 1),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_timed(Path(sys.argv[1]))) + "\n")
