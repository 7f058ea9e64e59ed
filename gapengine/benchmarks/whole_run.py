"""A whole run of the embedded college with its report, as a command of its own: stage times and peak memory."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from typing import Any

from gapengine.benchmarks.machine import machine, watched

BUDGET_SECONDS, BUDGET_MB = 20.0, 1000.0


def measure() -> dict[str, Any]:
    """Run `gapengine run --json` as a user would and report wall time, stages and peak memory against the budget."""
    with tempfile.TemporaryDirectory(prefix="gapengine-bench-") as folder:
        start = time.perf_counter()
        command = [sys.executable, "-m", "gapengine", "run", "--json", "--out", folder]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run, watched(run.pid) as held:
            said, _ = run.communicate(timeout=600)
            wall = time.perf_counter() - start
        if run.returncode:
            raise subprocess.CalledProcessError(run.returncode, command)
    stages: dict[str, float] = json.loads(said)["seconds"]
    peak = held[-1]
    return {
        "name": "run",
        "machine": machine(),
        "what": "gapengine run on the embedded college, warm disk, report included",
        "seconds": round(wall, 2),
        "stages": stages | {"imports and the rest": round(wall - sum(stages.values()), 3)},
        "peak_mb": round(peak, 1),
        "peak_is": "of the command and the process that sets the PDF together, what they share counted twice",
        "budget": {"seconds": BUDGET_SECONDS, "peak_mb": BUDGET_MB},
        "within_budget": wall <= BUDGET_SECONDS and peak <= BUDGET_MB,
    }
