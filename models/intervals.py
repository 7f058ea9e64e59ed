"""Conformal intervals and joint draws from the errors at earlier origins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from models.grids import Floats

_PRIOR_SCORES, _PRIOR_DF, _PRIOR_SCALE = 40, 5, 1.1
_SMALLEST_SD = 1e-12


@dataclass(frozen=True)
class Scores:
    """Past errors over their model's standard deviation, and where they come from.

    Attributes:
        values: (O, N, h) signed, NaN where a series has no such origin; O earlier origins.
        count: number of series-origins.
    """

    values: Floats
    count: int


def scores(actual: Floats, mean: Floats, sd: Floats) -> Scores:
    """Scores of O earlier origins from arrays (O, N, h)."""
    found = (actual - mean) / np.maximum(sd, _SMALLEST_SD)
    return Scores(found, int(np.isfinite(found).all(axis=2).sum()))


def half_widths(past: Scores, levels: tuple[float, ...], horizon: int) -> Floats:
    """(L, h) multiples of the standard deviation that cover each level: split conformal, per horizon.

    The quantile of rank ceil((n + 1) x level) of the absolute scores, pooled over series and origins (Lei et al. 2018,
    "Distribution-free predictive inference for regression"). A handful of scores of a Student distribution is added,
    so that a small panel starts from a model's width and a large one forgets it.
    """
    prior = np.abs(special.stdtrit(_PRIOR_DF, (np.arange(_PRIOR_SCORES) + 0.5) / _PRIOR_SCORES)) * _PRIOR_SCALE
    found = np.empty((len(levels), horizon))
    for j in range(horizon):
        own = past.values[:, :, j]
        if np.isfinite(own).sum() < _PRIOR_SCORES:
            own = past.values
        pool = np.sort(np.concatenate([np.abs(own[np.isfinite(own)]), prior]))
        for row, level in enumerate(levels):
            rank = int(np.ceil((len(pool) + 1) * level / 100)) - 1
            found[row, j] = pool[min(rank, len(pool) - 1)]
    smooth: Floats = np.maximum.accumulate(found, axis=0)
    return smooth


def joint_draws(mean: Floats, sd: Floats, past: Scores, common: Floats, rng: np.random.Generator) -> Floats:
    """Draws (K, N, h) in which all series share one earlier origin, so that a recession hits them together.

    Each draw takes an origin for all series; each series then takes the path of scores of a series at that origin.
    Without earlier origins the paths are Student random walks.

    Args:
        mean: (N, h) forecasts.
        sd: (N, h) their model's standard deviations.
        past: scores of earlier origins.
        common: (K,) numbers between 0 and 1 that choose the origin of each draw.
        rng: source of randomness.
    """
    n, horizon = mean.shape
    paths = [origin[np.isfinite(origin).all(axis=1)] for origin in past.values]
    paths = [path for path in paths if len(path)]
    count = len(common)
    drawn = np.empty((count, n, horizon))
    if sum(len(path) for path in paths) < _PRIOR_SCORES:
        steps = rng.standard_t(_PRIOR_DF, (count, n, horizon)) * _PRIOR_SCALE
        drawn[:] = steps.cumsum(axis=2) / np.sqrt(np.arange(1, horizon + 1))
    else:
        weight = np.array([len(path) for path in paths], float).cumsum()
        chosen = np.searchsorted(weight / weight[-1], common, side="right")
        for k, origin in enumerate(chosen):
            drawn[k] = paths[origin][rng.integers(0, len(paths[origin]), n)]
    return mean + drawn * sd
