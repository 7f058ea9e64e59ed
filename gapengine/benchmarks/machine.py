"""What a benchmark ran on, and how much memory it took."""

from __future__ import annotations

import os
import platform
import resource


def machine() -> dict[str, str | int]:
    """Processor, cores, system and Python: figures of two machines are not compared without it."""
    return {
        "system": platform.system(),
        "processor": platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "python": platform.python_version(),
    }


def peak_mb() -> float:
    """Peak resident memory of this process so far, in megabytes (Linux counts in kilobytes)."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
