"""A whole run of the embedded college with its report, in a process of its own: stage times and peak memory."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from typing import Any

from gapengine.benchmarks.machine import machine

BUDGET_SECONDS, BUDGET_MB = 20.0, 1000.0


def measure() -> dict[str, Any]:
    """Run `gapengine run --json` as a user would and report wall time, stages and peak memory against the budget."""
    with tempfile.TemporaryDirectory(prefix="gapengine-bench-") as folder:
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "gapengine", "run", "--json", "--out", folder],
            check=True,
            capture_output=True,
            text=True,
            timeout=600,
        )
        wall = time.perf_counter() - start
    stages: dict[str, float] = json.loads(done.stdout)["seconds"]
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {
        "name": "run",
        "machine": machine(),
        "what": "gapengine run on the embedded college, warm disk, report included",
        "seconds": round(wall, 2),
        "stages": stages | {"imports and the rest": round(wall - sum(stages.values()), 3)},
        "peak_mb": round(peak, 1),
        "budget": {"seconds": BUDGET_SECONDS, "peak_mb": BUDGET_MB},
        "within_budget": wall <= BUDGET_SECONDS and peak <= BUDGET_MB,
    }
