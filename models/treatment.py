"""Which treatment a series gets: the combination, or a named simpler one where there is too little to go on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.grids import Floats, level_grid
from models.panel import Panel
from models.recursion import Ints, units
from models.scaling import scaled
from models.seasonality import Flags, known
from models.smoothing import Average, smooth

EMPTY, ZERO, CONSTANT, SHORT, INTERMITTENT, COMBINED = (
    "no value",
    "all zero",
    "constant",
    "short: shrunken damped growth",
    "intermittent: level",
    "combination",
)
_DAMPING, _PRIOR_STEPS, _LARGEST_GROWTH = 0.8, 4.0, 0.2
_ZEROS, _TYPICAL_STEP = 0.3, 0.05
_FEWEST_ANNUAL, _FEWEST_STILL, _SEASONS = 6, 3, 2.5


def fewest(season: int) -> int:
    """Values that the combination needs at an origin: six, or two and a half seasons."""
    return max(_FEWEST_ANNUAL, int(np.ceil(_SEASONS * season))) if season > 1 else _FEWEST_ANNUAL


def classify(panel: Panel, season: int) -> np.ndarray:
    """(N,) treatment of each series."""
    inside = known(panel.lengths, panel.matrix.shape[1])
    high = np.where(inside, panel.matrix, -np.inf).max(axis=1)
    low = np.where(inside, panel.matrix, np.inf).min(axis=1)
    zeros = ((panel.matrix == 0) & inside).sum(axis=1) / np.maximum(panel.lengths, 1)
    chosen = np.full(len(panel.lengths), COMBINED, dtype=object)
    chosen[(zeros >= _ZEROS) & (low >= 0)] = INTERMITTENT
    chosen[panel.lengths < fewest(season)] = SHORT
    chosen[(high == low) & (panel.lengths >= _FEWEST_STILL)] = CONSTANT
    chosen[(high == 0) & (low == 0) & (panel.lengths >= _FEWEST_STILL)] = ZERO
    chosen[panel.lengths == 0] = EMPTY
    return chosen


@dataclass(frozen=True)
class Plain:
    """Forecasts and standard deviations (n, h) of simply treated series."""

    mean: Floats
    sd: Floats


def constant(values: Floats, lengths: Ints, horizon: int, step: float) -> Plain:
    """A series that never moved stays; its spread is a typical relative step that may come once in its length + 1.

    Args:
        values: (n, T) left-aligned.
        lengths: (n,).
        horizon: steps ahead.
        step: typical relative step of the panel's other series.
    """
    level = np.abs(values[:, 0]) if values.shape[1] else np.zeros(len(values))
    wait = np.arange(1, horizon + 1) / (lengths[:, None] + 1.0)
    return Plain(np.repeat(values[:, :1], horizon, axis=1), level[:, None] * step * np.sqrt(wait))


def short(values: Floats, lengths: Ints, season: int, horizon: int, step: float) -> Plain:
    """Growth shrunk towards none and damped, from the last value or, with a whole season, from the same phase.

    The mean growth of k steps counts as k / (k + 4) of itself; each further step ahead adds 0.8 of the one before.

    Args:
        values: (n, T) left-aligned, lengths at least 1.
        lengths: (n,).
        season: periods in a year.
        horizon: steps ahead.
        step: typical relative step, the spread of a series with no or one step of its own.
    """
    found = [_one_short(values[i, : lengths[i]], season, horizon, step) for i in range(len(values))]
    return Plain(np.stack([f[0] for f in found]), np.stack([f[1] for f in found]))


def _one_short(y: Floats, season: int, horizon: int, step: float) -> tuple[Floats, Floats]:
    lag = season if len(y) > season else 1
    logs = bool((y > 0).all())
    x = np.log(y) if logs else y
    size = 1.0 if logs else max(float(np.abs(y).mean()), 1e-9)
    changes = (x[lag:] - x[:-lag]) / lag
    steps = np.diff(x)
    shrunk = len(changes) / (len(changes) + _PRIOR_STEPS)
    growth = shrunk * float(changes.mean()) if len(changes) else 0.0
    growth = float(np.clip(growth, -_LARGEST_GROWTH * size, _LARGEST_GROWTH * size))
    ahead = np.arange(1, horizon + 1)
    path = growth * np.cumsum(_DAMPING**ahead)
    seasons_back = -(-ahead // lag) * lag
    start = x[len(y) - 1 + ahead - seasons_back] if lag > 1 else np.full(horizon, x[-1])
    mean = start + path + (growth * (lag - 1) if lag > 1 else 0.0)
    noise = float(np.sqrt((np.sum((steps - growth) ** 2) + 2 * (step * size) ** 2) / (len(steps) + 2)))
    sd = noise * np.sqrt(ahead)
    if not logs:
        return np.maximum(mean, 0.0) if (y >= 0).all() else mean, sd
    level = np.exp(mean)
    return level, level * np.minimum(sd, 1.0)


def intermittent(values: Floats, lengths: Ints, horizon: int) -> Plain:
    """The level of a series with many zeros: simple smoothing averaged over its responses, without drift.

    Args:
        values: (n, T) left-aligned, sorted by falling length.
        lengths: (n,).
        horizon: steps ahead.
    """
    whole = scaled(values, lengths)
    unit = units(level_grid(0), 1, int(lengths[0]), horizon)
    level = smooth(whole.values, lengths, (0,), unit, (Average("level"),))["level"]
    found = whole.restored(level)
    return Plain(np.maximum(found.mean[0], 0.0), np.sqrt(found.variance[0]))


def typical_step(values: Floats, lengths: Ints, use: Flags) -> float:
    """Median over series of the mean absolute step relative to the mean size; 0.05 where there are too few."""
    inside = known(lengths, values.shape[1])
    size = (np.abs(values) * inside).sum(axis=1)
    steps = (np.abs(np.diff(values, axis=1)) * inside[:, 1:]).sum(axis=1)
    good = use & (size > 0) & (lengths > 2)
    if good.sum() < 10:
        return _TYPICAL_STEP
    return float(np.median(steps[good] / size[good] * lengths[good] / (lengths[good] - 1)))
