"""Seasonal indices, the test for a season and slopes, for a padded panel at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.grids import Floats
from models.recursion import Ints

Flags = NDArray[np.bool_]


def known(lengths: Ints, longest: int) -> Flags:
    """(N, T) true where a left-aligned panel has a value."""
    flags: Flags = np.arange(longest) < lengths[:, None]
    return flags


def is_seasonal(values: Floats, lengths: Ints, season: int) -> Flags:
    """The 90% test of the M4 competition: the autocorrelation at the seasonal lag against its Bartlett limit.

    Args:
        values: (N, T) left-aligned, zero after the end.
        lengths: (N,) values of each series; below three seasons the answer is no.
        season: periods in a year.
    """
    n, longest = values.shape
    if season == 1 or longest < 3 * season:
        return np.zeros(n, bool)
    inside = known(lengths, longest)
    mean = (values * inside).sum(axis=1) / np.maximum(lengths, 1)
    away = np.where(inside, values - mean[:, None], 0.0)
    energy = (away**2).sum(axis=1)
    lags = np.stack([(away[:, k:] * away[:, :-k]).sum(axis=1) for k in range(1, season + 1)])
    correlation = lags / np.where(energy > 0, energy, 1.0)
    limit = 1.645 * np.sqrt((1 + 2 * (correlation[:-1] ** 2).sum(axis=0)) / np.maximum(lengths, 1))
    flags: Flags = (np.abs(correlation[-1]) > limit) & (lengths >= 3 * season) & (energy > 0)
    return flags


def indices(values: Floats, lengths: Ints, season: int, *, ratio: bool) -> Floats:
    """(N, season) classical seasonal indices by the phase counted from the start of a series.

    Means, by phase, of the series over (or less) its centred moving average; they average to one (zero).

    Args:
        values: (N, T) left-aligned; every series has at least two seasons.
        lengths: (N,).
        season: periods in a year.
        ratio: multiplicative indices instead of additive ones. A phase whose index would not be positive makes all
            indices of that series one.
    """
    n, longest = values.shape
    half = season // 2
    sums = np.concatenate([np.zeros((n, 1)), np.cumsum(values, axis=1)], axis=1)
    centre = np.arange(half, longest - half)
    if season % 2:
        middle = (sums[:, centre + half + 1] - sums[:, centre - half]) / season
    else:
        inner = sums[:, centre + half] - sums[:, centre - half + 1]
        middle = (inner + 0.5 * (values[:, centre - half] + values[:, centre + half])) / season
    used = centre[None, :] < (lengths - half)[:, None]
    observed = values[:, centre]
    if ratio:
        safe = np.where(np.abs(middle) > 1e-12, middle, 1.0)
        away = np.where(used, observed / safe, 0.0)
    else:
        away = np.where(used, observed - middle, 0.0)
    total, count = np.zeros((n, season)), np.zeros((n, season))
    for phase in range(season):
        here = centre % season == phase
        total[:, phase] = away[:, here].sum(axis=1)
        count[:, phase] = used[:, here].sum(axis=1)
    found = total / np.maximum(count, 1)
    if not ratio:
        additive: Floats = found - found.mean(axis=1, keepdims=True)
        return additive
    mean = found.mean(axis=1, keepdims=True)
    scaled = found / np.where(np.abs(mean) > 1e-12, mean, 1.0)
    usable = np.isfinite(scaled).all(axis=1) & (scaled.min(axis=1) > 0.01)
    factors: Floats = np.where(usable[:, None], scaled, 1.0)
    return factors


def slopes(values: Floats, lengths: Ints, season: int) -> Floats:
    """(N,) OLS slope per period of each series, with a dummy for each phase of the season."""
    n, longest = values.shape
    inside = known(lengths, longest).astype(float)
    time = np.arange(longest, dtype=float)
    top, bottom = np.zeros(n), np.zeros(n)
    for phase in range(season if season > 1 else 1):
        here = inside[:, phase::season]
        when = time[phase::season]
        count = np.maximum(here.sum(axis=1), 1.0)
        away = (when - (here @ when / count)[:, None]) * here
        top += (away * values[:, phase::season]).sum(axis=1)
        bottom += (away * when).sum(axis=1)
    slope: Floats = np.where(bottom > 0, top / np.where(bottom > 0, bottom, 1.0), 0.0)
    return slope
