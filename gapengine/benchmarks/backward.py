"""Advice from completions up to an earlier year against what the later years brought: completions and totals.

Openings by occupation in a county are observed by nobody, in no year. What can be checked is the supply side (were
programs that had a surplus cut, did those with a shortage grow, were the ranges of completions right) and the totals.
"""

from __future__ import annotations

import time
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from gapengine import assumptions, college, frozen, snapshot
from gapengine.benchmarks.machine import machine, peak_mb
from gapengine.college import College
from gapengine.run import execute
from gapengine.snapshot import Snapshot
from gapengine.supply.awards import CATEGORY_OF_LEVEL, LEVEL_OF_IPEDS, awards_by_year, own_awards, people_per_award

_BY_YEAR = ("completions", "state_completions")


def measure(last_year: int = 2021, draws: int = 500) -> dict[str, Any]:
    """Judge every program on what was known of completions up to a year, then look at the years after it.

    Args:
        last_year: newest year of completions that the advice may know.
        draws: of the run.

    Returns:
        ``actions`` (counts), ``awards`` (forecast ranges against what came: share inside the 80% range, mean error and
        that of two naive rivals), ``by_advice`` (mean yearly awards up to that year and after it, by what the
        thresholds said), ``jobs`` (area totals carried from 2016 to the newest print), ``not_observed``.
    """
    start = time.perf_counter()
    loaded = snapshot.load()
    known = last_year - int(loaded["completions"]["year"].min()) + 1
    base = assumptions.for_college(college.embedded())
    pooled = min(known, base.whole("completion_years"))
    chosen = base.override([f"draws={draws}", f"completion_years={pooled}"])
    own = college.load(None, chosen)
    run = execute(_until(loaded, own, last_year), own, chosen)
    history = own_awards(own, awards_by_year(loaded))
    document = frozen.freeze(run)
    frame = pd.DataFrame([row for row in document["forecasts"] if row["kind"] == "awards"]).set_index("key")
    years = [int(str(year)) for year in history.columns]
    later = [year for year in years if year > last_year]
    counted = [year for year in years if year <= last_year]
    actual = history.loc[frame.index, later]
    before = history.loc[frame.index, counted].mean(axis=1)
    inside = actual.ge(frame["low"], axis=0) & actual.le(frame["high"], axis=0)
    errors = {
        "forecast": float(actual.sub(frame["mean"], axis=0).abs().to_numpy().mean()),
        "last_year_again": float(actual.sub(frame["naive"], axis=0).abs().to_numpy().mean()),
        "all_programs_same": float(actual.sub(float(before.mean())).abs().to_numpy().mean()),
    }
    wanted = pd.Series({item.evidence.program.program_id: item.signal for item in run.advice})
    table = pd.DataFrame({"before": before, "after": actual.mean(axis=1), "signal": wanted.reindex(frame.index)})
    table = table[table["signal"] != "transfer"]
    grouped = table.groupby("signal")[["before", "after"]].sum()
    return {
        "name": "backward",
        "machine": machine(),
        "what": f"advice on completions to {last_year}; every other figure is of the snapshot, so that only the supply "
        "side looks backward",
        "known_to": last_year,
        "years_after": later,
        "actions": {str(name): int(count) for name, count in wanted.value_counts().items()},
        "awards": {
            "programs": len(frame),
            "inside_80": round(float(inside.to_numpy().mean()), 3),
            "mean_error": {name: round(value, 2) for name, value in errors.items()},
        },
        "by_advice": {
            str(name): {
                "programs": int((table["signal"] == name).sum()),
                "awards_before": round(float(row["before"]), 1),
                "awards_after": round(float(row["after"]), 1),
                "change": round(float(row["after"] / max(row["before"], 1e-9) - 1), 3),
            }
            for name, row in grouped.iterrows()
        },
        "jobs": _jobs(loaded, own.counties),
        "not_observed": "openings by occupation, in any year: no advice on shortages can be checked against them",
        "seconds": round(time.perf_counter() - start, 2),
        "peak_mb": peak_mb(),
    }


def _until(loaded: Snapshot, own: College, last_year: int) -> Snapshot:
    """The snapshot without the completions of later years; people for each award stay as in the year that has both."""
    tables = dict(loaded.tables)
    for name in _BY_YEAR:
        tables[name] = tables[name][tables[name]["year"] <= last_year].reset_index(drop=True)
    ratio = people_per_award(loaded, own)
    awards = own_awards_by_level(tables["completions"], own, last_year)
    rows = [
        (own.unit_id, category, last_year, awards.get(level, 0.0) * ratio[level])
        for level, category in CATEGORY_OF_LEVEL.items()
    ]
    columns = ["unit_id", "award_level_category", "year", "completers"]
    tables["completers_unduplicated"] = pd.DataFrame(rows, columns=columns)
    return replace(loaded, tables=MappingProxyType(tables))


def own_awards_by_level(completions: pd.DataFrame, own: College, year: int) -> dict[str, float]:
    """The college's awards of one year by level."""
    table = completions[(completions["unit_id"] == own.unit_id) & (completions["year"] == year)]
    counts = table.groupby(table["award_level_code"].map(LEVEL_OF_IPEDS))["awards"].sum()
    return {str(level): float(count) for level, count in counts.items()}


def _jobs(loaded: Snapshot, counties: tuple[str, ...]) -> dict[str, float]:
    """Covered jobs of the shed: carried from the first to the newest print at the assumed pace, and as printed."""
    totals = loaded["area_totals"]
    totals = totals[(totals["own_code"] == "0") & totals["area_fips"].isin(counties)]
    by_year = totals.groupby("year")["employment"].sum()
    first, last = int(by_year.index.min()), int(by_year.index.max())
    pace = assumptions.load().value("nowcast_growth_per_year")
    carried = float(by_year[first] * np.exp(pace * (last - first)))
    return {
        "from": first,
        "to": last,
        "carried": round(carried),
        "printed": round(float(by_year[last])),
        "error": round(carried / float(by_year[last]) - 1, 4),
        "error_of_no_growth": round(float(by_year[first] / by_year[last]) - 1, 4),
    }
