"""The share of promised jobs that get delivered: cohorts predicted from each other, known projects one by one."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pandas as pd

from gapengine import assumptions as settings
from gapengine import college, snapshot
from gapengine.arrivals import cohorts
from gapengine.arrivals.promised import prior, projects, ramp
from gapengine.arrivals.when import decimal_date
from gapengine.assumptions import Assumptions
from gapengine.benchmarks.machine import machine, peak_mb
from gapengine.rows import records
from models.delivery import delivered

DRAWS, SEED = 2000, 1
LIMITS = (
    "Four cohorts of three states, two of them of one state and none after 2012: too few to claim coverage.",
    "The cohorts count grants or announcements, by an auditor, newspapers and an advocate; definitions differ.",
    "The home state's own cohort lies outside what the other states' would have predicted: it leads the estimate.",
    "Known projects are those that made the news: cancellations and openings, rarely one that quietly hired half.",
)


def measure() -> dict[str, Any]:
    """Cohorts, the estimate, each cohort from the others, and known projects with prediction beside outcome."""
    start = time.process_time()
    chosen = settings.for_college(college.embedded()).override([f"draws={DRAWS}"])
    rows = cohorts.published()
    found = cohorts.estimate(rows, chosen)
    return {
        "name": "delivery",
        "machine": machine(),
        "cohorts": [vars(row) for row in rows],
        "estimate": {
            "mean_share_delivered": round(found.mean.mean, 3),
            "sd_of_a_cohort": round(found.mean.sd, 3),
            "share_delivering_nothing": round(found.share_zero, 3),
            "effective_sample": round(found.effective_sample, 1),
        },
        "assumed": {
            name: chosen.value(f"announcement.{name}")
            for name in ("mean_share_delivered", "share_delivering_nothing", "effective_sample", "cohort_spread")
        },
        "left_out": left_out(chosen),
        "known_projects": known_projects(chosen),
        "limits": list(LIMITS),
        "seconds": round(time.process_time() - start, 2),
        "peak_mb": peak_mb(),
    }


def left_out(chosen: Assumptions) -> list[dict[str, Any]]:
    """Each cohort beside its prediction from the others, with the 80% interval."""
    out = []
    for cohort, predicted in cohorts.each_from_the_others(cohorts.published(), chosen):
        low, high = predicted.interval()
        out.append(
            {
                "cohort": cohort.name,
                "counted": cohort.share,
                "predicted": round(predicted.mean, 3),
                "low80": round(low, 3),
                "high80": round(high, 3),
                "inside": bool(low <= cohort.share <= high),
            }
        )
    return out


def known_projects(chosen: Assumptions) -> list[dict[str, Any]]:
    """Projects of which something became known: jobs predicted on the day of the announcement, by that year's end.

    The prediction knows the stage ``announced`` and nothing else: no outcome, neither its own nor another's.
    """
    table = snapshot.load(names=("announcements",))["announcements"]
    known = table[(table["stage"] != "announced") | table["realised_jobs"].notna()]
    out = []
    for row in records(known.sort_values(["announced_date", "event_id"])):
        announced, dated = str(row["announced_date"]), row["stage_date"]
        until = int(str(dated)[:4]) if pd.notna(dated) else None
        jobs = _predicted(pd.DataFrame([row]), chosen, until or int(announced[:4]) + 6)
        out.append(
            {
                "event_id": row["event_id"],
                "company": row["company"],
                "announced": announced,
                "promised": None if pd.isna(row["jobs"]) else float(row["jobs"]),
                "by_end_of": until,
                "predicted_p10": round(float(np.quantile(jobs, 0.1))),
                "predicted_p50": round(float(np.median(jobs))),
                "predicted_p90": round(float(np.quantile(jobs, 0.9))),
                "chance_of_nothing_by_then": round(float((jobs < 1).mean()), 2),
                "stage": row["stage"],
                "counted_jobs": None if pd.isna(row["realised_jobs"]) else float(row["realised_jobs"]),
                "address": row["outcome_address"] if pd.notna(row["outcome_address"]) else "",
            }
        )
    return out


def _predicted(row: pd.DataFrame, chosen: Assumptions, until: int) -> np.ndarray:
    """(K,) jobs in place at the end of a year, as predicted on the day of the announcement."""
    fresh = row.assign(stage="announced", stage_date=None, realised_jobs=np.nan)
    first = int(str(row["announced_date"].iloc[0])[:4])
    given = prior(chosen)
    added = delivered(
        projects(fresh, chosen, given),
        given,
        ramp(chosen),
        np.arange(first, until + 1),
        nowcast_date=decimal_date(str(row["announced_date"].iloc[0])),
        overlap=0.0,
        n_draws=DRAWS,
        rng=np.random.default_rng(SEED),
    )
    return np.asarray(added.sum(axis=(1, 2)))
