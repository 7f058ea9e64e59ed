"""What a benchmark ran on, and how much memory it took."""

from __future__ import annotations

import os
import platform
import resource
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


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


@contextmanager
def watched(process_id: int, every: float = 0.05) -> Iterator[list[float]]:
    """Watch a process and all it starts (Linux); memory that they share counts once for each.

    Args:
        process_id: the process.
        every: seconds between two looks.

    Yields:
        A list whose last value is the most resident memory that they held together so far, in megabytes.
    """
    most = [0.0]
    over = threading.Event()

    def look() -> None:
        while not over.wait(every):
            most.append(max(most[-1], sum(map(_resident_mb, _descendants(process_id)))))

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield most
    finally:
        over.set()
        watcher.join()


def _descendants(process_id: int) -> list[int]:
    found = [process_id]
    for parent in found:
        for listed in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found += [int(child) for child in listed.read_text().split()]
            except OSError:  # it has ended meanwhile
                continue
    return found


def _resident_mb(process_id: int) -> float:
    try:
        status = Path(f"/proc/{process_id}/status").read_text()
    except OSError:
        return 0.0
    resident = status.partition("VmRSS:")[2].split()  # absent once it has ended
    return int(resident[0]) / 1024 if resident else 0.0
