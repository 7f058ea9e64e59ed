"""What an edition freezes in the ledger: its advice, its forecasts with their ranges, and naive rivals to them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy.special import gammaincinv, ndtri

from gapengine.run import Run
from gapengine.supply import overdispersion

_DIGITS = 4
_LOW, _HIGH = 0.1, 0.9


def freeze(run: Run) -> dict[str, Any]:
    """A document of plain values: the same run gives the same document."""
    return {
        "schema": 1,
        "college": run.college.short_name,
        "edition": run.edition,
        "run_id": run.run_id,
        "as_of": run.as_of.isoformat(),
        "snapshot": run.snapshot.sha256,
        "folder": run.college.sha256,
        "heard": run.past.sha256,
        "completions_year": run.context.completions_year,
        "vintages": [list(pair) for pair in run.context.vintages],
        "assumptions": {name: item.value for name, item in run.assumptions.items()},
        "programs": [_program(run, index) for index in range(len(run.advice))],
        "forecasts": [*_completions(run), *_totals(run)],
    }


def _program(run: Run, index: int) -> dict[str, Any]:
    advice = run.advice[index]
    evidence = advice.evidence
    low, middle, high = (round(float(value), 2) for value in np.quantile(evidence.gap, [_LOW, 0.5, _HIGH]))
    return {
        "program": evidence.program.program_id,
        "action": advice.action,
        "signal": advice.signal,
        "sections": advice.sections,
        "gates": list(advice.gates),
        "certainty": advice.certainty,
        "taxonomies_agree": advice.taxonomies_agree,
        "p_shortage": round(evidence.p_shortage, _DIGITS),
        "p_surplus": round(evidence.p_surplus, _DIGITS),
        "gap": [low, middle, high],
        "graduates": round(float(evidence.graduates.mean()), 2),
        "openings": round(float(evidence.addressable.mean()), 2),
        "change": advice.change,
    }


def _completions(run: Run) -> list[dict[str, Any]]:
    """Awards of each program in the next year of completions: mean of the pooled years, with a single year's noise.

    The naive rival says that next year is as the last one.
    """
    history = next(iter(run.supply.values())).history
    years = [int(year) for year in history.columns][-run.assumptions.whole("completion_years") :]
    counts = history[years].to_numpy(float)
    spread = overdispersion(pd.DataFrame(counts)) if (counts.mean(axis=1) >= 5).any() else 1.0
    out = []
    for program, awards in zip(history.index, counts, strict=True):
        mean = float(awards.mean())
        if mean == 0:
            continue
        own = max(float(awards.var(ddof=1)) / mean, 1.0) if len(awards) > 1 else spread
        ratio = (own * len(awards) + spread * 3) / (len(awards) + 3)
        variance = ratio * mean * (1 + 1 / len(awards))
        shape, scale = mean**2 / variance, variance / mean
        low, high = (float(gammaincinv(shape, at) * scale) for at in (_LOW, _HIGH))
        out.append(_forecast("awards", str(program), years[-1] + 1, mean, low, high, float(awards[-1])))
    return out


def _totals(run: Run) -> list[dict[str, Any]]:
    """Covered jobs of each area at the nowcast year; the naive rival is the newest printed total."""
    rows = run.industries.rows
    error = run.industries.total_error(run.assumptions)
    totals = run.snapshot["area_totals"]
    totals = totals[totals["own_code"] == "0"]
    newest = totals["year"].max()
    out = []
    for area in run.college.areas:
        jobs = float(rows.loc[rows["area_code"] == area.area_code, "jobs"].sum())
        printed = totals[(totals["year"] == newest) & totals["area_fips"].isin(area.counties)]
        low, high = (jobs * float(np.exp(error * ndtri(at))) for at in (_LOW, _HIGH))
        naive = float(printed["employment"].sum())
        out.append(_forecast("jobs", area.area_code, run.industries.nowcast_year, jobs, low, high, naive))
    return out


def _forecast(kind: str, key: str, year: int, mean: float, low: float, high: float, naive: float) -> dict[str, Any]:
    numbers = {"mean": mean, "low": low, "high": high, "naive": naive}
    return {"kind": kind, "key": key, "year": year} | {name: round(value, 2) for name, value in numbers.items()}
