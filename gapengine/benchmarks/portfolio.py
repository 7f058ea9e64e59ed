"""The portfolio: the base solution of the embedded college, all programs as candidates, and every question."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from gapengine import assumptions, college, snapshot
from gapengine.benchmarks.machine import machine, peak_mb
from gapengine.portfolio import Portfolio, choose
from gapengine.portfolio.study import study
from gapengine.portfolio.worlds import worlds
from gapengine.run import execute

BASE_SECONDS, STUDY_SECONDS = 4.0, 60.0


def measure() -> dict[str, Any]:
    """Run the embedded quarter once, then time each part of the portfolio."""
    settings = assumptions.for_college(college.embedded())
    run = execute(snapshot.load(), college.load(college.embedded(), settings), settings)
    grow, shrink = run.movable
    everyone = tuple(item.evidence.program.program_id for item in run.advice if item.evidence.n_edges > 0)
    base, base_wall, base_cpu = _timed(lambda: choose(run.situation, grow, shrink))
    wide, wide_wall, wide_cpu = _timed(lambda: choose(run.situation, everyone, ()))
    others = worlds(run.situation, run.openings, run.shares, run.entrants)
    _, study_wall, study_cpu = _timed(lambda: study(run.situation, grow, shrink, others, {}, {}))
    return {
        "name": "portfolio",
        "machine": machine(),
        "what": "base portfolio of the embedded college in 30 draws, bettered and scored in all; then every question",
        "seconds": round(base_wall, 2),
        "target_seconds": BASE_SECONDS,
        "base": _told(base, base_wall, base_cpu) | {"candidates": len(grow)},
        "every_program_a_candidate": _told(wide, wide_wall, wide_cpu) | {"candidates": len(everyone)},
        "study": {
            "seconds": round(study_wall, 2),
            "cpu_seconds": round(study_cpu, 2),
            "target_seconds": STUDY_SECONDS,
            "worlds": len(others),
        },
        "within_target": base_wall <= BASE_SECONDS and study_wall <= STUDY_SECONDS,
        "peak_mb": peak_mb(),
    }


def _timed(work: Callable[[], Any]) -> tuple[Any, float, float]:
    start, used = time.perf_counter(), time.process_time()
    result = work()
    return result, time.perf_counter() - start, time.process_time() - used


def _told(found: Portfolio, wall: float, cpu: float) -> dict[str, Any]:
    return {
        "seconds": round(wall, 2),
        "cpu_seconds": round(cpu, 2),
        "gain_usd": round(found.gain_usd),
        "sections": sum(choice.sections for choice in found.choices),
        "nodes": found.nodes,
        "gap": found.gap,
        "proven": found.proven,
    }
