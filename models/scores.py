"""Accuracy as the M4 competition measures it, and coverage and width of intervals."""

from __future__ import annotations

import numpy as np

from models.grids import Floats
from models.recursion import Ints
from models.seasonality import indices, is_seasonal


def smape(actual: Floats, mean: Floats) -> Floats:
    """(N,) symmetric mean absolute percentage error, 0 to 200; two zeros differ by nothing."""
    size = np.abs(actual) + np.abs(mean)
    found: Floats = 200 * np.nanmean(
        np.where(size > 0, np.abs(actual - mean) / np.where(size > 0, size, 1), 0.0 * actual), axis=1
    )
    return found


def seasonal_scale(values: Floats, lengths: Ints, season: int) -> Floats:
    """(N,) mean absolute in-sample error of the seasonal naive forecast; lag 1 where a series has no whole season more.

    NaN where it is zero: the scaled error of a series that never moved does not exist.
    """
    lag = np.where(lengths > season, season, 1)
    found = np.full(len(values), np.nan)
    for k in np.unique(lag):
        rows = (lag == k) & (lengths > k)
        inside = np.arange(k, values.shape[1]) < lengths[rows, None]
        step = np.abs(values[rows, k:] - values[rows, :-k]) * inside
        mean = step.sum(axis=1) / np.maximum(inside.sum(axis=1), 1)
        found[rows] = np.where(mean > 0, mean, np.nan)
    return found


def mase(actual: Floats, mean: Floats, scale: Floats) -> Floats:
    """(N,) mean absolute scaled error (Hyndman and Koehler 2006)."""
    found: Floats = np.nanmean(np.abs(actual - mean), axis=1) / scale
    return found


def msis(actual: Floats, low: Floats, high: Floats, scale: Floats, level: float) -> Floats:
    """(N,) mean scaled interval score (Gneiting and Raftery 2007): width plus 2 / alpha times what falls outside."""
    penalty = 2 / (1 - level / 100)
    outside = penalty * (np.maximum(low - actual, 0.0) + np.maximum(actual - high, 0.0))
    found: Floats = np.nanmean(high - low + outside, axis=1) / scale
    return found


def coverage(actual: Floats, low: Floats, high: Floats) -> float:
    """Share of the known actual values inside the interval."""
    known = np.isfinite(actual)
    return float(((actual >= low) & (actual <= high))[known].mean()) if known.any() else float("nan")


def naive2(values: Floats, lengths: Ints, season: int, horizon: int) -> Floats:
    """(N, h) the M4 benchmark: the last value, seasonally adjusted where the 90% test finds a season."""
    rows = np.arange(len(values))
    index = np.ones((len(values), season))
    seasonal = is_seasonal(values, lengths, season)
    if seasonal.any():
        index[seasonal] = indices(values[seasonal], lengths[seasonal], season, ratio=True)
    last = values[rows, lengths - 1] / index[rows, (lengths - 1) % season]
    ahead = (lengths[:, None] + np.arange(horizon)) % season
    found: Floats = last[:, None] * np.take_along_axis(index, ahead, axis=1)
    return found


def seasonal_naive(values: Floats, lengths: Ints, season: int, horizon: int) -> Floats:
    """(N, h) the value of the same phase a season before; the last value where there is no whole season."""
    lag = np.where(lengths >= season, season, 1)[:, None]
    at = lengths[:, None] - lag + np.arange(horizon) % lag
    found: Floats = np.take_along_axis(values, np.maximum(at, 0), axis=1)
    return found
