"""County and sector employment of Maryland (QCEW): the engine against seasonal naive forecasts and a peer."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from gapengine.benchmarks import forecasting, peers
from gapengine.benchmarks.machine import machine, peak_mb
from gapengine.errors import UsageError
from models import scores
from models.backtest import backtest

COLUMNS = ("area", "sector", "year", "quarter", "employment")
_HORIZONS = (4, 8)
_SEASON, _FEWEST = 4, 24


def measure(data: Path, peer: str | None) -> dict[str, Any]:
    """Hold out the last one and two years of every series that is complete there, and roll twelve origins.

    Args:
        data: CSV with area, sector, year, quarter, employment (blank is suppressed).
        peer: "statsforecast" or None.

    Raises:
        UsageError: the file lacks a column.
    """
    start = time.perf_counter()
    frame = _panel(data)
    sets = []
    for horizon in _HORIZONS:
        chosen = _hold_out(frame, horizon)
        row, _ = forecasting.one(chosen, workers=1, boosted=False)
        naive = scores.seasonal_naive(chosen.train, chosen.lengths, chosen.season, horizon)
        row["seasonal_naive"] = forecasting.accuracy(chosen, naive)
        if peer:
            row["peers"] = peers.measure(chosen, peer, row["cpu_ms_per_series"], row["cpu_ms_per_series_cold"])
        sets.append(row)
    rolled = backtest(frame, 4, _SEASON, 12)
    return {
        "name": "maryland",
        "machine": machine(),
        "what": "QCEW employment by county and sector, held out and over twelve origins of four quarters",
        "sets": sets,
        "backtest": rolled.overall.round(4).to_dict("records"),
        "backtest_by_origin": rolled.origins.round(4).to_dict("records"),
        "seconds": round(time.perf_counter() - start, 2),
        "peak_mb": peak_mb(),
    }


def _panel(data: Path) -> pd.DataFrame:
    frame = pd.read_csv(data)
    absent = [name for name in COLUMNS if name not in frame.columns]
    if absent:
        raise UsageError(f"bench maryland: {data.name} lacks the columns {', '.join(absent)}")
    period = pd.PeriodIndex(frame["year"].astype(str) + "Q" + frame["quarter"].astype(str), freq="Q")
    unit = frame["area"] + " / " + frame["sector"]
    return pd.DataFrame({"unit": unit, "period": period, "value": frame["employment"].astype(float)})


def _hold_out(frame: pd.DataFrame, horizon: int) -> forecasting.BenchmarkSet:
    """Series with 24 known quarters before, and all quarters in, the part that is held out; gaps stay gaps."""
    wide = frame.pivot_table(index="unit", columns="period", values="value", dropna=False, observed=True)
    known = wide.notna().to_numpy()
    wide = wide[known[:, -horizon:].all(axis=1) & (known[:, :-horizon].sum(axis=1) >= _FEWEST) & known[:, 0]]
    before, after = wide.iloc[:, :-horizon], wide.iloc[:, -horizon:].to_numpy(float)
    tidy = before.reset_index(names="unit").melt("unit", var_name="period", value_name="value")
    step = pd.PeriodIndex(tidy["period"], freq="Q").asi8
    tidy = tidy.assign(period=step - step.min() + 1).sort_values(["unit", "period"])
    filled = before.interpolate(axis=1, limit_direction="both").to_numpy(float)
    lengths = np.full(len(wide), filled.shape[1])
    name = f"maryland_h{horizon}"
    return forecasting.BenchmarkSet(name, list(wide.index.astype(str)), filled, lengths, after, _SEASON, tidy)
