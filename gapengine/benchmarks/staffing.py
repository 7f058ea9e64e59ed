"""Staffing against the occupational survey: before fitting, on held-out occupations after it, and registered nurses."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from gapengine import assumptions, college, snapshot
from gapengine.benchmarks.machine import machine, peak_mb
from gapengine.demand.occupations import fit_area, margins, national_patterns
from gapengine.rows import records
from gapengine.run import execute
from models.staffing import choose_pull, compare_before, hold_out

NURSES = "29-1141"
_PULLS = (0.0, 0.25, 0.5, 0.75, 1.0)


def measure() -> dict[str, Any]:
    """Measure every OEWS area of the embedded college.

    Returns:
        Per area: ``before`` (seed x industries against OEWS: rank correlation, weighted error), ``held_out`` (the
        same on the fifth of the published occupations that a fit did not see, five folds, by pull), ``nurses`` (jobs
        with their range), ``row_gap`` (largest relative miss of an industry row's total). Errors are shares of jobs.
    """
    start = time.perf_counter()
    chosen = assumptions.for_college(college.embedded())
    run = execute(snapshot.load(), college.load(None, chosen), chosen)
    patterns = national_patterns(run.snapshot, run.universe)
    areas = {}
    for area in run.college.areas:
        seed, totals, target = margins(run.snapshot, run.universe, patterns, run.industries, area.area_code)
        held = hold_out(seed, totals, target, np.random.default_rng(run.seed), pulls=_PULLS)
        fitted = run.staffing[area.area_code]
        rows = fitted.jobs.sum(axis=1)
        place = run.universe.position[NURSES]
        areas[area.area_code] = {
            "title": area.title,
            "published_occupations": int(np.isfinite(target).sum()),
            "before": _rounded(compare_before(seed.sum(axis=0), target)),
            "held_out": [_rounded(row) for row in records(held.error)],
            "pull_used": chosen.value("staffing_pull"),
            "pull_best": choose_pull(held),
            "row_gap_weighted": round(float(np.abs(rows - totals).sum() / totals.sum()), 4),
            "nurses": {
                "published": None if np.isnan(target[place]) else float(target[place]),
                "seed": round(float(fitted.seed_totals[place])),
                "fitted": round(float(fitted.jobs[:, place].sum())),
                "p10": round(float(np.quantile(fitted.draws[:, place], 0.1))),
                "p90": round(float(np.quantile(fitted.draws[:, place], 0.9))),
                "if_area_total_lower": round(float(fitted.low[place])),
                "if_area_total_higher": round(float(fitted.high[place])),
            },
        }
    timing = time.perf_counter()
    fit_area(
        run.snapshot,
        run.universe,
        patterns,
        run.industries,
        run.college.areas[0].area_code,
        chosen,
        np.random.default_rng(run.seed),
    )
    return {
        "name": "staffing",
        "machine": machine(),
        "what": "national staffing patterns times local industries against OEWS, before and after fitting",
        "areas": areas,
        "seconds": round(time.perf_counter() - start, 2),
        "seconds_one_area": round(time.perf_counter() - timing, 2),
        "peak_mb": peak_mb(),
    }


def _rounded(values: dict[str, float]) -> dict[str, float]:
    return {name: round(float(value), 4) for name, value in values.items()}
