"""Level shifts: a series that moved to another level once is named, so that a reader looks at it.

Its history is kept as it is: smoothing adapts by itself, and on the series used for choosing it was no better to leave
out the time before the shift or to lift it to the new level (docs/forecasting.md).
"""

from __future__ import annotations

import numpy as np

from models.grids import Floats
from models.recursion import Ints
from models.seasonality import known

_TIMES_TYPICAL, _TIMES_SCATTER = 10.0, 6.0
_FEWEST_IN_WINDOW = 4


def shift_after(values: Floats, lengths: Ints, season: int, keep: int) -> Ints:
    """(N,) how many values precede the one large shift of a series; 0 where there is none.

    The mean of a season (at least four values) after a point is compared with that before it, in logs where all values
    are positive. A shift is a difference ten times as large as the series' median difference and six times the mean
    scatter within such windows, with at least `keep` values after it.

    Args:
        values: (N, T) left-aligned, zero after the end.
        lengths: (N,).
        season: periods in a year.
        keep: values that must follow.
    """
    n, longest = values.shape
    window = max(season, _FEWEST_IN_WINDOW)
    found = np.zeros(n, int)
    if longest < 2 * window + keep:
        return found
    inside = known(lengths, longest)
    positive = np.where(inside, values, np.inf).min(axis=1) > 0
    scale = np.where(positive[:, None] & inside, np.log(np.where(values > 0, values, 1.0)), values * inside)
    sums = np.concatenate([np.zeros((n, 1)), scale.cumsum(axis=1)], axis=1)
    squares = np.concatenate([np.zeros((n, 1)), (scale**2).cumsum(axis=1)], axis=1)
    mean = (sums[:, window:] - sums[:, :-window]) / window
    variance = np.maximum((squares[:, window:] - squares[:, :-window]) / window - mean**2, 0.0)
    away = np.abs(mean[:, window:] - mean[:, :-window])
    at = np.arange(window, window + away.shape[1])
    usable = at[None, :] + window <= lengths[:, None]
    late_enough = at[None, :] + keep <= lengths[:, None]
    size = np.where(usable, away, np.nan)
    enough = usable.sum(axis=1) > 2 * window
    rows = np.flatnonzero(enough)
    if not len(rows):
        return found
    typical = np.nanmedian(size[rows], axis=1)
    scatter = np.sqrt(np.nanmedian(np.where(usable, variance[:, : away.shape[1]], np.nan)[rows], axis=1))
    largest = np.nanargmax(size[rows], axis=1)
    peak = size[rows, largest]
    real = (peak > _TIMES_TYPICAL * typical) & (peak > _TIMES_SCATTER * scatter) & (peak > 0)
    real &= late_enough[rows, largest]
    found[rows[real]] = at[largest[real]]
    return found
