"""statsforecast on the same series in the same run: accuracy, coverage and processor time of its models."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from gapengine.benchmarks import forecasting
from gapengine.errors import UsageError
from models import scores
from models.grids import Floats

_MOST_SERIES = 1000
_MODELS = ("AutoETS", "AutoTheta", "DynamicOptimizedTheta", "AutoCES")


def measure(
    chosen: forecasting.BenchmarkSet, peer: str, own_ms: float, own_cold_ms: float, most: int = _MOST_SERIES
) -> list[dict[str, Any]]:
    """Fit each model of the peer to each series (the first thousand of a large set).

    Args:
        chosen: the set.
        peer: "statsforecast".
        own_ms: the engine's warm processor time per series, for the ratio.
        own_cold_ms: the engine's cold processor time per series.
        most: series at most.

    Raises:
        UsageError: the peer is unknown or not installed.
    """
    if peer != "statsforecast":
        raise UsageError(f"bench forecast: the peer {peer!r} is not known; use statsforecast")
    try:
        from statsforecast import models as theirs  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise UsageError("bench forecast: statsforecast is not installed; pip install 'gapengine[peers]'") from error
    count = min(len(chosen.ids), most)
    part = forecasting.first(chosen, count)
    series = [part.train[i, :length] for i, length in enumerate(part.lengths)]
    horizon = part.actual.shape[1]
    scale = scores.seasonal_scale(part.train, part.lengths, part.season)
    rows = []
    for name in _MODELS:
        model = getattr(theirs, name)(season_length=part.season)
        model.forecast(y=series[0], h=horizon, level=[80, 95])  # compiled or loaded before it is timed
        start = time.process_time()
        found = [_safely(model, y, horizon, part.season) for y in series]
        spent = (time.process_time() - start) * 1e3 / count
        arrays = {key: np.stack([f[key] for f in found]) for key in ("mean", "lo-80", "hi-80", "lo-95", "hi-95")}
        row: dict[str, Any] = {"model": name, "n": count} | forecasting.accuracy(part, arrays["mean"])
        for level in (80, 95):
            low, high = arrays[f"lo-{level}"], arrays[f"hi-{level}"]
            row[f"coverage{level}"] = round(scores.coverage(part.actual, low, high), 4)
            row[f"msis{level}"] = round(float(np.nanmean(scores.msis(part.actual, low, high, scale, level))), 4)
        row |= {
            "cpu_ms_per_series": round(spent, 3),
            "times_engine_warm": round(spent / own_ms, 1),
            "times_engine_cold": round(spent / own_cold_ms, 1),
        }
        rows.append(row)
    return rows


def _safely(model: Any, y: Floats, horizon: int, season: int) -> dict[str, Floats]:
    """One forecast; where the model refuses the series, the seasonal naive forecast without width."""
    try:
        found: dict[str, Floats] = model.forecast(y=y, h=horizon, level=[80, 95])
    except (ValueError, ZeroDivisionError, IndexError, np.linalg.LinAlgError):
        naive = scores.seasonal_naive(y[None], np.array([len(y)]), season, horizon)[0]
        found = dict.fromkeys(("mean", "lo-80", "hi-80", "lo-95", "hi-95"), naive)
    return found
